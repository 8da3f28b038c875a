"""The explanation of benefits of one's own decided claim: as a page, a tagged PDF and a letter."""

import io
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from pypdf import PdfReader

from tests.cluster import Cluster
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.reading import post, text_of
from tests.web.member.world import World

CLAIMS = {"claims", "sensitive_claims"}


@pytest.fixture(autouse=True)
def _nothing_waits(house: Cluster, world: World) -> Iterator[None]:
    yield
    for table in ("notices_letter", "people_confidential"):
        book.administered(house, f"delete from {table} where person_id = %s", world.people["maria"])


def address(world: World, claim: str, end: str = "/") -> str:
    return f"/member/claims/{world.claims[claim]}/explanation{end}"


def test_the_page_says_that_it_is_no_bill_and_what_was_decided(visit: Visit, world: World) -> None:
    text = visit("maria").get(address(world, "part")).text
    for words in ("This is not a bill", "Explanation of benefits", "Line by line", "You may owe", "1-800-555-0100"):
        assert words in text
    assert "If you do not agree" in text


def test_the_pdf_says_the_same_and_is_tagged(visit: Visit, world: World) -> None:
    answer = visit("maria").get(address(world, "part", ".pdf"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="explanation-of-benefits.pdf"'
    root: Any = PdfReader(io.BytesIO(answer.content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en"
    text = text_of(answer.content)
    for words in ("This is not a bill", "Maria Alvarez", "1-800-555-0100", "180 days after this decision", "TTY 711"):
        assert words in text


def test_what_was_not_refused_has_no_way_to_appeal(visit: Visit, world: World) -> None:
    assert "180 days" not in text_of(visit("maria").get(address(world, "paid", ".pdf")).content)
    assert "180 days" not in visit("maria").get(address(world, "paid")).text


@pytest.mark.parametrize("claim", ["filed", "reversed"])
def test_a_claim_that_is_not_decided_has_none_and_says_so(visit: Visit, world: World, claim: str) -> None:
    browser = visit("maria")
    page = browser.get(address(world, claim))
    assert (page.status_code, "no explanation of benefits for this claim now" in page.text) == (200, True)
    answer = browser.get(address(world, claim, ".pdf"))
    assert (answer.status_code, answer.headers["Location"]) == (302, address(world, claim))
    post(browser, address(world, claim))
    assert "not a bill" not in page.text


@pytest.mark.parametrize("end", ["/", ".pdf"])
def test_each_opening_is_entered_with_what_it_shows(visit: Visit, world: World, house: Cluster, end: str) -> None:
    browser, before = visit("maria"), book.last(house)
    assert browser.get(address(world, "paid", end)).status_code == 200
    (entry,) = book.since(house, before)
    assert (entry.kind, entry.subjects) == ("opened", [world.people["maria"]])
    assert set(entry.categories) == {"identity", "contact", *CLAIMS}


@pytest.mark.parametrize("name", ["tom", "stella", "nobody"])
@pytest.mark.parametrize("end", ["/", ".pdf"])
def test_another_persons_explanation_and_an_invented_one_are_the_same_nothing(
    visit: Visit, world: World, house: Cluster, name: str, end: str
) -> None:
    browser = visit(name)
    real, invented = (
        browser.get(f"/member/claims/{claim}/explanation{end}") for claim in (world.claims["paid"], uuid4())
    )
    assert (real.status_code, invented.status_code) == (404, 404)
    assert real.content == invented.content
    post(browser, address(world, "paid"))
    assert waiting(house, world, "maria") == []


@pytest.mark.parametrize("end", ["/", ".pdf"])
def test_signed_out_there_is_only_the_way_in(visit: Visit, world: World, end: str) -> None:
    for answer in (
        visit("signed out").get(address(world, "paid", end)),
        visit("signed out").post(address(world, "paid")),
    ):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")


def test_it_is_ordered_on_paper_once_at_a_time_and_under_its_own_category(
    visit: Visit, world: World, house: Cluster
) -> None:
    browser = visit("maria")
    for claim in ("sensitive", "sensitive", "paid"):
        assert post(browser, address(world, claim)).status_code == 302
    assert sorted(waiting(house, world, "maria")) == [("explanation", "claims"), ("explanation", "sensitive_claims")]
    assert "It waits to be printed" in browser.get(address(world, "paid")).text


def test_an_order_without_the_sessions_token_changes_nothing(world: World, visit: Visit, house: Cluster) -> None:
    assert visit("maria").post(address(world, "paid")).status_code == 403
    assert waiting(house, world, "maria") == []


def waiting(house: Cluster, world: World, name: str) -> list[tuple[object, ...]]:
    asked = "select kind, category from notices_letter where person_id = %s and printed_at is null"
    return book.administered(house, asked, world.people[name])
