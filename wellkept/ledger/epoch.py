"""A new epoch of the ledger, after a restore: what was lost is counted and said, and the tree goes on in public."""

from pathlib import Path

import psycopg

from wellkept.ledger import publish, tables
from wellkept.ledger.checkpoint import Signer
from wellkept.ledger.commitment import Entry, commitment
from wellkept.ledger.merkle import leaf_hash, root
from wellkept.ledger.seal import BATCH, SealError, extend, publish_head, read_tile, root_of, sign, signed_head
from wellkept.ledger.tables import Epoch, Head
from wellkept.ledger.tiles import WIDTH, hashes_of, in_folder, reader


def published_leaf_hashes(folder: Path, begin: int, size: int) -> set[bytes]:
    """The leaf hashes that were published from ``begin`` to ``size``; raises ``LookupError`` when a tile is gone."""
    found: set[bytes] = set()
    for index in range(begin // WIDTH, -(-size // WIDTH)):
        found.update(hashes_of(in_folder(folder, size)(0, index))[max(begin - index * WIDTH, 0) :])
    return found


def new_epoch(
    connection: psycopg.Connection, signer: Signer, folder: Path, *, reason: str, lost: int | None = None
) -> Epoch:
    """Begin the next epoch on a restored database in which nobody else is at work.

    Leaves that were restored stay. Entries that were restored unsealed are sealed now. ``lost`` is how many published
    leaves came back neither way; it is counted from the published tiles unless it is given. Raises ``SealError``.
    """
    connection.autocommit = True
    with connection.transaction():
        last, head = _restored(connection)
        waiting = _waiting(connection, last)
        again = {leaf_hash(data) for _, data in waiting}
        gone = _lost(connection, folder, head, again) if lost is None else lost
        top = tables.rows(connection, "select coalesce(max(id), 0) from wellkept.ledger_entry")[0][0]
        fresh = Epoch(last.number + 1, head.size, head.root, int(top), signer.verifier.vkey)
        tables.add_epoch(connection, fresh, lost=gone, reason=reason)
        first = sign(signer, fresh, head.size, head.root)
        tables.add_head(connection, first)
        if waiting:
            extend(connection, signer, fresh, first, waiting)
        said = f"epoch {fresh.number}: {gone} sealed entries were lost. {reason}"
        connection.execute("select wellkept.ledger_note('epoch', %s)", (said,))
    publish_head(connection, signer, folder)
    return fresh


def _restored(connection: psycopg.Connection) -> tuple[Epoch, Head]:
    """The epoch and the head the restore brought back, which must be as they were signed."""
    every = tables.epochs(connection)
    if not every:
        raise SealError("the ledger has not begun: seal it first")
    head = tables.head(connection)
    if root_of(head.size, reader(read_tile(connection))) != head.root or not signed_head(head, every[-1].key):
        raise SealError("the restored head is not what was signed; `wellkept ledger verify` says what was altered")
    return every[-1], head


def _waiting(connection: psycopg.Connection, epoch: Epoch) -> list[tuple[Entry, bytes]]:
    """What was restored unsealed. A backup is one moment, so this is what a few seconds brought."""
    found = tables.unsealed(connection, epoch, limit=BATCH * 100, closed=True)
    return [(entry, commitment(salt, entry)) for entry, salt in found]


def _lost(connection: psycopg.Connection, folder: Path, head: Head, again: set[bytes]) -> int:
    """How many published leaves are neither in the restored tree nor among what is sealed again."""
    outside = publish.published(folder, [one.key for one in tables.epochs(connection)])
    if outside is None:
        raise SealError("no checkpoint is published: say yourself how many entries were lost")
    ahead = outside.size > head.size
    read = reader(in_folder(folder, outside.size) if ahead else read_tile(connection))
    try:
        if root(min(head.size, outside.size), read) != (head.root if ahead else outside.root):
            raise SealError("of the restored and the published ledger neither begins with the other: another backup?")
        return len(published_leaf_hashes(folder, head.size, outside.size) - again) if ahead else 0
    except (LookupError, ValueError) as error:
        raise SealError(f"{error}: say yourself how many entries were lost") from error
