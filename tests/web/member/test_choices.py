"""My choices: an authorization is signed, kept as shown, sent with its conditions, and taken back (U-19, P-06)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cluster import Cluster
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.reading import post
from tests.web.member.test_contact import printed
from tests.web.member.world import World

HERE = "/member/privacy/choices/"
TABLES = (
    "consent_authorization", "consent_restriction", "disclosures_release", "notices_letter", "notices_posted",
    "notices_reference", "notices_batch",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_stands(house: Cluster, world: World) -> Iterator[None]:
    empty(house)
    yield
    empty(house)


def empty(house: Cluster) -> None:
    """What this module or another of the run had somebody say is gone."""
    for table in TABLES:
        book.administered(house, f"delete from {table}")


def form(**other: Any) -> dict[str, Any]:
    last = date.today() + timedelta(days=40)  # noqa: DTZ011  (a day more or less is the same here)
    said = {
        "recipient": "Grace Oyelaran, attorney", "line1": "12 Main Street", "line2": "Suite 4", "city": "Ames",
        "state": "ia", "zip": "50010", "purpose": "HLEGAL", "opens": ["coverage", "claims"],
        "until_month": str(last.month), "until_day": str(last.day), "until_year": str(last.year),
        "signature": "Tom Alvarez",
    }  # fmt: skip
    return said | other


def signed(browser: Client, **other: Any) -> str:
    """The address of what was signed."""
    answer = post(browser, f"{HERE}authorize/", form(**other))
    assert answer.status_code == 302, re.findall(r'<section class="errors".*?</section>', answer.text, re.DOTALL)
    return str(answer.headers["Location"]).partition("?")[0]


def test_what_was_signed_is_kept_as_it_was_shown_and_sealed(visit: Visit, house: Cluster) -> None:
    browser = visit("tom")
    page = browser.get(f"{HERE}authorize/").text
    address = signed(browser)
    shown = browser.get(address).text
    for said in (
        "What is sent: my coverage and claims.", "Who sends it:", "Grace Oyelaran, attorney, 12 Main Street, Suite 4",
        "For what: For a legal matter of mine.", "Until: the end of", "Signed by Tom Alvarez on",
    ):  # fmt: skip
        assert said in shown, said
    right = "You can take it back at any time"
    assert right in page
    assert right in shown
    assert '<div lang="en"><p>What is sent' in browser.get(f"/es{address}").text
    ((kept,),) = book.administered(house, "select statement from consent_authorization")
    assert b"Grace" not in bytes(kept)
    assert "Grace Oyelaran" in browser.get(HERE).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"recipient": ""}, {"opens": []}, {"purpose": "MARKETING"}, {"signature": ""},
        {"signature": "Maria Alvarez"}, {"until_year": "2031"},
        {"zip": "5"}, {"opens": ["messages"]},
    ],
)  # fmt: skip
def test_a_form_that_lacks_an_element_is_given_back(visit: Visit, house: Cluster, wrong: dict[str, Any]) -> None:
    assert post(visit("tom"), f"{HERE}authorize/", form(**wrong)).status_code == 400
    assert book.administered(house, "select 1 from consent_authorization") == []


def test_it_leaves_by_letter_to_whom_it_names_with_its_conditions_and_nothing_else(
    visit: Visit, house: Cluster, tmp_path: Path
) -> None:
    browser, before = visit("maria"), book.last(house)
    address = signed(browser, opens=["claims"], signature="María Alvarez")
    assert post(browser, f"{address}send/").headers["Location"].endswith("?done=sent")
    kinds = [one.kind for one in book.since(house, before) if one.kind != "opened"]
    assert kinds == ["authorized", "released"]
    (paper,) = printed(house, tmp_path)
    for said in ("Grace Oyelaran, attorney", "12 Main Street", "Ames, IA 50010", "Do not sell it", "MARIA", "Billed"):
        assert said.lower() in paper.lower(), said
    assert "legal matter" in paper
    assert "Coverage" not in paper
    mine = browser.get(address).text
    assert "Do not sell it" in mine
    assert "Your claims, by letter" in mine
    page = browser.get("/member/privacy/").text
    assert "<dt>Letters to whom you named</dt><dd>1</dd>" in page
    assert "<dt>Letters under an agreement with us</dt><dd>0</dd>" in page


def test_taken_back_before_it_is_printed_it_does_not_leave(visit: Visit, house: Cluster, tmp_path: Path) -> None:
    browser = visit("tom")
    address = signed(browser)
    post(browser, f"{address}send/")
    assert post(browser, f"{address}end/").status_code == 302
    assert printed(house, tmp_path) == []
    assert post(browser, f"{address}send/").headers["Location"].endswith("?done=no%20basis")
    assert "Stopped before it was posted" in browser.get(address).text


def test_run_out_while_it_waits_it_is_left_out_and_stopped(visit: Visit, house: Cluster, tmp_path: Path) -> None:
    browser = visit("tom")
    address = signed(browser)
    post(browser, f"{address}send/")
    book.administered(house, "update consent_authorization set expires = now()")
    assert printed(house, tmp_path) == []
    assert book.administered(house, "select stopped_at is not null from disclosures_release") == [(True,)]


def test_a_stranger_reaches_none_of_it(visit: Visit, house: Cluster) -> None:
    address = signed(visit("tom"))
    for path in (HERE, f"{HERE}authorize/", f"{HERE}restrict/", f"{HERE}paid/", address):
        assert visit("nobody knows").get(path).status_code in (302, 403), path
    for path in (address, f"{address}send/", f"{address}end/"):
        assert post(visit("maria"), path).status_code in (404, 405), path
    assert visit("maria").get(address).status_code == 404
    assert "Grace" not in visit("maria").get(HERE).text
    assert book.administered(house, "select revoked from consent_authorization") == [(None,)]


def test_what_is_asked_for_stands_with_its_clock_and_ends(visit: Visit, house: Cluster) -> None:
    browser = visit("tom")
    said: dict[str, Any] = {"sort": "member", "opens": ["claims", "coverage"], "words": "Nobody needs to know"}
    assert post(browser, f"{HERE}restrict/", said).headers["Location"] == f"{HERE}?done=asked"
    assert post(browser, f"{HERE}restrict/", said).status_code == 400
    page = browser.get(HERE).text
    assert (page.count("A person answers by"), "Your coverage" in page) == (2, True)
    (number, *_rest) = re.findall(r"restrictions/([0-9a-f-]{36})/end/", page)
    assert post(visit("maria"), f"{HERE}restrictions/{number}/end/").status_code == 404
    assert post(browser, f"{HERE}restrictions/{number}/end/").status_code == 302
    assert browser.get(HERE).text.count("A person answers by") == 1
    ((words,),) = book.administered(house, "select words from consent_restriction limit 1")
    assert b"Nobody" not in bytes(words)


def test_one_claim_can_be_named_that_was_paid_for_and_no_claim_of_anothers(
    visit: Visit, world: World, house: Cluster
) -> None:
    path = f"{HERE}paid/"
    assert post(visit("tom"), path, {"claim": str(world.claims["paid"])}).status_code == 400
    assert post(visit("maria"), path, {"claim": str(world.claims["denied"])}).status_code == 302
    assert book.administered(house, "select sort from consent_restriction") == [("paid",)]
