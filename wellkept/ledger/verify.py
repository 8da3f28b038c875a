"""Reads the whole ledger again and says what is not as it was sealed.

It reads in steps of some thousand leaves, each a short statement: a cursor over everything would be a transaction
longer than the house allows. Leaves are only ever added, so the steps see one ledger.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import psycopg

from wellkept.ledger import tables
from wellkept.ledger.checkpoint import Checkpoint
from wellkept.ledger.commitment import COLUMNS, Entry, commitment
from wellkept.ledger.findings import Finding, Leaf
from wellkept.ledger.merkle import Frontier, leaf_hash
from wellkept.ledger.seal import signed_head
from wellkept.ledger.tables import Epoch, Head, rows
from wellkept.ledger.tiles import WIDTH, grow, hashes_of, in_folder

STEP = 40 * WIDTH
NAMED = 20
REMEMBERED = 100_000
Tell = Callable[[int, int], None]


@dataclass(slots=True)
class Reading:
    """What is carried from step to step."""

    connection: psycopg.Connection
    folder: Path | None
    epochs: list[Epoch]
    heads: dict[int, list[tuple[str, bytes]]]
    published: Checkpoint | None
    frontier: Frontier = field(default_factory=Frontier)
    partial: dict[tuple[int, int], bytes] = field(default_factory=dict)
    last: Leaf | None = None
    here: dict[bytes, Leaf] = field(default_factory=dict)
    gone: dict[bytes, int] = field(default_factory=dict)


def verify(
    connection: psycopg.Connection,
    *,
    folder: Path | None,
    published: Checkpoint | None,
    against: Checkpoint | None = None,
    tell: Tell = lambda _done, _all: None,
) -> Iterator[Finding]:
    """Every finding, as it is found. ``published`` is the checkpoint of ``folder``; ``against`` one kept elsewhere.

    ``tell`` is told how many leaves are read, of how many. ``connection`` is in autocommit and may read all
    of the ledger.
    """
    head = tables.head(connection)
    reading = Reading(connection, folder, tables.epochs(connection), {}, published)
    yield from _signed(head, reading.epochs[-1])
    _expect(reading, head.size, "the last head in the database", head.root)
    for epoch in reading.epochs:
        _expect(reading, epoch.size, f"the beginning of epoch {epoch.number}", epoch.root)
    for name, outside in (("the published checkpoint", published), ("the checkpoint you gave", against)):
        if outside is not None:
            yield from _comparable(reading, head.size, name, outside)
    count = int(rows(connection, "select coalesce(max(idx) + 1, 0) from wellkept.ledger_leaf")[0][0])
    yield from _roots(reading)
    for begin in range(0, count, STEP):
        yield from _step(reading, begin, min(begin + STEP, count))
        tell(min(begin + STEP, count), count)
    if count < head.size:
        yield Finding("dropped", f"leaves {count} to {head.size - 1} are gone from the database")
    yield from _partial_tiles(reading)
    yield from _moved(reading)
    yield from _erasures(connection)
    yield from _not_sealed(connection, reading)


def _signed(head: Head, epoch: Epoch) -> Iterator[Finding]:
    if head.epoch != epoch.number or signed_head(head, epoch.key) is None:
        yield Finding("head", f"the head of {head.size} leaves in the database is not what its key signed")


def _expect(reading: Reading, size: int, name: str, root: bytes) -> None:
    reading.heads.setdefault(size, []).append((name, root))


def _comparable(reading: Reading, size: int, name: str, outside: Checkpoint) -> Iterator[Finding]:
    """Remember at which size a checkpoint's root must come out."""
    present = reading.epochs[-1]
    epoch = next((one for one in reading.epochs if one.origin == outside.origin), None)
    if epoch is None:
        yield Finding("foreign", f"{name} is of {outside.origin}, which is not this ledger")
    elif epoch is not present and outside.size > present.size:
        lost = "what it held beyond was lost in a restore, and the epoch says how much"
        yield Finding("other epoch", f"{name} is of epoch {epoch.number}; {lost}")
    elif outside.size > size:
        yield Finding("dropped", f"{name} has {outside.size} leaves and the database {size}")
    else:
        _expect(reading, outside.size, name, outside.root)


def _roots(reading: Reading) -> Iterator[Finding]:
    """The roots that must come out at exactly the leaves read so far."""
    for name, root in reading.heads.pop(reading.frontier.size, []):
        if reading.frontier.root() != root:
            yield Finding("root", f"the first {reading.frontier.size} leaves do not give the root of {name}")


def _step(reading: Reading, begin: int, end: int) -> Iterator[Finding]:
    leaves = _leaves(reading.connection, begin, end)
    found = _entries(reading.connection, list(leaves.values()))
    erased = _erased(reading.connection, begin, end)
    for index in range(begin, end):
        if leaf := leaves.get(index):
            yield from _ordered(reading, leaf)
            yield from _content(leaf, found.get(leaf.entry, []), erased=index in erased)
        else:
            yield Finding("dropped", "the leaf is gone from the database", leaf=index)
    hashes: list[bytes] = []
    for index in range(begin // WIDTH, -(-end // WIDTH)):
        yield from _tile(reading, index, leaves, hashes, min(end - index * WIDTH, WIDTH))
    yield from _grown(reading, hashes)


def _leaves(connection: psycopg.Connection, begin: int, end: int) -> dict[int, Leaf]:
    sql = "select idx, entry, at, xact::text::bigint, commitment from wellkept.ledger_leaf where idx >= %s and idx < %s"
    with connection.cursor(binary=True) as cursor:
        return {row[0]: Leaf(*row) for row in cursor.execute(sql, (begin, end))}


def _entries(connection: psycopg.Connection, leaves: list[Leaf]) -> dict[int, list[tuple[Entry, bytes]]]:
    """The entries of some leaves by id, with their salts. An id that stands twice gives two."""
    if not leaves:
        return {}
    sql = f"select {COLUMNS}, e.salt from wellkept.ledger_entry e where e.id = any (%s)"  # noqa: S608  (columns of ours)
    times = [leaf.at for leaf in leaves]
    found: dict[int, list[tuple[Entry, bytes]]] = {}

    def read(ids: list[int], more: str, *parameters: object) -> None:
        with connection.cursor(binary=True) as cursor:
            for row in cursor.execute(sql + more, (ids, *parameters)):
                found.setdefault(row[0], []).append((Entry._make(row[:-1]), row[-1]))

    read([leaf.entry for leaf in leaves], " and e.at >= %s and e.at <= %s", min(times), max(times))
    if missing := [leaf.entry for leaf in leaves if leaf.entry not in found]:
        read(missing, "")
    return found


def _erased(connection: psycopg.Connection, begin: int, end: int) -> set[int]:
    sql = "select leaf from wellkept.ledger_erasure where leaf >= %s and leaf < %s"
    return {int(leaf) for (leaf,) in rows(connection, sql, (begin, end))}


def _content(leaf: Leaf, found: list[tuple[Entry, bytes]], *, erased: bool) -> Iterator[Finding]:
    """What is wrong with the entry of a leaf."""
    entry, salt = next((one for one in found if one[0].at == leaf.at), found[0] if found else (None, b""))
    if entry is None:
        yield leaf.finding("dropped", "the entry is gone")
    elif not salt:
        if not erased:
            yield leaf.finding("erased", "its content is gone and no removal names it")
    elif commitment(salt, entry) != leaf.commitment:
        yield leaf.finding("edited", "the entry is not what was sealed")
    elif (entry.at, entry.xact) != (leaf.at, leaf.xact):
        yield leaf.finding("edited", "the leaf names another time or transaction than its entry")


def _ordered(reading: Reading, leaf: Leaf) -> Iterator[Finding]:
    """Leaves of one epoch stand in the order of (transaction, id)."""
    last, reading.last = reading.last, leaf
    epoch = next(one for one in reversed(reading.epochs) if one.size <= leaf.idx)
    if last is None or leaf.idx == epoch.size or last.entry <= epoch.after_entry < leaf.entry:
        return  # what a restore brought back unsealed stands before what the new server, counting anew, wrote
    if (leaf.xact, leaf.entry) <= (last.xact, last.entry):
        yield leaf.finding("reordered", f"it stands behind entry {last.entry}, which was later")


def _tile(reading: Reading, index: int, leaves: dict[int, Leaf], hashes: list[bytes], width: int) -> Iterator[Finding]:
    """Leaf by leaf against a tile in the database and the published one; adds the leaf hashes to ``hashes``."""
    inside, outside = _held(reading.connection, index), _outside(reading, index)
    other = []
    for place in range(width):
        leaf = leaves.get(index * WIDTH + place)
        held = inside[place] if place < len(inside) else bytes(32)
        found = leaf_hash(leaf.commitment) if leaf else held
        hashes.append(found)
        if found != held:
            other.append(index * WIDTH + place)
        if leaf and place < len(outside) and outside[place] != found and len(reading.here) < REMEMBERED:
            reading.here[found] = leaf
            reading.gone[outside[place]] = leaf.idx
    reading.gone |= {one: index * WIDTH + place for place, one in enumerate(outside) if place >= width}
    if other:
        yield Finding("tile", f"a tile in the database holds other hashes than {len(other)} leaves", leaf=other[0])


def _held(connection: psycopg.Connection, index: int) -> list[bytes]:
    try:
        return hashes_of(tables.tile(connection, 0, index))
    except LookupError:
        return []


def _outside(reading: Reading, index: int) -> list[bytes]:
    """The published leaf hashes of a tile, as far as the published checkpoint of this epoch reaches."""
    if reading.folder is None or reading.published is None or reading.published.origin != reading.epochs[-1].origin:
        return []
    if reading.published.size <= index * WIDTH:
        return []
    try:
        return hashes_of(in_folder(reading.folder, reading.published.size)(0, index))
    except (LookupError, ValueError):
        return []


def _grown(reading: Reading, hashes: list[bytes]) -> Iterator[Finding]:
    """Let the tree grow, compare the upper tiles that became full, and the roots on the way."""
    size = reading.frontier.size
    changed = grow(size, hashes, lambda level, index: reading.partial[level, index])
    for (level, index), tile in changed.items():
        reading.partial[level, index] = tile
        if len(tile) == WIDTH * 32:
            del reading.partial[level, index]
            yield from _upper(reading, level, index, tile) if level else ()
    stops = sorted(one for one in reading.heads if size < one <= size + len(hashes))
    for stop in [*stops, size + len(hashes)]:
        reading.frontier.append(hashes[reading.frontier.size - size : stop - size])
        yield from _roots(reading)


def _upper(reading: Reading, level: int, index: int, tile: bytes) -> Iterator[Finding]:
    try:
        same = tables.tile(reading.connection, level, index) == tile
    except LookupError:
        same = False
    if not same:
        yield Finding("tile", f"tile {index} at level {level} in the database is not what the leaves give")


def _partial_tiles(reading: Reading) -> Iterator[Finding]:
    for (level, index), tile in reading.partial.items():
        if level:
            yield from _upper(reading, level, index, tile)


def _moved(reading: Reading) -> Iterator[Finding]:
    """Where the leaves differ from the published ones: which came, which went, which stand elsewhere."""
    changed = {leaf.idx for one, leaf in reading.here.items() if one not in reading.gone}
    gone = sorted(index for one, index in reading.gone.items() if one not in reading.here and index not in changed)
    found = [Finding("dropped", "what was published here is gone", leaf=index) for index in gone]
    for one, leaf in reading.here.items():
        moved = one in reading.gone
        what = f"it was published as leaf {reading.gone[one]}" if moved else "entry and leaf are not what was published"
        found.append(leaf.finding("reordered" if moved else "edited", what))
    yield from found[:NAMED]
    if len(found) > NAMED:
        yield Finding("more", f"{len(found) - NAMED} further leaves differ from the published ones")


def _erasures(connection: psycopg.Connection) -> Iterator[Finding]:
    """Each removal must name exactly the leaves that point to it, and stand behind them in the ledger."""
    sql = (
        "select x.removed_by, array_agg(x.leaf order by x.leaf), max(e.kind), max(e.reason), max(l.idx), max(e.at)"
        " from wellkept.ledger_erasure x left join wellkept.ledger_entry e on e.id = x.removed_by"
        " left join wellkept.ledger_leaf l on l.entry = x.removed_by group by x.removed_by order by x.removed_by"
    )
    for removal, leaves, kind, reason, index, at in rows(connection, sql):
        if kind != "removed" or reason != named_leaves(leaves):
            what = f"{len(leaves)} leaves say it removed them, and it names others or none"
            yield Finding("erased", what, index, removal, at)
        elif index is not None and index <= max(leaves):
            yield Finding("erased", "it stands before what it removed", index, removal, at)


def named_leaves(leaves: list[int]) -> str:
    """How a removal names the leaves it erased: their number, and the hash of their list."""
    text = ",".join(str(leaf) for leaf in sorted(leaves))
    return f"erased {len(leaves)}: sha256 {sha256(text.encode()).hexdigest()}"


def _not_sealed(connection: psycopg.Connection, reading: Reading) -> Iterator[Finding]:
    """Entries no leaf stands for though their time came, and entries or leaves that stand twice."""
    top = int(rows(connection, "select coalesce(max(id), 0) from wellkept.ledger_entry")[0][0])
    xact, entry = tables.cursor(connection, reading.epochs[-1])
    known = (xact, entry, reading.epochs[-1].after_entry)
    for begin in range(0, top, STEP * 10):
        span = (begin, begin + STEP * 10)
        for number, at, passed, twice in rows(connection, UNKNOWN, (*known, *span)):
            if twice:
                yield Finding("duplicated", "the entry stands twice, under another time", entry=number, at=at)
            elif passed:
                yield Finding("inserted", "it stands before what is sealed and has no leaf", entry=number, at=at)
        for number, leaves in rows(connection, TWICE, span):
            yield Finding("duplicated", f"the leaves {', '.join(map(str, leaves))} stand for one entry", entry=number)


UNKNOWN = """
select e.id, e.at,
       ((e.xact, e.id) <= (%s::xid8, %s::bigint) or e.id <= %s)
       and not exists (select 1 from wellkept.ledger_leaf l where l.entry = e.id),
       exists (select 1 from wellkept.ledger_leaf l where l.entry = e.id)
       and exists (select 1 from wellkept.ledger_entry o where o.id = e.id and o.at <> e.at)
  from wellkept.ledger_entry e
 where e.id > %s and e.id <= %s
   and not exists (select 1 from wellkept.ledger_leaf l where l.entry = e.id and l.at = e.at)
 order by e.id
"""
TWICE = """
select entry, array_agg(idx order by idx) from wellkept.ledger_leaf
 where entry > %s and entry <= %s group by entry having count(*) > 1
"""
