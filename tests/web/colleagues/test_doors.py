"""The doors of organisations open to their own people, after their own terms, and to nobody else (U-30, U-41, P-13)."""

import html
import re
from uuid import uuid4

import pytest
from django.test import Client

from tests.accounts.offices import NAMES, Office, opened
from tests.cluster import Cluster
from tests.web.colleagues.conftest import Post, Visit

pytestmark = [pytest.mark.database]
ROLES = ("provider", "employer", "agent", "partner")
ANA, BEN = "Ana Ortiz", "Ben Lund"
PAGES = ("/colleagues/", "/colleagues/list/", "/colleagues/terms/", "/colleagues/invite/")
ADA = {"name": "Ada Reyes", "birth_date_month": "2", "birth_date_day": "3", "birth_date_year": "1990"}


def words(response: object) -> str:
    """What a page says, without its markup."""
    text = getattr(response, "content", b"").decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def stale(office: Office, name: str) -> None:
    """Let a quarter of an hour go by."""
    office.change(
        "update accounts_session set proved_at = now() - interval '16 min' where secret_hash = %s", office.hashes[name]
    )


@pytest.mark.parametrize("role", ROLES)
def test_a_stranger_is_sent_to_sign_in(visit: Visit, office: Office, role: str) -> None:
    client = visit(office, "nobody")
    for address in (f"/{role}/", *PAGES):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")


@pytest.mark.parametrize("role", ROLES)
def test_a_door_opens_to_its_own_audience_alone(visit: Visit, house: Cluster, role: str) -> None:
    own = opened(house, role)
    page = visit(own, ANA).get(f"/{role}/")
    assert page.status_code == 200
    said = words(page)
    assert NAMES[role] in said
    assert ANA in said
    assert BEN in said
    for other in ROLES:
        if other != role:
            closed = visit(own, ANA).get(f"/{other}/")
            assert closed.status_code == 403
            assert NAMES[role] not in words(closed).replace(f"{ANA}, {NAMES[role]}", "")


def test_members_and_staff_stay_outside(visit: Visit, office: Office, house: Cluster) -> None:
    for role in ("member", "representative", "administrator"):
        who = Office(house, uuid4(), role)
        who.joins("Somebody")
        who.change("update accounts_account set organisation_id = null where id = %s", who.accounts["Somebody"])
        who.change("update accounts_session set organisation_id = null where account_id = %s", who.accounts["Somebody"])
        for address in ("/provider/", *PAGES):
            assert visit(who, "Somebody").get(address).status_code == 403


@pytest.mark.parametrize("role", ROLES)
def test_nothing_opens_before_the_terms_of_that_audience(visit: Visit, house: Cluster, post: Post, role: str) -> None:
    office = opened(house, role)
    office.joins("Nia New", administers=True, agreed=False)
    client = visit(office, "Nia New")
    for address in (f"/{role}/", *PAGES):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/agree/"), address
    asked = client.get("/sign-in/agree/")
    assert "What binds you" in words(asked)
    post(client, f"/sign-in/agree/{role}-terms/2026-11-01/", agree="on")
    assert client.get(f"/{role}/").headers["Location"] == "/sign-in/agree/"
    post(client, f"/sign-in/agree/{role}-agreement/2026-11-01/", agree="on")
    assert client.get(f"/{role}/").status_code == 200
    assert "What binds you" in words(client.get("/colleagues/terms/"))
    told = office.ask("select kind from accounts_event where account_id = %s", office.accounts["Nia New"])
    assert told == [("terms agreed",), ("terms agreed",)]


def test_the_terms_of_another_audience_and_an_old_version_open_nothing(visit: Visit, house: Cluster) -> None:
    office = opened(house)
    office.joins("Nia New", agreed=False)
    account = office.accounts["Nia New"]
    agree = (
        "insert into consent_acknowledgement (account_id, document, version, at, language)"
        " values (%s, %s, %s, now(), 'en')"
    )
    office.change(agree, account, "employer-terms", "2026-11-01")
    office.change(agree, account, "provider-terms", "2025-01-01")
    assert visit(office, "Nia New").get("/provider/").headers["Location"] == "/sign-in/agree/"


def test_a_new_version_of_the_terms_is_asked_of_everybody_again(visit: Visit, house: Cluster) -> None:
    office = opened(house, "agent")
    assert visit(office, ANA).get("/agent/").status_code == 200
    office.change(
        "insert into consent_document (name, version, audience, need, effective)"
        " values ('agent-terms', '2026-11-02', 'agent', 'terms', now())"
    )
    try:
        assert visit(office, ANA).get("/agent/").headers["Location"] == "/sign-in/agree/"
        assert visit(office, ANA).get("/colleagues/").headers["Location"] == "/sign-in/agree/"
    finally:
        office.change("delete from consent_document where name = 'agent-terms' and version = '2026-11-02'")


def test_a_colleague_sees_whom_to_ask_and_changes_nothing(visit: Visit, office: Office, post: Post) -> None:
    office.joins("Cleo Marsh")
    client = visit(office, BEN)
    said = words(client.get("/colleagues/"))
    assert ANA in said
    assert "Cleo Marsh" not in said
    assert "Cleo Marsh" not in words(client.get("/colleagues/list/"))
    assert "Cleo Marsh" not in words(client.get("/provider/"))
    number = office.accounts["Cleo Marsh"]
    for address in ("invite/", f"people/{number}/renew/", f"people/{number}/remove/", f"people/{number}/administers/"):
        assert client.get(f"/colleagues/{address}").status_code == 403
        assert post(client, f"/colleagues/{address}", **ADA).status_code == 403
    assert post(client, f"/colleagues/invitations/{uuid4()}/withdraw/").status_code == 403


def test_another_offices_administrator_finds_nobody_here(
    visit: Visit, house: Cluster, office: Office, post: Post
) -> None:
    other = opened(house)
    client = visit(other, ANA)
    number = office.accounts[BEN]
    for act in ("renew", "remove", "administers"):
        assert client.get(f"/colleagues/people/{number}/{act}/").status_code in (302, 404)
        assert post(client, f"/colleagues/people/{number}/{act}/").status_code == 404
    assert office.ask("select closed_at from accounts_account where id = %s", number) == [(None,)]


def test_a_code_is_shown_once_and_the_same_form_again_makes_none(visit: Visit, office: Office, post: Post) -> None:
    client = visit(office, ANA)
    first = post(client, "/colleagues/invite/", **ADA)
    assert first.status_code == 200
    (code,) = re.findall(r'class="handed">([0-9A-Z-]{14})<', first.content.decode())
    assert "no-store" in first.headers["Cache-Control"]
    again = post(client, "/colleagues/invite/", **ADA)
    assert again.status_code == 400
    for answer in (again, client.get("/colleagues/"), client.get("/colleagues/list/")):
        assert code not in answer.content.decode()
    assert "Ada Reyes" in words(client.get("/colleagues/"))


def test_an_invitation_of_a_child_or_of_no_name_is_refused(visit: Visit, office: Office, post: Post) -> None:
    client = visit(office, ANA)
    child = post(client, "/colleagues/invite/", **ADA | {"birth_date_year": "2020"})
    assert (child.status_code, "Nobody under 13" in words(child)) == (400, True)
    assert "in letters" in words(post(client, "/colleagues/invite/", **ADA | {"name": "12 34"}))
    assert post(client, "/colleagues/invite/").status_code == 400
    assert office.ask("select 1 from accounts_invitation where organisation_id = %s", office.id) == []


def test_each_act_asks_who_it_is_after_a_quarter_of_an_hour(visit: Visit, office: Office, post: Post) -> None:
    client = visit(office, ANA)
    stale(office, ANA)
    number = office.accounts[BEN]
    for act in ("renew", "remove", "administers"):
        answer = post(client, f"/colleagues/people/{number}/{act}/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/again/?to=colleagues")
    assert client.get("/colleagues/invite/").headers["Location"] == "/sign-in/again/?to=colleagues-invite"
    kept = post(client, "/colleagues/invite/", **ADA)
    assert (kept.status_code, "Ada Reyes" in kept.content.decode()) == (400, True)


def test_an_administrator_renews_lets_administer_and_removes(visit: Visit, office: Office, post: Post) -> None:
    client = visit(office, ANA)
    at = f"/colleagues/people/{office.accounts[BEN]}"
    assert post(client, f"{at}/renew/").headers["Location"] == "/colleagues/?done=renewed"
    assert "Let Ben Lund administer" in words(client.get(f"{at}/administers/"))
    assert post(client, f"{at}/administers/").headers["Location"] == "/colleagues/?done=given"
    assert post(client, f"{at}/administers/").headers["Location"] == "/colleagues/?done=taken"
    assert "closes at once" in words(client.get(f"{at}/remove/"))
    done = post(client, f"{at}/remove/")
    assert BEN not in words(client.get(done.headers["Location"]))
    assert post(client, f"{at}/remove/").status_code == 404
    assert visit(office, BEN).get("/provider/").headers["Location"] == "/sign-in/"


def test_the_last_administrator_stays(visit: Visit, office: Office, post: Post) -> None:
    client = visit(office, ANA)
    own = f"/colleagues/people/{office.accounts[ANA]}"
    answer = post(client, f"{own}/administers/")
    assert (answer.status_code, "Nobody would be left" in words(answer)) == (409, True)
    assert post(client, f"{own}/remove/").status_code == 409
    assert post(client, f"{own}/renew/").headers["Location"] == "/colleagues/?done=renewed"


def test_a_form_of_another_session_does_nothing(visit: Visit, office: Office) -> None:
    client = visit(office, ANA)
    for told in ({}, {"token": "0" * 64}):
        answer = client.post(f"/colleagues/people/{office.accounts[BEN]}/remove/", told)
        assert answer.status_code in (400, 403)
    assert visit(office, BEN).get("/provider/").status_code == 200


def test_the_list_says_per_person_what_they_open_for_what(visit: Visit, office: Office) -> None:
    said = words(visit(office, ANA).get("/colleagues/list/"))
    assert said.count("Address and phone at the person's own request") == 2
    assert "Looked at by (name, day)" in said
    assert "where it is their own record" in said
    assert "invites, renews and removes" in said


def test_the_page_tells_of_accounts_that_lapse(visit: Visit, office: Office) -> None:
    office.joins("Sam Soon", days=80)
    office.joins("Lou Late", days=89)
    late = "update accounts_account set renewed_at = now() - interval '91 days' where id = %s"
    office.change(late, office.accounts["Lou Late"])
    said = words(visit(office, ANA).get("/provider/"))
    assert "Sam Soon's account lapses on" in said
    assert "Lou Late's account lapsed on" in said
    assert visit(office, "Lou Late").get("/provider/").headers["Location"] == "/sign-in/"


def test_an_account_of_no_roster_reads_the_same_sentence(visit: Visit, house: Cluster) -> None:
    lost = Office(house, uuid4(), "provider")
    lost.joins("Nobody's")
    answer = visit(lost, "Nobody's").get("/provider/")
    assert (answer.status_code, "on our list" in words(answer)) == (403, True)


def test_what_was_done_is_said_by_its_word_alone(visit: Visit, office: Office) -> None:
    client: Client = visit(office, ANA)
    assert "The account is renewed." in words(client.get("/colleagues/?done=renewed"))
    assert "<script>" not in client.get("/colleagues/?done=<script>").content.decode()


def test_the_page_of_ones_own_account_stands_in_the_same_frame(visit: Visit, office: Office) -> None:
    page = visit(office, BEN).get("/account/")
    assert page.status_code == 200
    assert f"{BEN}, {NAMES['provider']}" in words(page)
    assert 'href="/provider/"' in page.content.decode()
