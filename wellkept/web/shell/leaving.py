"""What leaves to an organisation: its paper, with the conditions first. In English, as everything that goes outside.

Under a data use agreement nothing in it names anybody: no name, employer or number (45 CFR 164.514(e)(2)).
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from wellkept.benefits import queries as benefits
from wellkept.benefits.values import ClaimLine, CoverageLine
from wellkept.files.letterhead import letterhead
from wellkept.people.queries import Identity
from wellkept.policy.shapes import Pack
from wellkept.policy.words import Category, Key
from wellkept.web.shell import serving
from wellkept.web.shell.templatetags.shell import day, money

MOST: Final = 1000
NONE: Final = "None is on file."
CARE: Final = frozenset({Category.CLAIMS, Category.SENSITIVE_CLAIMS})

Clause = tuple[str, Sequence[str]]


def paper(pack: Pack, *, title: str, recipient: Sequence[str], clauses: Collection[Clause]) -> dict[str, object]:
    """The data of the whole letter, for the template ``policy``; ``recipient`` is a name and the lines beneath it."""
    return {
        "from": letterhead(pack), "lang": "en", "made_on": serving.today(pack).isoformat(), "title": title,
        "foot": f"Questions? Call {pack.phone} (TTY {pack.tty}).", "recipient": [*recipient],
        "lead": ["What follows is confidential. It comes to you on these conditions."],
        "clauses": [[heading, [*words]] for heading, words in clauses],
    }  # fmt: skip


def record(key: Key, who: Identity | None, opens: Collection[Category], *, limited: bool) -> Iterator[Clause]:
    """Whose record it is, unless it is ``limited``, then each kind of data. What nobody stated is left out."""
    if not limited:
        yield "Whose record", [(who.full if who else "") or "A member whose name is not on file"]
    if Category.COVERAGE in opens:
        yield "Coverage", [covered(one, limited=limited) for one in benefits.coverage(key)] or [NONE]
    if CARE & {*opens}:
        yield "Claims", [claimed(one) for one in benefits.claims(key, size=MOST).lines] or [NONE]


def covered(line: CoverageLine, *, limited: bool) -> str:
    """One line of coverage in words; limited, without the employer and the group's number."""
    parts = [line.kind, *([] if limited else [line.sponsor, line.group_number])]
    parts += [f"from {day(line.begins_on)}"] if line.begins_on else []
    parts += [f"until {day(line.ends_on)}"] if line.ends_on else []
    return " · ".join(part for part in parts if part)


def claimed(line: ClaimLine) -> str:
    """One claim in words."""
    sums = (("Billed", line.billed), ("The plan paid", line.paid), ("The member may owe", line.owed))
    parts = [line.provider, day(line.served_from) if line.served_from else ""]
    parts += [f"{label} {money(amount)}" for label, amount in sums if amount is not None]
    return " · ".join(part for part in parts if part)
