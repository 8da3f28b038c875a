"""Files as they arrive in a folder: whether one was read before, what to tell of it, and what cannot be read at all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from wellkept.intake import actions
from wellkept.intake.models import File, SetAside
from wellkept.intake.queries import next_file
from wellkept.intake.values import Counts, Fault

MODE: Final = "folder"
SHOWN: Final = 1_000


@dataclass(frozen=True, slots=True)
class Before:
    """A file of the same bytes that was read to its end: its id, the name it bore, when, and whether all was taken."""

    id: UUID
    name: str
    at: datetime
    clean: bool


def before(digest: bytes) -> Before | None:
    """The first file with these bytes that was read to its end."""
    rows = File.objects.filter(digest=digest).exclude(read_at=None).order_by("began", "id")
    for number, name, at, counts in rows.values_list("id", "name", "read_at", "counts"):
        if at is not None and "interrupted" not in counts:
            return Before(number, name, at, clean=not (counts.get("sets_aside") or counts.get("refused")))
    return None


def clean(file_id: UUID) -> bool:
    """Whether all of a file was taken."""
    counts = File.objects.values_list("counts", flat=True).get(id=file_id)
    return not (counts.get("sets_aside") or counts.get("refused"))


def reasons(file_id: UUID) -> list[str]:
    """What of a file was put aside or noted, a line each: place and reason, never the value."""
    rows = SetAside.objects.filter(file_id=file_id).order_by("id")[:SHOWN]
    return [
        f"{'Put aside' if one.fatal else 'Noted'}: "
        + (f"set {one.set_number}, " if one.set_number else "")
        + f"{one.segment}{f', {one.element}' if one.element else ''}: {one.reason}"
        for one in rows
    ]


def not_read(name: str, sentence: str) -> UUID:
    """Keep that a file could not be read at all, where whoever works on files sees it."""
    file_id = actions.begin_file(name=name, mode=MODE)
    fault = Fault(interchange="", set_number="", segment=0, element="", reason=sentence, fatal=True)
    actions.note([fault], file_id=file_id)
    actions.end_file(file_id, digest=b"", sender="", counts=Counts(refused=1, findings=1))
    return file_id


def something_waits() -> bool:
    """Whether a file waits to be applied, or a record to be split: asked before anybody is kept from reading files."""
    with connection.cursor() as cursor:
        cursor.execute("select exists (select 1 from wellkept.people_split_next())")
        return bool(cursor.fetchone()[0]) or next_file() is not None
