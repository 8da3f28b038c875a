"""A letter comes back: nothing more goes there, its code is dead, its person is asked, and somebody reaches them."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.accounts.asking import forget, printed
from tests.cluster import Cluster
from tests.demo.imported import say
from tests.notices.writing import Written, write
from tests.web.desk.conftest import Visit
from tests.web.desk.staff import Staff
from wellkept.accounts import actions

pytestmark = pytest.mark.database
HERE = "/desk/returned/"
ELSEWHERE = {
    "channel": "letter", "line1": "9 Hidden Lane", "line2": "", "city": "Farwell", "state": "MN", "zip": "56001",
}  # fmt: skip
SHUT = "Nothing is open here."


@pytest.fixture(autouse=True)
def _nothing_waits(house: Cluster, staff: Staff) -> Any:
    forget(house)
    yield
    forget(house)
    staff.ask("delete from people_confidential")
    staff.ask("delete from service_casestep where case_id in (select id from service_case where kind = 'address')")
    staff.ask("delete from service_case where kind = 'address'")


def posted(house: Cluster, staff: Staff, folder: Path, name: str = "tom") -> tuple[Written, str]:
    """A letter with a code goes out to somebody; the letter and its reference."""
    (letter,) = write(house, staff.world.people[name])
    assert len(printed(house, folder)) == 1
    (path,) = folder.glob("*/R-*.pdf")
    return letter, path.stem


def came_back(visit: Visit, staff: Staff, *references: str, who: str = "dana") -> str:
    answer = staff.post(visit(who), HERE, references="\n".join(references))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def redeemed(letter: Written) -> str:
    return actions.redeem(
        code=letter.code, born=date(1980, 1, 1), login=f"new-{uuid4()}", password="seven otters paint the barn"
    )


def waiting(staff: Staff, person: UUID) -> int:
    asked = "select count(*) from notices_letter where person_id = %s and printed_at is null"
    return int(staff.ask(asked, [person])[0][0])


@pytest.mark.parametrize("who", ["signed out", "maria", "nora", "priya"])
def test_only_a_representative_comes_here(visit: Visit, staff: Staff, who: str) -> None:
    for answer in (visit(who).get(HERE), staff.post(visit(who), HERE, references="R-7KQ2M0XD")):
        assert answer.status_code == 403 if who in staff.secrets else answer.headers["Location"] == "/sign-in/"
        assert "What happens next" not in answer.content.decode()


def test_it_is_noted_once_and_the_page_says_of_nobody(
    house: Cluster, visit: Visit, staff: Staff, tmp_path: Path
) -> None:
    letter, reference = posted(house, staff, tmp_path)
    before = staff.newest()
    said = came_back(visit, staff, reference.lower().replace("-", " "), "R-00000000")
    assert "One letter was noted." in said
    assert "R-00000000" in said
    assert [word for word in (letter.first, letter.last, letter.number) if word and word in said] == []
    again = came_back(visit, staff, reference)
    assert ("0 letters were noted." in again, "One was noted before." in again) == (True, True)
    noted = [one for one in staff.entries("dana", before) if one["kind"] == "letter came back"]
    assert [(one["subjects"], one["categories"]) for one in noted] == [([letter.person], ["contact"])]
    events = "select kind from accounts_event where account_id = %s order by at desc limit 1"
    assert staff.ask(events, [staff.accounts["tom"]]) == [("letter came back",)]


def test_what_is_no_reference_is_said_and_nothing_typed_is_lost(visit: Visit, staff: Staff) -> None:
    answer = staff.post(visit("dana"), HERE, references="R-7KQ2M0XD\nnonsense")
    assert answer.status_code == 400
    said = answer.content.decode()
    assert ("This is no reference: nonsense" in said, "R-7KQ2M0XD" in said) == (True, True)


def test_a_code_that_came_back_never_works(house: Cluster, visit: Visit, staff: Staff, tmp_path: Path) -> None:
    letter, reference = posted(house, staff, tmp_path)
    (other,) = write(house, staff.world.people["maria"])
    came_back(visit, staff, reference)
    codes = "select person_id from accounts_accesscode"
    assert staff.ask(codes) == [(other.person,)]
    assert redeemed(letter) == "no"


def test_nothing_more_goes_there_until_the_person_says_it_is_right(
    house: Cluster, visit: Visit, staff: Staff, tmp_path: Path
) -> None:
    letter, reference = posted(house, staff, tmp_path)
    tom = visit("tom")
    assert "A letter to you came back" not in tom.get("/member/").content.decode()
    came_back(visit, staff, reference)
    write(house, letter.person)
    assert printed(house, tmp_path / "next") == []
    # A list of another day that says the same address sets nothing going.
    staff.ask("update people_contact set told = told || 'x' where person_id = %s", [letter.person])
    assert printed(house, tmp_path / "next") == []
    assert "A letter to you came back" in tom.get("/member/").content.decode()
    assert "Yes, it is right" in tom.get("/member/contact/").content.decode()
    assert "A letter to you came back" not in visit("maria").get("/member/").content.decode()
    assert staff.post(tom, "/member/contact/right/").status_code == 302
    assert "A letter to you came back" not in tom.get("/member/").content.decode()
    assert len(printed(house, tmp_path / "next")) == 1
    assert waiting(staff, letter.person) == 0


def test_an_address_in_confidence_sets_it_going(house: Cluster, visit: Visit, staff: Staff, tmp_path: Path) -> None:
    letter, reference = posted(house, staff, tmp_path)
    came_back(visit, staff, reference)
    write(house, letter.person)
    assert printed(house, tmp_path / "next") == []
    assert staff.post(visit("tom"), "/member/contact/", **ELSEWHERE).status_code == 302
    (text,) = printed(house, tmp_path / "next")
    assert "9 Hidden Lane" in text
    assert "A letter to you came back" not in visit("tom").get("/member/").content.decode()
    state = "select state from service_case where person_id = %s and kind = 'address'"
    assert staff.ask(state, [letter.person]) == [("accepted",)]


@pytest.mark.usefixtures("a_short_list")
def test_a_case_to_reach_them_opens_to_whoever_takes_it(
    house: Cluster, visit: Visit, staff: Staff, tmp_path: Path
) -> None:
    letter, reference = posted(house, staff, tmp_path)
    came_back(visit, staff, reference)
    listed = visit("paul").get("/desk/cases/").content.decode()
    assert ("An address to find out" in listed, letter.last in listed) == (True, False)
    ((case,),) = staff.ask("select id from service_case where person_id = %s and kind = 'address'", [letter.person])
    address = f"/desk/cases/{case}/"
    assert SHUT in visit("paul").get(address).content.decode()
    assert staff.post(visit("paul"), f"{address}take/").status_code == 302
    page = visit("paul").get(address).content.decode()
    assert letter.last in page.upper()
    assert "How to reach them" in page
    assert SHUT in visit("dana").get(address).content.decode()
    told = {"what": "refused", "words": "We called on two days and reached nobody."}
    assert staff.post(visit("paul"), address, **told).status_code == 302
    assert SHUT in visit("paul").get(address).content.decode()


@pytest.mark.usefixtures("django")
def test_the_command_of_the_mail_room_notes_it_too(house: Cluster, staff: Staff, tmp_path: Path) -> None:
    _letter, reference = posted(house, staff, tmp_path)
    done = say(house, "letters", "returned", "--operator", "umr", reference, "R-00000000", "x")
    assert (done.returncode, done.stdout.splitlines()) == (
        1, [f"{reference}: noted", "R-00000000: unknown", "x: unknown"]
    )  # fmt: skip


def test_no_other_role_notes_one_and_the_web_s_asks_for_a_session(house: Cluster) -> None:
    asked = "select wellkept.notices_returned('\\x00', 'R-7KQ2M0XD', current_date, 'x')"
    here = "select wellkept.notices_returned_here('R-7KQ2M0XD', null, current_date, 'x')"
    for role, statement in (("web", asked), ("web", here), ("jobs", here), ("intake", here), ("mailroom", asked)):
        with house.connect("umr", role, autocommit=True) as other, pytest.raises(psycopg.errors.InsufficientPrivilege):
            other.execute(statement)


def test_somebody_else_cannot_say_it_is_right(house: Cluster, visit: Visit, staff: Staff, tmp_path: Path) -> None:
    letter, reference = posted(house, staff, tmp_path)
    came_back(visit, staff, reference)
    assert staff.post(visit("maria"), "/member/contact/right/").status_code == 302
    assert staff.post(visit("dana"), "/member/contact/right/").status_code in (302, 403)
    open_still = "select count(*) from notices_posted where person_id = %s and returned_at is not null"
    assert staff.ask(f"{open_still} and settled_at is null", [letter.person]) == [(1,)]
