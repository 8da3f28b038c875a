"""The ID card: the phone number of customer service on the screen, in the PDF and in the picture (U-39)."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.cluster import Cluster
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.reading import post, text_of
from tests.web.member.world import World

PHONE = "1-800-555-0100"


@pytest.fixture(autouse=True)
def _nothing_waits(house: Cluster, world: World) -> Iterator[None]:
    yield
    book.administered(house, "delete from notices_letter where person_id = %s", world.people["maria"])


def plan(house: Cluster, world: World, name: str = "maria") -> UUID:
    asked = (
        "select plan_id from benefits_coverage where person_id = %s and begins_on <= now() and ends_on is null limit 1"
    )
    found: UUID = book.administered(house, asked, world.people[name])[0][0]
    return found


def test_both_sides_are_on_the_screen_with_the_number_on_each(visit: Visit) -> None:
    text = visit("maria").get("/member/card/").text
    front, back = text.split('aria-label="Back of the card"')
    assert PHONE in front.split('aria-label="Front of the card"')[1]
    assert PHONE in back.split("</section>")[0]
    for words in ("Maria Alvarez", "Member number", "Group", "Deductible", "Out-of-pocket maximum", "call us", "711"):
        assert words in text


def test_the_pdf_bears_the_number_on_both_sides(visit: Visit, world: World, house: Cluster) -> None:
    answer = visit("maria").get(f"/member/card/{plan(house, world)}.pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="id-card.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    front, back = text_of(answer.content).split("Back", 1)
    assert PHONE in front
    assert PHONE in back
    assert "711" in back
    assert "Maria Alvarez" in front


def test_the_picture_is_a_picture_that_no_cache_keeps(visit: Visit, world: World, house: Cluster) -> None:
    answer = visit("maria").get(f"/member/card/{plan(house, world)}.png")
    assert (answer.content[:8], answer.headers["Content-Type"]) == (b"\x89PNG\r\n\x1a\n", "image/png")
    assert answer.headers["Cache-Control"] == "no-store"


def test_nobody_else_of_the_family_stands_on_it(visit: Visit, world: World, house: Cluster) -> None:
    text = visit("maria").get("/member/card/").text
    pdf = text_of(visit("maria").get(f"/member/card/{plan(house, world)}.pdf").content)
    assert "Tom" not in text
    assert "Tom" not in pdf


def test_a_page_of_the_card_is_one_entry_that_names_what_it_shows(visit: Visit, world: World, house: Cluster) -> None:
    for path in ("/member/card/", f"/member/card/{plan(house, world)}.pdf", f"/member/card/{plan(house, world)}.png"):
        before = book.last(house)
        assert visit("maria").get(path).status_code == 200
        (entry,) = book.since(house, before)
        assert set(entry.categories) == {"identity", "coverage", "contact"}


def test_it_is_ordered_once_at_a_time_and_says_where_it_goes(visit: Visit, world: World, house: Cluster) -> None:
    browser, order = visit("maria"), f"/member/card/{plan(house, world)}/post/"
    assert "It goes to the address your plan gave us" in browser.get("/member/card/").text
    for _twice in range(2):
        assert post(browser, order).headers["Location"] == "/member/card/"
    asked = "select kind, category from notices_letter where person_id = %s and printed_at is null"
    assert book.administered(house, asked, world.people["maria"]) == [("id card", "coverage")]
    assert "It waits to be printed" in browser.get("/member/card/").text


def test_looking_at_the_order_orders_nothing(visit: Visit, world: World, house: Cluster) -> None:
    assert visit("maria").get(f"/member/card/{plan(house, world)}/post/").status_code == 302
    assert book.administered(house, "select 1 from notices_letter where person_id = %s", world.people["maria"]) == []


def test_a_plan_one_is_not_in_gives_no_card(visit: Visit, world: World, house: Cluster) -> None:
    number = plan(house, world)
    for end in (".pdf", ".png"):
        assert visit("nobody").get(f"/member/card/{number}{end}").status_code == 404
    assert post(visit("nobody"), f"/member/card/{number}/post/").status_code == 404
    assert "There is no card for today" in visit("nobody").get("/member/card/").text


def test_signed_out_there_is_only_the_way_in(visit: Visit, world: World, house: Cluster) -> None:
    for path in ("/member/card/", f"/member/card/{plan(house, world)}.pdf", f"/member/card/{plan(house, world)}.png"):
        assert visit("signed out").get(path).headers["Location"] == "/sign-in/"


def test_who_keeps_records_gives_no_cards(visit_record: Visit) -> None:
    assert visit_record("maria").get("/member/card/").status_code == 404


def test_the_sums_a_plan_told_stand_on_it_with_their_day(visit: Visit, world: World, house: Cluster) -> None:
    book.administered(
        house,
        "insert into organisations_terms (id, plan_id, name, network, year_begins, service, note, deductible_person,"
        " deductible_family, out_of_pocket_person, as_of, told, collected_under)"
        " values (gen_random_uuid(), %s, 'Choice', 'in', date_trunc('year', now()), '', '', 1500, 3000, 6000,"
        " '2026-11-01', '', '2026-11-01')",
        plan(house, world),
    )
    try:
        pdf = text_of(visit("maria").get(f"/member/card/{plan(house, world)}.pdf").content)
        page = visit("maria").get("/member/card/").text
    finally:
        book.administered(house, "delete from organisations_terms where plan_id = %s", plan(house, world))
    for words in ("$1,500.00, family $3,000.00", "$6,000.00", "Choice", "Sums in the network, as of November 1, 2026."):
        assert words in pdf
        assert words in page
