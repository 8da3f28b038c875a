"""A statement while it waits: packed and sealed under the intake key, and unpacked again for its step."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import orjson

from wellkept.intake.naming import Hashes
from wellkept.intake.values import DECISION, PREMIUM, About, Content, Naming, Statement
from wellkept.vault import envelope

FIELD: Final = "intake.content"
NEWLINE: Final = b"\n"

# One row of intake_staged: file, place of the set, its number, kind, finder, digest, apart, sealed content.
Row = tuple[UUID, int, str, str, bytes, bytes, bool, bytes]


@dataclass(frozen=True, slots=True)
class Key:
    """What seals statements while they wait."""

    intake: bytes

    def seal(self, content: bytes, *, file_id: UUID, digest: bytes) -> bytes:
        """Content sealed for one file and for the row that bears its digest."""
        row = UUID(bytes=digest)
        return envelope.seal(data_key=self.intake, field=FIELD, subject=file_id, row=row, text=content.decode())

    def unseal(self, sealed: bytes, *, file_id: UUID, digest: bytes) -> bytes:
        """The content again."""
        row = UUID(bytes=digest)
        return envelope.unseal(data_key=self.intake, field=FIELD, subject=file_id, row=row, sealed=sealed).encode()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A statement that waits. ``kept`` is ``content`` as JSON; ``digest`` is the same in every file that says it."""

    id: int
    kind: str
    set_number: str
    finder: bytes
    digest: bytes
    naming: Naming
    about: About | None
    content: Content
    kept: bytes


def packed(statement: Statement, *, file_id: UUID, place: int, set_number: str, hashes: Hashes, key: Key) -> Row:
    """A statement as the row that waits."""
    naming, about = statement.naming, statement.about
    head = [naming.number, naming.first, naming.last, naming.birth_date, naming.group]
    if about is not None:
        for line in statement.content["lines"]:
            line["control"] = line["control"] and hashes.line(line["control"])
        head += [
            about.number, about.payer_number, about.biller, about.provider_npi, about.provider, about.day, about.code,
        ]  # fmt: skip
    whole = orjson.dumps(head) + NEWLINE + orjson.dumps(statement.content)
    digest = hashes.digest(whole)
    finder = hashes.by_birth(naming) if by_birth(statement.kind, naming) else hashes.by_name(naming)
    sealed = key.seal(whole, file_id=file_id, digest=digest)
    return (file_id, place, set_number, statement.kind, finder, digest, False, sealed)


def unstaged(statement: Statement, *, hashes: Hashes) -> Waiting:
    """A statement as if it had waited, to look at what it would do."""
    naming, kept = statement.naming, orjson.dumps(statement.content)
    head = [naming.number, naming.first, naming.last, naming.birth_date, naming.group]
    return Waiting(
        id=0, kind=statement.kind, set_number="", finder=hashes.by_birth(naming),
        digest=hashes.digest(orjson.dumps(head) + NEWLINE + kept), naming=naming, about=None, content=statement.content,
        kept=kept,
    )  # fmt: skip


def by_birth(kind: str, naming: Naming) -> bool:
    """Whether a statement finds its person by birth date: an 835 names none, a claims table does."""
    return kind not in (DECISION, PREMIUM) or bool(naming.birth_date)


def unpacked(row: tuple[int, str, bytes, bytes, bytes], *, file_id: UUID, kind: str, key: Key) -> Waiting:
    """The statement of a row: its id, number of the set, finder, digest and sealed content."""
    number, set_number, finder, digest, sealed = row
    whole = key.unseal(sealed, file_id=file_id, digest=digest)
    head, _, kept = whole.partition(NEWLINE)
    said = orjson.loads(head)
    return Waiting(
        id=number, kind=kind, set_number=set_number, finder=finder, digest=digest, naming=Naming(*said[:5]),
        about=About(*said[5:]) if said[5:] else None, content=orjson.loads(kept), kept=kept,
    )  # fmt: skip
