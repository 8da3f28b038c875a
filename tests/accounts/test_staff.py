"""Staff do not register themselves: an operator makes their account at the terminal."""

from pathlib import Path
from uuid import uuid4

import pytest

from tests.cluster import Cluster
from tests.demo.imported import say
from wellkept.accounts import actions

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
PASSWORD = "seven otters paint the barn"


def add(
    house: Cluster, folder: Path, *, login: str, password: str = PASSWORD, name: str = "Dana R."
) -> tuple[int, str]:
    kept = folder / "password"
    kept.write_text(password + "\n")
    words = ("--operator", "umr", "--role", "representative", "--name", name, "--login", login)
    done = say(house, "staff", "add", *words, "--password-file", str(kept))
    return done.returncode, done.stdout + done.stderr


def test_an_operator_makes_an_account_that_can_sign_in(house: Cluster, tmp_path: Path) -> None:
    login = f"dana-{uuid4().hex[:8]}"
    assert add(house, tmp_path, login=login) == (0, f"Dana R. can sign in as {login}.\n")
    assert actions.sign_in(login=login, password=PASSWORD) is not None
    code, said = add(house, tmp_path, login=login.upper())
    assert (code, "already" in said) == (1, True)


def test_a_password_that_would_be_guessed_is_refused(house: Cluster, tmp_path: Path) -> None:
    login = f"weak-{uuid4().hex[:8]}"
    code, said = add(house, tmp_path, login=login, password="short")
    assert (code, "15 characters" in said) == (1, True)
    assert actions.sign_in(login=login, password="short") is None


def test_members_read_who_it_was_so_a_name_is_needed(house: Cluster, tmp_path: Path) -> None:
    code, said = add(house, tmp_path, login=f"none-{uuid4().hex[:8]}", name=" ")
    assert (code, "a name that members read" in said) == (1, True)


def test_there_is_no_account_for_a_role_that_is_none(house: Cluster, tmp_path: Path) -> None:
    done = say(house, "staff", "add", "--operator", "umr", "--role", "member", "--name", "M", "--login", "m")
    assert done.returncode == 2
