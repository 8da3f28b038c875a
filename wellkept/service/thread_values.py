"""Questions about claims, requests before care, appeals and external reviews: finished values (R-15)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from wellkept.policy.words import Category

KINDS: Final = ("inquiry", "request", "appeal", "review")
SETTINGS: Final = ("urgent", "before", "after")
ANSWERS: Final = ("accepted", "refused", "asked", "passed on")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a message. ``size`` in bytes; ``name`` is empty once its key was destroyed."""

    id: UUID
    step: UUID
    name: str
    kind: str
    size: int
    parts: int
    attached_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """One step. ``actor`` is empty where the person acted; of whoever acts for them it is their tie.

    ``words`` are empty where none were said or they were erased. ``name`` is how the person named whoever acted by an
    appointment; empty where nobody did, or its key was destroyed.
    """

    id: UUID
    at: datetime
    what: str
    actor: str
    words: str
    papers: tuple[Paper, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """One thread with how it stands. ``due_at`` is the law's moment, None where no law times it; ``due_on`` its day.

    ``claim`` is None where no claim stands here; ``before`` is what was refused before; ``tie`` is empty where the
    person sent it; ``actor`` while nobody works on it. ``asked_at`` is since when the law's time stands still for the
    person's answer, None where it runs; ``due_at`` and ``due_on`` count the days that stood still up to now, and
    ``still`` says whether they do yet. ``extended_on`` is when it was made longer, which the law allows once;
    ``passed_at`` when a review went to a reviewer.
    """

    id: UUID
    kind: str
    setting: str
    claim: UUID | None
    before: UUID | None
    decided_on: date | None
    sent_at: datetime
    due_at: datetime | None
    tie: str
    category: Category
    case: UUID
    number: str
    state: str
    due_on: date
    actor: str
    closed_at: datetime | None
    asked_at: datetime | None = None
    extended_on: date | None = None
    still: bool = False
    passed_at: datetime | None = None

    def late(self, now: datetime) -> bool:
        """Whether the law's time is over, does not stand still, and nobody has decided."""
        return self.closed_at is None and self.due_at is not None and self.due_at < now and not self.still


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be sent: the sort of thread, how urgent, about which claim or what was refused, decided on which day.

    ``setting`` is one of ``SETTINGS``, or "ongoing": more of urgent care that goes on, kept as urgent and due in 24
    hours. ``due_on`` is the last day to answer what no law times.
    """

    kind: str
    category: Category
    due_on: date
    setting: str = ""
    claim: UUID | None = None
    before: UUID | None = None
    decided_on: date | None = None
