"""Sessions: random, known to the database by a hash, ended for good (U-30, P-21)."""

import hashlib
from uuid import uuid4

import pytest

from tests.accounts.people import PASSWORD, Card, ask, change, entered, registered
from tests.cluster import Cluster
from wellkept.access import queries as access
from wellkept.accounts import actions, visits
from wellkept.accounts.actions import secret_hash

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]


def signed_in(card: Card) -> str:
    return entered(card.login)


def test_every_session_has_a_secret_of_its_own_with_256_bits(house: Cluster) -> None:
    card = registered(house)
    secrets = {signed_in(card) for _ in range(3)}
    assert len(secrets) == 3
    assert {len(one) for one in secrets} == {43}


def test_a_thief_of_the_database_gets_no_key(house: Cluster) -> None:
    secret = signed_in(registered(house))
    stolen = [bytes(row[0]) for row in ask(house, "select secret_hash from wellkept.accounts_session")]  # type: ignore[call-overload]
    assert hashlib.sha256(secret.encode()).digest() in stolen
    for kept in stolen:
        for offered in (kept.hex(), kept.decode("latin-1")):
            assert access.who(secret_hash(offered)) is None


def test_a_sign_in_ends_the_session_this_browser_had(house: Cluster) -> None:
    card, other = registered(house), registered(house)
    before = signed_in(other)
    after = entered(card.login, before=secret_hash(before))
    assert access.who(secret_hash(before)) is None
    assert access.who(secret_hash(after))


def test_a_failed_sign_in_ends_nothing(house: Cluster) -> None:
    before = signed_in(registered(house))
    assert actions.sign_in(login="nobody at all", password=PASSWORD, before=secret_hash(before)) is None
    assert access.who(secret_hash(before))


@pytest.mark.parametrize("late", ["seen = now() - interval '61 minutes'", "expires = now()"])
def test_it_ends_when_idle_and_in_any_case_after_a_day(house: Cluster, late: str) -> None:
    secret = secret_hash(signed_in(registered(house)))
    (times,) = ask(
        house, "select expires - began, idle::text from wellkept.accounts_session where secret_hash = %s", secret
    )
    assert (str(times[0]), times[1]) == ("1 day, 0:00:00", "01:00:00")
    assert access.who(secret)
    change(house, f"update wellkept.accounts_session set {late} where secret_hash = %s", secret)
    assert access.who(secret) is None
    assert visits.visits(secret) == ()


def test_signing_out_ends_it_in_the_database(house: Cluster) -> None:
    secret = secret_hash(signed_in(registered(house)))
    actions.sign_out(secret)
    assert ask(house, "select 1 from wellkept.accounts_session where secret_hash = %s", secret) == []


def test_closing_an_account_ends_its_sessions(house: Cluster) -> None:
    card = registered(house)
    secret = secret_hash(signed_in(card))
    change(house, "update wellkept.accounts_account set closed_at = now() where person_id = %s", card.person)
    assert access.who(secret) is None
    assert actions.sign_in(login=card.login, password=PASSWORD) is None


def test_its_owner_sees_each_sign_in_and_ends_it(house: Cluster) -> None:
    card, other = registered(house), registered(house)
    here, there, strange = (secret_hash(signed_in(one)) for one in (card, card, other))
    found = visits.visits(here)
    assert [visit.this for visit in found] == [False, True]
    (theirs,) = visits.visits(strange)
    assert not visits.end(here, occasion=theirs.occasion)
    assert not visits.end(here, occasion=uuid4())
    assert visits.end(here, occasion=found[0].occasion)
    assert access.who(there) is None
    assert access.who(here)
    assert access.who(strange)


def test_an_ended_session_ends_no_other(house: Cluster) -> None:
    card = registered(house)
    here, there = (secret_hash(signed_in(card)) for _ in range(2))
    occasion = next(visit.occasion for visit in visits.visits(there) if visit.this)
    change(house, "update wellkept.accounts_session set expires = now() where secret_hash = %s", here)
    assert not visits.end(here, occasion=occasion)
    assert access.who(there)
