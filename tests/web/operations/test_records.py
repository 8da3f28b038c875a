"""Two records of one human: joined by two administrators who looked, ended by one, or by the person."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.cluster import Cluster
from tests.web.desk.staff import Staff
from tests.web.member.world import hashed
from tests.web.operations.conftest import Visit

LIST = "/operations/records/"
WHY = "The same person, enrolled in two plans. CANARY-2210"


@pytest.fixture
def two(staff: Staff) -> Iterator[tuple[UUID, UUID]]:
    """Two records, of whom one has an account; nothing is decided about them, before and after."""
    forget = "delete from people_pair; delete from people_join"
    staff.ask(forget)
    one, other = sorted((staff.world.people["tom"], staff.world.people["stella"]))
    yield one, other
    staff.ask(forget)


@pytest.fixture
def pair(staff: Staff, two: tuple[UUID, UUID]) -> UUID:
    """A pair that nobody decided about."""
    ((number,),) = staff.ask("insert into people_pair (one, other) values (%s, %s) returning id", list(two))
    return UUID(str(number))


@pytest.fixture
def web(house: Cluster) -> Iterator[psycopg.Connection]:
    """A bare connection of the pages' own role."""
    with house.connect("umr", "web", autocommit=True) as connection:
        yield connection


def asked(visit: Visit, staff: Staff, pair: UUID) -> UUID:
    """Olga asks for the join; returns it."""
    assert staff.post(visit("olga"), f"{LIST}pairs/{pair}/", why=WHY).status_code == 302
    ((number,),) = staff.ask("select id from people_join where ended_at is null")
    return UUID(str(number))


def joined(staff: Staff, two: tuple[UUID, UUID]) -> bool:
    """Whether the two are joined, asked from either side."""
    both = "select people_joined(%s, %s), people_joined(%s, %s)"
    return bool(staff.ask(both, [*two, two[1], two[0]])[0] == (True, True))


def told(staff: Staff, person: UUID, after: int) -> list[str]:
    """The kinds of entries that name a person since an entry."""
    kinds = "select kind from ledger_entry where subjects = array[%s] and id > %s order by id"
    return [kind for (kind,) in staff.ask(kinds, [person, after])]


def test_the_list_names_nobody_and_opens_nobody(visit: Visit, staff: Staff, pair: UUID) -> None:
    before = staff.newest()
    page = visit("olga").get(LIST).text
    assert f"/pairs/{pair}/" in page
    assert "ALVAREZ" not in page
    assert staff.entries("olga", before) == []


def test_a_look_at_a_pair_opens_both_in_one_entry(
    visit: Visit, staff: Staff, two: tuple[UUID, UUID], pair: UUID
) -> None:
    before = staff.newest()
    assert "TOM ALVAREZ" in visit("olga").get(f"{LIST}pairs/{pair}/").text
    (entry,) = staff.entries("olga", before)
    assert (entry["kind"], entry["purpose"], entry["categories"]) == ("opened", "MEMADMIN", ["identity"])
    assert sorted(entry["subjects"]) == list(two)


def test_one_administrator_joins_nothing(visit: Visit, staff: Staff, two: tuple[UUID, UUID], pair: UUID) -> None:
    number = asked(visit, staff, pair)
    assert not joined(staff, two)
    assert staff.post(visit("olga"), f"{LIST}joins/{number}/").status_code == 400
    assert not joined(staff, two)
    assert "Another administrator must confirm it" in visit("olga").get(f"{LIST}joins/{number}/").text


def test_a_second_administrator_joins_and_both_people_read_it(
    visit: Visit, staff: Staff, two: tuple[UUID, UUID], pair: UUID
) -> None:
    number, before = asked(visit, staff, pair), staff.newest()
    assert WHY in visit("omar").get(f"{LIST}joins/{number}/").text
    assert staff.post(visit("omar"), f"{LIST}joins/{number}/").status_code == 302
    assert joined(staff, two)
    for person in two:
        assert told(staff, person, before) == ["joined"]
    assert "joined your two records" in visit("tom").get("/member/privacy/openings/").text


def test_an_end_takes_one_administrator_and_is_read_by_both(
    visit: Visit, staff: Staff, two: tuple[UUID, UUID], pair: UUID
) -> None:
    number = asked(visit, staff, pair)
    staff.post(visit("omar"), f"{LIST}joins/{number}/")
    before = staff.newest()
    assert staff.post(visit("olga"), f"{LIST}joins/{number}/", end="yes").status_code == 302
    assert not joined(staff, two)
    for person in two:
        assert told(staff, person, before) == ["unjoined"]
    assert "Olga R. ended it" in visit("omar").get(LIST).text


def test_what_is_declined_was_never_joined(visit: Visit, staff: Staff, two: tuple[UUID, UUID], pair: UUID) -> None:
    number, before = asked(visit, staff, pair), staff.newest()
    staff.post(visit("omar"), f"{LIST}joins/{number}/", end="yes")
    assert not joined(staff, two)
    assert told(staff, two[0], before) == ["join declined"]
    assert staff.post(visit("omar"), f"{LIST}joins/{number}/").status_code == 404


def test_two_people_are_told_apart_once(visit: Visit, staff: Staff, two: tuple[UUID, UUID], pair: UUID) -> None:
    before = staff.newest()
    staff.post(visit("olga"), f"{LIST}pairs/{pair}/", apart="yes")
    assert told(staff, two[1], before) == ["told apart"]
    assert str(pair) not in visit("olga").get(LIST).text
    assert visit("olga").get(f"{LIST}pairs/{pair}/").status_code == 404


def test_a_reason_is_asked_for_and_sealed(visit: Visit, staff: Staff, pair: UUID) -> None:
    assert staff.post(visit("olga"), f"{LIST}pairs/{pair}/", why=" ").status_code == 400
    asked(visit, staff, pair)
    ((one, other),) = staff.ask("select reason, reason_other from people_join")
    assert b"CANARY" not in bytes(one) + bytes(other)


def test_a_person_says_that_a_join_is_wrong(
    visit: Visit, staff: Staff, web: psycopg.Connection, two: tuple[UUID, UUID], pair: UUID
) -> None:
    number = asked(visit, staff, pair)
    staff.post(visit("omar"), f"{LIST}joins/{number}/")
    disown = "select wellkept.people_join_disown(%s, %s)"
    for who in ("maria", "dana", "priya", "ute"):
        assert web.execute(disown, [hashed(staff.secrets[who]), number]).fetchone() == (False,)
    assert joined(staff, two)
    before = staff.newest()
    page = visit("tom").get("/member/privacy/joined/")
    assert WHY in page.text
    assert "Olga R." in page.text
    assert staff.post(visit("tom"), "/member/privacy/joined/", join=str(number)).status_code == 302
    assert not joined(staff, two)
    for person in two:
        assert [kind for kind in told(staff, person, before) if kind != "opened"] == ["unjoined"]
    assert "A member ended it" in visit("olga").get(LIST).text


@pytest.mark.parametrize("who", ["dana", "priya", "nora", "tom", "ute"])
def test_nobody_else_decides_anything(
    visit: Visit, staff: Staff, web: psycopg.Connection, two: tuple[UUID, UUID], pair: UUID, who: str
) -> None:
    number = asked(visit, staff, pair)
    secret = hashed(staff.secrets[who])
    tried: list[tuple[str, list[Any]]] = [
        ("people_join_confirm(%s, %s)", [secret, number]),
        ("people_join_end(%s, %s)", [secret, number]),
        ("people_tell_apart(%s, %s)", [secret, pair]),
        ("people_pair_of(%s, %s)", [secret, pair]),
        ("people_join_ask(%s, %s, %s, %s, '', '')", [secret, uuid4(), *two]),
        ("people_split_begin(%s, %s, %s, %s)", [secret, uuid4(), two[0], uuid4()]),
    ]
    for statement, values in tried:
        answer = web.execute(f"select wellkept.{statement}", values).fetchone()
        assert answer is not None
        assert not answer[0], statement
    assert not joined(staff, two)


def test_nobody_decides_unseen(staff: Staff, web: psycopg.Connection, two: tuple[UUID, UUID], visit: Visit) -> None:
    one, other = sorted((staff.world.people["uma"], staff.world.people["fred"]))
    secret = hashed(staff.secrets["omar"])
    ask = "select wellkept.people_join_ask(%s, %s, %s, %s, '', '')"
    assert web.execute(ask, [secret, uuid4(), one, other]).fetchone() == (False,)
    begin = "select wellkept.people_split_begin(%s, %s, %s, %s)"
    assert web.execute(begin, [secret, uuid4(), one, uuid4()]).fetchone() == (None,)


def test_an_administrator_opens_nobody_whose_record_is_no_work_of_theirs(web: psycopg.Connection, staff: Staff) -> None:
    entry = web.execute(
        "select wellkept.gate_enter(%s, %s, 'MEMADMIN', '{identity}')",
        [hashed(staff.secrets["olga"]), [staff.world.people["maria"]]],
    ).fetchone()
    assert entry is not None
    web.execute("select wellkept.gate_flush()")
    with pytest.raises(psycopg.Error, match="no rule"):
        web.execute("select wellkept.gate_hold(%s)", [entry[0]])


@pytest.mark.parametrize("category", ["claims", "contact", "coverage", "sensitive_claims", "openings"])
def test_an_administrator_opens_names_alone(
    web: psycopg.Connection, staff: Staff, two: tuple[UUID, UUID], pair: UUID, category: str
) -> None:
    del pair
    entry = web.execute(
        "select wellkept.gate_enter(%s, %s, 'MEMADMIN', array[%s])",
        [hashed(staff.secrets["olga"]), list(two), category],
    ).fetchone()
    assert entry is not None
    web.execute("select wellkept.gate_flush()")
    with pytest.raises(psycopg.Error, match="no rule"):
        web.execute("select wellkept.gate_hold(%s)", [entry[0]])


def test_pairs_are_found_by_keyed_hashes_alone(house: Cluster, staff: Staff, two: tuple[UUID, UUID]) -> None:
    for person in two:
        staff.ask(
            "insert into people_finder (index, kind, person_id, plan_id)"
            " values (%s, 'name_birth', %s, gen_random_uuid())",
            [b"\x7f" + b"h" * 15, person],
        )
    pairs, find = "select one, other from people_pair", "select wellkept.people_find_pairs(%s)"
    with house.connect("umr", "jobs", autocommit=True) as jobs:
        for byte in (0x7E, 255):
            jobs.execute(find, [byte])
            assert two not in staff.ask(pairs)
        jobs.execute(find, [0x7F])
        assert staff.ask(pairs).count(two) == 1
        assert jobs.execute(find, [0x7F]).fetchone() == (0,)
    assert staff.ask(pairs).count(two) == 1
    staff.ask("delete from people_finder where index = %s", [b"\x7f" + b"h" * 15])


def opens(
    web: psycopg.Connection, staff: Staff, who: str, subject: UUID, categories: str = "{identity,claims}"
) -> bool:
    """Whether the gate opens that record to somebody, at their own request."""
    entry = web.execute(
        "select wellkept.gate_enter(%s, %s, 'PATRQT', %s::text[])", [hashed(staff.secrets[who]), [subject], categories]
    ).fetchone()
    assert entry is not None
    web.execute("select wellkept.gate_flush()")
    try:
        with web.transaction():
            web.execute("select wellkept.gate_hold(%s)", [entry[0]])
            rows = web.execute("select 1 from wellkept.people_person where person_id = %s", [subject]).fetchall()
    except psycopg.Error as error:
        if "no rule" in str(error):
            return False
        raise
    return bool(rows)


def test_a_joined_record_opens_as_one_s_own_and_no_more_once_it_is_unjoined(
    visit: Visit, staff: Staff, web: psycopg.Connection, two: tuple[UUID, UUID], pair: UUID
) -> None:
    stella = staff.world.people["stella"]
    assert not opens(web, staff, "tom", stella)
    number = asked(visit, staff, pair)
    assert not opens(web, staff, "tom", stella)
    staff.post(visit("omar"), f"{LIST}joins/{number}/")
    assert opens(web, staff, "tom", stella)
    assert opens(web, staff, "stella", staff.world.people["tom"])
    assert not opens(web, staff, "maria", stella)
    staff.post(visit("olga"), f"{LIST}joins/{number}/", end="yes")
    assert not opens(web, staff, "tom", stella)
    assert joined(staff, two) is False
