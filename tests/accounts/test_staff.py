"""Who works here comes by an invitation, used once, and opens nothing before a second factor (U-30, U-31, P-01)."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import click
import psycopg
import pytest

from tests.accounts.device import Device
from tests.accounts.people import PASSWORD, SEEDS, ask, change, entered, invitation, registered, staff
from tests.cluster import Cluster
from wellkept.access import queries as access
from wellkept.accounts import actions, hashes, passkeys, staffing, visits, ways
from wellkept.accounts.passkeys import Site
from wellkept.cli import staff as terminal
from wellkept.policy.words import Category, Purpose, Refused

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
OTHER = "eight herons mend the fence"
SITE = Site("localhost", "http://localhost", "The portal")


@pytest.fixture
def at_the_terminal(house: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room asks the database as the terminal does."""

    def rows(statement: str, arguments: list[object]) -> list[tuple[object, ...]]:
        with house.connect("umr", "jobs", autocommit=True) as connection:
            return connection.execute(statement, arguments).fetchall()

    monkeypatch.setattr(staffing, "_rows", rows)


def name() -> str:
    return f"staff-{uuid4().hex[:10]}"


def account(house: Cluster, login: str) -> tuple[object, ...]:
    (found,) = ask(house, "select id, role, actor from wellkept.accounts_account where login = %s", hashes.login(login))
    return found


def test_an_invitation_makes_an_account_with_the_password_its_holder_chose(house: Cluster) -> None:
    login = name()
    code = invitation("nurse", login, "Nell N.")
    said, made = staffing.redeem(code=code, login=login, password=PASSWORD)
    assert (said, account(house, login)) == ("yes", (made, "nurse", "Nell N."))
    assert actions.sign_in(login=login, password=PASSWORD)
    assert ask(house, "select kind from wellkept.accounts_event where account_id = %s order by at", made)[0] == (
        "invited",
    )


def test_a_code_works_once_and_with_its_own_sign_in_name_alone() -> None:
    login = name()
    code = invitation("nurse", login)
    assert staffing.redeem(code=code, login=name(), password=PASSWORD) == ("no", None)
    assert (
        staffing.redeem(code=code[:-1] + ("2" if code[-1] != "2" else "3"), login=login, password=PASSWORD)[0] == "no"
    )
    assert staffing.redeem(code=code, login=login, password=PASSWORD)[0] == "yes"
    assert staffing.redeem(code=code, login=login, password=OTHER) == ("no", None)
    assert actions.sign_in(login=login, password=OTHER) is None


def test_five_wrong_names_close_a_code(house: Cluster) -> None:
    login = name()
    code = invitation("nurse", login)
    for _ in range(5):
        staffing.redeem(code=code, login=name(), password=PASSWORD)
    assert staffing.redeem(code=code, login=login, password=PASSWORD) == ("no", None)
    late = invitation("nurse", login)
    change(house, "update wellkept.accounts_staffcode set expires_at = now() where login = %s", hashes.login(login))
    assert staffing.redeem(code=late, login=login, password=PASSWORD) == ("no", None)


def test_two_who_use_one_code_at_once_make_one_account(house: Cluster) -> None:
    login = name()
    code = hashes.code(invitation("nurse", login))

    def use(_number: int) -> object:
        with house.connect("umr", "entrance", autocommit=True) as connection:
            asked = "select said from wellkept.accounts_redeem_staff(%s, %s, '!', null, 'x')"
            return connection.execute(asked, [code, hashes.login(login)]).fetchone()[0]  # type: ignore[index]

    with ThreadPoolExecutor(2) as both:
        assert sorted(map(str, both.map(use, range(2)))) == ["no", "yes"]


def test_no_page_s_role_can_invite(house: Cluster) -> None:
    for role in ("web", "entrance"):
        with house.connect("umr", role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select wellkept.accounts_invite_staff('nurse', '\\x00', 'N', '\\x00', 7)")
    for table in ("accounts_staffcode", "accounts_staffchange", "accounts_openid", "accounts_openidway"):
        for role in ("web", "entrance", "jobs"):
            with house.connect("umr", role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"select * from wellkept.{table}")


def test_nothing_opens_to_a_newcomer_whatever_is_asked(house: Cluster) -> None:
    login = name()
    staffing.redeem(code=invitation("representative", login), login=login, password=PASSWORD)
    begun = actions.sign_in(login=login, password=PASSWORD)
    assert begun
    session = actions.secret_hash(begun.secret)
    who = access.who(session)
    assert who
    assert who.role == "newcomer"
    with (
        pytest.raises(Refused) as caught,
        access.enter(session, purpose=Purpose.PATIENT_REQUEST, categories=[Category.CONTACT]),
    ):
        pass
    assert (caught.value.reason, caught.value.clause) == ("second factor", "U-30")
    with (
        pytest.raises(Refused) as caught,
        access.search(session, kind="number", index=b"0" * 16, purpose=Purpose.MEMBER_ADMINISTRATION),
    ):
        pass
    assert caught.value.reason == "second factor"


def test_a_second_factor_opens_what_the_role_opens() -> None:
    who = access.who(actions.secret_hash(entered(staff("nurse"))))
    assert who
    assert who.role == "nurse"


def test_where_the_operator_asks_for_none_a_password_is_enough(house: Cluster) -> None:
    login = name()
    staffing.redeem(code=invitation("nurse", login), login=login, password=PASSWORD)
    change(house, "update wellkept.access_place set staff_second_factor = false")
    try:
        begun = actions.sign_in(login=login, password=PASSWORD)
        assert begun
        who = access.who(actions.secret_hash(begun.secret))
        assert who
        assert who.role == "nurse"
    finally:
        change(house, "update wellkept.access_place set staff_second_factor = true")


@pytest.mark.parametrize("method", ["password", "staff sign-on", "mailed code", "password+mailed code", ""])
def test_one_factor_is_one_however_it_is_called(house: Cluster, method: str) -> None:
    asked = "select wellkept.accounts_begins_as('nurse', %s), wellkept.accounts_begins_as('member', %s)"
    assert ask(house, asked, method, method) == [("newcomer", "member")]


@pytest.mark.usefixtures("at_the_terminal")
def test_the_terminal_shows_a_code_once_and_never_asks_for_a_password(house: Cluster) -> None:
    login = name()
    told = terminal.invited(role="access_administrator", login=login, actor=" Ada A. ")
    code = next(line.strip() for line in told.splitlines() if line.startswith("    "))
    assert login in told
    assert staffing.redeem(code=code, login=login, password=PASSWORD)[0] == "yes"
    assert account(house, login)[1:] == ("access_administrator", "Ada A.")
    kept = "select asked_actor, outcome from wellkept.accounts_staffchange where actor = 'Ada A.' order by asked_at"
    assert ask(house, kept)[-1] == (None, "done")
    options = [one.name for command in (terminal.add, terminal.renew) for one in command.params]
    assert not [one for one in options if one and "password" in one]


@pytest.mark.usefixtures("at_the_terminal")
def test_a_renewal_ends_sessions_password_and_factors_until_its_code_is_used(house: Cluster) -> None:
    login = staff("nurse")
    session = actions.secret_hash(entered(login))
    device = Device()
    made = passkeys.new_options(session, site=SITE, name="Your account")
    assert made
    assert passkeys.add(session, device.made(made), label="My laptop", site=SITE) == "yes"
    options = passkeys.options("sign-in", secret=None, site=SITE)
    assert options
    told = terminal.renewed(login=login)
    code = next(line.strip() for line in told.splitlines() if line.startswith("    "))
    assert visits.visits(session) == ()
    assert actions.sign_in(login=login, password=PASSWORD) is None
    assert passkeys.sign_in(device.signed(options), before=None, site=SITE) is None, "a passkey that was left leads in"
    SEEDS.pop(login)
    assert staffing.redeem(code=code, login=login, password=OTHER)[0] == "yes"
    begun = actions.sign_in(login=login, password=OTHER)
    assert begun
    assert begun.complete
    who = access.who(actions.secret_hash(begun.secret))
    assert who
    assert who.role == "newcomer"
    assert not ways.has_second(actions.secret_hash(begun.secret))


@pytest.mark.usefixtures("at_the_terminal")
def test_the_terminal_refuses_a_taken_name_a_member_and_a_long_name(house: Cluster) -> None:
    login, card = staff("nurse"), registered(house)
    with pytest.raises(click.ClickException, match="Nobody who works here"):
        terminal.renewed(login=card.login)
    for taken in (login, card.login):
        with pytest.raises(click.ClickException, match="signs in with that name already"):
            terminal.invited(role="nurse", login=taken, actor="Nell N.")
    with pytest.raises(click.ClickException, match="at most 80"):
        terminal.invited(role="nurse", login=name(), actor="N" * 81)
    with pytest.raises(click.ClickException, match="cannot be made"):
        terminal.invited(role="member", login=name(), actor="Nell N.")
