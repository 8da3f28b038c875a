"""``wellkept vault``: figures without a person, a replacement without a stop, and the truth about a copy."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from tests.vault.conftest import OPERATOR, Vault
from wellkept.cli.vault import command
from wellkept.policy.words import Retention
from wellkept.vault import actions

pytestmark = pytest.mark.database
KEYS = len(actions.OPERATOR_KEYS) + len(Retention) - 1
"""Those of the operator, and of one subject of whom one was destroyed."""


def say(idle: Vault, *words: str) -> Result:
    """Run the command as an operator would."""
    return CliRunner(env={"WELLKEPT_STATE": str(idle.cluster.state)}).invoke(command, [*words, "--operator", OPERATOR])


@pytest.fixture
def subject(idle: Vault) -> str:
    made = uuid4()
    with idle.connect("intake") as connection:
        actions.make_keys([made], connection=connection, keks=idle.keks)
    with idle.connect("release") as connection:
        actions.destroy(made, "wellness", connection=connection)
    return str(made)


def test_status_counts_and_names_nobody(idle: Vault, subject: str) -> None:
    said = say(idle, "status")
    assert said.exit_code == 0
    assert re.search(r"^contact +1 keys under [0-9a-f]{16}$", said.output, re.MULTILINE)
    assert re.search(
        r"^wellness +0 keys under [0-9a-f]{16}, 1 destroyed, the last on \d{4}-\d\d-\d\d$", said.output, re.MULTILINE
    )
    assert subject not in said.output


@pytest.mark.usefixtures("subject")
def test_rotate_replaces_and_says_to_keep_a_copy(idle: Vault) -> None:
    old = idle.keks.current().id
    said = say(idle, "rotate")
    assert said.exit_code == 0, said.output
    new = idle.keks.current().id
    assert new != old
    assert f"{KEYS} keys are now wrapped under {new}." in said.output
    assert "Copy" in said.output


@pytest.mark.usefixtures("subject")
def test_a_good_copy_and_a_bad_one_are_told_apart(idle: Vault, tmp_path: Path) -> None:
    file = next(idle.keks.folder.iterdir())
    copy = tmp_path / "copy"
    copy.write_text(file.read_text())
    copy.chmod(0o600)
    assert f"{KEYS} keys open, 0 do not." in say(idle, "export-check", "--kek", str(copy)).output
    said = say(idle, "rotate")
    assert said.exit_code == 0, said.output
    said = say(idle, "export-check", "--kek", str(copy))
    assert said.exit_code == 1
    assert f"0 keys open, {KEYS} do not." in said.output
    assert "Do not rely on this copy." in said.output
    assert f"{KEYS} keys open, 0 do not." in say(idle, "export-check").output
    copy.chmod(0o644)
    assert "Others can read" in say(idle, "export-check", "--kek", str(copy)).output


@pytest.mark.usefixtures("subject")
def test_a_missing_key_encryption_key_is_said_in_one_sentence(idle: Vault) -> None:
    next(idle.keks.folder.iterdir()).unlink()
    said = say(idle, "rotate")
    assert said.exit_code == 1
    assert said.output.startswith("Error: There is no key-encryption key in")
    assert say(idle, "export-check").exit_code == 1
