"""What a person reads of their coverage and claims is what the files said."""

import pytest

from tests.web.member.conftest import Visit
from tests.web.member.world import World


def text(page: bytes) -> str:
    """A page's words without its markup."""
    import re
    from html import unescape

    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.decode())))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("maria", "Maria, you are covered today"),
        ("nora", "A file of your employer names you, but no coverage of yours."),
        ("nobody", "Your employer's file has not named you, or not yet."),
        ("uma", "We cannot say whether you are covered today"),
        ("long", "Your coverage has ended"),
        ("long", "The last day was December 31, 2025."),
        ("stella", "Stella, you are covered today"),
    ],
)
def test_the_first_words_say_whether_one_is_covered(name: str, said: str, visit: Visit) -> None:
    assert said in text(visit(name).get("/member/").content)


def test_coverage_that_lies_ahead_has_not_begun(visit: Visit, world: World) -> None:
    page = text(visit("maria").get("/member/coverage/").content)
    assert "Health Covered" in page
    assert "Dental Covered" in page
    assert "Lakes Manufacturing" in page
    assert "none stated" in page


def test_what_one_may_owe_stands_first_and_a_denial_says_until_when_one_can_appeal(visit: Visit) -> None:
    page = text(visit("maria").get("/member/").content)
    assert "You may owe Lakeside Family Clinic $30.00" in page
    assert "You may owe Lakeside Family Clinic $420.00" in page
    assert "It was denied. You can appeal until April 10, 2027." in page


def test_a_claim_leads_from_the_bill_to_what_one_may_owe(visit: Visit, world: World) -> None:
    page = text(visit("maria").get(f"/member/claims/{world.claims['part']}/").content)
    for said in (
        "Claim 26-2730-118.",
        "Paid in part",
        "Billed $240.00",
        "Your plan's price (you saved $78.00) $162.00",
        "We paid $49.60",
        "You may owe $112.40",
        "Received (done) October 2, 2026",
        "Decided and paid (done) October 12, 2026",
        "You can appeal until April 10, 2027, 180 days after this decision.",
        "Your plan does not pay for this as a routine check.",
        "On paper: code PR-49",
        "Remark codes on paper: N130",
    ):
        assert said in page, said


def test_before_a_decision_nothing_is_known_and_nothing_can_be_appealed(visit: Visit, world: World) -> None:
    page = text(visit("maria").get(f"/member/claims/{world.claims['filed']}/").content)
    assert "You may owe not known yet" in page
    assert "No decision has reached us yet." in page
    for unsaid in ("appeal", "We paid", "Received", "Decided", "Plan's price"):
        assert unsaid not in page


def test_a_decision_that_was_taken_back_is_no_debt(visit: Visit, world: World) -> None:
    page = text(visit("maria").get(f"/member/claims/{world.claims['reversed']}/").content)
    assert "Decision taken back (done) November 5, 2026" in page
    assert "You may owe not known yet" in page
    assert "$35.00" not in page


def test_a_code_we_have_no_words_for_is_shown_plainly_with_the_phone_number(visit: Visit, world: World) -> None:
    page = text(visit("maria").get(f"/member/claims/{world.claims['codes']}/").content)
    assert "We have no plain words for this code yet." in page
    assert "Call 1-800-555-0100 and name PR-ZZ9" in page


def test_sensitive_care_is_shown_to_the_person_and_stands_in_nobody_elses_list(visit: Visit, world: World) -> None:
    number = str(world.claims["sensitive"])
    assert number in visit("maria").get("/member/claims/").content.decode()
    assert "Mental health care" in text(visit("maria").get(f"/member/claims/{number}/").content)
    assert number not in visit("tom").get("/member/claims/").content.decode()
    assert number not in visit("tom").get("/member/").content.decode()


def test_a_corrected_filing_counts_and_is_told(visit: Visit, world: World) -> None:
    page = text(visit("maria").get(f"/member/claims/{world.claims['corrected']}/").content)
    assert "Billed $125.00" in page
    assert "Filed again, corrected (done)" in page


def test_a_long_list_has_pages_newest_care_first(visit: Visit) -> None:
    first, second, third = (text(visit("many").get("/member/claims/", {"page": n}).content) for n in (1, 2, 3))
    assert "1 to 20 of 45" in first
    assert "21 to 40 of 45" in second
    assert "41 to 45 of 45" in third
    assert first.index("October 1, 2026") < first.index("September 28, 2026")
    assert "Newer" not in first
    assert "Older" not in third


def test_an_empty_list_says_what_will_stand_there(visit: Visit) -> None:
    page = text(visit("nora").get("/member/claims/").content)
    assert "No claim of yours has reached us" in page
    assert "When an office files one, it stands here" in page
