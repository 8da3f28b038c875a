"""The list of claims is found by what one remembers; a claim that changed is one claim with one story (U-29)."""

import pytest

from tests.cluster import Cluster
from tests.web.member.book import administered
from tests.web.member.conftest import Visit
from tests.web.member.test_benefits import text
from tests.web.member.world import World

LIST = "/member/claims/"


def listed(visit: Visit, name: str, **said: str) -> str:
    return text(visit(name).get(LIST, said).content)


def searched(visit: Visit, name: str, words: str, **said: str) -> str:
    client = visit(name)
    token = client.get(LIST).content.decode().split('name="token" value="')[1].split('"')[0]
    return text(client.post(LIST, {"token": token, "words": words, **said}).content)


def test_a_claim_that_was_corrected_under_another_number_stands_once_in_the_list(visit: Visit) -> None:
    page = listed(visit, "cora")
    assert "5 claims" in page
    assert page.count("August 20, 2026") == 2  # once in the table, once in the list a phone shows


def test_a_corrected_claim_tells_one_story_in_plain_words(visit: Visit, world: World) -> None:
    page = text(visit("cora").get(f"{LIST}{world.claims['changed']}/").content)
    for said in (
        "This claim changed",
        "On October 1, 2026 we decided and paid $150.00. The office corrected this claim on October 10, 2026. On ",
        "On October 20, 2026 we took back what was decided before. On ",
        "On October 20, 2026 we decided again and paid $180.00.",
        "What stands here now is the latest.",
        "Billed $240.00",
        "We paid $180.00",
        "You may owe $20.00",
        "Claim 26-7000-001.",
    ):
        assert said in page, said


def test_either_name_of_a_corrected_claim_leads_to_it(visit: Visit, world: World, house: Cluster) -> None:
    (other,) = administered(house, "select id from benefits_claim where joined = %s", world.claims["changed"])
    page = text(visit("cora").get(f"{LIST}{other[0]}/").content)
    assert "Billed $240.00" in page


def test_a_claim_the_office_took_back_is_withdrawn_and_nothing_is_owed(visit: Visit, world: World) -> None:
    page = text(visit("cora").get(f"{LIST}{world.claims['withdrawn']}/").content)
    assert "Withdrawn" in page
    assert "The office withdrew this claim on October 10, 2026." in page
    assert "You may owe nothing, withdrawn" in page
    assert "We paid" not in page


def test_a_payment_to_a_tax_number_is_told_with_the_claim_that_names_the_npi(visit: Visit, world: World) -> None:
    page = text(visit("cora").get(f"{LIST}{world.claims['by tax number']}/").content)
    assert "Filed by the office (done) September 1, 2026" in page
    assert "We paid $95.00" in page
    assert "You may owe $25.00" in page


def test_what_another_insurance_paid_leads_to_what_one_may_owe(visit: Visit, world: World) -> None:
    page = text(visit("cora").get(f"{LIST}{world.claims['two insurers']}/").content)
    for said in (
        "Billed $300.00", "Prairie Mutual paid $120.00", "Another insurance took off $100.00", "We paid $60.00",
        "You may owe $20.00", "Prairie Mutual decided (done) August 30, 2026",
    ):  # fmt: skip
        assert said in page, said


def test_a_claim_that_was_sent_on_says_to_whom(visit: Visit, world: World) -> None:
    page = text(visit("cora").get(f"{LIST}{world.claims['sent on']}/").content)
    assert "Sent on to Second Mutual (done) October 1, 2026" in page


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ({"status": "back"}, "1 claim of this kind"),
        ({"status": "paid"}, "4 claims of this kind"),
        ({"status": "denied"}, "No claim matches"),
        ({"year": "2026"}, "5 claims of this kind"),
        ({"year": "2025"}, "No claim matches"),
        ({"kind": "professional", "owing": "1"}, "4 claims of this kind"),
    ],
)
def test_a_filter_leaves_what_it_says(said: dict[str, str], count: str, visit: Visit) -> None:
    assert count in listed(visit, "cora", **said)


@pytest.mark.parametrize("said", [{"status": "x"}, {"year": "20"}, {"kind": "'"}, {"page": "0"}, {"page": "99"}])
def test_what_no_form_of_ours_sends_is_not_there(said: dict[str, str], visit: Visit) -> None:
    assert visit("cora").get(LIST, said).status_code == 404


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("lakeside", "5 claims match"),
        ("CLINIC family", "5 claims match"),
        ("26-7000-003", "1 claim matches"),
        ("26 7000 003", "1 claim matches"),
        ("$25", "1 claim matches"),
        ("office visit", "5 claims match"),
        ("99215", "1 claim matches"),
        ("nobody", "No claim matches"),
        ("%", "No claim matches"),
    ],
)
def test_a_word_finds_what_one_remembers_of_a_claim(words: str, count: str, visit: Visit) -> None:
    assert count in searched(visit, "cora", words)


def test_a_search_keeps_the_filter_and_no_word_of_it_stands_in_an_address(visit: Visit) -> None:
    assert "1 claim matches" in searched(visit, "cora", "lakeside", status="back")
    assert "words=" not in visit("cora").get(LIST, {"words": "lakeside"}).content.decode()
    assert "5 claims, newest" in listed(visit, "cora", words="nobody")


def test_the_pages_of_a_filter_keep_it_and_those_of_a_search_are_turned_by_its_form(visit: Visit) -> None:
    page = visit("many").get(LIST, {"year": "2026"}).content.decode()
    assert "?year=2026&amp;page=2" in page
    assert "21 to" in searched(visit, "many", "a", page="2")


def test_nobody_finds_what_is_not_theirs(visit: Visit, world: World) -> None:
    for name in ("tom", "stella", "many"):
        assert visit(name).get(f"{LIST}{world.claims['changed']}/").status_code == 404
        assert "26-7000" not in searched(visit, name, "26-7000-001")
    assert visit("signed out").post(LIST, {"words": "a"}).status_code in (302, 403)


@pytest.mark.parametrize("name", ["tom", "stella", "nobody"])
def test_claims_of_another_adult_are_refused_whatever_one_asks_of_them(name: str, visit: Visit, world: World) -> None:
    at = f"/member/family/{world.people['cora']}/claims/"
    client = visit(name)
    token = client.get(LIST).content.decode().split('name="token" value="')[1].split('"')[0]
    answers = [
        client.get(at),
        client.get(at, {"status": "paid"}),
        client.post(at, {"token": token, "words": "lakeside"}),
        client.get(f"{at}{world.claims['changed']}/"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert not any(b"Lakeside" in answer.content or b"26-7000" in answer.content for answer in answers)


def test_whoever_is_signed_out_is_asked_to_sign_in(visit: Visit, world: World) -> None:
    at = f"/member/family/{world.people['cora']}/claims/"
    for path in (LIST, f"{LIST}{world.claims['changed']}/", at, f"{at}{world.claims['changed']}/"):
        answer = visit("signed out").get(path)
        assert (answer.status_code, answer.headers["Location"][:9]) == (302, "/sign-in/")


def test_nothing_in_a_search_can_be_read_as_markup_or_as_a_pattern(visit: Visit) -> None:
    for words in ("<script>", "\\", "_", "' or 1=1 --", "\x00", "9" * 80, "$9,9,9"):
        assert "No claim matches" in searched(visit, "cora", words), words
