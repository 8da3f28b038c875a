"""A closed password way closes nobody out: known browsers, codes by mail and second ways stay open (R-10)."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from tests.accounts.people import PASSWORD, Card, ask, change, entered, registered
from tests.accounts.ways import with_app
from tests.cluster import Cluster
from wellkept.access import queries as access
from wellkept.accounts import actions, codes, hashes, mailed, seconds
from wellkept.accounts.actions import secret_hash

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
WRONG = "eight herons mend the fence"


def hammered(house: Cluster, card: Card) -> None:
    """Others tried a hundred times."""
    change(house, "update wellkept.accounts_account set failures = 100 where person_id = %s", card.person)


def given(house: Cluster, card: Card, before: bytes | None, number: int) -> int:
    """How many of so many tries were given a hash to compare, over one connection."""
    with house.connect("umr", "entrance", autocommit=True) as connection:
        asked = "select account from wellkept.accounts_try(%s, %s::bytea)"
        rows = [connection.execute(asked, [hashes.login(card.login), before]).fetchone() for _ in range(number)]
    return sum(1 for row in rows if row and row[0])


def requests(house: Cluster, card: Card) -> list[UUID]:
    """The requests for a code by mail that wait, for the name of that card."""
    asked = "select id from wellkept.accounts_mailedcode where login = %s and sent_at is null order by asked_at"
    return [row[0] for row in ask(house, asked, hashes.login(card.login))]  # type: ignore[misc]


def as_the_job(house: Cluster, request: UUID, code: str) -> bool:
    """What the job does to the request, over the connection of its role."""
    with house.connect("umr", "jobs", autocommit=True) as connection:
        row = connection.execute("select account from wellkept.accounts_mailed_for(%s)", [request]).fetchone()
        if not (row and row[0]):
            return False
        connection.execute("select wellkept.accounts_mailed_sent(%s, %s)", [request, hashes.mailed_code(code)])
        return True


def sent(house: Cluster, card: Card) -> str:
    """The code that a job sends for the one request that waits."""
    (request,) = requests(house, card)
    code = codes.new()
    assert as_the_job(house, request, code)
    return code


def test_a_browser_that_signed_in_before_still_may(house: Cluster) -> None:
    card = registered(house)
    known = entered(card.login)
    hammered(house, card)
    assert actions.sign_in(login=card.login, password=PASSWORD) is None
    assert actions.sign_in(login=card.login, password=WRONG, before=secret_hash(known)) is None
    assert actions.sign_in(login=card.login, password=PASSWORD, before=secret_hash(known))


def test_one_whose_sign_in_ran_out_may_and_one_whose_owner_ended_it_may_not(house: Cluster) -> None:
    card = registered(house)
    out, ended = entered(card.login), entered(card.login)
    change(house, "update wellkept.accounts_session set expires = now() where secret_hash = %s", secret_hash(out))
    actions.sign_out(secret_hash(ended))
    hammered(house, card)
    assert access.who(secret_hash(out)) is None
    assert actions.sign_in(login=card.login, password=PASSWORD, before=secret_hash(ended)) is None
    assert actions.sign_in(login=card.login, password=PASSWORD, before=secret_hash(out))


def test_a_browser_of_another_account_may_not(house: Cluster) -> None:
    card, other = registered(house), registered(house)
    theirs = entered(other.login)
    hammered(house, card)
    assert actions.sign_in(login=card.login, password=PASSWORD, before=secret_hash(theirs)) is None
    assert actions.sign_in(login=card.login, password=PASSWORD, before=b"") is None


def test_a_known_browser_has_twenty_tries_also_when_they_race(house: Cluster) -> None:
    card = registered(house)
    known = secret_hash(entered(card.login))
    hammered(house, card)
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: given(house, card, known, 10), range(4))) == 20
    assert actions.sign_in(login=card.login, password=PASSWORD, before=known) is None


def test_halfway_in_a_browser_stays_known(house: Cluster) -> None:
    card = registered(house)
    known = secret_hash(entered(card.login))
    app = with_app(house, card)
    half = actions.sign_in(login=card.login, password=PASSWORD, before=known)
    assert half
    assert access.who(known) is None
    hammered(house, card)
    again = actions.sign_in(login=card.login, password=PASSWORD, before=secret_hash(half.secret))
    assert again
    assert not again.complete
    assert seconds.by_code(secret_hash(again.secret), app.code())


def test_its_owner_is_told_once_that_it_closed(house: Cluster) -> None:
    card = registered(house)
    change(house, "update wellkept.accounts_account set failures = 98 where person_id = %s", card.person)
    for _ in range(4):
        assert actions.sign_in(login=card.login, password=WRONG) is None
    noted = (
        "select count(*) from wellkept.accounts_event e join wellkept.accounts_account a on a.id = e.account_id"
        " where a.person_id = %s and e.kind = 'password way closed'"
    )
    assert ask(house, noted, card.person) == [(1,)]


def test_a_code_by_mail_goes_with_the_password_and_once(house: Cluster) -> None:
    card = registered(house)
    hammered(house, card)
    halves = [secret_hash(mailed.ask(login=card.login, before=None)) for _ in range(2)]
    first, second = requests(house, card)
    code = codes.new()
    assert as_the_job(house, first, code)
    assert not as_the_job(house, second, codes.new())
    assert mailed.sign_in(code=code, password=WRONG, half=halves[0]) is None
    assert mailed.sign_in(code=codes.new(), password=PASSWORD, half=halves[0]) is None
    begun = mailed.sign_in(code=code.lower(), password=PASSWORD, half=halves[0], browser="Firefox")
    assert begun
    assert begun.complete
    assert access.who(secret_hash(begun.secret))
    assert mailed.sign_in(code=code, password=PASSWORD, half=halves[1]) is None


def test_a_code_by_mail_is_no_second_way(house: Cluster) -> None:
    card = registered(house)
    app = with_app(house, card)
    hammered(house, card)
    half = secret_hash(mailed.ask(login=card.login, before=None))
    begun = mailed.sign_in(code=sent(house, card), password=PASSWORD, half=half)
    assert begun
    assert not begun.complete
    whole = seconds.by_code(secret_hash(begun.secret), app.code())
    assert whole
    kept = ask(house, "select method from wellkept.accounts_session where secret_hash = %s", secret_hash(whole.secret))
    assert kept == [("mailed code+password+authenticator",)]


def test_a_code_by_mail_works_in_a_browser_that_asked_and_nowhere_else(house: Cluster) -> None:
    card, other = registered(house), registered(house)
    asked = secret_hash(mailed.ask(login=card.login, before=None))
    elsewhere = secret_hash(mailed.ask(login=other.login, before=None))
    code = sent(house, card)
    assert mailed.sign_in(code=code, password=PASSWORD, half=elsewhere) is None
    assert mailed.sign_in(code=code, password=PASSWORD, half=secret_hash("nobody asked here")) is None
    assert mailed.sign_in(code=code, password=PASSWORD, half=asked)


def test_a_browser_has_five_tries_and_spends_nobody_else_s(house: Cluster) -> None:
    card = registered(house)
    guesser, owner = (secret_hash(mailed.ask(login=card.login, before=None)) for _ in range(2))
    code = codes.new()
    first, _second = requests(house, card)
    assert as_the_job(house, first, code)
    assert not any(mailed.sign_in(code=codes.new(), password=PASSWORD, half=guesser) for _ in range(5))
    assert mailed.sign_in(code=code, password=PASSWORD, half=guesser) is None
    assert mailed.sign_in(code=code, password=PASSWORD, half=owner)


def test_whoever_has_the_code_guesses_the_password_no_more_often_than_at_the_front(house: Cluster) -> None:
    card = registered(house)
    hammered(house, card)
    halves = [secret_hash(mailed.ask(login=card.login, before=None)) for _ in range(21)]
    code = codes.new()
    assert as_the_job(house, requests(house, card)[0], code)
    with house.connect("umr", "entrance", autocommit=True) as connection:
        asked = "select account from wellkept.accounts_try_mailed(%s, %s)"
        rows = [connection.execute(asked, [half, hashes.mailed_code(code)]).fetchone() for half in halves * 5]
    assert sum(1 for row in rows if row and row[0]) == 100
    fresh = secret_hash(mailed.ask(login=card.login, before=None))
    assert mailed.sign_in(code=code, password=PASSWORD, half=fresh) is None


def test_a_wrong_password_with_a_right_code_is_told_to_its_owner(house: Cluster) -> None:
    card = registered(house)
    half = secret_hash(mailed.ask(login=card.login, before=None))
    assert mailed.sign_in(code=sent(house, card), password=WRONG, half=half) is None
    noted = (
        "select count(*) from wellkept.accounts_event e join wellkept.accounts_account a on a.id = e.account_id"
        " where a.person_id = %s and e.kind = 'sign-in failed'"
    )
    assert ask(house, noted, card.person) == [(1,)]


def test_a_code_by_mail_ends_after_ten_minutes(house: Cluster) -> None:
    card = registered(house)
    half = secret_hash(mailed.ask(login=card.login, before=None))
    code = sent(house, card)
    change(
        house,
        "update wellkept.accounts_mailedcode set expires_at = now() where login = %s",
        hashes.login(card.login),
    )
    assert mailed.sign_in(code=code, password=PASSWORD, half=half) is None


def test_asking_says_the_same_of_every_name_and_keeps_the_same(house: Cluster) -> None:
    card = registered(house)
    kept = []
    for login in (card.login, "a name nobody has"):
        half = secret_hash(mailed.ask(login=login, before=None))
        row = (
            "select login is null, account_id, method, before, tries from wellkept.accounts_half where secret_hash = %s"
        )
        kept.append(ask(house, row, half))
    assert kept[0] == kept[1] == [(False, None, "", None, 0)]
    nobody = "select id from wellkept.accounts_mailedcode where login = %s"
    ((request,),) = ask(house, nobody, hashes.login("a name nobody has"))
    assert not as_the_job(house, request, codes.new())  # type: ignore[arg-type]
    assert ask(house, nobody, hashes.login("a name nobody has")) == []


def test_after_ten_codes_in_a_day_one_goes_out_each_ten_minutes(house: Cluster) -> None:
    card = registered(house)
    for minutes in (5, 100, 110, 120, 130, 140, 150, 160, 170, 180):
        mailed.ask(login=card.login, before=None)
        sent(house, card)
        earlier = (
            "update wellkept.accounts_mailedcode set sent_at = now() - make_interval(mins => %s)"
            " where login = %s and sent_at > now() - interval '1 minute'"
        )
        change(house, earlier, minutes, hashes.login(card.login))
    mailed.ask(login=card.login, before=None)
    (request,) = requests(house, card)
    assert not as_the_job(house, request, codes.new())


def test_no_password_comes_out_without_the_code(house: Cluster) -> None:
    card = registered(house)
    half = secret_hash(mailed.ask(login=card.login, before=None))
    sent(house, card)
    with house.connect("umr", "entrance", autocommit=True) as connection:
        asked = "select account, password from wellkept.accounts_try_mailed(%s, %s)"
        assert connection.execute(asked, [half, hashes.mailed_code("AAAA-AAAA-AAAA")]).fetchone() == (None, None)
