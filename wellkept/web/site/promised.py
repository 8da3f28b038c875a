"""Each promise with where it stands, said in words.

Serves B-01, B-11. A state comes from the policy, from a review or from a try; where there was none, nothing is claimed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wellkept.policy import sayings
from wellkept.policy.shapes import Clause, PolicyVersion
from wellkept.proof.values import Verdict

STATES: Final[Mapping[str, tuple[str | Promise, str]]] = {
    "broken": (_("Broken"), "bad"),
    "not kept": (_("Not kept yet"), "bad"),
    "not tried": (_("Not tried yet"), "old"),
    "not known": (_("Not known now"), "old"),
    "attested": (_("Attested"), ""),
    "holding": (_("Holding"), "good"),
}
"""Each state with its word and its tone, what does not flatter us first."""


@dataclass(frozen=True, slots=True)
class Promised:
    """A clause with where it stands. ``verdict`` is None where nothing was tried or may be shown."""

    clause: Clause
    verdict: Verdict | None
    state: str

    @property
    def href(self) -> str:
        """The page of this promise."""
        return f"/policy/{self.clause.id.lower()}/"

    @property
    def word(self) -> str:
        """The state in words."""
        return str(STATES[self.state][0])

    @property
    def tone(self) -> str:
        """The tone of the word."""
        return STATES[self.state][1]

    @property
    def reason(self) -> str:
        """Why nothing keeps it, without the day; "" where something does."""
        return sayings.said(reason(self.clause.not_kept))

    @property
    def said_on(self) -> date | None:
        """The day on which the policy gave that reason."""
        day = (self.clause.not_kept or "").rpartition(", ")[2]
        return date.fromisoformat(day) if day else None


def reason(not_kept: str | None) -> str:
    """What the policy says of a promise that is not kept, without the day at its end; "" where it is kept."""
    return (not_kept or "").rpartition(", ")[0]


def promised(version: PolicyVersion, verdicts: Mapping[str, Verdict]) -> list[Promised]:
    """Each clause of ``version`` with where it stands, in the order of the policy."""
    return [_promised(clause, verdicts.get(clause.id)) for clause in version.clauses]


def _promised(clause: Clause, verdict: Verdict | None) -> Promised:
    """What the policy itself calls not kept stays so, whatever was tried."""
    if clause.not_kept:
        return Promised(clause, verdict, "not kept")
    return Promised(clause, verdict, verdict.state if verdict else "not tried")
