"""A forgotten password: link, response and birth date together, and nothing by less (P-09)."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from email import message_from_string
from email.policy import default

import pytest
from django.db import connections
from psycopg import errors

from tests.accounts.people import BORN, PASSWORD, Card, ask, change, entered, issued, redeem, registered
from tests.accounts.ways import with_app
from tests.cluster import Cluster
from tests.demo.roles import as_role
from wellkept.access import queries as access
from wellkept.accounts import actions, own, recovery, seconds
from wellkept.cli import recovering
from wellkept.notices import addresses
from wellkept.policy.words import Category, Purpose
from wellkept.proof.mailbox import Mailbox, mailbox

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
NEW = "nine herons cross the creek"
WHERE = "with my canary passport"


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody with an account, a confirmed address and a response."""

    card: Card
    address: str
    response: str


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mailbox() as made:
        monkeypatch.setenv("WELLKEPT_SMTP", f"127.0.0.1:{made.port}")
        monkeypatch.setenv("WELLKEPT_ADDRESS", "https://portal.example")
        yield made


@pytest.fixture(autouse=True)
def nobody_asked(house: Cluster) -> None:
    for table in ("accounts_recoveryasked", "accounts_recoverylink", "procrastinate_jobs"):
        change(house, f"delete from wellkept.{table}")


def somebody(house: Cluster, *, confirmed: bool = True) -> Somebody:
    card = registered(house)
    secret = actions.secret_hash(entered(card.login))
    change(
        house,
        "insert into wellkept.consent_acknowledgement (account_id, document, version, at)"
        " select a.id, d.name, d.version, now() from wellkept.accounts_account a"
        " join wellkept.consent_document d on d.audience = a.role where a.person_id = %s on conflict do nothing",
        card.person,
    )
    address = f"{card.login}@mail.example"
    with access.enter(secret, purpose=Purpose.PATIENT_REQUEST, categories=[Category.CONTACT]) as key:
        sent = addresses.give(key, address, collected_under="2026-11-22")
        assert not confirmed or addresses.confirm(key, sent.code, collected_under="2026-11-22")
    response = recovery.new_response()
    assert recovery.keep(secret, holder=card.person, words=WHERE, response=response, born=BORN, issued=True)
    return Somebody(card, address, response)


def asked(house: Cluster, login: str) -> None:
    """Say that the password of that name was forgotten, and let the worker answer."""
    recovery.forgotten(login=login)
    ((number,),) = ask(house, "select id from wellkept.accounts_recoveryasked")
    with as_role(house, "jobs"):
        recovering.recover(str(number))


def token_in(box: Mailbox) -> str:
    said = message_from_string(box.mails[-1][1], policy=default).get_content()
    (found,) = re.findall(r"/sign-in/forgotten/([A-Za-z0-9_-]{43})/", said)
    return str(found)


def tried(who: Somebody, token: str, *, response: str = "", born: date = BORN, password: str = NEW) -> bool:
    return recovery.recover(token=token, response=response or who.response, born=born, password=password, issued=True)


def test_all_three_together_let_a_new_password_be_chosen_and_sign_nobody_in(house: Cluster, box: Mailbox) -> None:
    who = somebody(house)
    asked(house, who.card.login)
    ((to, mail),) = box.mails
    assert to == (who.address,)
    assert who.response not in mail
    assert WHERE not in mail
    token = token_in(box)
    assert recovery.prompt(token) == WHERE
    assert tried(who, token)
    assert ask(house, "select count(*) from wellkept.accounts_session where person_id = %s", who.card.person) == [(0,)]
    assert actions.sign_in(login=who.card.login, password=PASSWORD) is None
    entered(who.card.login, NEW)


@pytest.mark.parametrize("wrong", [{"response": "0000-0000-0000"}, {"born": date(1986, 4, 29)}])
def test_two_of_the_three_change_nothing(house: Cluster, box: Mailbox, wrong: dict[str, object]) -> None:
    who = somebody(house)
    asked(house, who.card.login)
    assert not tried(who, token_in(box), **wrong)  # type: ignore[arg-type]
    assert not tried(who, "A" * 43)
    entered(who.card.login)


def test_a_link_a_response_and_a_prompt_work_once(house: Cluster, box: Mailbox) -> None:
    who = somebody(house)
    asked(house, who.card.login)
    token = token_in(box)
    assert tried(who, token)
    assert not tried(who, token, password=PASSWORD)
    assert recovery.prompt(token) is None
    asked(house, who.card.login)
    assert len(box.mails) == 1
    assert ask(house, "select response from wellkept.accounts_recovery where used_at is not null") != []


def test_five_tries_close_a_link_however_they_race(house: Cluster, box: Mailbox) -> None:
    who = somebody(house)
    asked(house, who.card.login)
    token = token_in(box)

    def guess(_number: int) -> bool:
        try:
            return tried(who, token, response="0000-0000-0000")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert not any(pool.map(guess, range(12)))
    digest = recovery.token_hash(token)
    assert ask(house, "select tries from wellkept.accounts_recoverylink where token = %s", digest) == [(5,)]
    assert not tried(who, token)
    assert recovery.prompt(token) is None


def test_twenty_tries_close_the_way_whatever_links_come(house: Cluster, box: Mailbox) -> None:
    who = somebody(house)
    asked(house, who.card.login)
    change(
        house,
        "update wellkept.accounts_recovery set failures = 19 where account_id in"
        " (select id from wellkept.accounts_account where person_id = %s)",
        who.card.person,
    )
    assert not tried(who, token_in(box), response="0000-0000-0000")
    assert not tried(who, token_in(box))
    change(house, "update wellkept.accounts_recoverylink set made_at = made_at - interval '1 day'")
    sent = len(box.mails)
    asked(house, who.card.login)
    assert len(box.mails) == sent


def test_a_new_link_ends_the_one_before(house: Cluster, box: Mailbox) -> None:
    who = somebody(house)
    asked(house, who.card.login)
    first = token_in(box)
    asked(house, who.card.login)
    assert len(box.mails) == 1
    change(house, "update wellkept.accounts_recoverylink set made_at = now() - interval '11 min'")
    asked(house, who.card.login)
    assert not tried(who, first)
    assert tried(who, token_in(box))


def test_a_link_ends_after_an_hour(house: Cluster, box: Mailbox) -> None:
    who = somebody(house)
    asked(house, who.card.login)
    change(house, "update wellkept.accounts_recoverylink set expires_at = now() - interval '1 s'")
    assert recovery.prompt(token_in(box)) is None
    assert not tried(who, token_in(box))


def test_nothing_goes_to_a_name_nobody_has_or_an_address_nobody_confirmed(house: Cluster, box: Mailbox) -> None:
    asked(house, "nobody-signs-in-so")
    asked(house, somebody(house, confirmed=False).card.login)
    closed = somebody(house)
    change(house, "update wellkept.accounts_account set closed_at = now() where person_id = %s", closed.card.person)
    asked(house, closed.card.login)
    assert box.mails == []
    assert ask(house, "select count(*) from wellkept.accounts_recoverylink") == [(0,)]


def test_a_response_is_kept_by_whoever_showed_within_minutes_that_it_is_them(house: Cluster) -> None:
    card = registered(house)
    secret = actions.secret_hash(entered(card.login))
    late = "update wellkept.accounts_session set proved_at = now() - interval '16 min' where secret_hash = %s"
    change(house, late, secret)
    assert not recovery.keep(secret, holder=card.person, words=WHERE, response="x", born=BORN, issued=True)
    assert recovery.standing(secret) == recovery.Standing(works=False, made=None, used=None)


def test_not_me_ends_the_link_that_lies_with_whoever_it_was_and_the_response(house: Cluster, box: Mailbox) -> None:
    who = somebody(house)
    asked(house, who.card.login)
    owner = actions.secret_hash(entered(who.card.login))
    assert own.not_me(owner, about="session", ways=False, browser="")
    assert not tried(who, token_in(box))
    change(house, "update wellkept.accounts_recoverylink set made_at = now() - interval '1 day'")
    asked(house, who.card.login)
    assert len(box.mails) == 1, "the response of before still leads in"


def test_a_change_of_address_taken_back_ends_the_link_that_went_there(house: Cluster, box: Mailbox) -> None:
    who = somebody(house)
    secret = actions.secret_hash(entered(who.card.login))
    change(house, "update wellkept.notices_address set asked_at = asked_at - interval '2 min'")
    with access.enter(secret, purpose=Purpose.PATIENT_REQUEST, categories=[Category.CONTACT]) as key:
        sent = addresses.give(key, f"thief-{who.address}", collected_under="2026-11-22")
        changed = addresses.confirm(key, sent.code, collected_under="2026-11-22")
    assert changed
    asked(house, who.card.login)
    assert box.mails[-1][0] == (f"thief-{who.address}",)
    assert own.undo_address(changed.undo)
    assert not tried(who, token_in(box))


def test_a_changed_password_ends_a_link_on_its_way(house: Cluster, box: Mailbox) -> None:
    who = somebody(house)
    asked(house, who.card.login)
    secret = actions.secret_hash(entered(who.card.login))
    assert own.change_password(secret, old=PASSWORD, new="ten ravens guard the mill")
    assert not tried(who, token_in(box))


def test_a_new_access_code_ends_a_response_that_somebody_else_may_have_made(house: Cluster, box: Mailbox) -> None:
    who = somebody(house)
    asked(house, who.card.login)
    fresh = issued(house, person=who.card.person)
    assert redeem(fresh, login=who.card.login) == "yes"
    assert not tried(who, token_in(box))
    change(house, "update wellkept.accounts_recoverylink set made_at = now() - interval '1 day'")
    asked(house, who.card.login)
    assert len(box.mails) == 1


def test_recovering_ends_a_sign_in_that_is_half_way(house: Cluster, box: Mailbox) -> None:
    who = somebody(house)
    app = with_app(house, who.card)
    half = actions.sign_in(login=who.card.login, password=PASSWORD)
    assert half
    asked(house, who.card.login)
    assert tried(who, token_in(box))
    assert seconds.by_code(actions.secret_hash(half.secret), app.code()) is None


def test_neither_response_nor_reminder_lies_open(house: Cluster, box: Mailbox) -> None:
    who = somebody(house)
    asked(house, who.card.login)
    for table in ("accounts_recovery", "accounts_recoverylink", "accounts_event", "procrastinate_jobs", "ledger_entry"):
        found = str(ask(house, f"select to_jsonb(t) from wellkept.{table} t"))
        assert all(word not in found for word in (WHERE, who.response, token_in(box), who.address))


def test_a_page_role_cannot_look_a_link_up(house: Cluster) -> None:
    with house.connect("umr", "web", autocommit=True) as page:
        for call in ("accounts_prompt('')", "accounts_try_recovery('')", "accounts_recover('', '')"):
            with pytest.raises(errors.InsufficientPrivilege):
                page.execute(f"select wellkept.{call}")


def test_the_own_question_of_2008_works_where_an_operator_has_it(house: Cluster, box: Mailbox) -> None:
    who = somebody(house)
    secret = actions.secret_hash(entered(who.card.login))
    kept = recovery.keep(
        secret, holder=who.card.person, words="My first boat?", response="The Heron", born=BORN, issued=False
    )
    assert kept
    asked(house, who.card.login)
    token = token_in(box)
    assert recovery.prompt(token) == "My first boat?"
    assert recovery.recover(token=token, response="  the  HERON ", born=BORN, password=NEW, issued=False)


def test_neither_operator_takes_a_question_of_ones_own() -> None:
    from wellkept.policy import packs

    assert [recovery.way(packs.named(operator)) for operator in ("umr", "pwer")] == ["code", "secret"]
