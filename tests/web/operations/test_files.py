"""Files: each with its counts, what was set aside and why, and no person; for administrators alone."""

import hashlib
from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.cluster import Cluster
from tests.web.desk.staff import Staff
from tests.web.member.world import hashed
from tests.web.operations.conftest import Visit

SENTENCE = "Nothing is open here. Files and records are looked after by administration alone."
PLACES = ("", "files/{}/", "files/{}/again/", "files/{}/confirm/", "hand-in/", "records/", "records/find/",
          "records/pairs/{}/", "records/joins/{}/", "records/splits/{}/")  # fmt: skip
ASKED = (
    "intake_work(%s, null, null, 0, 10)", "intake_aside(%s, '{file}', 0, 10)", "intake_left(%s, '{file}')",
    "intake_handed_in(%s)", "people_pairs(%s)", "people_joins(%s)", "people_splits(%s)",
)  # fmt: skip


@pytest.fixture
def odd(staff: Staff) -> UUID:
    """A file with something set aside, something kept apart, and a name that means harm."""
    number = uuid4()
    staff.ask(
        "insert into intake_file (id, digest, name, sender, mode, began, read_at, applied_at, counts) values"
        " (%s, '\\x00', '<b>odd</b>.837', 'ODD SENDER', 'lenient', now(), now(), now(),"
        """ '{"segments": 12, "sets": 1, "sets_aside": 1, "findings": 1}')""",
        [number],
    )
    staff.ask(
        "insert into intake_setaside (file_id, interchange, set_number, segment, element, reason, fatal)"
        " values (%s, '000000001', '0002', 7, 'CLM02', 'The amount is no number.', true)",
        [number],
    )
    staff.ask(
        "insert into intake_staged (file_id, place, set_number, kind, finder, digest, apart, content)"
        " values (%s, 1, '0001', 'filing', %s, %s, true, '\\x00')",
        [number, number.bytes, number.bytes],
    )
    return number


@pytest.fixture
def web(house: Cluster) -> Iterator[psycopg.Connection]:
    """A bare connection of the pages' own role."""
    with house.connect("umr", "web", autocommit=True) as connection:
        yield connection


def test_the_list_shows_every_file_and_opens_nobody(visit: Visit, staff: Staff, odd: UUID) -> None:
    before = staff.newest()
    page = visit("olga").get("/operations/")
    assert page.status_code == 200
    assert f"/operations/files/{odd}/" in page.text
    assert "member-claims.837" in page.text
    assert "ODD SENDER" in page.text
    assert "<b>odd" not in page.text
    assert "ALVAREZ" not in page.text
    assert staff.entries("olga", before) == []


def test_a_file_says_what_was_set_aside_and_why(visit: Visit, staff: Staff, odd: UUID) -> None:
    before = staff.newest()
    page = visit("olga").get(f"/operations/files/{odd}/").text
    for told in ("The amount is no number.", "7, CLM02", "0002", "Set aside", "Claims filed: 1 are kept apart."):
        assert told in page, told
    assert staff.entries("olga", before) == []


def test_a_file_that_ended_coverage_early_says_how_many_claims_came_after(
    visit: Visit, staff: Staff, odd: UUID
) -> None:
    address = f"/operations/files/{odd}/"
    words = "Claims decided for care after coverage ended"
    assert words not in visit("olga").get(address).text
    staff.ask("""update intake_file set counts = counts || '{"late_claims": 1207}' where id = %s""", [odd])
    page = visit("olga").get(address).text
    assert f'{words}</dt><dd class="n">1,207</dd>' in page


def test_a_file_shows_whether_its_totals_come_out(visit: Visit, staff: Staff, odd: UUID) -> None:
    address = f"/operations/files/{odd}/"
    assert "Its sender states no total" in visit("olga").get(address).text
    staff.ask(
        "insert into intake_control (file_id, place, kind, measure, source, stated, found)"
        " values (%s, 0, 'claims', 'billed', 'BPR02', 100, 100)",
        [odd],
    )
    assert "Comes out" in visit("olga").get(address).text
    staff.ask("update intake_control set found = 99.5 where file_id = %s", [odd])
    page = visit("olga").get(address).text
    assert "Does not come out" in page
    assert "$100.00" in page
    assert "$99.50" in page


@pytest.mark.parametrize(("state", "stands"), [("apart", True), ("aside", True), ("applied", True), ("reading", False)])
def test_the_list_can_be_narrowed(visit: Visit, odd: UUID, state: str, stands: bool) -> None:  # noqa: FBT001
    assert (str(odd) in visit("olga").get("/operations/", {"state": state}).text) is stands


def test_the_list_turns_its_pages(visit: Visit, staff: Staff) -> None:
    staff.ask(
        "insert into intake_file (id, digest, name, sender, mode, began, read_at, counts) select gen_random_uuid(),"
        """ '\\x00', 'many-' || n, '', 'lenient', now(), now(), '{"interrupted": true}' from generate_series(1, 30) n"""
    )
    page = visit("olga").get("/operations/", {"state": "interrupted"}).text
    assert "1 to 25 of 30" in page
    assert "26 to 30 of 30" in visit("olga").get("/operations/", {"state": "interrupted", "page": "2"}).text
    for wrong in ("3", "0", "x", "99999999"):
        assert visit("olga").get("/operations/", {"state": "interrupted", "page": wrong}).status_code == 404
    assert visit("olga").get("/operations/", {"state": "x"}).status_code == 404
    ((number,),) = staff.ask("select id from intake_file where name = 'many-1'")
    assert f"/operations/hand-in/?mends={number}" in visit("olga").get(f"/operations/files/{number}/").text
    staff.ask("delete from intake_file where name like 'many-%'")


def test_nothing_yet_says_what_will_stand_here(visit: Visit) -> None:
    assert "No file stands here" in visit("olga").get("/operations/", {"state": "reading"}).text


def test_what_is_kept_apart_is_tried_again_with_an_entry(visit: Visit, staff: Staff, odd: UUID) -> None:
    before = staff.newest()
    page = staff.post(visit("olga"), f"/operations/files/{odd}/again/")
    assert (page.status_code, page.headers["Location"]) == (302, f"/operations/files/{odd}/")
    assert staff.ask("select apart from intake_staged where file_id = %s", [odd]) == [(False,)]
    assert staff.ask("select applied_at from intake_file where id = %s", [odd]) == [(None,)]
    (entry,) = staff.entries("olga", before)
    assert (entry["kind"], entry["subjects"], entry["reason"]) == ("tried again", [], "<b>odd</b>.837")
    assert "Waits to be applied" in visit("olga").get(f"/operations/files/{odd}/").text
    staff.ask("delete from intake_staged where file_id = %s", [odd])


@pytest.mark.parametrize("who", ["dana", "nora", "priya", "tom"])
def test_operations_are_for_administrators(visit: Visit, staff: Staff, odd: UUID, who: str) -> None:
    before = staff.newest()
    for place in PLACES:
        address = f"/operations/{place.format(odd)}"
        for page in (visit(who).get(address), staff.post(visit(who), address, why="x")):
            assert page.status_code in (403, 405), address
            assert page.status_code == 405 or SENTENCE in page.text, address
            assert "ODD SENDER" not in page.text
    assert staff.entries(who, before) == []
    assert staff.ask("select apart from intake_staged where file_id = %s", [odd]) == [(True,)]


def test_a_stranger_is_sent_to_sign_in(visit: Visit, staff: Staff, odd: UUID) -> None:
    for place in PLACES:
        address = f"/operations/{place.format(odd)}"
        for page in (visit("a stranger").get(address), staff.post(visit("a stranger"), address)):
            assert page.status_code == 405 or page.headers.get("Location") == "/sign-in/", address


def test_an_administrator_agrees_first(visit: Visit, odd: UUID) -> None:
    for place in ("", f"files/{odd}/", "hand-in/", "records/"):
        page = visit("ute").get(f"/operations/{place}")
        assert (page.status_code, page.headers.get("Location")) == (302, "/sign-in/agree/")


@pytest.mark.parametrize("statement", ASKED)
@pytest.mark.parametrize("who", ["dana", "priya", "tom", "ute", "nobody's"])
def test_the_database_answers_no_other_session(
    web: psycopg.Connection, staff: Staff, odd: UUID, statement: str, who: str
) -> None:
    asked = f"select * from wellkept.{statement.format(file=odd)}"
    secret = hashed(staff.secrets[who]) if who in staff.secrets else b"x" * 32
    assert web.execute(asked, [secret]).fetchall() == []


def test_the_pages_role_reads_no_table_of_intake_or_of_joins(web: psycopg.Connection) -> None:
    for table in ("intake_file", "intake_set", "intake_setaside", "intake_staged", "intake_handed", "people_join",
                  "people_pair", "people_split", "people_split_part", "people_finder", "people_identity"):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(f"select * from wellkept.{table}")


def test_another_s_session_tries_nothing_again(web: psycopg.Connection, staff: Staff, odd: UUID) -> None:
    for who in ("dana", "priya", "tom", "ute"):
        secret = hashed(staff.secrets[who])
        assert web.execute("select wellkept.intake_try_again(%s, %s)", [secret, odd]).fetchone() == (None,)
        assert web.execute("select wellkept.intake_confirmed(%s, %s)", [secret, odd]).fetchone() == (False,)
        handed = "select wellkept.intake_hand_in(%s, %s, 'a.834', 1, %s, null)"
        assert web.execute(handed, [secret, uuid4(), b"x" * 32]).fetchone() == (False,)


def test_what_a_full_file_would_end_is_confirmed_with_an_entry(visit: Visit, staff: Staff, odd: UUID) -> None:
    ((plan,),) = staff.ask("select id from organisations_plan limit 1")
    staff.ask(
        "insert into intake_fullfile (file_id, plan_id, line, told_on, absent_on, state, reason, covered, absent,"
        " confirmed_by) values (%s, %s, 'HLT', '2026-11-01', '2026-10-31', 'waiting', '', 1200, 340, '')",
        [odd, plan],
    )
    address, before = f"/operations/files/{odd}/", staff.newest()
    page = visit("olga").get(address).text
    assert "Waits for confirmation" in page
    assert "340 of 1,200 would end on October 31, 2026." in page
    for who in ("dana", "priya", "tom"):
        assert staff.post(visit(who), f"{address}confirm/").status_code == 403
    assert staff.ask("select state from intake_fullfile where file_id = %s", [odd]) == [("waiting",)]
    assert staff.post(visit("olga"), f"{address}confirm/").status_code == 302
    assert staff.ask("select state, confirmed_by from intake_fullfile where file_id = %s", [odd]) == [
        ("ending", "Olga R.")
    ]
    assert [one["kind"] for one in staff.entries("olga", before)] == ["confirmed ends"]
    staff.ask("delete from intake_fullfile where file_id = %s", [odd])


def test_control_totals_are_told_to_an_administrator_and_to_no_other_session(
    web: psycopg.Connection, staff: Staff, house: Cluster
) -> None:
    with house.administer("wellkept_umr") as connection:
        row = connection.execute(
            "select t.file_id from wellkept.intake_total t join wellkept.intake_control c using (file_id) limit 1"
        ).fetchone()
    assert row is not None
    for function in ("intake_totals", "intake_controls"):
        asked = f"select count(*) from wellkept.{function}(%s, %s)"
        for name in staff.secrets:
            secret = hashlib.sha256(staff.secrets[name].encode()).digest()
            told = web.execute(asked, [row[0], secret]).fetchone() or (0,)
            assert (told[0] > 0) is (name in ("olga", "omar")), (function, name)
        assert web.execute(asked, [row[0], None]).fetchone() == (0,)
