"""Whether a file came out (U-43): what its sender states, what was read, what was accepted, and what became of it.

The operations page shows ``of(file_id)``; ``wellkept import`` prints it; the probe asks the database function
``intake_differences()``, which names files and kinds and nobody. The web role may ask of one file alone.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.intake.totals import OF_KIND, RECORDS

WORDS: Final[dict[str, str | Promise]] = {
    "enrolment": gettext_lazy("members enrolled"),
    "filing": gettext_lazy("claims filed"),
    "decision": gettext_lazy("claims decided"),
    "payment": gettext_lazy("payments"),
    "members": gettext_lazy("members"),
    "subscribers": gettext_lazy("subscribers"),
    "dependents": gettext_lazy("dependents"),
    "segments": gettext_lazy("segments"),
    "sets": gettext_lazy("transaction sets"),
    "groups": gettext_lazy("functional groups"),
    "rows": gettext_lazy("rows"),
    "claims": gettext_lazy("claims"),
    "professional": gettext_lazy("professional claims"),
    "institutional": gettext_lazy("institutional claims"),
    "dental": gettext_lazy("dental claims"),
    "pharmacy": gettext_lazy("pharmacy claims"),
}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What became of one kind in one measure (records, billed or paid; dollars are exact).

    read = accepted + aside; of statements, accepted = applied + waiting + apart + dropped + repeated. ``waiting`` and
    ``apart`` are None in dollars while some waits and some is kept apart: both are sealed.
    """

    kind: str
    measure: str
    read: Decimal
    accepted: Decimal
    aside: Decimal
    applied: Decimal
    waiting: Decimal | None
    apart: Decimal | None
    dropped: Decimal
    repeated: Decimal

    @property
    def words(self) -> str:
        """The kind in plain words."""
        return worded(self.kind)


@dataclass(frozen=True, slots=True)
class Difference:
    """A total that does not come out, with a sentence that says so. ``place`` is the set, 0 for the whole file."""

    place: int
    kind: str
    measure: str
    source: str
    stated: Decimal | None
    found: Decimal
    sentence: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One file reckoned up. ``controls`` is how many totals its sender states; where it is 0, nothing was compared."""

    file_id: UUID
    lines: tuple[Reckoned, ...]
    controls: int
    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        """Whether every total comes out."""
        return not self.differences


def of(file_id: UUID, *, secret: bytes | None = None) -> Reconciliation:
    """The reconciliation of one file as it stands now. A file without totals has no line.

    A page gives the hash of its session's secret and reads nothing but for an administrator; machines give none.
    """
    lines = tuple(reckoned(row) for row in _ask("select * from wellkept.intake_totals(%s, %s)", file_id, secret))
    controls = _ask("select * from wellkept.intake_controls(%s, %s)", file_id, secret)
    differences = [stated(*row) for row in controls if row[4] != row[5]]
    differences += [lost(line) for line in lines if left_over(line)]
    return Reconciliation(file_id, lines, len(controls), tuple(differences))


def reckoned(row: tuple[Any, ...]) -> Reckoned:
    """One line: records as they are counted; dollars of what is left belong to whichever of the two there is."""
    kind, measure, read, accepted, applied, dropped, repeated, waiting, apart = row
    waits: Decimal | None
    stands: Decimal | None
    left = accepted - applied - dropped - repeated
    if measure == RECORDS:
        waits, stands = Decimal(waiting), Decimal(apart)
    elif kind not in OF_KIND:
        waits = stands = Decimal()
    else:
        waits = None if waiting and apart else left if waiting else Decimal()
        stands = None if waiting and apart else left if apart else Decimal()
    return Reckoned(kind, measure, read, accepted, read - accepted, applied, waits, stands, dropped, repeated)


def left_over(line: Reckoned) -> Decimal:
    """How much was accepted of which nothing became; negative where more became of it than was accepted."""
    if line.kind not in OF_KIND or line.waiting is None or line.apart is None:
        return Decimal()
    return line.accepted - line.applied - line.waiting - line.apart - line.dropped - line.repeated


def lost(line: Reckoned) -> Difference:
    """What was accepted and what became of it are not the same."""
    became = line.accepted - left_over(line)
    sentence = _("%(accepted)s of %(kind)s were accepted, %(became)s of them are accounted for.") % {
        "accepted": amount(line.measure, line.accepted), "kind": line.words, "became": amount(line.measure, became),
    }  # fmt: skip
    return Difference(0, line.kind, line.measure, "accepted", line.accepted, became, sentence)


def stated(place: int, kind: str, measure: str, source: str, said: Decimal | None, found: Decimal) -> Difference:
    """A sender states one total, and another was found."""
    words = {
        "source": source, "place": place, "kind": worded(kind), "measure": measured(measure),
        "said": _("no number") if said is None else amount(measure, said), "found": amount(measure, found),
    }  # fmt: skip
    if place:
        sentence = _("Set %(place)s, %(source)s: %(kind)s%(measure)s. Stated: %(said)s. Found: %(found)s.") % words
    else:
        sentence = _("%(source)s: %(kind)s%(measure)s. Stated: %(said)s. Found: %(found)s.") % words
    return Difference(place, kind, measure, source, said, found, sentence)


def worded(kind: str) -> str:
    """A kind in plain words."""
    return str(WORDS.get(kind, kind))


def measured(measure: str) -> str:
    """A measure behind its kind: ", billed"; nothing where records are counted."""
    return {"billed": _(", billed"), "paid": _(", paid")}.get(measure, "")


def amount(measure: str, number: Decimal) -> str:
    """A count, or dollars with at least two decimals and as many more as there are."""
    if measure not in ("billed", "paid"):
        return f"{number.normalize():,f}"
    digits = max(2, -int(number.normalize().as_tuple().exponent))
    return f"-${-number:,.{digits}f}" if number < 0 else f"${number:,.{digits}f}"


def _ask(statement: str, file_id: UUID, secret: bytes | None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [file_id, secret])
        return list(cursor.fetchall())
