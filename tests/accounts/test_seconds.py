"""The second half of a sign-in: it opens nothing before, works once, and nobody's tries are without end (R-10)."""

import base64
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.accounts.people import PASSWORD, Card, ask, change, entered, registered
from tests.accounts.ways import App, forget_steps, with_app, with_codes
from tests.cluster import Cluster
from wellkept.access import queries as access
from wellkept.accounts import actions, seconds, totp, ways
from wellkept.accounts.actions import secret_hash

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
# RFC 4226, appendix D, and RFC 6238, appendix B (SHA-1).
RFC_4226 = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
RFC_6238 = {
    59: "94287082",
    1111111109: "07081804",
    1111111111: "14050471",
    1234567890: "89005924",
    2000000000: "69279037",
    20000000000: "65353130",
}


def half_in(card: Card, *, before: bytes | None = None) -> bytes:
    """By the password alone, where a second way is owed."""
    begun = actions.sign_in(login=card.login, password=PASSWORD, before=before)
    assert begun
    assert not begun.complete
    return secret_hash(begun.secret)


def test_half_a_sign_in_opens_nothing(house: Cluster) -> None:
    card = registered(house)
    with_app(house, card)
    half = half_in(card)
    assert access.who(half) is None
    assert seconds.owed(half) == seconds.Owed(authenticator=True, passkeys=False, codes=False)
    assert not ways.has_second(half)
    assert ways.begin_app(half) is None


def test_a_code_of_the_app_completes_it_under_a_new_secret(house: Cluster) -> None:
    card = registered(house)
    app = with_app(house, card)
    half = half_in(card)
    begun = seconds.by_code(half, app.code(), browser="Firefox")
    assert begun
    whole = secret_hash(begun.secret)
    assert whole != half
    assert access.who(whole)
    assert access.who(half) is None
    assert seconds.owed(half) is None
    kept = ask(house, "select method, browser from wellkept.accounts_session where secret_hash = %s", whole)
    assert kept == [("password+authenticator", "Firefox")]


@pytest.mark.parametrize(("later", "works"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_it_takes_the_half_minute_before_and_after(later: int, *, works: bool) -> None:
    secret, now = totp.new_secret(), 1_790_000_010.0
    assert (totp.step_of(secret, totp.code(secret, int(now) // 30 + later), now=now) is not None) is works


def test_a_code_works_once_and_so_does_none_before_it(house: Cluster) -> None:
    card = registered(house)
    app = with_app(house, card)
    used = app.code()
    assert seconds.by_code(half_in(card), used)
    assert seconds.by_code(half_in(card), used) is None
    assert seconds.by_code(half_in(card), app.code(later=-1)) is None
    assert seconds.by_code(half_in(card), app.code(later=1))


def test_one_code_in_two_browsers_at_once_opens_one(house: Cluster) -> None:
    card = registered(house)
    app = with_app(house, card)
    halves = [half_in(card) for _ in range(4)]
    code = app.code()
    with ThreadPoolExecutor(4) as pool:
        begun = list(pool.map(lambda half: in_a_thread(half, code), halves))
    assert sum(one is not None for one in begun) == 1


def in_a_thread(half: bytes, code: str) -> actions.Begun | None:
    from django.db import connections

    try:
        return seconds.by_code(half, code)
    finally:
        connections.close_all()


def test_a_code_of_another_account_opens_nothing(house: Cluster) -> None:
    one, other = registered(house), registered(house)
    with_app(house, one)
    assert seconds.by_code(half_in(one), with_app(house, other).code()) is None


def test_a_row_copied_to_another_account_opens_nothing(house: Cluster) -> None:
    one, other = registered(house), registered(house)
    with_app(house, one)
    theirs = with_app(house, other)
    change(
        house,
        "update wellkept.accounts_authenticator t set secret = o.secret from wellkept.accounts_authenticator o,"
        " wellkept.accounts_account a, wellkept.accounts_account b where t.account_id = a.id and a.person_id = %s"
        " and o.account_id = b.id and b.person_id = %s",
        one.person,
        other.person,
    )
    assert seconds.by_code(half_in(one), theirs.code()) is None


def test_five_tries_close_a_half_made_sign_in_also_when_they_race(house: Cluster) -> None:
    card = registered(house)
    app = with_app(house, card)
    half = half_in(card)
    with house.connect("umr", "entrance", autocommit=True) as one:
        asked = "select account from wellkept.accounts_half_try(%s)"
        given = [one.execute(asked, [half]).fetchone() for _ in range(4)]
    assert all(row and row[0] for row in given)

    def counted(_number: int) -> bool:
        with house.connect("umr", "entrance", autocommit=True) as connection:
            row = connection.execute(asked, [half]).fetchone()
            return bool(row and row[0])

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(counted, range(4))) == 1
    assert seconds.by_code(half, app.code()) is None
    assert seconds.owed(half) is None


def test_a_hundred_wrong_codes_close_the_app_to_strangers_alone(house: Cluster) -> None:
    card = registered(house)
    earlier = secret_hash(entered(card.login))
    app = with_app(house, card)
    codes = with_codes(house, card)
    closed = (
        "update wellkept.accounts_authenticator t set failures = 100 from wellkept.accounts_account a"
        " where a.id = t.account_id and a.person_id = %s"
    )
    change(house, closed, card.person)
    assert seconds.by_code(half_in(card), app.code()) is None
    assert seconds.by_code(half_in(card), codes[0])
    change(house, closed, card.person)
    forget_steps(house, card)
    assert seconds.by_code(half_in(card, before=earlier), app.code())


def test_a_half_made_sign_in_ends_after_ten_minutes(house: Cluster) -> None:
    card = registered(house)
    app = with_app(house, card)
    half = half_in(card)
    change(house, "update wellkept.accounts_half set expires = now() where secret_hash = %s", half)
    assert seconds.owed(half) is None
    assert seconds.by_code(half, app.code()) is None


def test_a_recovery_code_works_once_and_only_for_its_account(house: Cluster) -> None:
    card, other = registered(house), registered(house)
    with_app(house, card)
    with_app(house, other)
    code = with_codes(house, card)[0]
    assert seconds.by_code(half_in(other), code) is None
    typed = code.lower().replace("-", " ")
    halves = [half_in(card) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        begun = list(pool.map(lambda half: in_a_thread(half, typed), halves))
    assert sum(one is not None for one in begun) == 1
    assert seconds.by_code(half_in(card), code) is None
    noted = "select count(*) from wellkept.accounts_event e join wellkept.accounts_account a on a.id = e.account_id"
    assert ask(house, f"{noted} where a.person_id = %s and e.kind = 'recovery code used'", card.person) == [(1,)]


def test_new_recovery_codes_end_the_old_ones(house: Cluster) -> None:
    card = registered(house)
    with_app(house, card)
    old = with_codes(house, card)
    new = with_codes(house, card)
    assert seconds.by_code(half_in(card), old[0]) is None
    assert seconds.by_code(half_in(card), new[0])


def test_recovery_codes_stand_beside_a_second_way_alone(house: Cluster) -> None:
    card = registered(house)
    session = secret_hash(entered(card.login))
    assert ways.new_codes(session) == ()
    with_app(house, card)
    assert len(set(ways.new_codes(session))) == ways.CODES
    assert ways.remove_app(session) == "yes"
    assert actions.sign_in(login=card.login, password=PASSWORD)
    left = (
        "select count(*) from wellkept.accounts_recoverycode r join wellkept.accounts_account a on a.id = r.account_id"
    )
    assert ask(house, f"{left} where a.person_id = %s", card.person) == [(0,)]


def test_the_codes_are_those_of_the_standards() -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert [totp.code(secret, number) for number in range(10)] == RFC_4226
    assert {at: totp.code(secret, at // totp.SECONDS, digits=8) for at in RFC_6238} == RFC_6238


def test_an_app_of_somebody_who_did_not_show_again_who_they_are_is_none(house: Cluster) -> None:
    card = registered(house)
    session = secret_hash(entered(card.login))
    change(
        house,
        "update wellkept.accounts_session set proved_at = now() - interval '16 minutes' where secret_hash = %s",
        session,
    )
    assert ways.begin_app(session) is None
    assert ways.new_codes(session) == ()
    assert ways.remove_app(session) == "no"


def test_an_app_counts_only_after_its_first_code(house: Cluster) -> None:
    card = registered(house)
    session = secret_hash(entered(card.login))
    app = App(ways.begin_app(session) or "")
    assert not ways.confirm_app(session, "000000" if app.code() != "000000" else "000001")
    begun = actions.sign_in(login=card.login, password=PASSWORD)
    assert begun
    assert begun.complete
    assert ways.waiting_app(session) == app.secret
    assert ways.confirm_app(session, app.code())
    assert ways.waiting_app(session) is None


def test_ten_wrong_codes_end_an_app_that_waits(house: Cluster) -> None:
    session = secret_hash(entered(registered(house).login))
    app = App(ways.begin_app(session) or "")
    wrong = next(one for one in ("000000", "111111") if totp.step_of(app.secret, one, now=time.time()) is None)
    assert not any(ways.confirm_app(session, wrong) for _ in range(10))
    assert not ways.confirm_app(session, app.code())
