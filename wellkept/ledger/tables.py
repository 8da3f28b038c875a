"""What the seal keeps in the database: its epochs, leaves, tiles and heads, read and written in one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString, Protocol

import psycopg

from wellkept.ledger.checkpoint import Verifier, verifier
from wellkept.ledger.commitment import COLUMNS, Entry


class Connected(Protocol):
    """What gives a cursor: psycopg's connection, and Django's."""

    def cursor(self) -> Any:  # noqa: ANN401  (the two have no common type)
        """A cursor that closes at the end of its ``with``."""


@dataclass(frozen=True, slots=True)
class Epoch:
    """One run of the tree. ``size`` leaves with ``root`` are shared with the run before."""

    number: int
    size: int
    root: bytes
    after_entry: int
    vkey: str

    @property
    def key(self) -> Verifier:
        """The key that signs in this epoch."""
        return verifier(self.vkey)

    @property
    def origin(self) -> str:
        """The first line of its checkpoints."""
        return origin(self.key.name, self.number)


@dataclass(frozen=True, slots=True)
class Head:
    """The last signed head."""

    epoch: int
    size: int
    root: bytes
    note: str


def origin(name: str, number: int) -> str:
    """The first line of an epoch's checkpoints."""
    return f"{name}/epoch-{number}"


def rows(connection: Connected, sql: LiteralString, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """Every row a statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def epochs(connection: Connected) -> list[Epoch]:
    """Every epoch, the present one last."""
    sql = "select number, size, root, after_entry, vkey from wellkept.ledger_epoch order by number"
    return [Epoch(number, size, bytes(root), after, vkey) for number, size, root, after, vkey in rows(connection, sql)]


def head(connection: Connected) -> Head:
    """The last signed head of the last epoch; raises ``LookupError`` when nothing was signed yet."""
    sql = "select epoch, size, root, note from wellkept.ledger_checkpoint order by epoch desc, size desc limit 1"
    for epoch, size, root, note in rows(connection, sql):
        return Head(epoch, size, bytes(root), note)
    raise LookupError("nothing is sealed yet")


def tile(connection: Connected, level: int, index: int) -> bytes:
    """The hashes of a tile; raises ``LookupError`` when there is none."""
    sql = "select hashes from wellkept.ledger_tile where level = %s and idx = %s"
    for (hashes,) in rows(connection, sql, (level, index)):
        return bytes(hashes)
    raise LookupError(f"there is no tile {index} at level {level}")


def commitments(connection: Connected, begin: int, end: int) -> list[bytes]:
    """The data of the leaves ``begin`` to ``end``."""
    sql = "select commitment from wellkept.ledger_leaf where idx >= %s and idx < %s order by idx"
    return [bytes(data) for (data,) in rows(connection, sql, (begin, end))]


def leaf_of(connection: Connected, entry: int) -> int:
    """Where an entry stands in the tree; raises ``LookupError`` when it is not sealed yet."""
    for (index,) in rows(connection, "select idx from wellkept.ledger_leaf where entry = %s", (entry,)):
        return int(index)
    raise LookupError(f"entry {entry} is not sealed yet; it will be within seconds")


def cursor(connection: Connected, epoch: Epoch) -> tuple[str, int]:
    """The (transaction, id) of the last entry sealed in this epoch, which orders what comes next."""
    sql = "select xact::text, entry from wellkept.ledger_leaf where idx >= %s and entry > %s order by idx desc limit 1"
    for xact, entry in rows(connection, sql, (epoch.size, epoch.after_entry)):
        return str(xact), int(entry)
    return "0", 0


UNSEALED = (
    f"select {COLUMNS}, e.salt from wellkept.ledger_entry e"  # noqa: S608  (column names of ours)
    " where (e.xact, e.id) > (%s::xid8, %s) and e.id > %s"
)
ENDED = " and e.xact < pg_snapshot_xmin(pg_current_snapshot())"
IN_ORDER = " order by e.xact, e.id limit %s"


def unsealed(
    connection: psycopg.Connection, epoch: Epoch, *, limit: int, closed: bool = False
) -> list[tuple[Entry, bytes]]:
    """The next entries to seal with their salts, in the order of (transaction, id).

    Only transactions that ended before every one still running: a later look can then find nothing that belongs before.
    With ``closed`` (a restored database, nobody else there) every entry, since its transactions are another server's.
    """
    sql = UNSEALED + ("" if closed else ENDED) + IN_ORDER
    with connection.cursor(binary=True) as reading:
        found = reading.execute(sql, (*cursor(connection, epoch), epoch.after_entry, limit))
        return [(Entry._make(row[:-1]), row[-1]) for row in found]


def from_another_server(connection: psycopg.Connection, epoch: Epoch) -> bool:
    """Whether the last sealed transaction lies in this server's future: then the database was restored."""
    xact, _ = cursor(connection, epoch)
    return bool(rows(connection, "select %s::xid8 >= pg_snapshot_xmax(pg_current_snapshot())", (xact,))[0][0])


def add_leaves(connection: psycopg.Connection, begin: int, entries: list[tuple[Entry, bytes]]) -> None:
    """Write one leaf for each entry and its commitment, from index ``begin``."""
    sql = "copy wellkept.ledger_leaf (idx, entry, at, xact, commitment) from stdin"
    with connection.cursor() as writing, writing.copy(sql) as copy:
        for index, (entry, data) in enumerate(entries, begin):
            copy.write_row((index, entry.id, entry.at, entry.xact, data))


def set_tiles(connection: psycopg.Connection, changed: dict[tuple[int, int], bytes]) -> None:
    """Write new tiles, and let the last ones grow."""
    sql = (
        "insert into wellkept.ledger_tile (level, idx, hashes) values (%s, %s, %s)"
        " on conflict (level, idx) do update set hashes = excluded.hashes"
    )
    with connection.cursor() as writing:
        writing.executemany(sql, [(level, index, hashes) for (level, index), hashes in changed.items()])


def add_head(connection: psycopg.Connection, found: Head) -> None:
    """Keep a signed head."""
    sql = "insert into wellkept.ledger_checkpoint (epoch, size, root, note) values (%s, %s, %s, %s)"
    connection.execute(sql, (found.epoch, found.size, found.root, found.note))


def add_epoch(connection: psycopg.Connection, epoch: Epoch, *, lost: int, reason: str) -> None:
    """Begin an epoch."""
    sql = (
        "insert into wellkept.ledger_epoch (number, size, root, after_entry, vkey, lost, reason)"
        " values (%s, %s, %s, %s, %s, %s, %s)"
    )
    connection.execute(sql, (epoch.number, epoch.size, epoch.root, epoch.after_entry, epoch.vkey, lost, reason))
