"""People who work here get accounts and new passwords by a command (P-25)."""

import click
import pytest

from tests.accounts.people import PASSWORD, registered, staff
from tests.cluster import Cluster
from wellkept.accounts import actions
from wellkept.cli.staff import made, renewed

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
OTHER = "eight herons mend the fence"


def test_a_command_makes_an_account_that_signs_in() -> None:
    name = staff("nurse") + "-b"
    assert made(role="nurse", login=name, password=PASSWORD, actor="Nell N.") == f"Nell N. can sign in as {name}."
    assert actions.sign_in(login=name, password=PASSWORD)


def test_a_command_opens_an_account_that_too_many_tries_closed() -> None:
    name = staff("nurse")
    assert actions.sign_in(login=name, password=OTHER) is None
    assert renewed(login=name, password=OTHER).startswith(f"{name} has a new password.")
    assert actions.sign_in(login=name, password=PASSWORD) is None
    assert actions.sign_in(login=name, password=OTHER)


def test_it_refuses_a_weak_password_a_taken_name_and_a_member(house: Cluster) -> None:
    name, card = staff("nurse"), registered(house)
    with pytest.raises(click.ClickException, match="guessed soon"):
        renewed(login=name, password="passwordpassword")
    with pytest.raises(click.ClickException, match="Nobody who works here"):
        renewed(login=card.login, password=OTHER)
    with pytest.raises(click.ClickException, match="signs in with that name already"):
        made(role="nurse", login=name, password=PASSWORD, actor="Nell N.")
    with pytest.raises(click.ClickException, match="at least 15"):
        made(role="nurse", login=f"{name}-c", password="short", actor="Nell N.")
