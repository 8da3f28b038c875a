"""Signing in: tries are counted before they are answered, their owner is told, and nothing tells names apart (R-10)."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.accounts.people import PASSWORD, Card, ask, change, entered, issued, redeem, registered
from tests.cluster import Cluster
from wellkept.accounts import actions, hashes, visits

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
ROOMS = Path(actions.__file__).parents[1]
WRONG = "eight herons mend the fence"


def failures(house: Cluster, card: Card) -> object:
    return ask(house, "select failures from wellkept.accounts_account where person_id = %s", card.person)[0][0]


def told(house: Cluster, card: Card) -> list[object]:
    entries = "select reason from wellkept.ledger_entry where subjects[1] = %s and kind = 'sign-in failed' order by id"
    return [row[0] for row in ask(house, entries, card.person)]


def tries(house: Cluster, login: bytes, number: int) -> int:
    """How many of so many tries, over one connection, were given a hash to compare."""
    with house.connect("umr", "entrance", autocommit=True) as connection:
        asked = "select account from wellkept.accounts_try(%s, null)"
        given = [connection.execute(asked, [login]).fetchone() for _ in range(number)]
    return sum(1 for row in given if row and row[0])


def test_the_right_password_begins_a_session_and_sets_the_count_back(house: Cluster) -> None:
    card = registered(house)
    assert actions.sign_in(login=card.login, password=WRONG) is None
    assert actions.sign_in(login=card.login, password=WRONG) is None
    assert failures(house, card) == 2
    secret = entered(card.login.upper())
    assert failures(house, card) == 0
    (visit,) = visits.visits(actions.secret_hash(secret))
    assert (visit.this, visit.failed_before) == (True, 2)


def test_after_100_tries_the_password_is_closed_and_a_new_code_opens_it(house: Cluster) -> None:
    card = registered(house)
    open_before = entered(card.login)
    assert tries(house, hashes.login(card.login), 99) == 99
    assert actions.sign_in(login=card.login, password=WRONG) is None
    assert failures(house, card) == actions.FAILURES
    assert actions.sign_in(login=card.login, password=PASSWORD) is None
    assert visits.visits(actions.secret_hash(open_before))
    again = issued(house, person=card.person)
    assert redeem(again) == "yes"
    assert actions.sign_in(login=again.login, password=PASSWORD)


def test_the_hundredth_try_still_opens(house: Cluster) -> None:
    card = registered(house)
    assert tries(house, hashes.login(card.login), actions.FAILURES - 1) == actions.FAILURES - 1
    assert actions.sign_in(login=card.login, password=PASSWORD)


def test_racing_tries_stop_at_exactly_100(house: Cluster) -> None:
    login = hashes.login(registered(house).login)
    with ThreadPoolExecutor(6) as pool:
        given = list(pool.map(lambda _: tries(house, login, 30), range(6)))
    assert sum(given) == actions.FAILURES


def test_its_owner_is_told_once_an_hour_how_many_failed(house: Cluster) -> None:
    card = registered(house)
    for _ in range(3):
        assert actions.sign_in(login=card.login, password=WRONG) is None
    assert told(house, card) == ["1 since the last that worked"]
    earlier = "update wellkept.accounts_account set failure_noted = now() - interval '61 minutes' where person_id = %s"
    change(house, earlier, card.person)
    assert actions.sign_in(login=card.login, password=WRONG) is None
    assert told(house, card) == ["1 since the last that worked", "4 since the last that worked"]


def test_a_sign_in_that_worked_is_no_failure(house: Cluster) -> None:
    card = registered(house)
    assert actions.sign_in(login=card.login, password=PASSWORD)
    assert told(house, card) == []


def test_nothing_tells_an_unknown_name_a_closed_account_and_a_wrong_password_apart(house: Cluster) -> None:
    card, closed = registered(house), registered(house)
    change(house, "update wellkept.accounts_account set closed_at = now() where person_id = %s", closed.person)
    assert actions.sign_in(login="nobody at all", password=PASSWORD) is None
    assert actions.sign_in(login=closed.login, password=PASSWORD) is None
    assert actions.sign_in(login=card.login, password=WRONG) is None


def test_each_of_them_costs_one_comparison(house: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    card = registered(house)
    actions.nobody()
    asked: list[str] = []

    def compared(_typed: str, hashed: str) -> bool:
        asked.append(hashed)
        return False

    monkeypatch.setattr(actions, "check_password", compared)
    for login in ("nobody at all", card.login):
        actions.sign_in(login=login, password=WRONG)
    assert len(asked) == 2
    assert {one.split("$")[0] for one in asked} == {"argon2"}
    assert asked[0] == actions.nobody() != asked[1]


def test_a_password_of_ten_years_still_signs_in(house: Cluster) -> None:
    card = registered(house)
    change(
        house,
        "update wellkept.accounts_account set created_at = now() - interval '10 years' where person_id = %s",
        card.person,
    )
    assert actions.sign_in(login=card.login, password=PASSWORD)


def test_accounts_are_made_by_codes_alone_and_a_new_house_has_none(house: Cluster) -> None:
    """Somebody's code and a member of staff's invitation: nothing else makes an account."""
    makes = r"select proname::text from pg_proc where prosrc ~ 'into wellkept\.accounts_account\y' order by proname"
    found = {name for (name,) in ask(house, makes)}
    assert found == {"accounts_redeem", "accounts_redeem_staff"}
    files = [*ROOMS.rglob("*.sql"), *ROOMS.rglob("migrations/*.py")]
    assert sum(path.read_text().count("into wellkept.accounts_account\n") for path in files) + sum(
        path.read_text().count("into wellkept.accounts_account (") for path in files
    ) == len(found)


def test_the_entrance_reads_no_table_of_accounts(house: Cluster) -> None:
    for table in ("account", "session", "accesscode", "registration"):
        with house.connect("umr", "entrance") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"select * from wellkept.accounts_{table}")


def test_no_other_function_makes_a_session(house: Cluster) -> None:
    made = ask(
        house,
        "select proname from pg_proc where pronamespace = 'wellkept'::regnamespace"
        " and prosrc ~ 'insert into wellkept.accounts_session'",
    )
    assert made == [("accounts_begin_session",)]
    granted = ask(
        house,
        "select distinct split_part(grantee, '_', 2) from information_schema.routine_privileges"
        " where routine_name = 'accounts_begin_session'",
    )
    assert {role for (role,) in granted} == {"gate", "entrance"}
