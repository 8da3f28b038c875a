"""The pages of helpers: named after showing it is you, taken on, looked at as theirs, and ended with one click."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast import session
from tests.cluster import Cluster
from tests.demo.imported import say
from tests.households import settled
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.test_contact import printed
from tests.web.member.world import World
from wellkept.accounts import hashes
from wellkept.policy import packs

pytestmark = pytest.mark.database
BORN = {"birth_date_month": "4", "birth_date_day": "5", "birth_date_year": "1960"}


@pytest.fixture(scope="module")
def families(house: Cluster, tmp_path_factory: pytest.TempPathFactory) -> World:
    return settled(house, "umr", tmp_path_factory.mktemp("helped"))


@pytest.fixture
def browse(django: None, house: Cluster, families: World, settings: Settings) -> Iterator[Visit]:
    """Browsers of the people of the families; nobody helps anybody afterwards."""
    settings.WELLKEPT_STATE = house.state
    accounts = list(families.accounts.values())
    people = list(families.people.values())

    def of(name: str) -> Client:
        client = Client(headers={"sec-fetch-site": "same-origin"})
        if name in families.secrets:
            client.cookies["umr_session"] = families.secrets[name]
        return client

    yield of
    with house.administer("wellkept_umr") as connection:
        ours = "(select id from wellkept.consent_appointment where person_id = any (%s))"
        connection.execute(f"delete from wellkept.accounts_accesscode where place in {ours}", [people])
        connection.execute("delete from wellkept.notices_batch")
        letters = ("notices_letter", "notices_posted", "notices_reference")
        for table in ("consent_actsfor", "consent_appointment", *letters):
            connection.execute(f"delete from wellkept.{table} where person_id = any (%s)", [people])
        for table in ("access_spent", "access_spent_count"):
            connection.execute(f"delete from wellkept.{table} where account = any (%s)", [accounts])


def post(browser: Client, path: str, said: dict[str, Any], at: str = "/member/contact/") -> Any:
    found = re.search(r'name="token" value="([^"]+)"', browser.get(at).text)
    assert found
    return browser.post(path, said | {"token": found[1]})


def day(name: str, ahead: int) -> dict[str, str]:
    on = packs.today(packs.named("umr")) + timedelta(days=ahead)
    return {f"{name}_month": str(on.month), f"{name}_day": str(on.day), f"{name}_year": str(on.year)}


def named(browser: Client, *opens: str, until: int = 30, **more: Any) -> Any:
    said = {"name": "Ana Ruiz", "opens": list(opens), "way": "hand"} | BORN | day("until", until) | more
    return post(browser, "/member/helpers/new/", said)


def test_a_helper_is_named_sees_what_was_given_and_is_ended(browse: Visit, families: World, house: Cluster) -> None:
    page = named(browse("ann"), "claims")
    assert page.status_code == 200
    code = page.text.split('class="big">')[1].split("<")[0]
    assert code not in browse("ann").get("/member/helpers/").text
    wrong = post(browse("stella"), "/member/helping/", {"code": code} | BORN | {"birth_date_year": "1961"})
    assert wrong.status_code == 400
    assert post(browse("stella"), "/member/helping/", {"code": code} | BORN).status_code == 302
    listed = browse("stella").get("/member/helping/").text
    place = f"/member/family/{families.people['ann']}/"
    assert f"{place}claims/" in listed
    assert f"{place}coverage/" not in listed
    assert "as their helper" in browse("stella").get(f"{place}claims/").text
    assert browse("stella").get(f"{place}coverage/").status_code == 403
    assert "You opened" in browse("stella").get(f"{place}openings/").text
    assert "Ana Ruiz, who helps you" in browse("ann").get("/member/privacy/openings/").text
    number = re.findall(r"/member/helpers/([0-9a-f-]{36})/end/", browse("ann").get("/member/helpers/").text)
    looked = browse("ann").get(f"/member/helpers/{number[0]}/").text
    assert "Your claims" in looked
    assert "Used the code" in looked
    for other in ("ben", "stella"):
        assert browse(other).get(f"/member/helpers/{number[0]}/").status_code == 404
        assert post(browse(other), f"/member/helpers/{number[0]}/end/", {}).status_code == 404
    assert post(browse("ann"), f"/member/helpers/{number[0]}/end/", {}).status_code == 302
    assert browse("stella").get(f"{place}claims/").status_code == 403
    assert "You act for nobody" in browse("stella").get("/member/helping/").text
    assert "Ended" in browse("ann").get("/member/helpers/").text


def test_a_helper_lays_it_down(browse: Visit, families: World) -> None:
    code = named(browse("lucas"), "coverage").text.split('class="big">')[1].split("<")[0]
    assert post(browse("stella"), "/member/helping/", {"code": code} | BORN).status_code == 302
    number = re.findall(r"/member/helping/([0-9a-f-]{36})/end/", browse("stella").get("/member/helping/").text)[0]
    assert post(browse("ben"), f"/member/helping/{number}/end/", {}).status_code == 404
    assert post(browse("stella"), f"/member/helping/{number}/end/", {}).status_code == 302
    assert browse("stella").get(f"/member/family/{families.people['lucas']}/coverage/").status_code == 403


def test_the_form_says_what_is_missing_and_asks_who_you_are(browse: Visit, families: World, house: Cluster) -> None:
    page = named(browse("ann"), until=400)
    assert page.status_code == 400
    assert "not more than a year away" in page.text
    book.administered(
        house,
        "update accounts_session set began = now() - interval '1 hour', proved_at = now() - interval '1 hour'"
        f" where account_id = '{families.accounts['nina']}'",
    )
    assert browse("nina").get("/member/helpers/new/").status_code == 302
    assert browse("a stranger").get("/member/helpers/").status_code in (302, 403)


def test_a_helper_who_is_no_member_has_their_own_pages_alone(browse: Visit, families: World, house: Cluster) -> None:
    code = named(browse("ann"), "claims").text.split('class="big">')[1].split("<")[0]
    login, given = uuid4().bytes, [hashes.code(code), hashes.birth_date(date(1960, 4, 5))]
    with house.connect("umr", "entrance", autocommit=True) as entrance:
        said = "select wellkept.accounts_redeem(%s, %s, %s, 'unknown', '2026-11-01')"
        assert entrance.execute(said, [*given, login]).fetchone() == ("yes",)
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        row = connection.execute("select id, holder from accounts_account where login = %s", [login]).fetchone()
        assert row
        families.secrets["ana"] = f"ana-{uuid4()}"
        session(connection, row[0], role="member", person=None, actor="Ana Ruiz", secret=families.secrets["ana"])
        connection.execute("update accounts_session set holder = %s where account_id = %s", [row[1], row[0]])
        connection.execute(
            "insert into consent_acknowledgement (account_id, document, version, at)"
            " select %s, d.name, d.version, now() from consent_document d where d.audience = 'member'",
            [row[0]],
        )
    ana = browse("ana")
    assert ana.get("/member/").headers["Location"] == "/member/helping/"
    page = ana.get("/member/helping/")
    assert "Signed in as Ana Ruiz" in page.text
    assert "Ann Family" in page.text
    assert ana.get(f"/member/family/{families.people['ann']}/claims/").status_code == 200
    assert ana.get(f"/member/family/{families.people['ben']}/claims/").status_code == 403
    assert ana.get("/account/").status_code == 200
    book.administered(house, "delete from accounts_session where account_id = %s", row[0])
    book.administered(house, "update accounts_account set closed_at = now() where id = %s", row[0])


POSTED: dict[str, Any] = {"way": "post", "line1": "4 Elm Street", "city": "Farwell", "state": "mn", "zip": "56001"}


def test_a_code_is_posted_to_the_helper_and_works_with_their_birth_date(
    browse: Visit, house: Cluster, tmp_path: Path
) -> None:
    book.administered(house, "delete from notices_letter where printed_at is null")
    page = named(browse("ann"), "claims", **POSTED)
    assert "A letter with the code is on its way" in page.text
    code = page.text.split('class="big">')[1].split("<")[0]
    (letter,) = printed(house, tmp_path)
    for part in ("Ana Ruiz 4 Elm Street Farwell, MN 56001", "ANN FAMILY named you as a helper", code):
        assert part.upper() in letter.upper(), part
    assert post(browse("stella"), "/member/helping/", {"code": code} | BORN).status_code == 302


def test_a_code_that_was_taken_back_or_taken_on_is_not_posted(
    browse: Visit, families: World, house: Cluster, tmp_path: Path
) -> None:
    book.administered(house, "delete from notices_letter where printed_at is null")
    named(browse("ann"), "claims", **POSTED)
    page = named(browse("ann"), "coverage", **POSTED)
    over = "update consent_appointment set expires = now() where opens @> '[\"claims\"]' and person_id = %s"
    book.administered(house, over, families.people["ann"])
    code = page.text.split('class="big">')[1].split("<")[0]
    assert post(browse("stella"), "/member/helping/", {"code": code} | BORN).status_code == 302
    assert printed(house, tmp_path) == []
    waits = "select 1 from notices_letter where kind = 'helper code' and printed_at is null and person_id = %s"
    assert book.administered(house, waits, families.people["ann"]) == []


def test_a_letter_to_a_helper_that_comes_back_kills_its_code_and_asks_the_person_nothing(
    browse: Visit, families: World, house: Cluster, tmp_path: Path
) -> None:
    ann = families.people["ann"]
    cases = "select state from service_case where person_id = %s and kind = 'address'"
    reach = "select 1 from service_reach(%s, null, 'x', gen_random_uuid(), current_date, 'TEST-0003')"
    book.administered(house, "delete from notices_letter where printed_at is null")
    book.administered(house, reach, ann)
    try:
        page = named(browse("ann"), "claims", **POSTED)
        code = page.text.split('class="big">')[1].split("<")[0]
        assert len(printed(house, tmp_path)) == 1
        assert book.administered(house, cases, ann) == [("waiting",)]
        book.administered(house, "delete from service_casestep where case_id in (select id from service_case"
                                 " where number = 'TEST-0003')")  # fmt: skip
        book.administered(house, "delete from service_case where number = 'TEST-0003'")
        (path,) = tmp_path.glob("*/R-*.pdf")
        assert say(house, "letters", "returned", "--operator", "umr", path.stem).stdout == f"{path.stem}: noted\n"
        assert post(browse("stella"), "/member/helping/", {"code": code} | BORN).status_code == 400
        ended = "select state, ended_by from consent_appointment where person_id = %s"
        assert book.administered(house, ended, ann) == [("ended", "returned")]
        assert book.administered(house, cases, ann) == []
        noted = "select kind from accounts_event where account_id = %s order by at desc limit 1"
        assert book.administered(house, noted, families.accounts["ann"]) == [("helper ended",)]
        assert "A letter to you came back" not in browse("ann").get("/member/").text
    finally:
        theirs = "(select id from service_case where person_id = %s and kind = 'address')"
        book.administered(house, f"delete from service_casestep where case_id in {theirs}", ann)
        book.administered(house, "delete from service_case where person_id = %s and kind = 'address'", ann)


@pytest.mark.parametrize("wrong", [{"line1": ""}, {"city": ""}, {"state": "Minnesota"}, {"zip": "5600"}])
def test_an_address_that_no_letter_reaches_names_nobody(
    browse: Visit, families: World, house: Cluster, wrong: dict[str, Any]
) -> None:
    assert named(browse("ann"), "claims", **POSTED | wrong).status_code == 400
    found = "select 1 from notices_letter where kind = 'helper code' and printed_at is null and person_id = %s"
    assert book.administered(house, found, families.people["ann"]) == []


def test_ten_letters_go_out_in_a_day_and_no_more(browse: Visit, families: World, house: Cluster) -> None:
    book.administered(
        house,
        "insert into notices_letter (id, person_id, category, collected_under, restricted, kind, body, made_at,"
        " printed_at) select gen_random_uuid(), %s, 'identity', '', false, 'helper code', '', now(), now()"
        " from generate_series(1, 10)",
        families.people["ann"],
    )
    page = named(browse("ann"), "claims", **POSTED)
    assert "No letter goes out" in page.text


def test_my_choices_names_helpers_and_family_with_how_each_ends(browse: Visit, families: World, house: Cluster) -> None:
    ann, choices = families.people["ann"], "/member/privacy/choices/"
    named(browse("ann"), "claims")
    said = {"to": str(families.people["ben"]), "opens": ["coverage"]} | day("until", 9)
    assert post(browse("ann"), "/member/family/sharing/", said).status_code == 302
    page = browse("ann").get(choices).text
    assert "Ana Ruiz" in page
    assert len(re.findall(r'action="/member/helpers/[0-9a-f-]{36}/end/"', page)) == 1
    (word,) = re.findall(r'action="(/member/family/sharing/[0-9a-f-]{36}/end/)"', page)
    # A court's word is no button here: the page says who ends it.
    book.administered(
        house,
        "update consent_appointment set kind = 'executor', asked_by = gen_random_uuid(), decided_at = now(),"
        f" decided_by = gen_random_uuid(), paper = 'court', seen_on = current_date where person_id = '{ann}'",
    )
    assert post(browse("ann"), word, {}).status_code == 302
    page = browse("ann").get(choices).text
    assert "We end it at once if the paper is wrong" in page
    assert "/end/" not in page
    book.administered(house, f"delete from consent_authorization where person_id = '{ann}'")
    book.administered(house, f"delete from consent_recipient where person_id = '{ann}'")


def test_what_was_agreed_to_is_kept_as_it_was_shown_and_sealed(browse: Visit, families: World, house: Cluster) -> None:
    ann, ann_browses = families.people["ann"], browse("ann")
    form, sharing = ann_browses.get("/member/helpers/new/").text, ann_browses.get("/member/family/sharing/").text
    named(ann_browses, "claims")
    said = {"to": str(families.people["ben"]), "opens": ["coverage"]} | day("until", 9)
    assert post(ann_browses, "/member/family/sharing/", said).status_code == 302
    (number,) = re.findall(r"/member/helpers/([0-9a-f-]{36})/end/", ann_browses.get("/member/helpers/").text)
    helper, word = ann_browses.get(f"/member/helpers/{number}/").text, ann_browses.get("/member/family/sharing/").text
    assert "They promise to keep it to themselves before anything opens." in form
    for kept in ("Who may look: Ana Ruiz.", "What they may see: my claims.", "Until: ", "They promise to", "Agreed on"):
        assert kept in helper, kept
    assert "Our policy does not bind them." in sharing
    for kept in ("Who may look: ", "What they may see: my coverage.", "Until: the end of", "Agreed on"):
        assert kept in word, kept
    assert word.count("Our policy does not bind them.") == 2
    assert '<div lang="en"><p>Who may look' in browse("ann").get(f"/es/member/helpers/{number}/").text
    for table in ("consent_appointment", "consent_authorization"):
        rows = book.administered(house, f"select statement, form, language from {table} where person_id = '{ann}'")
        ((statement, version, language),) = rows
        assert b"may" not in bytes(statement)
        assert (version[:4], language) == ("2026", "en")
    book.administered(house, f"delete from consent_authorization where person_id = '{ann}'")
    book.administered(house, f"delete from consent_recipient where person_id = '{ann}'")
