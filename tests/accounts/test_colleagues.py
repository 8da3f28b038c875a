"""Only an organisation's own administrators say who comes in, for 90 days, of each person by name (U-30, P-15)."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from tests.accounts.offices import Office, opened
from tests.accounts.people import PASSWORD
from tests.cluster import Cluster
from tests.demo.roles import as_role
from wellkept.access import queries as access
from wellkept.accounts import actions, codes, colleagues, lapsing
from wellkept.policy import packs

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
ANA, BEN = "Ana Ortiz", "Ben Lund"
BORN = date(1990, 2, 3)
Act = Callable[[bytes, Office], str]
ACTS: dict[str, Act] = {
    "invite": lambda secret, _office: colleagues.invite(secret, name="Cleo Marsh", born=BORN, days=14).answer,
    "renew": lambda secret, office: colleagues.renew(secret, office.accounts[BEN]),
    "give": lambda secret, office: colleagues.set_administers(secret, office.accounts[BEN], administers=True),
    "rename": lambda secret, office: colleagues.rename(secret, office.accounts[BEN], name="Ben Other"),
    "remove": lambda secret, office: colleagues.remove(secret, office.accounts[BEN]),
    "withdraw": lambda secret, office: colleagues.withdraw(secret, waiting(office)),
}


@pytest.fixture
def office(house: Cluster) -> Office:
    return opened(house)


def waiting(office: Office) -> UUID:
    """The invitation that waits at an office, by whoever invited it."""
    rows = office.ask("select id from accounts_invitation where organisation_id = %s", office.id)
    return UUID(str(rows[0][0])) if rows else uuid4()


def invited(office: Office, name: str = "Cleo Marsh", born: date = BORN) -> str:
    found = colleagues.invite(office.hashes[ANA], name=name, born=born, days=14)
    assert found.answer == "yes"
    return found.code


def redeem(code: str, *, born: date = BORN, login: str = "") -> str:
    return actions.redeem(code=code, born=born, login=login or f"cleo-{uuid4().hex[:10]}", password=PASSWORD)


def everything(office: Office) -> list[tuple[object, ...]]:
    """What acts could change of an office."""
    accounts = (
        "select id, administers, renewed_at, closed_at from accounts_account where organisation_id = %s order by id"
    )
    invitations = "select id from accounts_invitation where organisation_id = %s order by id"
    return office.ask(accounts, office.id) + office.ask(invitations, office.id)


@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_changes_who_comes_in(house: Cluster, office: Office, act: str) -> None:
    """A stranger, a colleague, another office's administrator, a lapsed one, one who has agreed to nothing."""
    invited(office)
    other = opened(house)
    office.joins("Lou Late", administers=True)
    lapse(office, "Lou Late")
    office.joins("Nia New", administers=True, agreed=False)
    before = everything(office)
    tries = [
        uuid4().bytes * 2,
        office.hashes[BEN],
        other.hashes[ANA],
        office.hashes["Lou Late"],
        office.hashes["Nia New"],
    ]
    for secret in tries[:2] + tries[3:] if act == "invite" else tries:
        assert ACTS[act](secret, office) == "no"
    assert everything(office) == before


@pytest.mark.parametrize("act", ACTS)
def test_who_has_not_shown_lately_that_it_is_them_is_asked_again(office: Office, act: str) -> None:
    invited(office)
    office.change(
        "update accounts_session set proved_at = now() - interval '16 min' where secret_hash = %s", office.hashes[ANA]
    )
    before = everything(office)
    assert ACTS[act](office.hashes[ANA], office) == "prove"
    assert everything(office) == before


def test_an_administrator_sees_everyone_and_a_colleague_whom_to_ask(house: Cluster, office: Office) -> None:
    opened(house)
    office.joins("Cleo Marsh")
    seen = colleagues.colleagues(office.hashes[ANA])
    assert [one.name for one in seen] == [ANA, BEN, "Cleo Marsh"]
    assert [(one.administers, one.me) for one in seen] == [(True, True), (False, False), (False, False)]
    assert all(one.lapses - one.renewed == timedelta(days=90) for one in seen)
    assert [one.name for one in colleagues.colleagues(office.hashes[BEN])] == [ANA, BEN]
    assert colleagues.invitations(office.hashes[BEN]) == ()


def test_an_invitation_makes_one_account_of_that_office_once(office: Office) -> None:
    code = invited(office)
    (line,) = colleagues.invitations(office.hashes[ANA])
    assert (line.name, line.by, line.spent) == ("Cleo Marsh", ANA, False)
    assert redeem(code, born=date(1990, 2, 4)) == "no"
    assert redeem(code) == "yes"
    assert redeem(code) == "no"
    assert colleagues.invitations(office.hashes[ANA]) == ()
    cleo = next(one for one in colleagues.colleagues(office.hashes[ANA]) if one.name == "Cleo Marsh")
    assert (cleo.administers, cleo.lapsed) == (False, False)
    rows = office.ask("select role, organisation_id, person_id from accounts_account where id = %s", cleo.account)
    assert rows == [("provider", office.id, None)]
    kinds = office.ask("select kind from accounts_event where account_id = %s", cleo.account)
    assert ("invited",) in kinds or ("registered",) in kinds


def test_no_code_stands_in_the_database(office: Office) -> None:
    code = invited(office)
    tables = ("accounts_invitation", "accounts_accesscode")
    held = " ".join(str(row) for table in tables for row in office.ask(f"select row_to_json(x)::text from {table} x"))
    assert code not in held
    assert codes.canonical(code) not in held


def test_five_wrong_birth_dates_close_an_invitation(office: Office) -> None:
    code = invited(office)
    for day in range(4, 9):
        assert redeem(code, born=date(1990, 2, day)) == "no"
    assert redeem(code) == "no"
    assert [one.spent for one in colleagues.invitations(office.hashes[ANA])] == [True]


def test_a_withdrawn_invitation_does_nothing(office: Office) -> None:
    code = invited(office)
    assert colleagues.withdraw(office.hashes[ANA], waiting(office)) == "yes"
    assert redeem(code) == "no"
    assert colleagues.invitations(office.hashes[ANA]) == ()


def test_whoever_is_removed_comes_back_by_no_invitation_of_their_own(office: Office) -> None:
    office.joins("Eve Hart", administers=True)
    code = invited(office)
    assert colleagues.remove(office.hashes["Eve Hart"], office.accounts[ANA]) == "yes"
    assert redeem(code) == "no"
    assert colleagues.invitations(office.hashes["Eve Hart"]) == ()


def test_a_used_invitation_is_not_withdrawn(office: Office) -> None:
    code, number = invited(office), waiting(office)
    assert redeem(code) == "yes"
    assert colleagues.withdraw(office.hashes[ANA], number) == "no"
    assert len(colleagues.colleagues(office.hashes[ANA])) == 3


def test_one_person_has_one_account(office: Office) -> None:
    code = invited(office)
    again = colleagues.invite(office.hashes[ANA], name="cleo  marsh", born=BORN, days=14)
    assert (again.answer, again.code) == ("known", "")
    assert redeem(code) == "yes"
    assert colleagues.invite(office.hashes[ANA], name="Cleo Marsh", born=BORN, days=14).answer == "known"


def test_at_most_twenty_invitations_wait(office: Office) -> None:
    for number in range(20):
        invited(office, name=f"Colleague {number}")
    assert colleagues.invite(office.hashes[ANA], name="One More", born=BORN, days=14).answer == "full"


def test_whoever_is_removed_is_out_at_once(office: Office) -> None:
    assert access.who(office.hashes[BEN])
    assert colleagues.remove(office.hashes[ANA], office.accounts[BEN]) == "yes"
    assert access.who(office.hashes[BEN]) is None
    assert [one.name for one in colleagues.colleagues(office.hashes[ANA])] == [ANA]
    assert colleagues.remove(office.hashes[ANA], office.accounts[BEN]) == "no"


def test_nobody_removes_themself_and_one_administrator_always_stays(office: Office) -> None:
    ana = office.accounts[ANA]
    assert colleagues.remove(office.hashes[ANA], ana) == "no"
    assert colleagues.set_administers(office.hashes[ANA], ana, administers=False) == "last"
    assert colleagues.set_administers(office.hashes[ANA], office.accounts[BEN], administers=True) == "yes"
    assert colleagues.set_administers(office.hashes[ANA], ana, administers=False) == "yes"
    assert colleagues.renew(office.hashes[ANA], office.accounts[BEN]) == "no"
    assert colleagues.set_administers(office.hashes[BEN], office.accounts[BEN], administers=False) == "last"


def test_a_lapsed_administrator_does_not_count_as_one(office: Office) -> None:
    office.joins("Lou Late", administers=True)
    lapse(office, "Lou Late")
    assert colleagues.set_administers(office.hashes[ANA], office.accounts[ANA], administers=False) == "last"


def test_an_administrator_is_renewed_by_another_where_there_is_one(office: Office) -> None:
    assert colleagues.renew(office.hashes[ANA], office.accounts[ANA]) == "yes"
    office.joins("Eve Hart", administers=True)
    assert colleagues.renew(office.hashes[ANA], office.accounts[ANA]) == "another"
    assert colleagues.renew(office.hashes["Eve Hart"], office.accounts[ANA]) == "yes"


def test_two_administrators_who_remove_each_other_leave_one(house: Cluster, office: Office) -> None:
    office.joins("Eve Hart", administers=True)
    names = {ANA: "Eve Hart", "Eve Hart": ANA}
    for statement in ("accounts_remove_colleague(%s, %s)", "accounts_set_administers(%s, %s, false)"):
        answers = race(
            house, [(f"select wellkept.{statement}", [office.hashes[a], office.accounts[b]]) for a, b in names.items()]
        )
        assert answers == ["no", "yes"]
        left = "select count(*) from accounts_account where organisation_id = %s and administers and closed_at is null"
        assert office.ask(left, office.id) == [(1,)]
        change = "update accounts_account set administers = true, closed_at = null where id = any (%s)"
        office.change(change, [office.accounts[name] for name in names])
        with house.administer("wellkept_umr") as connection:
            connection.execute("set search_path = wellkept")
            for name in names:
                office.sits(connection, name)


def test_a_code_and_its_withdrawal_race_to_one_end(house: Cluster, office: Office) -> None:
    """Either the person came in and nothing was withdrawn, or it was and nobody did."""
    from wellkept.accounts import hashes

    for number in range(4):
        code = invited(office, name=f"Racer {number}")
        place = next(one.id for one in colleagues.invitations(office.hashes[ANA]) if one.name == f"Racer {number}")
        given = [
            hashes.code(code),
            hashes.birth_date(BORN),
            hashes.login(f"racer-{uuid4().hex}"),
            "argon2$none",
            "2026-11-01",
        ]
        answers = race(
            house,
            [("select wellkept.accounts_withdraw_invitation(%s, %s)", [office.hashes[ANA], place]),
             ("select wellkept.accounts_redeem(%s, %s, %s, %s, %s)", given)],
        )  # fmt: skip
        assert answers == ["no", "yes"]
        came = office.ask(
            "select 1 from accounts_account where organisation_id = %s and actor = %s", office.id, f"Racer {number}"
        )
        waits = [one for one in colleagues.invitations(office.hashes[ANA]) if one.id == place]
        assert not waits
        assert len(came) in (0, 1)


def race(house: Cluster, asked: list[tuple[str, Sequence[object]]]) -> list[str]:
    """What two answer that start together, each over a connection of its own; sorted."""
    gate = Barrier(len(asked), timeout=30)

    def one(this: tuple[str, Sequence[object]]) -> str:
        role = "entrance" if "redeem" in this[0] else "web"
        with house.connect("umr", role, autocommit=True) as connection:
            gate.wait()
            row = connection.execute(this[0], this[1]).fetchone()
            assert row is not None
            return str(row[0])

    with ThreadPoolExecutor(len(asked)) as pool:
        return sorted(pool.map(one, asked))


def lapse(office: Office, name: str, days: int = 91) -> None:
    """So many days go by in which nobody renews somebody."""
    office.change(
        "update accounts_account set renewed_at = now() - make_interval(days => %s) where id = %s",
        days,
        office.accounts[name],
    )


def test_a_session_ends_when_its_account_lapses(office: Office) -> None:
    office.joins("Lou Late", days=89)
    (ends,) = office.ask(
        "select s.expires - a.renewed_at from accounts_session s"
        " join accounts_account a on a.id = s.account_id where s.secret_hash = %s",
        office.hashes["Lou Late"],
    )
    assert ends == (timedelta(days=90),)


def test_no_session_is_lengthened_beyond_the_lapse(office: Office) -> None:
    office.joins("Lou Late", days=89)
    office.change(
        "update accounts_session set expires = now() + interval '5 days' where secret_hash = %s",
        office.hashes["Lou Late"],
    )
    (ends,) = office.ask(
        "select expires < now() + interval '25 hours' from accounts_session where secret_hash = %s",
        office.hashes["Lou Late"],
    )
    assert ends == (True,)


def test_a_lapsed_account_opens_nothing_until_it_is_renewed(office: Office) -> None:
    code, login = invited(office), f"cleo-{uuid4().hex[:10]}"
    assert redeem(code, login=login) == "yes"
    (cleo,) = [one for one in colleagues.colleagues(office.hashes[ANA]) if one.name == "Cleo Marsh"]
    office.accounts["Cleo Marsh"] = cleo.account
    begun = actions.sign_in(login=login, password=PASSWORD)
    assert begun is not None
    secret = actions.secret_hash(begun.secret)
    lapse(office, "Cleo Marsh")
    assert access.who(secret) is None
    with pytest.raises(Exception, match="lapsed"):
        actions.sign_in(login=login, password=PASSWORD)
    assert colleagues.renew(office.hashes[ANA], cleo.account) == "yes"
    assert actions.sign_in(login=login, password=PASSWORD)


def test_the_daily_sweep_notes_a_lapse_once_and_closes_after_as_long_again(house: Cluster, office: Office) -> None:
    ben = office.accounts[BEN]
    lapse(office, BEN)
    with as_role(house, "jobs"):
        assert colleagues.sweep() >= 1
        colleagues.sweep()
    assert office.ask("select kind from accounts_event where account_id = %s", ben) == [("lapsed",)]
    assert [one.lapsed for one in colleagues.colleagues(office.hashes[ANA])] == [False, True]
    lapse(office, BEN, 181)
    with as_role(house, "jobs"):
        colleagues.sweep()
    assert [one.name for one in colleagues.colleagues(office.hashes[ANA])] == [ANA]
    assert ("account closed",) in office.ask("select kind from accounts_event where account_id = %s", ben)


def test_another_name_is_written_from_now_on_and_the_past_keeps_its_own(office: Office) -> None:
    office.joins("Cleo Marsh", administers=True)
    cleo = office.accounts["Cleo Marsh"]
    assert colleagues.renew(office.hashes["Cleo Marsh"], office.accounts[BEN]) == "yes"
    assert colleagues.rename(office.hashes[ANA], cleo, name="Cleo Field") == "yes"
    assert colleagues.rename(office.hashes[ANA], cleo, name="Cleo Field") == "no"
    assert colleagues.renew(office.hashes["Cleo Marsh"], office.accounts[BEN]) == "yes"
    told = office.ask("select actor from ledger_entry where account = %s order by id", cleo)
    assert [row[0] for row in told][-2:] == ["Cleo Marsh", "Cleo Field"]
    assert ("name changed",) in office.ask("select kind from accounts_event where account_id = %s", cleo)
    kinds = office.ask("select kind from ledger_entry where account = %s order by id", office.accounts[ANA])
    assert kinds[-1] == ("renamed",)


def test_an_old_invitation_goes_a_month_after_its_end(house: Cluster, office: Office) -> None:
    invited(office)
    office.change(
        "update accounts_invitation set expires_at = now() - interval '31 days' where organisation_id = %s", office.id
    )
    with as_role(house, "jobs"):
        colleagues.sweep()
    assert colleagues.invitations(office.hashes[ANA]) == ()
    assert office.ask("select 1 from accounts_accesscode where organisation_id = %s", office.id) == []


def test_the_ledger_says_what_an_administrator_did(office: Office) -> None:
    invited(office)
    colleagues.withdraw(office.hashes[ANA], waiting(office))
    colleagues.renew(office.hashes[ANA], office.accounts[BEN])
    colleagues.set_administers(office.hashes[ANA], office.accounts[BEN], administers=True)
    colleagues.set_administers(office.hashes[ANA], office.accounts[BEN], administers=False)
    colleagues.remove(office.hashes[ANA], office.accounts[BEN])
    told = office.ask("select kind from ledger_entry where account = %s order by id", office.accounts[ANA])
    assert [row[0] for row in told] == [
        "invited", "invitation withdrawn", "renewed", "role given", "role taken", "account closed"
    ]  # fmt: skip
    told = office.ask("select kind from accounts_event where account_id = %s order by at", office.accounts[BEN])
    assert [row[0] for row in told] == ["renewed", "role given", "role taken", "account closed"]


def test_the_database_holds_to_the_days_of_the_pack(house: Cluster) -> None:
    pack = packs.named("umr")
    with house.administer("wellkept_umr") as connection:
        assert lapsing.differences(connection, pack) == []
        connection.execute("update wellkept.accounts_lapse set days = 91")
        assert lapsing.differences(connection, pack)
        lapsing.load(connection, pack)
        assert lapsing.differences(connection, pack) == []


def test_a_colleague_lapses_soon_within_two_weeks() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)

    def one(days: int, *, lapsed: bool = False) -> colleagues.Colleague:
        then = now + timedelta(days=days)
        return colleagues.Colleague(uuid4(), "A", False, False, now, now, then, lapsed, None)  # noqa: FBT003

    assert [one(13).lapses_soon(now), one(14).lapses_soon(now), one(-1, lapsed=True).lapses_soon(now)] == [
        True,
        False,
        False,
    ]
