import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ledger.house import SIGNER, Ledger, one
from wellkept.cli import cluster as server
from wellkept.ledger import checkpoint, publish, seal, verify

pytestmark = pytest.mark.database

SEALER = """
import os, signal, sys
from pathlib import Path
import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from wellkept.ledger import publish, seal, tables
from wellkept.ledger.checkpoint import Signer

module, name, after, dsn, folder = sys.argv[1:]
target = {"tables": tables, "publish": publish, "seal": seal}[module]
honest, left = getattr(target, name), int(after)

def die(*given, **named):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return honest(*given, **named)

setattr(target, name, die)
signer = Signer("portal.example/ledger", Ed25519PrivateKey.from_private_bytes(b"\\x07" * 32))
with psycopg.connect(dsn, autocommit=True) as connection:
    seal.seal_once(connection, signer, Path(folder), limit=100)
"""

PLACES = [
    ("tables", "add_epoch", 0),
    ("tables", "add_head", 0),
    ("tables", "add_leaves", 0),
    ("tables", "set_tiles", 0),
    ("tables", "set_tiles", 3),
    ("tables", "add_head", 1),
    ("tables", "add_head", 4),
    ("seal", "publish_head", 0),
    ("seal", "publish_head", 1),
    ("publish", "write", 0),
    ("publish", "write", 1),
    ("publish", "write", 2),
    ("publish", "write", 5),
    ("publish", "_settle", 0),
    ("publish", "_settle", 3),
    ("publish", "_outgrown", 0),
    ("publish", "_outgrown", 1),
]


@pytest.mark.parametrize(("module", "name", "after"), PLACES)
def test_a_sealer_killed_anywhere_goes_on_as_if_it_had_not_been(
    ledger: Ledger, module: str, name: str, after: int
) -> None:
    ledger.enter_many(600)
    parts = server.parameters(operator="umr", role="seal", state=ledger.cluster.state) | {"dbname": ledger.name}
    dsn = " ".join(f"{word}='{value}'" for word, value in parts.items())
    command = [sys.executable, "-c", SEALER, module, name, str(after), dsn, str(ledger.folder)]
    ended = subprocess.run(command, check=False, cwd=Path(__file__).parents[2], env=dict(os.environ))
    assert ended.returncode == -signal.SIGKILL
    outside = publish.published(ledger.folder, [SIGNER.verifier]) if ledger.folder.exists() else None
    with ledger.attack() as looking:
        assert one(looking, "select count(*) from ledger_leaf") % 100 == 0
        assert outside is None or outside.size <= one(looking, "select count(*) from ledger_leaf")
    with ledger.connect() as connection:
        seal.seal_once(connection, SIGNER, ledger.folder, limit=100)
        now = checkpoint.open_checkpoint((ledger.folder / "checkpoint").read_text(), SIGNER.verifier)
        assert now.size == 600
        assert list(verify.verify(connection, folder=ledger.folder, published=now)) == []
    for tile in ("tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/002.p/88"):
        assert (ledger.folder / tile).exists()
