"""The sealer: takes entries in the order of their transactions, grows the tree, signs its head, publishes it.

A batch is one transaction: killed anywhere, it leaves nothing or all of it, and the next run goes on from there.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wellkept.ledger import publish, tables
from wellkept.ledger.checkpoint import Checkpoint, NoteError, Signer, Verifier, open_checkpoint
from wellkept.ledger.commitment import Entry, commitment
from wellkept.ledger.merkle import EMPTY_ROOT, Read, leaf_hash, root
from wellkept.ledger.tables import Epoch, Head, origin
from wellkept.ledger.tiles import ReadTile, grow, reader

BATCH = 10_000
PAUSE = 1.0
PUBLISH_EVERY = 2.0


class SealError(Exception):
    """Why the sealer signs nothing, in a sentence for the operator."""


def read_key(path: Path) -> Ed25519PrivateKey:
    """The private key kept at ``path`` (32 bytes, mode 0600), made there when there is none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw())
            file.flush()
            os.fsync(file.fileno())
    if path.stat().st_mode & 0o077:
        raise SealError(f"others can read {path}: make it yours alone (chmod 600) and begin an epoch with a new key")
    seed = path.read_bytes()
    if len(seed) != 32:
        raise SealError(f"{path} is not a key: 32 bytes were expected")
    return Ed25519PrivateKey.from_private_bytes(seed)


def read_tile(connection: psycopg.Connection) -> ReadTile:
    """A reader of the database's tiles."""
    return lambda level, index: tables.tile(connection, level, index)


def sign(signer: Signer, epoch: Epoch, size: int, found: bytes) -> Head:
    """The signed head of an epoch at ``size`` leaves."""
    return Head(epoch.number, size, found, signer.sign(Checkpoint(epoch.origin, size, found).text()))


def begin(connection: psycopg.Connection, signer: Signer, folder: Path) -> None:
    """Begin the first epoch, if none has begun: an empty tree, signed and published before anything is sealed."""
    with connection.transaction():
        if tables.epochs(connection):
            return
        if (folder / "checkpoint").exists():
            raise SealError("a checkpoint is published but this database was never sealed: is it the right one?")
        first = Epoch(1, 0, EMPTY_ROOT, 0, signer.verifier.vkey)
        tables.add_epoch(connection, first, lost=0, reason="the first epoch")
        tables.add_head(connection, sign(signer, first, 0, EMPTY_ROOT))


def present(connection: psycopg.Connection, signer: Signer, folder: Path) -> tuple[Epoch, Head, Read]:
    """The epoch, its head, and a reader of its tree; raises ``SealError`` unless tables, file and key agree."""
    every, read = tables.epochs(connection), reader(read_tile(connection))
    try:
        epoch, head = every[-1], tables.head(connection)
    except LookupError as error:
        raise SealError("the ledger's heads are gone from the database; restore a backup") from error
    if epoch.vkey != signer.verifier.vkey:
        raise SealError(f"epoch {epoch.number} is signed by {epoch.vkey}, not by this key: begin a new epoch for it")
    if signed_head(head, signer.verifier) is None:
        raise SealError("the last head in the database is not what this key signed")
    if head.epoch != epoch.number or root_of(head.size, read) != head.root:
        raise SealError("the tiles do not give the last signed root; `wellkept ledger verify` says what was altered")
    _agree(every, head, read, folder)
    return epoch, head, read


def signed_head(head: Head, key: Verifier) -> Checkpoint | None:
    """What ``key`` signed in the head's note, if it says what the head says; otherwise nothing."""
    try:
        signed = open_checkpoint(head.note, key)
    except NoteError:
        return None
    same = (origin(key.name, head.epoch), head.size, head.root) == (signed.origin, signed.size, signed.root)
    return signed if same else None


def _agree(every: list[Epoch], head: Head, read: Read, folder: Path) -> None:
    """Refuse unless the tree of now begins with the tree that was published last."""
    try:
        outside = publish.published(folder, [epoch.key for epoch in every])
    except publish.Unpublished as error:
        raise SealError(f"{error}; put it back from a copy kept elsewhere") from error
    if outside is None:
        if head.size:
            raise SealError(f"the published checkpoint is gone from {folder}; put it back from a copy kept elsewhere")
        return
    number = next((epoch.number for epoch in every if epoch.origin == outside.origin), 0)
    if not number:
        raise SealError(f"the published checkpoint is of {outside.origin}, which this database does not know")
    if number != head.epoch:
        return  # an epoch began since: its row says how many leaves are shared and how many entries were lost
    if outside.size > head.size:
        raise SealError(
            f"{outside.size} leaves are published and {head.size} are here: the database was set back. "
            "Restore a newer backup, or begin a new epoch that says what was lost."
        )
    if root_of(outside.size, read) != outside.root:
        raise SealError("the tree here does not begin with the published one; `wellkept ledger verify` says where")


def root_of(size: int, read: Read) -> bytes:
    """The root of the first ``size`` leaves; raises ``SealError`` when a tile is gone or short."""
    try:
        return root(size, read)
    except (LookupError, ValueError) as error:
        raise SealError(f"the tree cannot be read: {error}") from error


def seal_batch(
    connection: psycopg.Connection, signer: Signer, folder: Path, *, limit: int = BATCH, closed: bool = False
) -> int:
    """Seal the next entries, at most ``limit``, in one transaction; returns how many."""
    with connection.transaction():
        epoch, head, _ = present(connection, signer, folder)
        if not closed and tables.from_another_server(connection, epoch):
            raise SealError("this database was restored to another server: begin a new epoch")
        found = tables.unsealed(connection, epoch, limit=limit, closed=closed)
        if found:
            extend(connection, signer, epoch, head, [(entry, commitment(salt, entry)) for entry, salt in found])
        return len(found)


def extend(
    connection: psycopg.Connection, signer: Signer, epoch: Epoch, head: Head, found: list[tuple[Entry, bytes]]
) -> None:
    """Add leaves behind ``head`` and sign the tree that results."""
    tables.add_leaves(connection, head.size, found)
    changed = grow(head.size, [leaf_hash(data) for _, data in found], read_tile(connection))
    tables.set_tiles(connection, changed)
    size = head.size + len(found)
    read = reader(lambda level, index: changed.get((level, index)) or tables.tile(connection, level, index))
    tables.add_head(connection, sign(signer, epoch, size, root(size, read)))


def publish_head(connection: psycopg.Connection, signer: Signer, folder: Path) -> Checkpoint:
    """Publish the last signed head and its tiles, unless they are; returns what is published then."""
    epoch, head, _ = present(connection, signer, folder)
    outside = publish.published(folder, [one.key for one in tables.epochs(connection)])
    now = Checkpoint(epoch.origin, head.size, head.root)
    if outside == now:
        return now
    same = outside is not None and outside.origin == epoch.origin
    if outside is not None and not same:
        publish.put_aside(folder, int(outside.origin.rpartition("-")[2]))
    sources = publish.Sources(read_tile(connection), lambda begin, end: tables.commitments(connection, begin, end))
    since = outside.size if outside is not None and same else 0
    publish.publish(folder, note=head.note, key=epoch.key, since=since, sources=sources)
    return now


def seal_once(connection: psycopg.Connection, signer: Signer, folder: Path, *, limit: int = BATCH) -> int:
    """Seal and publish all that waits; returns how many entries were sealed."""
    connection.autocommit = True
    begin(connection, signer, folder)
    publish_head(connection, signer, folder)
    total, last = 0, time.monotonic()
    while count := seal_batch(connection, signer, folder, limit=limit):
        total += count
        if count < limit or time.monotonic() > last + PUBLISH_EVERY:
            publish_head(connection, signer, folder)
            last = time.monotonic()
        if count < limit:
            break
    publish_head(connection, signer, folder)
    return total


def seal_forever(
    connect: Callable[[], psycopg.Connection], signer: Signer, folder: Path, *, stop: Event, tell: Callable[[str], None]
) -> None:
    """Seal every second until ``stop`` is set. A lost connection is opened again; a ``SealError`` ends it."""
    while not stop.is_set():
        try:
            with connect() as connection:
                while not stop.is_set():
                    seal_once(connection, signer, folder)
                    stop.wait(PAUSE)
        except psycopg.OperationalError:
            tell("The database does not answer; trying again.")
            stop.wait(PAUSE)
