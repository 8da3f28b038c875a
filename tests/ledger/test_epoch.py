from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.ledger.house import SIGNER, Ledger, one
from wellkept.ledger import checkpoint, publish, seal, verify
from wellkept.ledger.epoch import new_epoch

pytestmark = pytest.mark.database


def run(ledger: Ledger) -> int:
    with ledger.connect() as connection:
        return seal.seal_once(connection, SIGNER, ledger.folder)


def begin(ledger: Ledger, lost: int | None = None, signer: checkpoint.Signer = SIGNER) -> None:
    with ledger.connect() as connection:
        new_epoch(connection, signer, ledger.folder, reason="The disk of Monday failed.", lost=lost)


def head(folder: Path, key: checkpoint.Verifier = SIGNER.verifier) -> checkpoint.Checkpoint:
    return checkpoint.open_checkpoint((folder / "checkpoint").read_text(), key)


def whole(ledger: Ledger, against: checkpoint.Checkpoint | None = None) -> list[str]:
    with ledger.connect() as connection:
        outside = publish.published(ledger.folder, [SIGNER.verifier])
        every = verify.verify(connection, folder=ledger.folder, published=outside, against=against)
        return [found.sentence for found in every]


@pytest.fixture
def behind(ledger: Ledger) -> Ledger:
    """A ledger restored as it was at 300 leaves and 7 entries not yet sealed; 307 + 300 leaves are published."""
    ledger.enter_many(300)
    run(ledger)
    ledger.enter_many(7)
    restored = ledger.copy()
    run(ledger)
    ledger.enter_many(300)
    run(ledger)
    with restored.attack() as server:
        # another server counts its transactions anew: those it restored lie in its future
        server.execute("update ledger_entry set xact = (xact::text::bigint + 1000000)::text::xid8")
        server.execute("update ledger_leaf set xact = (xact::text::bigint + 1000000)::text::xid8")
    return restored


def test_a_restored_ledger_is_sealed_only_under_a_new_epoch_that_says_what_was_lost(ledger: Ledger) -> None:
    ledger.enter_many(300)
    run(ledger)
    ledger.enter_many(7)
    behind = ledger.copy()
    run(ledger)
    ledger.enter_many(20)
    run(ledger)
    kept = head(ledger.folder)
    with pytest.raises(seal.SealError, match="327 leaves are published and 300 are here"):
        run(behind)
    begin(behind)
    with behind.attack() as looking:
        row = looking.execute("select number, size, lost, reason from ledger_epoch order by number desc").fetchone()
        assert row == (2, 300, 20, "The disk of Monday failed.")
        said = one(looking, "select reason from ledger_entry where kind = 'epoch'")
    assert said == "epoch 2: 20 sealed entries were lost. The disk of Monday failed."
    assert head(behind.folder).origin == "portal.example/ledger/epoch-2"
    assert head(behind.folder).size == 307
    assert head(behind.folder / "epoch-1") == kept
    assert (behind.folder / "epoch-1/tile/0/000").exists()
    assert run(behind) == 1
    assert whole(behind) == []


def test_entries_of_a_server_that_counts_anew_are_sealed_and_no_old_one_twice(behind: Ledger) -> None:
    with pytest.raises(seal.SealError):
        run(behind)
    begin(behind, lost=300)
    behind.enter_many(5)
    assert run(behind) == 6
    assert run(behind) == 0
    behind.enter_many(5)
    assert run(behind) == 5
    with behind.attack() as looking:
        assert one(looking, "select count(*) from ledger_leaf") == 300 + 7 + 1 + 10
        assert one(looking, "select count(distinct entry) from ledger_leaf") == 318


def test_a_checkpoint_of_the_epoch_before_is_judged_by_what_is_shared(behind: Ledger) -> None:
    kept = head(behind.folder)
    begin(behind, lost=300)
    findings = whole(behind, kept)
    assert any("is of epoch 1; what it held beyond was lost in a restore" in found for found in findings)


def test_a_second_restore_begins_a_third_epoch(ledger: Ledger) -> None:
    ledger.enter_many(5)
    run(ledger)
    restored = ledger.copy()
    ledger.enter_many(5)
    run(ledger)
    begin(restored)
    run(restored)
    again = restored.copy()
    restored.enter_many(2)
    run(restored)
    begin(again)
    assert run(again) == 1
    assert whole(again) == []
    assert head(again.folder).origin.endswith("/epoch-3")
    assert sorted(path.name for path in again.folder.glob("epoch-*")) == ["epoch-1", "epoch-2"]


def test_a_new_key_begins_with_a_new_epoch(ledger: Ledger) -> None:
    ledger.enter_many(5)
    run(ledger)
    other = checkpoint.Signer(SIGNER.name, Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
    begin(ledger, signer=other)
    with pytest.raises(seal.SealError, match="not by this key"):
        run(ledger)
    with ledger.connect() as connection:
        assert seal.seal_once(connection, other, ledger.folder) == 1
    assert head(ledger.folder, other.verifier).size == 6
    assert (ledger.folder / "key").read_text() == other.verifier.vkey + "\n"


def test_without_published_tiles_somebody_must_say_how_many_were_lost(ledger: Ledger) -> None:
    ledger.enter_many(5)
    run(ledger)
    behind = ledger.copy()
    ledger.enter_many(5)
    run(ledger)
    (ledger.folder / "tile/0/000.p/10").unlink()
    with pytest.raises(seal.SealError, match="say yourself how many"):
        begin(behind)
    begin(behind, lost=5)


def test_no_epoch_begins_before_the_ledger_does(ledger: Ledger) -> None:
    with pytest.raises(seal.SealError, match="has not begun"):
        begin(ledger)


def test_a_backup_that_is_not_the_beginning_of_the_published_ledger_is_refused(ledger: Ledger) -> None:
    ledger.enter_many(5)
    other = ledger.copy()
    run(ledger)
    ledger.enter_many(5)
    run(ledger)
    with other.attack() as attacker:
        attacker.execute("update ledger_entry set actor = 'nobody' where id = 2")
    run(Ledger(other.cluster, other.name, ledger.folder.with_name("other")))
    with pytest.raises(seal.SealError, match="another backup"):
        begin(other)


def test_no_epoch_begins_on_a_head_nobody_signed(ledger: Ledger) -> None:
    ledger.enter_many(5)
    run(ledger)
    with ledger.attack() as attacker:
        attacker.execute("update ledger_checkpoint set note = replace(note, 'epoch-1', 'epoch-9')")
    with pytest.raises(seal.SealError, match="not what was signed"):
        begin(ledger)
