"""Taking a file in: begun, staged set by set, each set accepted or put aside whole, and then ready to be applied."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from uuid import UUID, uuid4

import orjson
from django.db import connection, transaction
from django.utils import timezone

from wellkept.intake.models import File, Set, SetAside
from wellkept.intake.naming import Hashes
from wellkept.intake.values import DECISION, Counts, Fault, Statement
from wellkept.vault import envelope

COPY = (
    "copy wellkept.intake_staged (file_id, set_id, set_number, kind, finder, apart, content) from stdin (format binary)"
)
TYPES = ["uuid", "int8", "text", "text", "bytea", "bool", "bytea"]
READING = 7_733_100


class AnotherReaderError(Exception):
    """Another process is reading files of this operator."""


@dataclass(frozen=True, slots=True)
class Key:
    """What seals statements while they wait."""

    intake: bytes

    def seal(self, content: bytes, *, file_id: UUID) -> bytes:
        """Content sealed for one file."""
        return envelope.seal(
            data_key=self.intake, field="intake.content", subject=file_id, row=file_id, text=content.decode()
        )

    def unseal(self, sealed: bytes, *, file_id: UUID) -> bytes:
        """The content again."""
        return envelope.unseal(
            data_key=self.intake, field="intake.content", subject=file_id, row=file_id, sealed=sealed
        ).encode()


@contextmanager
def reading() -> Iterator[None]:
    """Let one process at a time read or apply files. What a killed one left half read is removed first."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [READING])
        if not cursor.fetchone()[0]:
            raise AnotherReaderError
    try:
        forget_half_read()
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [READING])


def forget_half_read() -> None:
    """Remove what was staged of files that were not read to their end: they are read again from their beginning."""
    half = list(File.objects.filter(read_at=None).values_list("id", flat=True))
    for file_id in half:
        with connection.cursor() as cursor:
            cursor.execute("delete from wellkept.intake_staged where file_id = %s", [file_id])
        File.objects.filter(id=file_id).update(
            read_at=timezone.now(), applied_at=timezone.now(), counts={"interrupted": True}
        )


def begin_file(*, name: str, digest: bytes, mode: str) -> UUID:
    """A file whose reading begins; its id is the occasion of everything it brings."""
    file_id = uuid4()
    File.objects.create(id=file_id, name=name, digest=digest, mode=mode)
    return file_id


def begin_set(file_id: UUID, *, interchange: str, number: str, kind: str) -> int:
    """A transaction set that begins."""
    return Set.objects.create(file_id=file_id, interchange=interchange, number=number, kind=kind).id


def stage(
    statements: Sequence[Statement], *, file_id: UUID, set_id: int, set_number: str, hashes: Hashes, key: Key
) -> None:
    """Keep statements, sealed, until they are applied. Commits at once: no transaction waits for the end of a file."""
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(COPY) as copy:
        copy.set_types(TYPES)
        for statement in statements:
            finder = (
                hashes.by_name(statement.naming) if statement.kind == DECISION else hashes.by_birth(statement.naming)
            )
            content = orjson.dumps({"naming": asdict(statement.naming), "content": statement.content})
            sealed = key.seal(content, file_id=file_id)
            copy.write_row((file_id, set_id, set_number, statement.kind, finder, False, sealed))


def accept(sets: Iterable[int]) -> None:
    """Sets that may be applied."""
    Set.objects.filter(id__in=list(sets)).update(accepted=True)


def put_aside(sets: Iterable[int]) -> None:
    """Sets of which nothing may be applied: what was staged of them goes."""
    with connection.cursor() as cursor:
        cursor.execute("delete from wellkept.intake_staged where set_id = any(%s)", [list(sets)])


def note(faults: Sequence[Fault], *, file_id: UUID) -> None:
    """Keep what could not be taken, with its place and reason."""
    SetAside.objects.bulk_create(SetAside(file_id=file_id, **asdict(fault)) for fault in faults)


def end_file(file_id: UUID, *, sender: str, counts: Counts) -> None:
    """The file was read to its end. From now on it may be applied."""
    File.objects.filter(id=file_id).update(read_at=timezone.now(), sender=sender, counts=asdict(counts))
