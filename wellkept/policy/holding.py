"""The shape of what is declared of each service, and the words that many of its tables share.

Serves U-03, U-04, U-20, U-46, P-12.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from wellkept.policy.kinds import Words
from wellkept.policy.words import Category


class Serves(StrEnum):
    """The three reasons to ask for anything (P-12)."""

    MATERIALS = "materials"
    ANSWER = "answer"
    SERVICE = "service"


SERVES: Final[dict[Serves, Words]] = {
    Serves.MATERIALS: _("to deliver what you want sent"),
    Serves.ANSWER: _("to answer you"),
    Serves.SERVICE: _("to give you the service you want"),
}

YOU: Final = _("You")
FILES: Final = _("Files of your plan or its offices")
STAFF: Final = _("Our staff")
WORK: Final = _("Our program, while it works")
PLANS: Final = _("Plans, registers and public lists")
VISIT: Final = _("Your browser, when it asks for a page")

NOBODY: Final = _("No person. Only our program compares it.")
ANYONE: Final = _("Anyone whom the page is for. It is about no person.")
OFFICE: Final = _("Our administrators, and nobody else.")


@dataclass(frozen=True, slots=True)
class Kept:
    """One table in words. ``brought``: who brought what is in it. ``categories``: which kinds of data its rows may be.

    ``lasts`` says how long, where the time of its categories does not; one of the two there must be. ``seen`` says who
    sees it where no rule opens it; without it the rules of its categories say so.
    """

    table: str
    title: Words
    brought: tuple[Words, ...]
    categories: tuple[Category, ...] = ()
    lasts: Words = ""
    seen: Words = ""


@dataclass(frozen=True, slots=True)
class Area:
    """One service: why it needs what it holds, the promises it rests on, and the addresses at which one enters it.

    ``clauses`` name the promises of every series; a page shows those of its own policy.
    """

    id: str
    title: Words
    why: Words
    serves: Serves
    clauses: tuple[str, ...]
    entrances: tuple[str, ...]
    kept: tuple[Kept, ...]


OPEN: Final = _("As long as it is true. It is about no person.")
RULES: Final = _("Until the next version of our rules.")
