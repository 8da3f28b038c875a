"""The pages of a family: each says whose record it is, and shows what the gate allows and no more."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cluster import Cluster
from tests.households import settled
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.world import World
from wellkept.policy import packs

pytestmark = pytest.mark.database

PARTS = ("coverage/", "claims/", "openings/")


@pytest.fixture(scope="module")
def families(house: Cluster, tmp_path_factory: pytest.TempPathFactory) -> World:
    return settled(house, "umr", tmp_path_factory.mktemp("pages"))


@pytest.fixture
def browse(django: None, house: Cluster, families: World, settings: Settings) -> Visit:
    """Browsers of the people of the families."""
    settings.WELLKEPT_STATE = house.state
    book.administered(house, "delete from access_spent")
    book.administered(house, "delete from access_spent_count")

    def of(name: str) -> Client:
        client = Client(headers={"sec-fetch-site": "same-origin"})
        if name in families.secrets:
            client.cookies["umr_session"] = families.secrets[name]
        return client

    return of


def place(families: World, name: str, rest: str = "") -> str:
    return f"/member/family/{families.people[name]}/{rest}"


def token(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def share(browser: Client, families: World, to: str, *opens: str, days: int = 30) -> int:
    page = browser.get("/member/family/sharing/").content.decode()
    until = packs.today(packs.named("umr")) + timedelta(days=days)
    said = {"token": token(page), "to": str(families.people[to]), "opens": list(opens)}
    said |= {"until_month": str(until.month), "until_day": str(until.day), "until_year": str(until.year)}
    return browser.post("/member/family/sharing/", said).status_code


def text(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_family_page_names_who_is_covered_and_why_the_rest_is_closed(browse: Visit, families: World) -> None:
    page = text(browse("ann"), "/member/family/")
    assert "You are a parent. Care to which Nina can consent alone is not shown." in page
    assert "Lucas is an adult. The record is Lucas&#x27;s own." in page
    assert "Ben is an adult." in page
    assert "Where Teenor lives, a record is one&#x27;s own from age 15." in page
    assert "No file tells us that you are a parent of Stepchild." in page
    assert "We do not know where Sixteennowhere lives, so the record is Sixteennowhere&#x27;s own from age 14." in page
    assert page.index(" Ben ") < page.index(" Nina ") < page.index(" Foster ")
    assert "Exspouse" not in page
    assert "Cora" not in page


def test_a_child_and_an_adult_child_see_the_couple_alone(browse: Visit, families: World) -> None:
    for name in ("nina", "lucas"):
        page = text(browse(name), "/member/family/")
        assert ("Ann" in page, "Ben" in page, "Foster" in page) == (True, True, False)
    assert "Nobody is covered with you" in text(browse("exspouse"), "/member/family/")


def test_the_family_page_is_entered_for_each_whose_name_it_shows(
    browse: Visit, families: World, house: Cluster
) -> None:
    before = book.last(house)
    assert browse("ann").get("/member/family/").status_code == 200
    own, whole, names = book.since(house, before)
    assert (own.own, own.categories) == (True, ["identity"])
    assert (whole.categories, names.categories) == (["identity", "coverage"], ["identity"])
    assert {families.people[name] for name in ("ben", "lucas", "stepchild", "foster")} <= set(names.subjects)
    assert families.people["nina"] in whole.subjects
    assert not {families.people["exspouse"], families.people["cora"]} & {*whole.subjects, *names.subjects}


@pytest.mark.parametrize("part", PARTS)
def test_every_page_of_a_child_says_whose_it_is_and_greets_the_parent(
    browse: Visit, families: World, house: Cluster, part: str
) -> None:
    before = book.last(house)
    page = browse("ann").get(place(families, "nina", part)).content.decode()
    assert "<strong>Nina Family</strong>" in page
    assert "record, not yours." in page
    assert "Ann Family" in page
    own, child = book.since(house, before)
    assert (own.own, own.categories, own.subjects) == (True, ["identity"], [families.people["ann"]])
    assert (child.own, child.subjects) == (False, [families.people["nina"]])
    assert "sensitive_claims" not in child.categories


def test_a_parent_sees_ordinary_claims_and_no_sensitive_one(browse: Visit, families: World, house: Cluster) -> None:
    assert "2 claims" in text(browse("ann"), place(families, "nina", "claims/"))
    rows = book.administered(
        house, "select id, category from benefits_claim where person_id = %s", families.people["nina"]
    )
    for number, category in rows:
        answer = browse("ann").get(place(families, "nina", f"claims/{number}/"))
        assert answer.status_code == (404 if category == "sensitive_claims" else 200)
    assert "3 claims" in text(browse("nina"), "/member/claims/")


@pytest.mark.parametrize(
    ("reader", "subject"),
    [("ann", "ben"), ("ann", "lucas"), ("ann", "birthday"), ("ann", "teen_or"), ("ann", "teen_sc"),
     ("ann", "stepchild"), ("ann", "sixteen_nowhere"), ("ann", "cora"), ("ben", "ann"), ("exspouse", "nina"),
     ("lucas", "nina"), ("stella", "ann"), ("nina", "ann"), ("ben", "foster")],
)  # fmt: skip
def test_another_persons_pages_are_refused_and_alike_for_an_invented_one(
    browse: Visit, families: World, house: Cluster, reader: str, subject: str
) -> None:
    browser, before = browse(reader), book.last(house)
    for part in (*PARTS, f"claims/{uuid4()}/"):
        real = browser.get(place(families, subject, part))
        invented = browser.get(f"/member/family/{uuid4()}/{part}")
        assert (real.status_code, invented.status_code) == (403, 403)
        assert real.content == invented.content
    assert [one.kind for one in book.since(house, before)].count("refused") == 8


def test_signed_out_there_is_only_the_way_in(browse: Visit, families: World) -> None:
    paths = ["/member/family/", "/member/family/sharing/", *(place(families, "nina", part) for part in PARTS)]
    for path in paths:
        answer = browse("nobody").get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")


def test_a_claim_is_found_beneath_its_own_person_alone(browse: Visit, families: World, house: Cluster) -> None:
    ((number,), *_) = book.administered(
        house, "select id from benefits_claim where person_id = %s and category = 'claims'", families.people["teen_wi"]
    )
    ann = browse("ann")
    assert ann.get(place(families, "teen_wi", f"claims/{number}/")).status_code == 200
    assert ann.get(place(families, "nina", f"claims/{number}/")).status_code == 404
    assert ann.get(f"/member/claims/{number}/").status_code == 404


def test_an_adult_child_lets_a_parent_see_and_reads_that_they_looked(browse: Visit, families: World) -> None:
    lucas, ann = browse("lucas"), browse("ann")
    assert share(lucas, families, "ann", "claims") == 302
    assert "Your claims, from" in text(lucas, "/member/family/sharing/")
    assert "Lucas lets you see this until" in text(ann, "/member/family/")
    assert "2 claims" in text(ann, place(families, "lucas", "claims/"))
    assert ann.get(place(families, "lucas", "coverage/")).status_code == 403
    page = text(lucas, "/member/privacy/openings/?who=family")
    assert "Ann, whom you let see it, opened your" in page
    word = re.search(r"sharing/([0-9a-f-]{36})/end/", lucas.get("/member/family/sharing/").content.decode())
    assert word
    path = f"/member/family/sharing/{word[1]}/end/"
    assert ann.post(path, {"token": token(ann.get("/member/family/sharing/").content.decode())}).status_code == 404
    form = {"token": token(lucas.get("/member/family/sharing/").content.decode())}
    assert lucas.post(path).status_code == 403
    assert lucas.post(path, form).status_code == 302
    assert ann.get(place(families, "lucas", "claims/")).status_code == 403
    assert "Ended" in text(lucas, "/member/family/sharing/")


def test_a_parents_opening_stands_in_the_childs_list(browse: Visit, families: World) -> None:
    assert browse("ben").get(place(families, "adopted", "claims/")).status_code == 200
    page = text(browse("adopted"), "/member/privacy/openings/?who=family")
    assert "A parent of yours, on the same plan, opened your" in page
    assert "because you asked" not in page


def test_a_parents_list_of_a_childs_openings_leaves_the_childs_own_doings_out(browse: Visit, families: World) -> None:
    browse("teen_wi").get("/member/claims/")
    browse("ann").get(place(families, "teen_wi", "claims/"))
    page = text(browse("ann"), place(families, "teen_wi", "openings/"))
    assert "You opened Teenwi&#x27;s" in page
    assert "A file from Family Works brought Teenwi&#x27;s coverage." in page
    assert "sensitive" not in page
    assert "Teenwi opened" not in page
    theirs = text(browse("ben"), place(families, "teen_wi", "openings/"))
    assert "You opened Teenwi&#x27;s claims" not in theirs


@pytest.mark.parametrize(("days", "status"), [(-1, 400), (366, 400), (365, 302), (0, 302)])
def test_a_word_lasts_from_today_to_a_year(browse: Visit, families: World, days: int, status: int) -> None:
    assert share(browse("ben"), families, "ann", "coverage", days=days) == status


@pytest.mark.parametrize("to", ["nina", "stella", "exspouse", "ben"])
def test_a_word_is_given_to_adults_covered_with_one_and_to_nobody_else(browse: Visit, families: World, to: str) -> None:
    assert share(browse("ben"), families, to, "claims") == 400


def test_whom_one_could_choose_does_not_tell_who_has_an_account(browse: Visit, families: World, house: Cluster) -> None:
    whole = re.compile(rb"<main.*</main>", re.DOTALL)  # the foot tells the minute
    (before,) = whole.findall(browse("ben").get("/member/family/sharing/").content)
    book.administered(house, "update accounts_account set closed_at = now() where id = %s", families.accounts["lucas"])
    (after,) = whole.findall(browse("ben").get("/member/family/sharing/").content)
    book.administered(house, "update accounts_account set closed_at = null where id = %s", families.accounts["lucas"])
    strip = re.compile(rb'(value|data-unused|data-whole)="[^"]*"')  # the session has some seconds less
    assert b"Lucas" in before
    assert strip.sub(b"", before) == strip.sub(b"", after)


def test_nothing_of_a_person_stands_in_an_address_or_a_title(browse: Visit, families: World) -> None:
    for path in ("/member/family/", "/member/family/sharing/", *(place(families, "nina", part) for part in PARTS)):
        answer = browse("ann").get(path)
        page = answer.content.decode()
        title = page.split("<title>")[1].split("</title>")[0].casefold()
        addresses = [part.split('"')[0].casefold() for part in page.split('href="')[1:]]
        assert not any(name in title for name in ("nina", "ann ", "lucas", "ben "))
        assert not any("nina" in address or "lucas" in address for address in addresses)
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_record_joined_to_ones_own_is_reached_from_here_and_is_not_somebody_elses(
    browse: Visit, families: World, house: Cluster
) -> None:
    one, other = sorted((families.people["stella"], families.people["bereft"]))
    assert "on another plan" not in text(browse("stella"), "/member/family/")
    book.administered(
        house,
        "insert into people_join (id, one, other, reason, reason_other, asked_by, asked_actor,"
        " confirmed_at, confirmed_by) values (%s, %s, %s, '', '', %s, 'A', now(), %s)",
        *(uuid4(), one, other, uuid4(), uuid4()),
    )
    assert "Your record 1 on another plan" in text(browse("stella"), "/member/family/")
    page = text(browse("stella"), place(families, "bereft", "claims/"))
    assert "This is your own record on another plan." in page
    assert "3 claims" in page
    book.administered(house, "update people_join set ended_at = now() where one = %s", one)
    assert browse("stella").get(place(families, "bereft", "claims/")).status_code == 403
