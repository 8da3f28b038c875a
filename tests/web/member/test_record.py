"""The other operator keeps a personal record: another first page, another voice, and none of the first one's people."""

from tests.web.member.conftest import Visit
from tests.web.member.test_benefits import text
from tests.web.member.world import World


def test_the_record_is_a_timeline_whose_every_line_names_its_source(visit_record: Visit) -> None:
    page = visit_record("maria").get("/member/").content
    said = text(page)
    assert "<h1>Your record</h1>" in page.decode()
    for line in (
        "October 28, 2026 Office visit, Lakeside Family Clinic",
        "From the claim the office filed; your plan paid $120.00.",
        "August 11, 2026 X-ray or scan, Lakeside Family Clinic",
        "From the claim the office filed; your plan refused to pay.",
        "July 1, 2025 Dental coverage began From the enrolment file of Lakes Manufacturing.",
        "January 1, 2024 Health coverage began From the enrolment file of Lakes Manufacturing.",
    ):
        assert line in said
    assert page.count(b'<p class="src">') == page.count(b"<h4>")
    days = [part.split('"')[0] for part in page.decode().split('<time datetime="')[1:]]
    assert days == sorted(days, reverse=True)


def test_coverage_that_has_not_begun_or_ended_yet_is_no_event(visit_record: Visit) -> None:
    assert "Your timeline begins with the first file" in text(visit_record("fred").get("/member/").content)
    said = text(visit_record("long").get("/member/").content)
    assert "December 31, 2025 Health coverage ended" in said


def test_it_speaks_of_the_plan_as_of_somebody_else(visit_record: Visit, other_world: World) -> None:
    said = text(visit_record("maria").get(f"/member/claims/{other_world.claims['part']}/").content)
    assert "Your plan paid $49.60" in said
    assert "Write to your plan by April 10, 2027" in said
    assert "We paid" not in said


def test_a_session_of_one_operator_is_nothing_at_the_other(visit_record: Visit, world: World) -> None:
    answer = visit_record(world.secrets["maria"]).get("/member/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")
