"""Who works here, by its pages: a stranger first, then two who decide, and one who removes (U-31, P-01)."""

import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.accounts.people import PASSWORD
from tests.web.desk.staff import Staff
from tests.web.staff.conftest import Visit
from wellkept.accounts import staffing
from wellkept.web.shell.visitor import token

pytestmark = pytest.mark.database
PAGES = ("/staff/", "/staff/invite/", "/staff/decided/", f"/staff/{uuid4()}/", f"/staff/asked/{uuid4()}/")
ACTS = (
    "/staff/{0}/", "/staff/{0}/remove/", "/staff/{0}/renew/", "/staff/asked/{0}/", "/staff/asked/{0}/decline/",
    "/staff/invitations/{0}/take-back/", "/staff/removed/{0}/read/", "/staff/invite/",
)  # fmt: skip


def post(client: Client, path: str, told: dict[str, str]) -> Any:
    """Send a form with the token of the client's own session."""
    cookie = client.cookies.get("umr_session")
    return client.post(path, told | {"token": token(cookie.value) if cookie else "x"})


def text(client: Client, path: str = "/staff/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(re.sub(r"<[^>]+>", " ", answer.text))


def asked(client: Client) -> str:
    """The first change that waits for whoever looks."""
    found = re.search(r'href="(/staff/asked/[^"]+)"', client.get("/staff/").text)
    assert found
    return found[1]


def invite(client: Client, *, role: str = "auditor", actor: str = "Ivy I.") -> str:
    login = f"staff-{uuid4().hex[:8]}"
    answer = post(client, "/staff/invite/", {"actor": actor, "role": role, "login": login})
    assert answer.headers["Location"] == "/staff/?done=asked"
    return login


def test_a_stranger_is_sent_to_sign_in_and_everybody_else_reads_one_sentence(visit: Visit, staff: Staff) -> None:
    for path in PAGES:
        assert visit("nobody").get(path).headers["Location"] == "/sign-in/"
        for name in ("nell", "olga", "rita", "maria"):
            answer = visit(name).get(path)
            assert answer.status_code == 403
            assert "Access administrators alone decide who works here" in answer.text
    for path in ACTS:
        for name in ("olga", "maria"):
            assert post(visit(name), path.format(staff.accounts["rita"]), {"role": "auditor"}).status_code == 403
        assert post(visit("nobody"), path.format(staff.accounts["rita"]), {}).status_code in (302, 403)
    assert visit("ute").get("/staff/").headers["Location"] == "/sign-in/agree/"


def test_the_list_names_everybody_and_what_they_have(visit: Visit) -> None:
    said = text(visit("alma"))
    for words in ("Nell R.", "Nurse", "Rita R.", "Customer service", "Alma R.", "you", "never", "password"):
        assert words in said
    assert "A second access administrator is needed" not in said


def test_an_only_one_is_told_how_a_second_comes(visit: Visit, staff: Staff) -> None:
    staff.ask("update accounts_account set closed_at = now() where id = %s returning 1", [staff.accounts["arno"]])
    said = text(visit("alma"))
    assert "A second access administrator is needed" in said
    assert "wellkept staff add --role access_administrator" in said


def test_two_invite_and_the_second_reads_the_code_once(visit: Visit, staff: Staff) -> None:
    alma, arno = visit("alma"), visit("arno")
    login = invite(alma)
    assert 'href="/staff/asked/' not in alma.get("/staff/").text
    where = asked(arno)
    page = text(arno, where)
    assert "Invite Ivy I. to work here: Auditor." in page
    assert "Asked by Alma R." in page
    assert login not in page
    assert post(alma, where, {}).status_code == 409
    answer = post(arno, where, {})
    code = re.search(r'class="big">([0-9A-Z-]+)<', answer.text)
    assert code
    assert post(arno, where, {}).status_code == 409
    assert code[1] not in arno.get("/staff/").text
    assert staffing.redeem(code=code[1], login=login, password=PASSWORD)[0] == "yes"
    assert "Asked by Alma R., decided by Arno R." in text(alma, "/staff/decided/")


def test_another_role_is_asked_declined_and_withdrawn(visit: Visit, staff: Staff) -> None:
    alma, arno, nell = visit("alma"), visit("arno"), staff.accounts["nell"]
    assert post(alma, f"/staff/{nell}/", {"role": "auditor"}).headers["Location"] == "/staff/?done=asked"
    assert post(alma, f"/staff/{nell}/", {"role": "nurse"}).status_code == 400
    assert post(alma, f"/staff/{nell}/renew/", {}).status_code == 409
    assert post(arno, asked(arno) + "decline/", {}).headers["Location"] == "/staff/?done=declined"
    assert "Declined" in text(alma, "/staff/decided/")
    assert post(alma, f"/staff/{nell}/renew/", {}).headers["Location"] == "/staff/?done=asked"
    mine = re.search(r'action="(/staff/asked/[^"]+/decline/)"', alma.get("/staff/").text)
    assert mine
    assert post(alma, mine[1], {}).headers["Location"] == "/staff/?done=declined"
    assert "Withdrawn" in text(arno, "/staff/decided/")


def test_one_removes_and_the_other_reads_of_it(visit: Visit, staff: Staff) -> None:
    alma, arno, rita = visit("alma"), visit("arno"), staff.accounts["rita"]
    assert post(alma, f"/staff/{rita}/remove/", {}).headers["Location"] == "/staff/?done=removed"
    assert visit("rita").get("/desk/").headers["Location"] == "/sign-in/"
    assert "Removed by somebody else" not in text(alma)
    assert "Remove Rita R.: Customer service." in text(arno)
    where = re.search(r'action="(/staff/removed/[^"]+/read/)"', arno.get("/staff/").text)
    assert where
    assert post(alma, where[1], {}).status_code == 409
    assert post(arno, where[1], {}).headers["Location"] == "/staff/?done=read"
    assert "Removed by somebody else" not in text(arno)
    assert alma.get(f"/staff/{rita}/").status_code == 404


def test_nobody_has_a_page_about_themself_and_no_form_of_another_session_counts(visit: Visit, staff: Staff) -> None:
    alma = visit("alma")
    assert alma.get(f"/staff/{staff.accounts['alma']}/").status_code == 404
    assert post(alma, f"/staff/{staff.accounts['alma']}/remove/", {}).status_code == 404
    answer = alma.post(f"/staff/{staff.accounts['nell']}/remove/", {"token": "0" * 32})
    assert answer.status_code == 403
    assert alma.get(f"/staff/{staff.accounts['nell']}/remove/").status_code == 405


def test_after_a_quarter_of_an_hour_it_asks_who_it_is(visit: Visit, staff: Staff) -> None:
    staff.ask(
        "update accounts_session set proved_at = now() - interval '16 minutes' where account_id = %s returning 1",
        [staff.accounts["alma"]],
    )
    alma, nell = visit("alma"), staff.accounts["nell"]
    assert alma.get("/staff/").status_code == 200
    for path in ("/staff/invite/", f"/staff/{nell}/"):
        assert alma.get(path).headers["Location"].startswith("/sign-in/again/?to=staff-")
    for path in (f"/staff/{nell}/remove/", f"/staff/{nell}/renew/"):
        assert post(alma, path, {}).headers["Location"] == "/sign-in/again/?to=staff-home"
    assert "Nell R." in text(visit("arno"))


def test_a_form_says_what_is_missing_and_loses_nothing(visit: Visit, staff: Staff) -> None:
    answer = post(visit("alma"), "/staff/invite/", {"actor": "7", "role": "member", "login": "abc"})
    assert answer.status_code == 400
    for words in ("Please write the name in letters.", "Use at least 4 characters for the sign-in name."):
        assert words in answer.text
    assert 'value="7"' in answer.text
