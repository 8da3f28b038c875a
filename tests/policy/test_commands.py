"""What ``wellkept policy`` says, and whether it ends well."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.policy.conftest import Spoil
from wellkept.cli.policy import command
from wellkept.policy import check, posted
from wellkept.policy.packs import Pack


@pytest.fixture(autouse=True)
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_OPERATORS", str(folder.parent))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def without_problem(_pack: Pack, *, strict: bool | None) -> list[str]:
    return ["U-01 is not kept."] if strict else []


def test_it_says_that_there_is_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "problems", without_problem)
    result = run("check")
    assert result.exit_code == 0
    assert "umr: no problem; " in result.output
    assert "of 57 promises name what keeps them" in result.output


def test_it_ends_with_an_error_when_strict_finds_a_promise_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "problems", without_problem)
    result = run("check", "--strict", "umr")
    assert result.exit_code == 1
    assert "U-01 is not kept." in result.output
    assert "umr: 1 problem" in result.output


def test_it_says_the_fault_of_a_pack_it_cannot_read(spoil: Spoil) -> None:
    spoil("operator.toml", 'tty = "711"', "tty = 711")
    result = run("check")
    assert result.exit_code == 1
    assert '"tty" must be some text in quotes.' in result.output


def test_it_says_that_an_operator_is_not_there() -> None:
    assert "There is no operator here." in run("check", "nobody").output
    assert run("post", "nobody").exit_code == 1


def test_it_posts_what_is_new_and_says_when_nothing_is(folder: Path) -> None:
    assert "umr: nothing new" in run("post").output
    posted.lock_of(folder).unlink()
    assert "umr: posted 2026-11-22" in run("post").output
    assert "umr: nothing new" in run("post").output
