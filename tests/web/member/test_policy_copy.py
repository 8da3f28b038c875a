"""The policy on paper for whoever asks: one copy waits at a time, and it holds every promise (45 CFR 164.520)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.accounts.asking import printed
from tests.cluster import Cluster
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.reading import post, text_of
from tests.web.member.world import World
from wellkept.files import paper
from wellkept.policy import packs
from wellkept.web.member import policy_copy

ADDRESS = "/member/privacy/policy/"


@pytest.fixture(autouse=True)
def _nothing_waits(house: Cluster, world: World) -> Iterator[None]:
    yield
    book.administered(house, "delete from notices_letter where person_id = %s", world.people["maria"])


def waiting(house: Cluster, world: World) -> int:
    asked = (
        "select count(*) from notices_letter where person_id = %s and kind = 'privacy notice' and printed_at is null"
    )
    return int(book.administered(house, asked, world.people["maria"])[0][0])


def test_one_copy_waits_however_often_it_is_asked_for(visit: Visit, house: Cluster, world: World) -> None:
    browser = visit("maria")
    assert "Post me a copy" in browser.get(ADDRESS).text
    for _again in range(2):
        assert post(browser, ADDRESS).status_code == 302
    assert waiting(house, world) == 1
    page = browser.get(ADDRESS).text
    assert "It waits to be printed." in page
    assert "Post me a copy" not in page


def test_the_paper_is_printed_and_holds_every_promise(
    visit: Visit, house: Cluster, world: World, tmp_path: Path
) -> None:
    post(visit("maria"), ADDRESS)
    printed(house, tmp_path)
    assert waiting(house, world) == 0
    said = [text_of(path.read_bytes()) for path in tmp_path.glob("*/*.pdf")]
    (whole,) = [one for one in said if "B-11" in one]
    version = packs.now_in_force(packs.named("umr"))
    assert all(clause.id in whole for clause in version.clauses)
    assert "MARIA ALVAREZ" in whole


def test_the_paper_is_tagged_and_names_its_version() -> None:
    pack = packs.named("umr")
    version = packs.now_in_force(pack)
    made = paper.pdf("policy", policy_copy.paper(pack, version) | {"to": ["Somebody"]})
    assert b"/StructTreeRoot" in made
    assert f"Version {version.version}" in text_of(made)


def test_somebody_who_is_signed_out_orders_nothing(visit: Visit) -> None:
    assert visit("someone unknown").get(ADDRESS).headers["Location"] == "/sign-in/"


def test_the_page_of_ones_privacy_leads_there(visit: Visit) -> None:
    assert f'href="{ADDRESS}"' in visit("maria").get("/member/privacy/").text
