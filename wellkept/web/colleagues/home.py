"""Everyone of the organisation who can come in, and what an administrator can do about it.

Serves U-30, P-13, P-15.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.accounts import colleagues
from wellkept.accounts.colleagues import Colleague
from wellkept.policy import practices
from wellkept.web.colleagues.frame import place
from wellkept.web.shell import serving
from wellkept.web.shell.office import Place

SAID: Final = {
    "renewed": gettext_lazy("The account is renewed."),
    "renamed": gettext_lazy("The name is changed. What they did before keeps the name it was written with."),
    "removed": gettext_lazy("The account is closed, and every sign-in of it has ended."),
    "given": gettext_lazy("They can now administer."),
    "taken": gettext_lazy("They no longer administer."),
    "withdrawn": gettext_lazy("The invitation is taken back. Its code does nothing any more."),
}
"""What was done, said once above the list: the address holds one of these words and nothing else."""


@dataclass(frozen=True, slots=True)
class Line:
    """One colleague and what the reader may do: ``renew``, ``rename``, ``give``, ``take``, ``remove``."""

    who: Colleague
    soon: bool
    may: tuple[str, ...]


def home(request: HttpRequest) -> HttpResponse:
    """Everyone who can come in, and the invitations that wait."""
    here = place(request)
    now = timezone.now()
    given = {
        "place": here,
        "office": here.organisation,
        "me": here.me,
        "lines": [line(here, one, now) for one in here.people],
        "invitations": colleagues.invitations(here.secret),
        "said": SAID.get(request.GET.get("done", ""), ""),
        "lapse_days": practices.number(serving.pack(), "lapse_days"),
    }
    return render(request, "colleagues/home.html", given)


def line(here: Place, one: Colleague, now: datetime) -> Line:
    """A colleague, with the acts that the database would do: it alone decides."""
    return Line(one, one.lapses_soon(now), tuple(acts(here, one)) if here.me.administers else ())


def acts(here: Place, one: Colleague) -> list[str]:
    """The names of the acts, in the order of their buttons."""
    others = any(x.administers and not x.lapsed and x.account != one.account for x in here.people)
    found = [] if one.me and others else ["renew"]
    found.append("rename")
    if one.administers:
        found += ["take"] if others else []
    elif not one.lapsed:
        found += ["give"]
    return found if one.me else [*found, "remove"]


def done(word: str) -> str:
    """The address of the list, which then says what was done."""
    return f"/colleagues/?done={word}" if word in SAID else "/colleagues/"


def why_not(answer: str) -> str:
    """What came of an act that was not done, for its page."""
    if answer == "last":
        return _("Nobody would be left to decide. Let somebody else administer first.")
    if answer == "another":
        return _("Another administrator renews your account. Ask them.")
    return _("Nothing was changed: somebody else changed it before you.")
