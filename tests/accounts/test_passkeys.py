"""Passkeys: a number is signed once, for this site, by this account's device, and never by a copy (R-10)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connections

from tests.accounts.device import Device
from tests.accounts.people import PASSWORD, Card, ask, change, entered, issued, redeem, registered
from tests.accounts.test_seconds import half_in
from tests.accounts.ways import App
from tests.cluster import Cluster
from wellkept.access import queries as access
from wellkept.accounts import actions, passkeys, seconds, ways
from wellkept.accounts.actions import Begun, secret_hash
from wellkept.accounts.passkeys import Purpose, Site

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
SITE = Site("localhost", "http://localhost", "The portal")


def owned(card: Card, *, secret: bytes | None = None, label: str = "My phone") -> Device:
    """A device whose passkey is kept for the account of that card."""
    session = secret or secret_hash(entered(card.login))
    device = Device()
    asked = passkeys.new_options(session, site=SITE, name="Your account")
    assert asked
    assert passkeys.add(session, device.made(asked), label=label, site=SITE) == "yes"
    return device


def asked_for(purpose: Purpose, secret: bytes | None = None) -> str:
    found = passkeys.options(purpose, secret=secret, site=SITE)
    assert found
    return found


def alone(device: Device, options: str = "") -> Begun | None:
    """Sign in with it and nothing else."""
    return passkeys.sign_in(device.signed(options or asked_for("sign-in")), before=None, site=SITE, browser="Firefox")


def events(house: Cluster, card: Card, kind: str) -> int:
    noted = "select e.id from wellkept.accounts_event e join wellkept.accounts_account a on a.id = e.account_id"
    return len(ask(house, f"{noted} where a.person_id = %s and e.kind = %s", card.person, kind))


def test_it_signs_in_without_name_and_password(house: Cluster) -> None:
    card = registered(house)
    begun = alone(owned(card))
    assert begun
    secret = secret_hash(begun.secret)
    assert access.who(secret)
    kept = "select method, browser, person_id from wellkept.accounts_session where secret_hash = %s"
    assert ask(house, kept, secret) == [("passkey", "Firefox", card.person)]
    assert events(house, card, "passkey added") == 1


def test_it_signs_in_where_others_closed_the_password(house: Cluster) -> None:
    card = registered(house)
    device = owned(card)
    change(house, "update wellkept.accounts_account set failures = 100 where person_id = %s", card.person)
    assert alone(device)


def test_beside_a_password_it_completes_the_sign_in(house: Cluster) -> None:
    card = registered(house)
    device = replace(owned(card), verifies=False)
    half = half_in(card)
    found = passkeys.signed("second", device.signed(asked_for("second", half)), secret=half, site=SITE)
    assert found
    begun = seconds.by_passkey(half, found.account)
    assert begun
    assert access.who(secret_hash(begun.secret))
    assert seconds.by_passkey(half, found.account) is None


def test_what_was_signed_once_signs_nothing_again(house: Cluster) -> None:
    device = owned(registered(house))
    said = device.signed(asked_for("sign-in"))
    assert passkeys.sign_in(said, before=None, site=SITE)
    assert passkeys.sign_in(said, before=None, site=SITE) is None


def test_two_browsers_with_one_signature_open_one_session(house: Cluster) -> None:
    said = owned(registered(house)).signed(asked_for("sign-in"))

    def tried(_number: int) -> bool:
        try:
            return passkeys.sign_in(said, before=None, site=SITE) is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(tried, range(4))) == 1


def test_a_number_ends_after_five_minutes(house: Cluster) -> None:
    device = owned(registered(house))
    options = asked_for("sign-in")
    change(house, "update wellkept.accounts_challenge set made_at = made_at - interval '5 minutes'")
    assert alone(device, options) is None


def test_a_number_for_one_thing_is_good_for_no_other(house: Cluster) -> None:
    card = registered(house)
    session = secret_hash(entered(card.login))
    device = owned(card, secret=session)
    half = half_in(card)
    assert alone(device, asked_for("second", half)) is None
    assert alone(device, asked_for("again", session)) is None
    said = device.signed(asked_for("sign-in"))
    assert passkeys.signed("again", said, secret=session, site=SITE) is None
    assert passkeys.signed("second", said, secret=half, site=SITE) is None


def test_a_number_nobody_gave_out_is_none(house: Cluster) -> None:
    assert alone(owned(registered(house)), '{"challenge": "bm9ib2R5IGdhdmUgdGhpcyBvdXQ"}') is None


def test_alone_it_must_ask_who_holds_it(house: Cluster) -> None:
    device = owned(registered(house))
    assert alone(replace(device, verifies=False)) is None
    assert alone(device)


@pytest.mark.parametrize(
    "wrong", [{"origin": "http://evil.example"}, {"host": "evil.example"}, {"origin": "https://localhost"}]
)
def test_what_was_signed_for_another_site_is_none(house: Cluster, wrong: dict[str, str]) -> None:
    assert alone(replace(owned(registered(house)), **wrong)) is None  # type: ignore[arg-type]


def test_another_key_and_another_handle_are_refused(house: Cluster) -> None:
    mine, theirs = owned(registered(house)), owned(registered(house))
    assert alone(replace(mine, key=theirs.key)) is None
    assert alone(replace(mine, handle=theirs.handle)) is None
    assert alone(replace(mine, handle="")) is None


def test_a_passkey_of_another_account_completes_nothing(house: Cluster) -> None:
    card, other = registered(house), registered(house)
    owned(card)
    theirs = owned(other)
    half = half_in(card)
    assert passkeys.signed("second", theirs.signed(asked_for("second", half)), secret=half, site=SITE) is None
    session = secret_hash(entered(registered(house).login))
    assert passkeys.signed("again", theirs.signed(asked_for("again", session)), secret=session, site=SITE) is None


def test_a_copy_that_counts_back_is_refused_and_its_owner_is_told(house: Cluster) -> None:
    card = registered(house)
    device = owned(card)
    copy = replace(device)
    assert alone(device)
    assert alone(device)
    assert alone(copy) is None
    assert events(house, card, "passkey counted back") == 1


def test_a_device_that_never_counts_is_no_copy(house: Cluster) -> None:
    device = owned(registered(house))
    for _ in range(2):
        device.count = -1
        assert alone(device)


@pytest.mark.parametrize(
    "said", ["", "{}", "[]", "null", '{"id": 1}', '{"id":"a","rawId":"a","type":"x","response":{}}']
)
def test_what_is_no_answer_of_a_browser_is_none(said: str) -> None:
    assert passkeys.sign_in(said, before=None, site=SITE) is None


def test_adding_one_needs_a_fresh_proof_and_a_number_of_its_own(house: Cluster) -> None:
    card = registered(house)
    session = secret_hash(entered(card.login))
    other = secret_hash(entered(registered(house).login))
    asked = passkeys.new_options(session, site=SITE, name="Your account")
    assert asked
    made = Device().made(asked)
    assert passkeys.add(other, made, label="x", site=SITE) == "no"
    assert passkeys.add(session, made, label="x", site=replace(SITE, origin="http://evil.example")) == "no"
    assert passkeys.add(session, made, label="x", site=SITE) == "no"
    late = "update wellkept.accounts_session set proved_at = now() - interval '16 minutes' where secret_hash = %s"
    change(house, late, session)
    assert passkeys.new_options(session, site=SITE, name="Your account") is None


def test_the_same_one_is_kept_once_and_twenty_at_most(house: Cluster) -> None:
    card = registered(house)
    session = secret_hash(entered(card.login))
    device = owned(card, secret=session)
    asked = passkeys.new_options(session, site=SITE, name="Your account")
    assert passkeys.add(session, device.made(asked or ""), label="x", site=SITE) == "known"
    for _ in range(19):
        owned(card, secret=session)
    asked = passkeys.new_options(session, site=SITE, name="Your account")
    assert passkeys.add(session, Device().made(asked or ""), label="x", site=SITE) == "many"


def test_its_name_is_its_owner_s_to_give(house: Cluster) -> None:
    card, other = registered(house), registered(house)
    session = secret_hash(entered(card.login))
    owned(card, secret=session)
    account = access.who(session)
    assert account
    (way,) = ways.mine(session, account=account.account)
    assert (way.kind, way.label, way.discoverable, way.used) == ("passkey", "My phone", True, None)
    assert way.id
    assert not passkeys.rename(secret_hash(entered(other.login)), way.id, "theirs")
    assert passkeys.remove(secret_hash(entered(other.login)), way.id) == "no"
    assert passkeys.rename(session, way.id, "Blue key")
    assert ways.mine(session, account=account.account)[0].label == "Blue key"


def test_a_short_password_keeps_the_last_second_way(house: Cluster) -> None:
    card = registered(house)
    session = secret_hash(entered(card.login))
    owned(card, secret=session)
    change(house, "update wellkept.accounts_account set short_password = true where person_id = %s", card.person)
    here = access.who(session)
    assert here
    (way,) = ways.mine(session, account=here.account)
    assert way.id
    assert passkeys.remove(session, way.id) == "password"
    assert ways.confirm_app(session, App(ways.begin_app(session) or "").code())
    assert passkeys.remove(session, way.id) == "yes"
    assert ways.remove_app(session) == "password"
    change(house, "update wellkept.accounts_account set short_password = false where person_id = %s", card.person)
    assert ways.remove_app(session) == "yes"


def test_a_short_password_is_not_written_without_a_second_way(house: Cluster) -> None:
    card = registered(house)
    with pytest.raises(Exception, match="a short password stands only beside a second way"):
        change(house, "update wellkept.accounts_account set short_password = true where person_id = %s", card.person)


def test_two_who_remove_the_last_two_ways_at_once_leave_one_beside_a_short_password(house: Cluster) -> None:
    card = registered(house)
    session = secret_hash(entered(card.login))
    owned(card, secret=session)
    assert ways.confirm_app(session, App(ways.begin_app(session) or "").code())
    change(house, "update wellkept.accounts_account set short_password = true where person_id = %s", card.person)
    here = access.who(session)
    assert here
    passkey = next(way.id for way in ways.mine(session, account=here.account) if way.kind == "passkey")
    assert passkey

    def removed(which: str) -> str:
        try:
            return passkeys.remove(session, passkey) if which == "passkey" else ways.remove_app(session)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(removed, ("passkey", "app"))) == ["password", "yes"]
    begun = actions.sign_in(login=card.login, password=PASSWORD)
    assert begun
    assert not begun.complete


def test_a_new_access_code_ends_every_way_there_was(house: Cluster) -> None:
    card = registered(house)
    session = secret_hash(entered(card.login))
    device = owned(card, secret=session)
    assert ways.confirm_app(session, App(ways.begin_app(session) or "").code())
    assert ways.new_codes(session)
    again = issued(house, person=card.person)
    assert redeem(again) == "yes"
    assert alone(device) is None
    assert ways.mine(secret_hash(entered(again.login)), account=uuid4()) == ()
