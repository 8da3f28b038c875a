"""The register of links at work: proposed, reviewed by two, withdrawn; open to the privacy office alone."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.cluster import Cluster
from tests.links.officers import PAGE, PARTNERS, TODAY, Officers, approved, at_work, judged, proposed, some_key
from wellkept.links import queries
from wellkept.links.criteria import CRITERIA, FOUND, REFUSING, SHORT
from wellkept.web.privacy import link_words
from wellkept.web.shell.visitor import token

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
HERE = "/privacy/links/"
SENTENCE = "Nothing is open here. Privacy requests open to the privacy officer alone."
Browser = Callable[[str], Client]


@pytest.fixture(scope="module")
def officers(house: Cluster) -> Iterator[Officers]:
    with at_work(house) as found:
        yield found


@pytest.fixture
def browser(officers: Officers) -> Browser:
    """The browser of somebody by name; one nobody knows is signed out."""

    def of(name: str) -> Client:
        client = Client(headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
        if name in officers.plain:
            client.cookies["umr_session"] = officers.plain[name]
        return client

    return of


def post(client: Client, place: str, /, **told: Any) -> Any:
    cookie = client.cookies.get("umr_session")
    return client.post(place, told | {"token": token(cookie.value) if cookie else "x"})


def proposal(**other: Any) -> dict[str, Any]:
    told = {
        "key": some_key(),
        "title": PAGE.title,
        "address": PAGE.address,
        "policy_address": PAGE.policy_address,
        "owner": PAGE.owner,
        "kind": "reference",
    }
    return told | other


def boxes(name: str, day: Any) -> dict[str, str]:
    return {f"{name}_month": str(day.month), f"{name}_day": str(day.day), f"{name}_year": str(day.year)}


def answers(**other: Any) -> dict[str, Any]:
    told = dict.fromkeys(CRITERIA, "yes") | {f"{name}_words": "Looked at it." for name in CRITERIA}
    return told | boxes("until", TODAY + timedelta(days=200)) | other


def entry_of(page: Any) -> UUID:
    assert page.status_code == 302, page.content.decode()
    return UUID(page.headers["Location"].split("/")[3])


def test_two_officers_bring_a_link_onto_the_page_everyone_sees(browser: Browser, officers: Officers) -> None:
    told = proposal()
    number = entry_of(post(browser("first"), f"{HERE}propose/", **told))
    assert "Waits for the first review" in browser("second").get(HERE).text
    for name in ("first", "second"):
        assert f'href="{HERE}{number}/review/"' in browser(name).get(f"{HERE}{number}/").text
        assert post(browser(name), f"{HERE}{number}/review/", **answers()).status_code == 302
    assert f"/leaving/{told['key']}/" in Client().get("/links/").text
    page = browser("third").get(f"{HERE}{number}/").text
    assert "First O." in page
    assert "Second O." in page
    assert page.count("Agrees") == 2


def test_whoever_reviewed_is_told_that_somebody_else_must(browser: Browser, officers: Officers) -> None:
    _key, number = proposed(officers)
    judged(officers, number, "first")
    said = "Somebody else must give the second review."
    assert said in browser("first").get(f"{HERE}{number}/").text
    for page in (
        browser("first").get(f"{HERE}{number}/review/"),
        post(browser("first"), f"{HERE}{number}/review/", **answers()),
    ):
        assert (page.status_code, said in page.text) == (400, True)
    assert queries.editions(officers.secrets["first"], number)[0].agreed == 1


@pytest.mark.parametrize("reason", REFUSING)
def test_a_ticked_reason_refuses(browser: Browser, officers: Officers, reason: str) -> None:
    _key, number = proposed(officers)
    page = post(browser("first"), f"{HERE}{number}/review/", **answers(refusing=[reason]))
    assert (page.status_code, "Please say why that is true." in page.text) == (400, True)
    post(browser("first"), f"{HERE}{number}/review/", **answers(refusing=[reason], refusing_words="It says so."))
    page = browser("second").get(f"{HERE}{number}/").text
    assert "Refused" in page
    assert str(REFUSING[reason]) in page


def test_every_criterion_is_asked_with_words(browser: Browser, officers: Officers) -> None:
    _key, number = proposed(officers)
    page = post(browser("first"), f"{HERE}{number}/review/")
    assert page.status_code == 400
    for name, question in CRITERIA.items():
        assert str(question) in page.text
        assert page.text.count(f"Please choose an answer to “{SHORT[name]}”.") == 2
        assert page.text.count(f"Please fill in “{FOUND[name]}”.") == 2


@pytest.mark.parametrize("days", [-1, 366, 4000])
def test_a_review_counts_from_today_for_a_year_at_most(browser: Browser, officers: Officers, days: int) -> None:
    _key, number = proposed(officers)
    told = answers(**boxes("until", TODAY + timedelta(days=days - (days < 0))))
    page = post(browser("first"), f"{HERE}{number}/review/", **told)
    assert (page.status_code, "a year from now at most" in page.text) == (400, True)


@pytest.mark.parametrize(
    ("name", "wrong", "sentence"),
    [
        ("address", "http://words.example.org/", "must begin with https://"),
        ("address", "https://me:pass@words.example.org/", "name or password in it"),
        ("address", "https://127.0.0.1/", "full public name"),
        ("address", "https://localhost/x", "full public name"),
        ("address", "https://words.example.org/?to=https://evil.example", "carries another address"),
        ("policy_address", "https://words.example.org:444/", "Leave the port out"),
        ("policy_address", "", "Please fill in"),
        ("key", "../up", "small letters, figures and hyphens"),
        ("key", "Plain Words", "small letters, figures and hyphens"),
        ("title", "", "Please fill in"),
    ],
)
def test_what_cannot_stand_in_the_register_is_asked_for_again(
    browser: Browser, name: str, wrong: str, sentence: str
) -> None:
    page = post(browser("first"), f"{HERE}propose/", **proposal(**{name: wrong}))
    assert (page.status_code, sentence in page.text) == (400, True)


def test_a_partner_needs_its_whole_agreement(browser: Browser) -> None:
    page = post(browser("first"), f"{HERE}propose/", **proposal(kind="partner"))
    assert (page.status_code, page.text.count("A site of a partner needs this.")) == (400, 8)
    late, early = boxes("agreement_from", TODAY), boxes("agreement_until", TODAY - timedelta(days=1))
    whole = {"agreement": "PA-1", "collector": "Harbor", **late, **early}
    page = post(browser("first"), f"{HERE}propose/", **proposal(kind="partner", **whole))
    assert (page.status_code, "The last day comes before the first one." in page.text) == (400, True)
    whole |= boxes("agreement_until", TODAY + timedelta(days=9))
    number = entry_of(post(browser("first"), f"{HERE}propose/", **proposal(kind="partner", **whole)))
    assert "PA-1" in browser("second").get(f"{HERE}{number}/").text


def test_what_is_proposed_again_begins_with_what_stood(browser: Browser, officers: Officers) -> None:
    key, number = approved(officers, agreement=PARTNERS)
    page = browser("first").get(f"{HERE}propose/?again={number}").text
    for said in (
        f'value="{key}"',
        f'value="{PAGE.title}"',
        f'value="{PARTNERS.number}"',
        f'value="{PARTNERS.ends.year}"',
    ):
        assert said in page
    for wrong in ("x", str(uuid4()), "' or 1=1"):
        assert browser("first").get(f"{HERE}propose/", {"again": wrong}).status_code == 200


def test_one_officer_withdraws_with_a_reason(browser: Browser, officers: Officers) -> None:
    key, number = approved(officers)
    assert post(browser("third"), f"{HERE}{number}/withdraw/", why="").status_code == 400
    assert post(browser("third"), f"{HERE}{number}/withdraw/", why="It has closed.").status_code == 302
    page = browser("first").get(f"{HERE}{number}/").text
    assert "It has closed." in page
    assert "by Third O." in page
    assert Client().get(f"/leaving/{key}/").status_code == 404


@pytest.mark.parametrize("who", ["representative", "nurse", "administrator", "member"])
def test_the_register_is_for_the_privacy_office(browser: Browser, officers: Officers, who: str) -> None:
    _key, number = proposed(officers)
    for place in (HERE, f"{HERE}propose/", f"{HERE}{number}/", f"{HERE}{number}/review/", f"{HERE}{number}/withdraw/"):
        told = proposal() | answers() | {"why": "I may."}
        for page in (browser(who).get(place), post(browser(who), place, **told)):
            assert (page.status_code, SENTENCE in page.text) == (403, True), place
            assert PAGE.title not in page.text
    (entry,) = queries.editions(officers.secrets["first"], number)
    assert (entry.state, entry.agreed) == ("waiting", 0)


def test_a_stranger_is_sent_to_sign_in_and_the_unsigned_to_sign(browser: Browser, officers: Officers) -> None:
    _key, number = proposed(officers)
    for place in (HERE, f"{HERE}propose/", f"{HERE}{number}/", f"{HERE}{number}/review/"):
        for who, where in (("a stranger", "/sign-in/"), ("unsigned", "/sign-in/agree/")):
            for page in (browser(who).get(place), post(browser(who), place, **answers())):
                assert (page.status_code, page.headers.get("Location")) == (302, where), place


def test_a_form_without_the_session_s_token_does_nothing(browser: Browser, officers: Officers) -> None:
    _key, number = proposed(officers)
    client = browser("first")
    assert client.post(f"{HERE}{number}/review/", answers()).status_code == 403
    client = Client(headers={"sec-fetch-site": "cross-site"})
    client.cookies["umr_session"] = officers.plain["first"]
    assert post(client, f"{HERE}{number}/review/", **answers()).status_code == 403
    assert queries.reviews(officers.secrets["first"], number) == []


def test_an_entry_that_is_not_there_is_not_there(browser: Browser) -> None:
    for place in ("", "review/", "withdraw/"):
        assert browser("first").get(f"{HERE}{uuid4()}/{place}").status_code == 404


def test_no_page_of_the_register_links_an_address(browser: Browser, officers: Officers) -> None:
    _key, number = approved(officers)
    for place in (HERE, f"{HERE}{number}/", f"{HERE}{number}/withdraw/"):
        page = browser("first").get(place).text
        assert 'href="https://words' not in page
        assert "words.example.org" in page or place.endswith("withdraw/")


def test_the_list_stands_by_what_is_due(browser: Browser, officers: Officers) -> None:
    for table in ("check", "review", "link"):
        officers.ask(f"delete from wellkept.links_{table}")
    proposed(officers, title="Aaa waits for me", by="second")
    _key, mine = proposed(officers, title="Aab waits for another")
    judged(officers, mine, "first")
    approved(officers, title="Aac ends soon", until=TODAY + timedelta(days=10))
    approved(officers, title="Aad stands")
    page = browser("first").get(HERE).text
    places = [
        page.index(said) for said in ("Waits for your review", "Aaa waits", "Waits for another reviewer", "Aab waits")
    ]
    places += [page.index(said) for said in ("To be reviewed again", "Aac ends", ">Stands</h2>", "Aad stands")]
    assert places == sorted(places)
    assert "One link waits for your review." in page


def test_every_state_and_finding_has_its_words() -> None:
    assert set(link_words.STATES) == {*link_words.DUE, "suspended"}
    assert {"fine", "changed", "moved", "redirected", "unreachable", "missing", "certificate", "forbidden"} == set(
        link_words.RESULTS
    )
