"""The tries against what is sealed hold on a sound house, and find a field and a backup that lie open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proof.conftest import Altered, failed
from wellkept.cli.backup.dump import backup
from wellkept.proof.ground import Ground
from wellkept.proof.probes import vault

pytestmark = pytest.mark.database


@pytest.fixture
def backups(ground: Ground) -> Iterator[Path]:
    """The folder of backups with one that was just taken; empty again afterwards."""
    made = backup(operator="umr", state=ground.state)
    yield made.parent
    for path in made.parent.iterdir():
        path.unlink()


def test_no_canary_lies_open(ground: Ground) -> None:
    assert failed(vault.no_canary_lies_open, ground) == []


def test_it_finds_a_field_stored_in_clear(ground: Ground, altered: Altered) -> None:
    one = ground.members["one"]
    told = f"update wellkept.benefits_filing set content = content {{}} where person_id = '{one.person}'"
    with altered(told.format(f'|| \'{{"name": "{one.canaries[1]}"}}\''), told.format("- 'name'")):
        assert failed(vault.no_canary_lies_open, ground) == ["Find one in a record itself", "Find one in a file"]


def test_it_finds_a_name_that_was_stored_as_bytes(ground: Ground, altered: Altered) -> None:
    name = ground.members["other"].canaries[0].encode().hex()
    told = (
        "insert into wellkept.accounts_registration (id, roster, birth_date, asked_at)"
        f" values (gen_random_uuid(), '\\x{name}', '\\x00', now())"
    )
    with altered(told, "delete from wellkept.accounts_registration where birth_date = '\\x00'"):
        assert "Find a name in our tables" in failed(vault.no_canary_lies_open, ground)


def test_no_backup_can_be_read(ground: Ground, backups: Path) -> None:
    assert len(list(backups.iterdir())) == 3
    assert failed(vault.no_backup_can_be_read, ground) == []


def test_it_finds_a_backup_that_can_be_read(ground: Ground, backups: Path) -> None:
    (backups / "open.backup").write_text(f"--\n-- PostgreSQL\n{ground.members['one'].canaries[0]}\n", encoding="ascii")
    assert failed(vault.no_backup_can_be_read, ground) == ["Read a backup", "Find a name in a backup"]
