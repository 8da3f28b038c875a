from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from tests.ledger.house import SIGNER, Ledger
from wellkept.cli import cluster as server
from wellkept.cli import ledger as commands
from wellkept.cli.verify import verify
from wellkept.ledger import checkpoint, publish

pytestmark = pytest.mark.database


@pytest.fixture
def say(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> object:
    """The command line on this test's own database."""
    monkeypatch.setattr(server, "connect", lambda **_: ledger.connect())
    monkeypatch.setattr(server, "state_folder", lambda: tmp_path)
    monkeypatch.setattr(commands.Place, "signer", lambda _: SIGNER)

    def run(*words: str) -> Result:
        return CliRunner().invoke(commands.ledger, ["--operator", "umr", *words])

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "umr" / "ledger"


def test_an_operator_seals_verifies_and_gives_a_receipt(say: object, ledger: Ledger, folder: Path) -> None:
    assert callable(say)
    anna = uuid4()
    entry = ledger.enter(anna)
    assert "nothing is sealed yet" in say("checkpoint").output
    assert "1 entries sealed" in say("seal", "--once").output
    shown = say("checkpoint").stdout
    assert checkpoint.open_checkpoint(shown, SIGNER.verifier).size == 1
    (folder.parent / "kept").write_text(shown)
    ledger.enter_many(9)
    assert "9 entries sealed" in say("seal", "--once").output
    found = say("verify", "--against", str(folder.parent / "kept"))
    assert found.exit_code == 0, found.output
    assert "10 leaves read. Every entry is as it was sealed." in found.output
    (folder.parent / "receipt.json").write_text(say("receipt", str(entry), "--subject", str(anna)).stdout)
    assert CliRunner().invoke(verify, [str(folder.parent / "receipt.json")]).exit_code == 0
    assert say("receipt", str(entry), "--subject", str(uuid4())).exit_code == 1


def test_verify_ends_with_one_and_names_what_it_found(say: object, ledger: Ledger) -> None:
    assert callable(say)
    ledger.enter_many(5)
    say("seal", "--once")
    with ledger.attack() as attacker:
        attacker.execute("update ledger_entry set actor = 'nobody' where id = 2")
    found = say("verify")
    assert found.exit_code == 1
    assert "Edited: entry 2, leaf 1, at " in found.output
    assert "NOT as it was sealed" in found.output


def test_verify_says_that_the_published_checkpoint_is_gone(say: object, ledger: Ledger, folder: Path) -> None:
    assert callable(say)
    ledger.enter_many(5)
    say("seal", "--once")
    (folder / "checkpoint").unlink()
    assert "there is no checkpoint in" in say("verify").output
    (folder / "checkpoint").write_text("nothing")
    found = say("verify")
    assert found.exit_code == 1
    assert "cannot be read" in found.output


def test_a_checkpoint_nobody_signed_is_not_compared_with(say: object, ledger: Ledger, tmp_path: Path) -> None:
    assert callable(say)
    ledger.enter_many(5)
    say("seal", "--once")
    (tmp_path / "kept").write_text("nothing")
    assert say("verify", "--against", str(tmp_path / "kept")).exit_code == 1


def test_a_second_sealer_is_told_that_one_is_at_work(say: object, folder: Path) -> None:
    assert callable(say)
    with publish.alone(folder):
        assert "Another sealer is at work" in say("seal", "--once").output
        assert "stop it first" in say("epoch", "--reason", "x").output


def test_a_sealer_that_refuses_says_that_nothing_was_signed(say: object, ledger: Ledger, folder: Path) -> None:
    assert callable(say)
    ledger.enter_many(5)
    say("seal", "--once")
    (folder / "checkpoint").unlink()
    refused = say("seal", "--once")
    assert refused.exit_code == 1
    assert "Nothing was signed: the published checkpoint is gone" in refused.output


def test_an_epoch_is_begun_with_its_reason(say: object, ledger: Ledger) -> None:
    assert callable(say)
    assert "No epoch was begun" in say("epoch", "--reason", "x").output
    ledger.enter_many(5)
    say("seal", "--once")
    assert "Epoch 2 begins with 5 leaves." in say("epoch", "--reason", "A new key.").output
    assert say("seal", "--once").exit_code == 0
    assert say("verify").exit_code == 0
