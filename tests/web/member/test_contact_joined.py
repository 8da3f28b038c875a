"""An address given in confidence holds for every record of its person, as long as two records are joined (R-05)."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.cluster import Cluster
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.reading import post
from tests.web.member.test_card import plan
from tests.web.member.test_contact import ELSEWHERE, HERE, HIDDEN, printed
from tests.web.member.world import World

CARD = "/member/card/"


@pytest.fixture(autouse=True)
def joined(visit: Visit, house: Cluster, world: World) -> Iterator[None]:
    """Tom's record is joined with the one that Maria's session belongs to, and he gave an address in confidence."""
    book.administered(house, "delete from notices_letter")
    one, other = sorted((world.people["tom"], world.people["maria"]))
    book.administered(
        house,
        "insert into people_join (id, one, other, reason, reason_other, asked_by, asked_actor,"
        " confirmed_at, confirmed_by) values (%s, %s, %s, '', '', %s, 'A', now(), %s)",
        *(uuid4(), one, other, uuid4(), uuid4()),
    )
    assert post(visit("tom"), HERE, ELSEWHERE).status_code == 302
    yield
    for table in ("people_join", "people_confidential", "notices_letter"):
        book.administered(house, f"delete from {table}")


def ordered(visit: Visit, house: Cluster, world: World, folder: Path) -> tuple[str, str]:
    """Her card is ordered by post and printed: what her page said before, and what the paper says."""
    page = visit("maria").get(CARD).text
    post(visit("maria"), f"{CARD}{plan(house, world, 'maria')}/post/")
    (paper,) = printed(house, folder)
    return page, paper


def test_letters_of_a_joined_record_go_there_and_the_page_says_so(
    visit: Visit, house: Cluster, world: World, tmp_path: Path
) -> None:
    before = book.last(house)
    page, paper = ordered(visit, house, world, tmp_path)
    for part in HIDDEN:
        assert part in page
        assert part in paper
    both = [world.people["maria"]], [world.people["tom"]]
    opened = [entry.subjects for entry in book.since(house, before) if entry.kind == "opened"]
    assert all(one in opened for one in both)
    assert all(one in both for one in opened)


def test_when_the_joining_ends_nothing_of_it_is_known_any_more(
    visit: Visit, house: Cluster, world: World, tmp_path: Path
) -> None:
    book.administered(house, "update people_join set ended_at = now()")
    page, paper = ordered(visit, house, world, tmp_path)
    assert not [part for part in HIDDEN if part in page or part in paper]


def test_who_wants_no_paper_gets_none_for_either_record(
    visit: Visit, house: Cluster, world: World, tmp_path: Path
) -> None:
    book.administered(house, "update people_join set ended_at = now()")
    post(visit("maria"), f"{CARD}{plan(house, world, 'maria')}/post/")
    book.administered(house, "update people_join set ended_at = null")
    assert post(visit("tom"), HERE, {**ELSEWHERE, "channel": "portal"}).status_code == 302
    assert printed(house, tmp_path) == []


def test_what_is_asked_on_the_record_itself_stands_before_it(
    visit: Visit, house: Cluster, world: World, tmp_path: Path
) -> None:
    own = {**ELSEWHERE, "line1": "3 Own Street"}
    assert post(visit("maria"), HERE, own).status_code == 302
    page, paper = ordered(visit, house, world, tmp_path)
    assert "3 Own Street" in page
    assert "3 Own Street" in paper
    assert "9 Hidden Lane" not in page + paper
