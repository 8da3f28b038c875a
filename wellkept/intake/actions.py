"""Taking a file in: begun, staged, each set accepted or put aside whole, and then ready to be applied."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Final
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from wellkept.intake import totals as reckoned
from wellkept.intake.faults import AnotherReaderError
from wellkept.intake.models import File, Set, SetAside
from wellkept.intake.totals import ControlRead, TotalRead
from wellkept.intake.values import Counts, Fault, SetRead
from wellkept.intake.waiting import Row

COPY: Final = (
    "copy wellkept.intake_staged (file_id, place, set_number, kind, finder, digest, apart, content) from stdin"
    " (format binary)"
)
TYPES: Final = ("uuid", "int8", "text", "text", "bytea", "bytea", "bool", "bytea")
READING: Final = 7_733_100


@contextmanager
def reading() -> Iterator[None]:
    """Let one process at a time read or apply files. What a killed one left half read is removed first."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [READING])
        if not cursor.fetchone()[0]:
            raise AnotherReaderError
    forget_half_read()
    yield
    # Not after a failure: a broken connection takes no word, and the server frees the lock of a process that ended.
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_unlock(%s)", [READING])


def forget_half_read() -> None:
    """Remove what was staged of files that were not read to their end: they are read again from their beginning."""
    for file_id in File.objects.filter(read_at=None).values_list("id", flat=True):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("delete from wellkept.intake_staged where file_id = %s", [file_id])
            now = timezone.now()
            File.objects.filter(id=file_id).update(read_at=now, applied_at=now, counts={"interrupted": True})


def begin_file(*, name: str, mode: str) -> UUID:
    """A file whose reading begins; its id is the occasion of everything it brings."""
    file_id = uuid4()
    File.objects.create(id=file_id, name=printable(name), digest=b"", mode=mode)
    return file_id


def printable(name: str) -> str:
    """A name that others chose, fit for a line: what breaks one, hides in it, or is no text is a question mark."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)


def stage(rows: Sequence[Row]) -> None:
    """Keep statements, sealed, until they are applied. Commits at once: no transaction waits for the end of a file.

    The commit need not be on disk: the one that ends the file is, and with it every one before.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = off")
        with cursor.copy(COPY) as copy:
            copy.set_types(TYPES)
            for row in rows:
                copy.write_row(row)


def put_aside(file_id: UUID, places: Iterable[int]) -> None:
    """Nothing of these sets may be applied: what was staged of them goes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from wellkept.intake_staged where file_id = %s and place = any(%s)", [file_id, list(places)]
        )


def keep_sets(file_id: UUID, sets: Sequence[SetRead]) -> None:
    """Remember sets and whether they were accepted."""
    Set.objects.bulk_create(Set(file_id=file_id, **asdict(one)) for one in sets)


def refuse_sets(file_id: UUID, *, since: int) -> None:
    """Take back that sets were accepted: an interchange was refused whole after they had been read."""
    Set.objects.filter(file_id=file_id, place__gte=since, accepted=True).update(accepted=False)
    with connection.cursor() as cursor:
        cursor.execute("delete from wellkept.intake_staged where file_id = %s and place >= %s", [file_id, since])


def note(faults: Sequence[Fault], *, file_id: UUID) -> None:
    """Keep what could not be taken, with its place and reason."""
    SetAside.objects.bulk_create(SetAside(file_id=file_id, **asdict(fault)) for fault in faults)


def end_file(
    file_id: UUID,
    *,
    digest: bytes,
    sender: str,
    counts: Counts,
    totals: Iterable[TotalRead] = (),
    controls: Iterable[ControlRead] = (),
) -> None:
    """The file was read to its end: what it was counted as is kept, and from now on it may be applied."""
    with transaction.atomic():
        reckoned.keep(file_id, totals=totals, controls=controls)
        _ended(file_id, digest=digest, sender=sender, counts=counts)


def _ended(file_id: UUID, *, digest: bytes, sender: str, counts: Counts) -> None:
    File.objects.filter(id=file_id).update(read_at=timezone.now(), digest=digest, sender=sender, counts=asdict(counts))
