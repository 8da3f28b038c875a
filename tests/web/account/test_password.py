"""A password is changed while one is signed in: the old one is asked for, every other sign-in ends (P-18)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.accounts.people import PASSWORD, ask, change
from tests.cluster import Cluster
from tests.web.account.holders import Holder, may_sign_in, member, noted
from tests.web.entrance.conftest import Browser, browser  # noqa: F401  (a fixture)
from wellkept.accounts import own

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("browser")]
HERE = "/account/password/"
NEW = "nine herons sort the washing"


def hashed(house: Cluster, holder: Holder) -> str:
    ((found,),) = ask(house, "select password from wellkept.accounts_account where person_id = %s", holder.card.person)
    return str(found)


def test_a_stranger_changes_nothing(browser: Browser) -> None:  # noqa: F811
    answer = browser().post(HERE, {"old": PASSWORD, "new": NEW})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")


def test_the_new_one_works_and_the_old_one_opens_nothing(house: Cluster) -> None:
    holder = member(house)
    there, before = holder.again(), hashed(house, holder)
    answer = holder.post(HERE, old=PASSWORD, new=NEW)
    assert answer.status_code == 200
    assert "Your password is changed" in answer.text
    assert holder.works()
    assert not there.works()
    assert noted(house, holder.card)[-1] == "password changed"
    assert may_sign_in(holder.card, NEW)
    assert not may_sign_in(holder.card)
    with house.administer("wellkept_umr") as connection:
        tables = (
            "select c.oid::regclass::text from pg_class c where relkind = 'r'"
            " and relnamespace = 'wellkept'::regnamespace"
        )
        for (table,) in connection.execute(tables).fetchall():
            found = connection.execute(f"select 1 from {table} t where t::text like %s limit 1", [f"%{before}%"])
            assert found.fetchone() is None, table


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("a quite different pass phrase", NEW, "not the password you have now"),
        ("", NEW, "password you have now"),
        (PASSWORD, "short", "at least 15"),
        (PASSWORD, "wellkept wellkept", "guessed soon"),
        (PASSWORD, PASSWORD, "Choose another one"),
        (PASSWORD, "x" * 201, "at most 200"),
        ("x" * 4000, NEW, "at most 200"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(house: Cluster, old: str, new: str, said: str) -> None:
    holder = member(house)
    before = hashed(house, holder)
    answer = holder.post(HERE, old=old, new=new)
    assert answer.status_code == 400
    assert said in answer.text
    assert hashed(house, holder) == before
    assert new not in answer.text or new == "short", "a password typed stands on no page"
    assert "password changed" not in noted(house, holder.card)


def test_guessing_from_a_stolen_session_is_counted_as_at_the_entrance(house: Cluster) -> None:
    holder = member(house)
    change(house, "update wellkept.accounts_account set failures = 100 where person_id = %s", holder.card.person)
    assert not own.change_password(holder.digest, old=PASSWORD, new=NEW)
    change(house, "update wellkept.accounts_account set failures = 0 where person_id = %s", holder.card.person)
    assert not own.change_password(holder.digest, old="a quite different pass phrase", new=NEW)
    ((failures,),) = ask(
        house, "select failures from wellkept.accounts_account where person_id = %s", holder.card.person
    )
    assert failures == 1


def test_two_at_once_leave_one_password(house: Cluster) -> None:
    holder = member(house)
    there = holder.again()

    def one(secret: bytes) -> bool:
        with house.connect("umr", "entrance") as connection:
            (was,) = connection.execute("select password from wellkept.accounts_my_try(%s)", [secret]).fetchone() or (
                "",
            )
            (done,) = connection.execute(
                "select wellkept.accounts_change_password(%s, %s, %s, false)", [secret, was, f"hash of {secret!r}"]
            ).fetchone() or (False,)
            return bool(done)

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(one, (holder.digest, there.digest)))
    assert sorted(done) == [False, True]


def test_without_the_old_one_only_who_came_in_without_one_and_showed_it_lately(house: Cluster) -> None:
    holder = member(house)
    assert not own.change_password(holder.digest, old=None, new=NEW)
    by_passkey = "update wellkept.accounts_session set method = 'passkey' where secret_hash = %s"
    change(house, by_passkey, holder.digest)
    late = "update wellkept.accounts_session set proved_at = now() - interval '16 minutes' where secret_hash = %s"
    change(house, late, holder.digest)
    assert not own.change_password(holder.digest, old=None, new=NEW)
    assert holder.client.get(HERE).headers["Location"].startswith("/sign-in/again/")
    change(house, "update wellkept.accounts_session set proved_at = now() where secret_hash = %s", holder.digest)
    assert 'name="old"' not in holder.get(HERE)
    assert holder.post(HERE, new=NEW).status_code == 200
    assert may_sign_in(holder.card, NEW)


def test_an_ended_session_changes_nothing(house: Cluster) -> None:
    holder = member(house)
    there = holder.again()
    holder.post("/account/sessions/end/")
    assert not own.change_password(there.digest, old=PASSWORD, new=NEW)
    assert may_sign_in(holder.card)


def test_paste_is_allowed_and_browsers_know_the_fields(house: Cluster) -> None:
    page = member(house).get(HERE)
    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="new-password"' in page
    assert "onpaste" not in page
