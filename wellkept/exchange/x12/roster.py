"""What the full files among 834 sets say of plans: which they name, and whether they are whole."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from wellkept.exchange.x12.events import Event, Finding, InterchangeEnded, Refusal, SetEnded
from wellkept.exchange.x12.values import Enrolment
from wellkept.intake.ends import Spoken
from wellkept.intake.naming import plan_id
from wellkept.intake.values import Content

FULL: Final = ("4", "RX")  # BGN08: verify, replace
CANCELLED: Final = "024"
# What breaks an envelope may have taken members with it.
BROKEN: Final = frozenset({"count", "trailer", "header", "stray"})


@dataclass(slots=True)
class Roster:
    """One file while it is read. ``whole`` falls with the first sign that members are missing."""

    spoken: dict[UUID, Spoken] = field(default_factory=dict)
    whole: bool = True

    def add(self, value: Enrolment, content: Content) -> None:
        """One member. Where the file is a full one, it says which plan and lines the file speaks for."""
        if value.file_kind not in FULL:
            return
        told = self.spoken.setdefault(plan_id(sponsor=content["sponsor"], group=content["group"]), Spoken())
        told.told_on = max(told.told_on, content["told_on"])
        told.lines |= {one["line"] for one in content["coverages"]}
        told.whole = told.whole and bool(content["coverages"] or content["maintenance"] == CANCELLED)

    def take(self, event: Event) -> None:
        """Whether an event says that something of the file is missing."""
        if isinstance(event, SetEnded):
            held = event.accepted and not any(found.kind in BROKEN for found in event.findings)
            self.whole = self.whole and held
        elif isinstance(event, Finding):
            self.whole = self.whole and event.kind not in BROKEN
        elif isinstance(event, InterchangeEnded):
            self.whole = self.whole and event.accepted
        elif isinstance(event, Refusal):
            self.whole = False
