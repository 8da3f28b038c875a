"""A role is given by two who are not the same, never to oneself, and taken by one at once (U-31, P-01)."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from tests import cast as standing
from tests.accounts.people import PASSWORD, ask, change
from tests.cluster import Cluster
from wellkept.access import queries as access
from wellkept.accounts import hashes, staffing, visits
from wellkept.policy.words import Category, Purpose, Refused

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]


class House:
    """People who work here, with open sessions, by name."""

    def __init__(self, house: Cluster) -> None:
        self.house = house
        self.secrets: dict[str, bytes] = {}
        self.accounts: dict[str, UUID] = {}

    def hire(self, name: str, role: str, *, signed: bool = True) -> None:
        cast = standing.Cast()
        with self.house.administer("wellkept_umr") as connection:
            connection.execute("set search_path = wellkept")
            standing.sign_in(connection, cast, name, role=role, person=None, actor=name)
            if signed:
                standing.agree(connection, cast)
            connection.commit()
        self.secrets[name], self.accounts[name] = cast.secret[name], cast.accounts[name]

    def role(self, name: str) -> object:
        return ask(
            self.house,
            "select role, closed_at is null from wellkept.accounts_account where id = %s",
            self.accounts[name],
        )[0]

    def waiting(self, name: str) -> UUID:
        (found,) = [
            one.id for one in staffing.changes(self.secrets[name]) if one.outcome is None and one.asked_actor == name
        ]
        return found


@pytest.fixture
def people(house: Cluster) -> House:
    found = House(house)
    for name in ("ada", "ben", "cyd"):
        found.hire(f"{name}-{uuid4().hex[:6]}", "access_administrator")
    found.hire(f"nell-{uuid4().hex[:6]}", "nurse")
    return found


@pytest.fixture
def names(people: House) -> tuple[str, str, str, str]:
    ada, ben, cyd, nell = people.accounts
    return ada, ben, cyd, nell


Names = tuple[str, str, str, str]


def test_two_invite_and_each_holds_half_of_what_is_needed(people: House, names: Names) -> None:
    ada, ben, cyd, _nell = names
    login = f"staff-{uuid4().hex[:8]}"
    assert staffing.ask_to_invite(people.secrets[ada], role="auditor", actor="Ivy", login=login) == "yes"
    number = people.waiting(ada)
    assert staffing.agree(people.secrets[ada], number) == ("own", "")
    said, code = staffing.agree(people.secrets[ben], number)
    assert said == "code"
    assert staffing.agree(people.secrets[cyd], number) == ("gone", "")
    assert staffing.redeem(code=code, login=login, password=PASSWORD)[0] == "yes"
    kept = ask(people.house, "select 1 from wellkept.accounts_staffcode where code_hash = %s", hashes.code(code))
    assert kept == []


def test_another_role_takes_two_and_ends_sessions(people: House, names: Names) -> None:
    ada, ben, _cyd, nell = names
    assert staffing.ask_to_change(people.secrets[ada], people.accounts[nell], role="auditor") == "yes"
    assert people.role(nell) == ("nurse", True)
    assert staffing.agree(people.secrets[ben], people.waiting(ada)) == ("yes", "")
    assert people.role(nell) == ("auditor", True)
    assert visits.visits(people.secrets[nell]) == ()
    said = "select kind from wellkept.accounts_event where account_id = %s"
    assert ask(people.house, said, people.accounts[nell]) == [("role given",)]
    entries = "select count(*) from wellkept.ledger_entry where kind = 'maintenance' and reason like %s"
    assert ask(people.house, entries, f"%{nell}%") == [(2,)]


def test_nobody_decides_about_themself(people: House, names: Names) -> None:
    ada, ben, _cyd, _nell = names
    own = people.accounts[ada]
    assert staffing.ask_to_change(people.secrets[ada], own, role="representative") == "own"
    assert staffing.ask_to_renew(people.secrets[ada], own) == "own"
    assert staffing.remove(people.secrets[ada], own) == "own"
    assert staffing.ask_to_change(people.secrets[ada], people.accounts[ben], role="nurse") == "yes"
    assert staffing.agree(people.secrets[ben], people.waiting(ada)) == ("own", "")
    assert staffing.decline(people.secrets[ben], people.waiting(ada)) == "own"
    assert people.role(ben) == ("access_administrator", True)


def test_racing_second_persons_decide_once(people: House, names: Names) -> None:
    ada, ben, cyd, nell = names
    assert staffing.ask_to_renew(people.secrets[ada], people.accounts[nell]) == "yes"
    number = people.waiting(ada)

    def decide(one: tuple[str, bytes]) -> object:
        asked = "select wellkept.accounts_decide_staff(%s, %s, true, %s, '!', 7)"
        with people.house.connect("umr", "web", autocommit=True) as connection:
            return connection.execute(asked, [people.secrets[one[0]], number, one[1]]).fetchone()[0]  # type: ignore[index]

    with ThreadPoolExecutor(2) as both:
        said = sorted(map(str, both.map(decide, [(ben, uuid4().bytes), (cyd, uuid4().bytes)])))
    assert said == ["code", "gone"]
    codes = "select count(*) from wellkept.accounts_staffcode where account_id = %s"
    assert ask(people.house, codes, people.accounts[nell]) == [(1,)]


def test_a_renewal_by_two_shuts_every_way_in_until_its_code_is_used(people: House, names: Names) -> None:
    ada, ben, _cyd, nell = names
    staffing.ask_to_renew(people.secrets[ada], people.accounts[nell])
    assert staffing.agree(people.secrets[ben], people.waiting(ada))[0] == "code"
    assert visits.visits(people.secrets[nell]) == ()
    password = "select password from wellkept.accounts_account where id = %s"
    assert str(ask(people.house, password, people.accounts[nell])[0][0]).startswith("argon2")


def test_one_removes_at_once_and_the_others_are_told(people: House, names: Names) -> None:
    ada, ben, _cyd, nell = names
    assert staffing.ask_to_change(people.secrets[ada], people.accounts[nell], role="auditor") == "yes"
    waits = people.waiting(ada)
    assert staffing.remove(people.secrets[ben], people.accounts[nell]) == "yes"
    assert people.role(nell)[1] is False  # type: ignore[index]
    assert visits.visits(people.secrets[nell]) == ()
    assert staffing.agree(people.secrets[ben], waits) == ("gone", "")
    (removal,) = [one for one in staffing.changes(people.secrets[ada]) if one.kind == "take" and one.actor == nell]
    assert not removal.told
    assert not staffing.read_removal(people.secrets[ben], removal.id)
    assert staffing.read_removal(people.secrets[ada], removal.id)
    assert not staffing.read_removal(people.secrets[ada], removal.id)


def test_what_a_removed_administrator_asked_is_void(people: House, names: Names) -> None:
    ada, ben, cyd, nell = names
    staffing.ask_to_change(people.secrets[ada], people.accounts[nell], role="auditor")
    number = people.waiting(ada)
    assert staffing.remove(people.secrets[ben], people.accounts[ada]) == "yes"
    assert staffing.agree(people.secrets[cyd], number) == ("gone", "")
    assert people.role(nell) == ("nurse", True)


def test_one_change_of_an_account_waits_and_ends_after_two_weeks(people: House, names: Names) -> None:
    ada, ben, cyd, nell = names
    assert staffing.ask_to_change(people.secrets[ada], people.accounts[nell], role="auditor") == "yes"
    assert staffing.ask_to_renew(people.secrets[ben], people.accounts[nell]) == "waits"
    number = people.waiting(ada)
    change(
        people.house,
        "update wellkept.accounts_staffchange set asked_at = now() - interval '15 days' where id = %s",
        number,
    )
    assert staffing.agree(people.secrets[cyd], number) == ("gone", "")
    assert staffing.ask_to_renew(people.secrets[ben], people.accounts[nell]) == "yes"


def test_it_is_withdrawn_or_declined_and_an_invitation_taken_back(people: House, names: Names) -> None:
    ada, ben, _cyd, nell = names
    staffing.ask_to_change(people.secrets[ada], people.accounts[nell], role="auditor")
    assert staffing.decline(people.secrets[ada], people.waiting(ada)) == "declined"
    login = f"staff-{uuid4().hex[:8]}"
    staffing.ask_to_invite(people.secrets[ada], role="nurse", actor=f"Ivo {login}", login=login)
    code = staffing.agree(people.secrets[ben], people.waiting(ada))[1]
    (sent,) = [one for one in staffing.invitations(people.secrets[ben]) if login in one.actor]
    assert staffing.withdraw(people.secrets[ben], sent.id) == "yes"
    assert staffing.withdraw(people.secrets[ben], sent.id) == "gone"
    assert staffing.redeem(code=code, login=login, password=PASSWORD) == ("no", None)


def test_nobody_else_and_nobody_unsigned_or_unproved_decides_or_reads(people: House, names: Names) -> None:
    ada, _ben, _cyd, nell = names
    for name, role, signed in (("ola", "administrator", True), ("una", "access_administrator", False)):
        people.hire(f"{name}-{nell}", role, signed=signed)
    people.hire(f"new-{nell}", "newcomer")
    strangers = [people.secrets[name] for name in people.secrets if name.startswith(("ola-", "una-", "new-", "nell-"))]
    for secret in (*strangers, b"nobody's secret"):
        assert (*staffing.works(secret), *staffing.invitations(secret), *staffing.changes(secret)) == ()
        assert staffing.ask_to_change(secret, people.accounts[nell], role="auditor") == "no"
        assert staffing.ask_to_invite(secret, role="auditor", actor="X", login="some name") == "no"
        assert staffing.agree(secret, uuid4()) == ("no", "")
        assert staffing.remove(secret, people.accounts[ada]) == "no"
        assert staffing.withdraw(secret, uuid4()) == "no"
    late = "update wellkept.accounts_session set proved_at = now() - interval '16 minutes' where secret_hash = %s"
    change(people.house, late, people.secrets[ada])
    assert staffing.ask_to_change(people.secrets[ada], people.accounts[nell], role="auditor") == "prove"
    assert staffing.remove(people.secrets[ada], people.accounts[nell]) == "prove"
    assert staffing.agree(people.secrets[ada], uuid4()) == ("prove", "")


def test_members_and_offices_are_nobody_s_to_change_here(people: House, names: Names, cast: standing.Cast) -> None:
    ada, _ben, _cyd, _nell = names
    for account in (cast.accounts["subscriber"], uuid4()):
        assert staffing.ask_to_change(people.secrets[ada], account, role="auditor") == "no"
        assert staffing.ask_to_renew(people.secrets[ada], account) == "no"
        assert staffing.remove(people.secrets[ada], account) == "no"
    for role in ("member", "jobs", "newcomer", "mail_room", ""):
        assert staffing.ask_to_invite(people.secrets[ada], role=role, actor="X", login="some name") == "no"


def test_the_table_itself_refuses_one_person_alone(people: House, names: Names) -> None:
    ada, _ben, _cyd, nell = names
    put = (
        "insert into wellkept.accounts_staffchange (id, kind, account_id, role, actor, asked_by, asked_at, decided_by,"
        " decided_at, outcome) values (gen_random_uuid(), 'change', %s, 'nurse', 'x', %s, now(), %s, now(), 'done')"
    )
    mine, theirs = people.accounts[ada], people.accounts[nell]
    for given in ((theirs, mine, mine), (theirs, mine, None), (mine, mine, theirs), (theirs, mine, theirs)):
        with pytest.raises(Exception, match=r"takes_two|never_for_oneself"):
            change(people.house, put, *given)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_an_access_administrator_opens_nobody_s_record(
    people: House, names: Names, cast: standing.Cast, purpose: Purpose
) -> None:
    secret, person = people.secrets[names[0]], cast.people["subscriber"]
    for category in Category:
        with (
            pytest.raises(Refused) as caught,
            access.enter(secret, purpose=purpose, categories=[category], subjects=[person]),
        ):
            pass
        assert caught.value.reason == "no rule"
    with pytest.raises(Refused), access.search(secret, kind="number", index=b"0" * 16, purpose=purpose):
        pass
