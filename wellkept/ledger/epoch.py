"""A new epoch of the ledger, after a restore: what was lost is counted and said, and the tree goes on in public."""

from pathlib import Path

import psycopg

from wellkept.ledger import publish, tables
from wellkept.ledger.checkpoint import Checkpoint, Signer
from wellkept.ledger.commitment import Entry, commitment
from wellkept.ledger.merkle import leaf_hash, root
from wellkept.ledger.seal import BATCH, SealError, extend, publish_head, read_tile, sign
from wellkept.ledger.tables import Epoch
from wellkept.ledger.tiles import HASH, WIDTH, hashes_of, reader, tile_path


def published_leaf_hashes(folder: Path, begin: int, size: int) -> set[bytes]:
    """The leaf hashes that were published from ``begin`` to ``size``."""
    found: set[bytes] = set()
    for index in range(begin // WIDTH, -(-size // WIDTH)):
        width = min(WIDTH, size - index * WIDTH)
        paths = [folder / tile_path(0, index, width), folder / tile_path(0, index)]
        data = next((path.read_bytes() for path in paths if path.exists()), b"")
        if len(data) < width * HASH:
            raise SealError(f"the published tile {tile_path(0, index, width)} is gone: say yourself how many were lost")
        first = max(begin - index * WIDTH, 0)
        found.update(hashes_of(data)[first:width])
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
        every = tables.epochs(connection)
        if not every:
            raise SealError("the ledger has not begun: seal it first")
        head, read = tables.head(connection), reader(read_tile(connection))
        if root(head.size, read) != head.root:
            raise SealError(
                "the tiles do not give the last signed root; `wellkept ledger verify` says what was altered"
            )
        outside = publish.published(folder, [one.key for one in every])
        waiting = _waiting(connection, every[-1])
        gone = _lost(folder, outside, head.size, {leaf_hash(data) for _, data in waiting}) if lost is None else lost
        top = tables.rows(connection, "select coalesce(max(id), 0) from wellkept.ledger_entry")[0][0]
        fresh = Epoch(every[-1].number + 1, head.size, head.root, int(top), signer.verifier.vkey)
        tables.add_epoch(connection, fresh, lost=gone, reason=reason)
        first = sign(signer, fresh, head.size, head.root)
        tables.add_head(connection, first)
        if waiting:
            extend(connection, signer, fresh, first, waiting)
        said = f"epoch {fresh.number}: {gone} sealed entries were lost. {reason}"
        connection.execute("select wellkept.ledger_note('epoch', %s)", (said,))
    publish_head(connection, signer, folder)
    return fresh


def _waiting(connection: psycopg.Connection, epoch: Epoch) -> list[tuple[Entry, bytes]]:
    """What was restored unsealed. A backup is one moment, so this is what a few seconds brought."""
    found = tables.unsealed(connection, epoch, limit=BATCH * 100, closed=True)
    return [(entry, commitment(salt, entry)) for entry, salt in found]


def _lost(folder: Path, outside: Checkpoint | None, size: int, again: set[bytes]) -> int:
    """How many published leaves are neither in the restored tree nor among what is sealed again."""
    if outside is None:
        raise SealError("no checkpoint is published: say yourself how many entries were lost")
    return len(published_leaf_hashes(folder, size, outside.size) - again) if outside.size > size else 0
