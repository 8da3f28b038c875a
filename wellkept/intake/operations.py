"""What the operations page shows of files, and what an administrator does with them (U-43).

Functions of the database answer an administrator's session and no other. Nothing here is about a person: a file's name,
its counts, places and reasons.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from wellkept.policy.statements import ask

PAGE: Final = 25
ASIDES: Final = 25
STATES: Final = ("reading", "waiting", "confirm", "interrupted", "aside", "apart", "applied")
"""What the list can be asked for: where a file stands, or that something of it was set aside or is kept apart."""
NAMED: Final = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST_NAME: Final = 100
PASSED_OVER: Final = re.compile(r"(\.(part|done|failed|taken))+$", re.IGNORECASE)  # endings by which an inbox is kept


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file. ``state`` is reading, interrupted, confirm, waiting or applied; ``kept`` is at most 10,001."""

    id: UUID
    name: str
    sender: str
    mode: str
    began: datetime
    read_at: datetime | None
    applied_at: datetime | None
    counts: Mapping[str, Any]
    state: str
    kinds: Sequence[str]
    kept: int
    files: int = field(compare=False)

    def count(self, name: str) -> int:
        """One of the counts of ``values.Counts``, 0 where nothing was counted yet."""
        found = self.counts.get(name, 0)
        return found if isinstance(found, int) else 0


@dataclass(frozen=True, slots=True)
class Aside:
    """What could not be taken: its place, and why. ``found`` is how many there are in all."""

    interchange: str
    set_number: str
    segment: int
    element: str
    reason: str
    fatal: bool
    found: int


@dataclass(frozen=True, slots=True)
class Left:
    """Statements of one kind that wait to be applied, and those kept apart until an 834 names their person."""

    kind: str
    waits: int
    apart: int


@dataclass(frozen=True, slots=True)
class Ends:
    """Of how many covered in one line of a plan a full file names ``absent`` no more; they would end on ``on``."""

    sponsor: str
    group: str
    line: str
    covered: int
    absent: int
    on: date | None


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that was handed in. ``file`` is None until it was read."""

    id: UUID
    name: str
    bytes: int
    at: datetime
    actor: str
    mends: UUID | None
    file: UUID | None


def files(secret: bytes, *, state: str = "", page: int = 1) -> tuple[FileLine, ...]:
    """A page of files, newest first; those in one of ``STATES`` only."""
    if state not in ("", *STATES):
        return ()
    rows = ask(
        "select * from wellkept.intake_work(%s, %s, null, %s, %s)", secret, state or None, (page - 1) * PAGE, PAGE
    )
    return tuple(_line(row) for row in rows)


def file(secret: bytes, number: UUID) -> FileLine | None:
    """One file; None where there is none, and for everybody who is no administrator."""
    rows = ask("select * from wellkept.intake_work(%s, null, %s, 0, 1)", secret, number)
    return _line(rows[0]) if rows else None


def asides(secret: bytes, number: UUID, *, page: int = 1) -> tuple[Aside, ...]:
    """What was set aside of a file, a page of it, in the order of the file."""
    rows = ask("select * from wellkept.intake_aside(%s, %s, %s, %s)", secret, number, (page - 1) * ASIDES, ASIDES)
    return tuple(Aside(*row) for row in rows)


def left(secret: bytes, number: UUID) -> tuple[Left, ...]:
    """What of a file waits, by kind."""
    return tuple(Left(*row) for row in ask("select * from wellkept.intake_left(%s, %s)", secret, number))


def would_end(secret: bytes, number: UUID) -> tuple[Ends, ...]:
    """What a full file would end while it waits for a confirmation, plan by plan."""
    return tuple(Ends(*row) for row in ask("select * from wellkept.intake_would_end(%s, %s)", secret, number))


def handed_in(secret: bytes) -> tuple[Handed, ...]:
    """Files handed in during the last 14 days, newest first."""
    return tuple(Handed(*row) for row in ask("select * from wellkept.intake_handed_in(%s)", secret))


def try_again(secret: bytes, number: UUID) -> int | None:
    """Let what is kept apart of a file wait again; returns how many statements, None where nothing may be done."""
    found: int | None = ask("select wellkept.intake_try_again(%s, %s)", secret, number)[0][0]
    return found


def confirm_ends(secret: bytes, number: UUID) -> bool:
    """Confirm what a full file would end; False where nothing waits for it."""
    return bool(ask("select wellkept.intake_confirmed(%s, %s)", secret, number)[0][0])


def hand_in(secret: bytes, *, number: UUID, name: str, size: int, digest: bytes, mends: UUID | None) -> bool:
    """Note that a file is handed in, with an entry; False for everybody who is no administrator."""
    statement = "select wellkept.intake_hand_in(%s, %s, %s, %s, %s, %s::uuid)"
    return bool(ask(statement, secret, number, name, size, digest, mends)[0][0])


def plain_name(name: str) -> str:
    """A file's name as a plain one: no folder, no sign but letters, digits, dots and dashes, at most 100 of them."""
    last = re.split(r"[/\\]", name)[-1]
    plain = PASSED_OVER.sub("", NAMED.sub("-", last).lstrip(".-"))
    stem, dot, ending = plain.rpartition(".")
    short = f"{stem[: LONGEST_NAME - 13]}{dot}{ending[:12]}" if dot else plain[:LONGEST_NAME]
    return short or "file"


def _line(row: tuple[Any, ...]) -> FileLine:
    number, name, sender, mode, began, read_at, applied_at, counts, *rest = row
    return FileLine(number, name, sender, mode, began, read_at, applied_at, json.loads(counts), *rest)
