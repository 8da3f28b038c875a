"""Accounts that end leave nothing that could be presented; the last one who decides for others stays."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from psycopg import errors

from tests.accounts.people import PASSWORD, Card, ask, change, entered, registered, staff
from tests.cluster import Cluster
from tests.demo.roles import as_role
from wellkept.accounts import actions, leaving
from wellkept.cli import ending
from wellkept.policy import packs, practices

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
TODAY = packs.today(packs.named("umr"))


def secret_of(login: str) -> bytes:
    return actions.secret_hash(entered(login))


def of_an_office(house: Cluster, *, administers: bool, organisation: UUID) -> Card:
    """Somebody who comes in for an organisation."""
    card = registered(house)
    change(
        house,
        "update wellkept.accounts_account set role = 'provider', person_id = null, organisation_id = %s,"
        " administers = %s, actor = 'Pat Q.' where person_id = %s",
        organisation, administers, card.person,
    )  # fmt: skip
    return card


def test_a_member_closes_their_account_and_nothing_opens_it_again(house: Cluster) -> None:
    card = registered(house)
    here, there = secret_of(card.login), secret_of(card.login)
    assert leaving.close(here) == "yes"
    assert leaving.close(there) == "again"
    assert actions.sign_in(login=card.login, password=PASSWORD) is None
    rows = ask(
        house,
        "select a.password, (select count(*) from wellkept.accounts_session s where s.account_id = a.id)"
        " from wellkept.accounts_account a where a.person_id = %s and a.closed_at is not null",
        card.person,
    )
    assert rows == [("!", 0)]
    kinds = ask(house, "select kind from wellkept.ledger_entry where %s = any (subjects) order by id", card.person)
    assert ("account closed",) in kinds


def test_the_name_of_a_closed_account_is_free_again(house: Cluster) -> None:
    from tests.accounts.people import issued, redeem

    card = registered(house)
    assert leaving.close(secret_of(card.login)) == "yes"
    assert redeem(issued(house), login=card.login) == "yes"


def test_closing_asks_for_a_fresh_proof(house: Cluster) -> None:
    card = registered(house)
    secret = secret_of(card.login)
    late = "update wellkept.accounts_session set proved_at = now() - interval '16 min' where secret_hash = %s"
    change(house, late, secret)
    assert leaving.close(secret) == "again"
    assert leaving.close(b"nobody's") == "again"
    entered(card.login)


def test_the_last_administrator_of_others_stays(house: Cluster) -> None:
    organisation = uuid4()
    first = of_an_office(house, administers=True, organisation=organisation)
    secret = secret_of(first.login)
    second = of_an_office(house, administers=False, organisation=organisation)
    assert leaving.close(secret) == "last"
    assert leaving.close(secret_of(second.login)) == "yes"
    assert leaving.close(secret) == "yes"


KEPT = (
    "insert into wellkept.notices_address (id, person_id, category, collected_under, restricted, address, code_hash,"
    " code_until, asked_at, tries, confirmed_at) values (gen_random_uuid(), %s, 'contact', 'x', false, '\\x00',"
    " '\\x00', now(), now(), 0, now())"
)


def test_no_mail_tells_of_news_once_the_account_is_closed(house: Cluster) -> None:
    card = registered(house)
    change(house, KEPT, card.person)
    change(
        house,
        "insert into wellkept.notices_choice (id, person_id, category, collected_under, restricted, kind, channel)"
        " values (gen_random_uuid(), %s, 'contact', 'x', false, 'claims', 'mail')",
        card.person,
    )
    change(
        house,
        "insert into wellkept.notices_news (id, person_id, category, collected_under, restricted, kind, cause, made_at)"
        " values (gen_random_uuid(), %s, 'claims', 'x', false, 'claims', gen_random_uuid(), now() - interval '1 hour')",
        card.person,
    )
    with house.connect("umr", "jobs", autocommit=True) as worker:
        due = "select 1 from wellkept.notices_due(10000) where person_id = %s"
        assert worker.execute(due, [card.person]).fetchall() == [(1,)]
        assert leaving.close(secret_of(card.login)) == "yes"
        assert worker.execute(due, [card.person]).fetchall() == []


def test_the_address_of_somebody_of_an_organisation_goes_with_the_account(house: Cluster) -> None:
    card = of_an_office(house, administers=False, organisation=uuid4())
    change(house, KEPT, card.person)
    assert leaving.close(secret_of(card.login)) == "yes"
    assert ask(house, "select 1 from wellkept.notices_address where person_id = %s", card.person) == []


def test_staff_do_not_close_their_own(house: Cluster) -> None:
    login = staff("representative")
    assert leaving.close(secret_of(login)) == "staff"


def test_no_page_closes_an_account_by_its_role_alone(house: Cluster) -> None:
    with house.connect("umr", "web", autocommit=True) as page, pytest.raises(errors.InsufficientPrivilege):
        page.execute("select wellkept.accounts_close('')")


@pytest.fixture
def uncovered(house: Cluster) -> Iterator[UUID]:
    """A member with an account, whose coverage ended 23 months ago."""
    who = registered(house).person
    change(
        house,
        "insert into wellkept.benefits_coverage (id, person_id, category, plan_id, collected_under, restricted, line,"
        " description, level, begins_on, ends_on, file_id, set_number, begins_told, ends_told) values"
        " (gen_random_uuid(), %s, 'coverage', %s, '2026-11-22', false, 'HLT', '', 'EMP', '2020-01-01', %s, %s, '1',"
        " '', '')",
        who, uuid4(), TODAY - timedelta(days=23 * 30), uuid4(),
    )  # fmt: skip
    yield who
    change(house, "delete from wellkept.benefits_coverage where person_id = %s", who)
    change(
        house, "update wellkept.accounts_account set closed_at = now() where person_id = %s and closed_at is null", who
    )


CLOSES = (
    "select e.closes_on from wellkept.accounts_ending e join wellkept.accounts_account a on a.id = e.account_id"
    " where a.person_id = %s"
)
OTHERS = (
    "delete from wellkept.accounts_ending where account_id not in"
    " (select id from wellkept.accounts_account where person_id = %s)"
)


def round_of(house: Cluster, who: UUID) -> None:
    """The round of a night; whoever else it tells of stays open whatever day the test makes it."""
    with as_role(house, "jobs"):
        ending.end_all(0)
    change(house, OTHERS, who)


def open_accounts(house: Cluster, who: UUID) -> int:
    ((count,),) = ask(
        house, "select count(*) from wellkept.accounts_account where person_id = %s and closed_at is null", who
    )
    return int(str(count))


def test_whoever_is_not_covered_is_told_first_and_closed_on_the_day(house: Cluster, uncovered: UUID) -> None:
    round_of(house, uncovered)
    ((closes_on,),) = ask(house, CLOSES, uncovered)
    assert isinstance(closes_on, date)
    assert closes_on >= TODAY + timedelta(days=leaving.NOTICE_DAYS)
    assert open_accounts(house, uncovered) == 1
    letters = "select count(*) from wellkept.notices_letter where person_id = %s and kind = 'access ends'"
    assert ask(house, letters, uncovered) == [(1,)]
    round_of(house, uncovered)
    with as_role(house, "jobs"):
        assert leaving.close_ended(today=closes_on - timedelta(days=1)) == 0
        assert leaving.close_ended(today=closes_on) == 1
    assert ask(house, letters, uncovered) == [(1,)]
    assert open_accounts(house, uncovered) == 0


def test_whoever_is_covered_again_stays(house: Cluster, uncovered: UUID) -> None:
    round_of(house, uncovered)
    change(house, "update wellkept.benefits_coverage set ends_on = null where person_id = %s", uncovered)
    with as_role(house, "jobs"):
        assert leaving.close_ended(today=TODAY + timedelta(days=1000)) == 0
    assert ask(house, CLOSES, uncovered) == []
    assert open_accounts(house, uncovered) == 1


def test_an_operator_of_records_closes_nobodys(
    house: Cluster, uncovered: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(practices, "number", lambda _pack, _name: 0)
    round_of(house, uncovered)
    assert ask(house, CLOSES, uncovered) == []
