"""The job that mails a sign-in code: to the confirmed address of the name's holder, and to nobody else (R-10, P-15)."""

import re
from uuid import UUID

import pytest

from tests.accounts.people import PASSWORD, change, registered
from tests.accounts.test_closed import requests
from tests.accounts.test_recovery import box, somebody  # noqa: F401  (box is a fixture)
from tests.cluster import Cluster
from tests.demo.roles import as_role
from wellkept.accounts import mailed
from wellkept.accounts.actions import secret_hash
from wellkept.cli import signing
from wellkept.proof.mailbox import Mailbox

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
WORDS = re.compile(r"\b([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})\b")


def answered(house: Cluster, request: UUID) -> None:
    with as_role(house, "jobs"):
        signing.mail_code(str(request))


def test_the_code_goes_to_the_confirmed_address_and_signs_in_with_the_password(
    house: Cluster,
    box: Mailbox,  # noqa: F811
) -> None:
    who = somebody(house)
    change(house, "update wellkept.accounts_account set failures = 100 where person_id = %s", who.card.person)
    half = secret_hash(mailed.ask(login=who.card.login, before=None))
    (request,) = requests(house, who.card)
    answered(house, request)
    ((to, mail),) = box.mails
    assert to == (who.address,)
    assert who.card.login not in mail.partition("\n\n")[2]
    (code,) = WORDS.findall(mail.partition("\r\n\r\n")[2])
    assert mailed.sign_in(code=code, password=PASSWORD, half=half)
    answered(house, request)
    assert len(box.mails) == 1


@pytest.mark.parametrize("which", ["unconfirmed", "no address", "closed", "nobody"])
def test_nothing_goes_out_for(
    house: Cluster,
    box: Mailbox,  # noqa: F811
    which: str,
) -> None:
    card = registered(house) if which == "no address" else somebody(house, confirmed=which != "unconfirmed").card
    if which == "closed":
        change(house, "update wellkept.accounts_account set closed_at = now() where person_id = %s", card.person)
    login = "a name that nobody has" if which == "nobody" else card.login
    mailed.ask(login=login, before=None)
    for request in requests(house, card):
        answered(house, request)
    assert box.mails == []


def test_a_server_that_is_not_there_leaves_no_code_that_works(house: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_SMTP", "127.0.0.1:1")
    who = somebody(house)
    mailed.ask(login=who.card.login, before=None)
    (request,) = requests(house, who.card)
    answered(house, request)
    with house.administer("wellkept_umr") as connection:
        row = connection.execute(
            "select code_hash, expires_at from wellkept.accounts_mailedcode where id = %s", [request]
        ).fetchone()
    assert row == (None, None)


def test_what_ran_out_is_removed(house: Cluster) -> None:
    card = registered(house)
    mailed.ask(login=card.login, before=None)
    change(house, "update wellkept.accounts_mailedcode set asked_at = now() - interval '3 days'")
    change(house, "update wellkept.accounts_half set expires = now() - interval '2 days'")
    change(house, "update wellkept.accounts_challenge set made_at = now() - interval '2 hours'")
    with as_role(house, "jobs"):
        signing.sweep(0)
    with house.administer("wellkept_umr") as connection:
        for table in ("mailedcode", "half", "challenge"):
            assert connection.execute(f"select count(*) from wellkept.accounts_{table}").fetchone() == (0,)
