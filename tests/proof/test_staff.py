"""The tries against who works here hold on a sound house, and find the second person, factor or rule taken away."""

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, Without, failed, one
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import staff

pytestmark = pytest.mark.database
PROBES = (
    staff.a_role_takes_two,
    staff.one_factor_opens_nothing,
    staff.no_page_invites_anybody,
    staff.who_decides_opens_nobody,
    staff.an_answer_nobody_asked_for_opens_nothing,
)
TWO = "accounts_staffchange_takes_two"
RULE = (
    "insert into wellkept.access_rule (id, role, relationship, purpose, category, needs, clause)"
    " values ('made-up', 'access_administrator', 'none', 'MEMADMIN', 'claims', '{}', 'U-12')"
)


def source(house: Cluster, name: str) -> str:
    """The text of a function as it stands."""
    with house.administer("wellkept_umr") as connection:
        return one(connection, "select pg_get_functiondef(%s::regproc)", f"wellkept.{name}")


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_a_role_that_one_gives_alone_is_found(ground: Ground, house: Cluster, altered: Altered) -> None:
    text = source(house, "accounts_decide_staff")
    without = text.replace("if c.asked_by = s.account_id or c.account_id", "if c.account_id")
    table = one_constraint(house)
    gone = f"alter table wellkept.accounts_staffchange drop constraint {TWO}"
    assert without != text
    with altered(
        f"{without}; {gone}", f"{text}; alter table wellkept.accounts_staffchange add constraint {TWO} {table}"
    ):
        assert failed(staff.a_role_takes_two, ground) == ["Give a role alone", "Decide it as the second person"]


def one_constraint(house: Cluster) -> str:
    with house.administer("wellkept_umr") as connection:
        return one(connection, "select pg_get_constraintdef(oid) from pg_constraint where conname = %s", TWO)


def test_the_table_alone_still_needs_two(ground: Ground, house: Cluster, altered: Altered) -> None:
    text = source(house, "accounts_decide_staff")
    with altered(text.replace("if c.asked_by = s.account_id or c.account_id", "if c.account_id"), text):
        assert failed(staff.a_role_takes_two, ground) == []


def test_a_role_that_one_gives_oneself_is_found(ground: Ground, house: Cluster, altered: Altered) -> None:
    text = source(house, "accounts_ask_staff")
    without = text.replace("if p_account = s.account_id then return 'own'; end if;", "")
    assert without != text
    with altered(without, text):
        assert "Give oneself another role" in failed(staff.a_role_takes_two, ground)


def test_a_session_of_one_factor_that_opens_is_found(ground: Ground, house: Cluster, altered: Altered) -> None:
    text = source(house, "accounts_begins_as")
    without = text.replace("return 'newcomer';", "return p_role;")
    assert without != text
    with altered(without, text):
        assert failed(staff.one_factor_opens_nothing, ground) == ["Work with a password alone"]


@pytest.mark.parametrize("role", ["web", "entrance"])
def test_a_page_that_may_invite_is_found(ground: Ground, altered: Altered, role: str) -> None:
    function = "execute on function wellkept.accounts_invite_staff"
    with altered(f"grant {function} to umr_{role}", f"revoke {function} from umr_{role}"):
        assert failed(staff.no_page_invites_anybody, ground) == ["Invite somebody as a page"]


def test_a_rule_that_lets_who_gives_roles_read_is_found(ground: Ground, altered: Altered) -> None:
    with altered(RULE, "delete from wellkept.access_rule where id = 'made-up'"):
        assert failed(staff.who_decides_opens_nobody, ground) == ["Open a record as who gives roles"]


def test_an_answer_that_opens_though_nobody_asked_is_found(without: Without) -> None:
    after = """
        from django.http import HttpResponse, HttpResponseRedirect
        from wellkept.web.entrance import sign_on
        def let_in(word):
            response = HttpResponseRedirect("/sign-in/cookie/")
            response.set_cookie("umr_session", "let in")
            return response
        sign_on.failed = let_in
        sign_on.SignOnError = ValueError
        """
    with without(after=after) as ground:
        assert failed(staff.an_answer_nobody_asked_for_opens_nothing, ground) == [
            "Come in by an answer nobody asked for"
        ]


def test_a_sign_out_that_anybody_can_send_is_found(without: Without) -> None:
    after = """
        from django.http import HttpResponse
        from wellkept.web.entrance import sign_on
        from wellkept.web.shell.public import from_anywhere, public
        sign_on.signed_out = public("x")(from_anywhere("x")(lambda request: HttpResponse()))
        """
    with without(after=after) as ground:
        found = failed(staff.an_answer_nobody_asked_for_opens_nothing, ground)
        assert found == ["Sign somebody out by a forged message"]
