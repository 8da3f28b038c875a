"""The command line answers at once, knows its commands, and ends with a sentence."""

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from wellkept.cli import COMMANDS, main


def test_help_reads_no_command() -> None:
    code = "import sys; from wellkept.cli import main\ntry: main(['--help'])\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for heavy in ("django", "psycopg", "rich", "cryptography"):
        assert f" {heavy} " not in done.stdout
    assert "db " in done.stdout


def test_every_listed_command_is_there_and_explains_itself() -> None:
    context = click.Context(main)
    names = main.list_commands(context)
    assert {"db", "serve"} <= set(names) <= set(COMMANDS)
    for name in names:
        done = CliRunner().invoke(main, [name, "--help"])
        assert done.exit_code == 0, done.output


def test_an_unknown_command_is_refused() -> None:
    done = CliRunner().invoke(main, ["nothing"])
    assert done.exit_code == 2
    assert "No such command" in done.output


def test_a_command_without_a_database_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_STATE", str(tmp_path))
    done = CliRunner().invoke(main, ["db", "url", "--role", "web", "--operator", "umr"])
    assert (done.exit_code, done.output) == (
        1,
        f"Error: No database was started in {tmp_path} yet: say `wellkept db start`.\n",
    )
    assert CliRunner().invoke(main, ["db", "status"]).exit_code == 3
    assert "No private database runs here" in CliRunner().invoke(main, ["db", "stop"]).output


@pytest.mark.parametrize("role", ["owner", "gate", "migrate", "backup", "stranger"])
def test_an_address_is_given_for_login_roles_alone(role: str) -> None:
    done = CliRunner().invoke(main, ["db", "url", "--role", role, "--operator", "umr"])
    assert done.exit_code == 2
