import stat
from itertools import pairwise
from pathlib import Path
from threading import Event
from uuid import uuid4

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.ledger.house import SIGNER, Ledger, one
from wellkept.ledger import checkpoint, merkle, publish, seal, tables, tiles
from wellkept.ledger.commitment import COLUMNS, Entry, commitment

pytestmark = pytest.mark.database


def sealed(ledger: Ledger, limit: int = seal.BATCH) -> int:
    with ledger.connect() as connection:
        return seal.seal_once(connection, SIGNER, ledger.folder, limit=limit)


def order(ledger: Ledger) -> list[int]:
    with ledger.attack() as looking:
        return [row[0] for row in looking.execute("select entry from ledger_leaf order by idx")]


def outside(ledger: Ledger) -> checkpoint.Checkpoint:
    return checkpoint.open_checkpoint((ledger.folder / "checkpoint").read_text(), SIGNER.verifier)


def test_every_entry_becomes_one_leaf_in_order_and_the_head_is_published(ledger: Ledger) -> None:
    entries = [ledger.enter() for _ in range(5)]
    assert sealed(ledger) == 5
    assert order(ledger) == entries
    assert outside(ledger).size == 5
    assert outside(ledger).origin == "portal.example/ledger/epoch-1"
    assert sealed(ledger) == 0


def test_a_leaf_is_the_commitment_of_its_entry(ledger: Ledger) -> None:
    number = ledger.enter(uuid4(), uuid4())
    sealed(ledger)
    with ledger.connect() as connection:
        row = connection.execute(f"select {COLUMNS}, salt from wellkept.ledger_entry e").fetchone()
        assert row is not None
        assert row[0] == number
        assert tables.commitments(connection, 0, 1) == [commitment(row[-1], Entry._make(row[:-1]))]


def test_every_column_of_an_entry_is_committed_to(ledger: Ledger) -> None:
    with ledger.attack() as looking:
        sql = "select attname from pg_attribute where attrelid = 'ledger_entry'::regclass and attnum > 0"
        columns = {row[0] for row in looking.execute(sql)}
    assert columns == {*Entry._fields, "salt"}


def test_the_published_tiles_alone_give_the_root_and_the_leaves(ledger: Ledger) -> None:
    for many in (3, 300, 257):
        ledger.enter_many(many)
        sealed(ledger)
    head = outside(ledger)
    assert head.size == 560
    frontier, data = merkle.Frontier(), []
    for level, index, width in tiles.tiles_of(560):
        if level == 0:
            frontier.append(tiles.hashes_of((ledger.folder / tiles.tile_path(0, index, width)).read_bytes()))
            data += tiles.unbundle((ledger.folder / tiles.tile_path("entries", index, width)).read_bytes())
    assert frontier.root() == head.root
    again = merkle.Frontier()
    again.append([merkle.leaf_hash(one) for one in data])
    assert again.root() == head.root


def test_a_partial_tile_goes_when_the_full_one_is_there(ledger: Ledger) -> None:
    ledger.enter_many(3)
    sealed(ledger)
    assert (ledger.folder / "tile/0/000.p/3").exists()
    ledger.enter_many(253)
    sealed(ledger)
    assert (ledger.folder / "tile/0/000").stat().st_size == 8192
    assert not (ledger.folder / "tile/0/000.p").exists()
    assert not (ledger.folder / "tile/entries/000.p").exists()


def test_batches_of_any_size_give_the_same_tree(ledger: Ledger) -> None:
    ledger.enter_many(700)
    other = ledger.copy()
    sealed(ledger)
    whole = outside(ledger)
    elsewhere = Ledger(other.cluster, other.name, ledger.folder.with_name("other"))
    assert sealed(elsewhere, limit=97) == 700
    assert outside(elsewhere) == whole


def test_an_entry_that_commits_late_is_sealed_and_none_before_it_is_passed(ledger: Ledger) -> None:
    with ledger.attack() as slow:
        slow.autocommit = False
        late = ledger.enter(connection=slow)
        after = [ledger.enter() for _ in range(3)]
        assert sealed(ledger) == 0, "an entry whose transaction runs could still belong before these"
        slow.commit()
    assert sealed(ledger) == 4
    assert order(ledger) == [late, *after]


def test_a_lower_id_under_a_later_transaction_is_not_lost(ledger: Ledger) -> None:
    with ledger.attack() as early:
        number = one(early, "select nextval(pg_get_serial_sequence('wellkept.ledger_entry', 'id'))")
        later = ledger.enter()
        assert sealed(ledger) == 1
        early.execute(
            "insert into ledger_entry (id, kind, role) overriding system value values (%s, 'opened', 'jobs')", (number,)
        )
    assert number < later
    assert sealed(ledger) == 1
    assert order(ledger) == [later, number]


def test_entries_that_wait_together_are_sealed_in_the_order_of_their_transactions(ledger: Ledger) -> None:
    with ledger.attack() as early:
        number = one(early, "select nextval(pg_get_serial_sequence('wellkept.ledger_entry', 'id'))")
        later = ledger.enter()
        early.execute(
            "insert into ledger_entry (id, kind, role) overriding system value values (%s, 'opened', 'jobs')", (number,)
        )
    assert sealed(ledger) == 2
    assert order(ledger) == [later, number]


def test_every_published_head_contains_the_one_before(ledger: Ledger) -> None:
    heads = []
    for many in (1, 9, 400):
        ledger.enter_many(many)
        sealed(ledger)
        heads.append(outside(ledger))
    with ledger.connect() as connection:
        read = tiles.reader(seal.read_tile(connection))
        for old, new in pairwise(heads):
            proof = merkle.consistency_proof(old.size, new.size, read)
            assert merkle.verify_consistency(old.size, new.size, old.root, new.root, proof)


def test_only_the_sealer_may_write_and_even_it_may_change_no_leaf_and_no_head(ledger: Ledger) -> None:
    ledger.enter()
    sealed(ledger)
    tried = {
        "web": ["insert into wellkept.ledger_checkpoint (epoch, size, root, note) values (1, 9, sha256(''), '')"],
        "jobs": ["select * from wellkept.ledger_tile", "delete from wellkept.ledger_leaf"],
        "seal": [
            "update wellkept.ledger_leaf set commitment = sha256('')",
            "update wellkept.ledger_checkpoint set note = ''",
            "delete from wellkept.ledger_leaf",
            "delete from wellkept.ledger_epoch",
            "update wellkept.ledger_tile set idx = 7",
            "insert into wellkept.ledger_entry (kind, role) values ('opened', 'seal')",
            "update wellkept.ledger_entry set reason = ''",
            "insert into wellkept.ledger_erasure values (0, 1)",
            "select wellkept.ledger_erase('{1}', null, null, 'seal', null, '{}', null)",
        ],
    }
    for role, statements in tried.items():
        for statement in statements:
            with ledger.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_it_refuses_to_sign_for_a_database_that_was_set_back(ledger: Ledger) -> None:
    ledger.enter_many(5)
    sealed(ledger)
    old = ledger.copy()
    ledger.enter_many(5)
    sealed(ledger)
    old.enter_many(9)
    with pytest.raises(seal.SealError, match="10 leaves are published and 5 are here"):
        sealed(old)
    assert outside(ledger).size == 10


def test_it_refuses_to_sign_a_tree_that_does_not_begin_with_the_published_one(ledger: Ledger) -> None:
    ledger.enter_many(5)
    other = ledger.copy()
    sealed(ledger)
    with other.attack() as attacker:
        attacker.execute("update ledger_entry set actor = 'nobody' where id = 2")
    elsewhere = Ledger(other.cluster, other.name, ledger.folder.with_name("other"))
    elsewhere.enter_many(2)
    sealed(elsewhere)
    with pytest.raises(seal.SealError, match="does not begin with the published one"):
        sealed(other)


def test_it_refuses_tiles_that_do_not_give_the_signed_root(ledger: Ledger) -> None:
    ledger.enter_many(5)
    sealed(ledger)
    with ledger.attack() as attacker:
        attacker.execute("update ledger_tile set hashes = set_byte(hashes, 39, get_byte(hashes, 39) # 1)")
    with pytest.raises(seal.SealError, match="do not give the last signed root"):
        sealed(ledger)


def test_it_refuses_a_head_and_an_epoch_that_somebody_else_wrote(ledger: Ledger) -> None:
    ledger.enter_many(5)
    sealed(ledger)
    with ledger.attack() as attacker:
        attacker.execute(
            "insert into ledger_epoch (number, size, root, after_entry, lost, reason, vkey)"
            " select 2, 5, root, 5, 0, 'mine', (select vkey from ledger_epoch) from ledger_checkpoint where size = 5"
        )
        attacker.execute(
            "insert into ledger_checkpoint (epoch, size, root, note)"
            " select 2, size, root, note from ledger_checkpoint where size = 5"
        )
    with pytest.raises(seal.SealError, match="not what this key signed"):
        sealed(ledger)
    with ledger.attack() as attacker:
        attacker.execute("update ledger_checkpoint set note = replace(note, 'epoch-1', 'epoch-2') where epoch = 2")
    with pytest.raises(seal.SealError, match="not what this key signed"):
        sealed(ledger)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: path.unlink(), "is gone"),
        (lambda path: path.write_text("nothing"), "cannot be read"),
        (lambda path: path.write_bytes(b"\xff\xfe"), "cannot be read"),
        (lambda path: path.write_text(path.read_text().replace("\n5\n", "\n4\n")), "cannot be read"),
    ],
)
def test_it_refuses_when_the_published_checkpoint_was_touched(ledger: Ledger, spoil: object, message: str) -> None:
    ledger.enter_many(5)
    sealed(ledger)
    spoil(ledger.folder / "checkpoint")  # type: ignore[operator]
    with pytest.raises(seal.SealError, match=message):
        sealed(ledger)


def test_it_refuses_another_key_in_the_same_epoch(ledger: Ledger) -> None:
    sealed(ledger)
    other = checkpoint.Signer(SIGNER.name, Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
    with ledger.connect() as connection, pytest.raises(seal.SealError, match="not by this key"):
        seal.seal_once(connection, other, ledger.folder)


def test_it_refuses_a_fresh_database_beside_a_published_ledger(ledger: Ledger) -> None:
    empty = ledger.copy()
    ledger.enter()
    sealed(ledger)
    with pytest.raises(seal.SealError, match="never sealed"):
        sealed(empty)


def test_it_sees_that_the_server_counts_transactions_anew(ledger: Ledger) -> None:
    with ledger.attack() as restored:
        number = ledger.enter(connection=restored)
        sealed(ledger)
        restored.execute("update ledger_leaf set xact = '99999999' where entry = %s", (number,))
    with pytest.raises(seal.SealError, match="restored to another server"):
        sealed(ledger)


def test_one_sealer_works_at_a_time(tmp_path: Path) -> None:
    with publish.alone(tmp_path), pytest.raises(BlockingIOError), publish.alone(tmp_path):
        pass


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "umr" / "ledger.key"
    first = seal.read_key(path).private_bytes_raw()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert seal.read_key(path).private_bytes_raw() == first
    path.chmod(0o640)
    with pytest.raises(seal.SealError, match="others can read"):
        seal.read_key(path)
    path.chmod(0o600)
    path.write_bytes(b"short")
    with pytest.raises(seal.SealError, match="32 bytes"):
        seal.read_key(path)


class Rounds(Event):
    """An event that is set when it was waited for so many times; each wait brings one more entry."""

    def __init__(self, rounds: int, ledger: Ledger) -> None:
        super().__init__()
        self.rounds, self.ledger = rounds, ledger

    def wait(self, timeout: float | None = None) -> bool:
        del timeout
        self.rounds -= 1
        if self.rounds < 0:
            self.set()
        self.ledger.enter()
        return self.is_set()


def test_it_goes_on_when_the_database_was_away(ledger: Ledger) -> None:
    told: list[str] = []
    connections = []

    def connect() -> psycopg.Connection:
        connections.append(ledger.connect())
        if len(connections) == 1:
            connections[0].close()
        if len(connections) == 2:
            raise psycopg.OperationalError
        return connections[-1]

    seal.seal_forever(connect, SIGNER, ledger.folder, stop=Rounds(4, ledger), tell=told.append)
    assert len(told) == 2
    assert len(order(ledger)) == outside(ledger).size == 4
    for connection in connections:
        connection.close()


def test_it_says_that_the_heads_are_gone(ledger: Ledger) -> None:
    ledger.enter()
    sealed(ledger)
    with ledger.attack() as attacker:
        attacker.execute("delete from ledger_checkpoint")
    with pytest.raises(seal.SealError, match="heads are gone"):
        sealed(ledger)
