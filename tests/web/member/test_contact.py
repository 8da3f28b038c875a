"""An address given in confidence: followed at once, overwritten by no file, seen by nobody else (R-05)."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster import Cluster
from tests.demo.roles import as_role
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.reading import post, text_of
from tests.web.member.test_card import plan
from tests.web.member.world import World
from wellkept.cli import letters

HERE = "/member/contact/"
ELSEWHERE = {
    "channel": "letter",
    "line1": "9 Hidden Lane",
    "line2": "",
    "city": "Farwell",
    "state": "mn",
    "zip": "56001",
}
HIDDEN = ("9 Hidden Lane", "Farwell", "56001")
PAGES = ("/member/", "/member/coverage/", "/member/claims/", "/member/card/", HERE, "/member/privacy/openings/")


@pytest.fixture(autouse=True)
def _nothing_stands(house: Cluster, world: World) -> Iterator[None]:
    book.administered(house, "delete from notices_letter")
    yield
    book.administered(house, "delete from people_confidential")
    for table in ("notices_letter", "notices_posted", "notices_reference", "notices_batch"):
        book.administered(house, f"delete from {table}")


def printed(house: Cluster, folder: Path) -> list[str]:
    with as_role(house, "mailroom"):
        letters.print_all(folder)
    return [text_of(path.read_bytes()) for path in sorted(folder.glob("*/*.pdf"))]


def test_it_is_given_changed_and_ended_each_with_an_entry(visit: Visit, house: Cluster) -> None:
    browser, before = visit("tom"), book.last(house)
    assert post(browser, HERE, ELSEWHERE).status_code == 302
    assert "9 Hidden Lane" in browser.get(HERE).text
    assert post(browser, HERE, ELSEWHERE | {"line1": "10 Hidden Lane"}).status_code == 302
    text = browser.get(HERE).text
    assert ("10 Hidden Lane" in text, "9 Hidden Lane" in text) == (True, False)
    assert post(browser, f"{HERE}end/").status_code == 302
    assert "Hidden Lane" not in browser.get(HERE).text
    assert post(browser, f"{HERE}end/").status_code == 302
    changes = [entry.categories for entry in book.since(house, before) if entry.kind == "changed"]
    assert changes == [["contact"]] * 3


def test_what_stands_is_sealed_and_ended_it_is_gone(visit: Visit, world: World, house: Cluster) -> None:
    post(visit("tom"), HERE, ELSEWHERE)
    asked = "select channel, address, restricted, category from people_confidential where person_id = %s"
    ((channel, sealed, restricted, category),) = book.administered(house, asked, world.people["tom"])
    assert (channel, restricted, category) == ("letter", True, "contact")
    assert b"Hidden" not in bytes(sealed)
    post(visit("tom"), f"{HERE}end/")
    assert book.administered(house, asked, world.people["tom"]) == [("", b"", True, "contact")]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"line1": ""}, "Please fill in “Street or PO box”."),
        ({"state": "Minnesota"}, "two letters"),
        ({"zip": "5600"}, "five figures"),
        ({"channel": ""}, "Please choose an answer"),
        ({"line1": "x" * 61}, "at most 60"),
    ],
)
def test_an_address_that_cannot_be_written_to_is_asked_for_again(
    visit: Visit, changed: dict[str, str], words: str, house: Cluster
) -> None:
    answer = post(visit("tom"), HERE, ELSEWHERE | changed)
    assert (answer.status_code, words in answer.text, "Farwell" in answer.text) == (400, True, True)
    assert book.administered(house, "select 1 from people_confidential") == []


def test_the_household_sees_it_on_no_page_of_theirs_and_in_no_file(visit: Visit, world: World, house: Cluster) -> None:
    post(visit("tom"), HERE, ELSEWHERE)
    maria = visit("maria")
    family = tuple(f"/member/family/{world.people['tom']}/{rest}" for rest in ("", "claims/", "coverage/", "card/"))
    for path in (*PAGES, *family, f"/member/claims/{world.claims['paid']}/explanation/"):
        text = maria.get(path).text
        assert [word for word in HIDDEN if word in text] == [], path
    text = text_of(maria.get(f"/member/claims/{world.claims['paid']}/explanation.pdf").content)
    assert [word for word in HIDDEN if word in text] == []


def test_letters_that_wait_go_there_at_once_and_the_households_own_do_not(
    visit: Visit, world: World, house: Cluster, tmp_path: Path
) -> None:
    for name in ("tom", "maria"):
        post(visit(name), f"/member/card/{plan(house, world, name)}/post/")
    post(visit("maria"), f"/member/claims/{world.claims['paid']}/explanation/")
    post(visit("tom"), HERE, ELSEWHERE)
    texts = printed(house, tmp_path)
    ours, others = ([text for text in texts if ("TOM" in text) is tom] for tom in (True, False))
    assert (len(ours), len(others)) == (1, 2)
    assert "TOM ALVAREZ 9 Hidden Lane Farwell, MN 56001" in ours[0]
    assert [text for text in others if "Hidden" in text or "Farwell" in text] == []


def test_the_pdf_one_keeps_bears_the_address_given_in_confidence_and_no_other(visit: Visit, world: World) -> None:
    path = f"/member/claims/{world.claims['stella']}/explanation.pdf"
    before = text_of(visit("stella").get(path).content)
    post(visit("stella"), HERE, ELSEWHERE)
    after = text_of(visit("stella").get(path).content)
    assert ("TOWN" in visit("stella").get(HERE).text, "TOWN" in before, "TOWN" in after) == (True, False, False)
    assert ("9 Hidden Lane" in before, "9 Hidden Lane" in after) == (False, True)


def test_who_wants_nothing_on_paper_gets_nothing_on_paper(
    visit: Visit, world: World, house: Cluster, tmp_path: Path
) -> None:
    path = f"/member/claims/{world.claims['stella']}/explanation/"
    post(visit("stella"), path)
    post(visit("stella"), HERE, {"channel": "portal"})
    assert "You asked us to send nothing on paper" in visit("stella").get(path).text
    assert printed(house, tmp_path) == []
    assert book.administered(house, "select body from notices_letter where printed_at is null") == []
    post(visit("stella"), path)
    assert book.administered(house, "select body from notices_letter where printed_at is null") == []


def test_a_file_that_comes_later_overwrites_nothing(visit: Visit, world: World, house: Cluster) -> None:
    post(visit("tom"), HERE, ELSEWHERE)
    granted = book.administered(
        house, "select has_table_privilege('umr_intake', 'wellkept.people_confidential', 'select, insert, update')"
    )
    assert granted == [(False,)]
    book.administered(house, "update people_contact set told = told || '1' where person_id = %s", world.people["tom"])
    assert "9 Hidden Lane" in visit("tom").get(HERE).text


def test_a_row_that_is_not_restricted_cannot_stand(visit: Visit, house: Cluster) -> None:
    post(visit("tom"), HERE, ELSEWHERE)
    with pytest.raises(Exception, match="people_confidential_restricted"):
        book.administered(house, "update people_confidential set restricted = false")


def test_signed_out_there_is_only_the_way_in(visit: Visit) -> None:
    for answer in (
        visit("signed out").get(HERE),
        visit("signed out").post(HERE, ELSEWHERE),
        visit("signed out").post(f"{HERE}end/"),
    ):
        assert answer.headers["Location"] == "/sign-in/"


def test_a_letter_holds_no_address_until_it_is_printed(visit: Visit, world: World, house: Cluster) -> None:
    post(visit("maria"), f"/member/claims/{world.claims['paid']}/explanation/")
    with as_role(house, "mailroom"):
        from wellkept.access import queries as access
        from wellkept.notices import post as room
        from wellkept.notices import queries
        from wellkept.policy.words import Category, Purpose

        (one,) = room.to_write(room.begin("B-OPEN", most=1) or "")
        run = world.accounts["maria"]
        access.begin(run, kind="job", label="letters")
        with access.enter_as_machine(
            subjects=[one.person],
            purpose=Purpose.MEMBER_ADMINISTRATION,
            occasion=run,
            relationship="letter",
            categories=[Category(one.category)],
        ) as key:
            found = queries.page(key, one.letter)
    assert found is not None
    assert json.loads(found.text)["data"]["to"] == []
