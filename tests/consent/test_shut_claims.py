"""A claim that its person had shut: no thread about it, and no other number of it, opens to whoever acts for them."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.opening import entered, held, number
from tests.consent.helping import helping
from tests.web.member.world import World, hashed

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("nobody_helps", "nothing_shut")]
SEND = (
    "select wellkept.service_send_thread(%s, %s, 'claims', '2026-11-01', %s, 'inquiry', null, %s, null, null, %s, %s,"
    " 'about the care'::bytea)"
)
THREADS = "select id from wellkept.service_threads(%s)"
STEPS = "select count(*) from wellkept.service_thread_steps(%s, %s)"
WRITE = "select wellkept.service_write_thread(%s, %s, %s, 'more'::bytea)"
PAID = (
    "insert into consent_restriction (id, person_id, category, collected_under, restricted, about, sort, asked_at,"
    " decided_at, since) values (%s, %s, 'requests', 'x', false, %s, 'paid', now(), now(), now())"
)
READABLE = "select id from wellkept.benefits_claim where category = 'claims'"


@pytest.fixture
def nothing_shut(world: World, admin: psycopg.Connection) -> Iterator[None]:
    yield
    people = [list(world.people.values())]
    for table in ("consent_restriction", "service_casestep", "service_case", "service_number", "service_thread"):
        admin.execute(f"delete from {table} where person_id = any (%s)", people)
    admin.execute("update benefits_claim set joined = null where person_id = any (%s)", people)
    for table in ("claim", "filing", "decision"):
        admin.execute(f"update benefits_{table} set restricted = false where person_id = any (%s)", people)


def asked(web: psycopg.Connection, world: World, who: str, statement: str, *values: Any, about: str = "ann") -> Any:
    """The first value, by an opening of one's own or of ``about`` for whom one acts."""
    people = None if who == about else [world.people[about]]
    with held(web, entered(web, hashed(world.secrets[who]), people, "identity", "claims")):
        row = web.execute(statement, [*values]).fetchone()
    return row[0] if row else None


def mine(admin: psycopg.Connection, person: UUID) -> list[UUID]:
    rows = admin.execute(
        "select id from benefits_claim where person_id = %s and category = 'claims' order by id", [person]
    ).fetchall()
    return [row[0] for row in rows]


def shut(admin: psycopg.Connection, person: UUID, claim: UUID) -> UUID:
    made = uuid4()
    admin.execute(PAID, [made, person, claim])
    admin.execute("select consent_shut(%s, %s, true)", [person, claim])
    return made


def ended(admin: psycopg.Connection, person: UUID, one: UUID, claim: UUID) -> None:
    admin.execute("update consent_restriction set until = now() where id = %s", [one])
    admin.execute("select consent_shut(%s, %s, false)", [person, claim])


def readable(web: psycopg.Connection, world: World, who: str) -> set[UUID]:
    people = None if who == "ann" else [world.people["ann"]]
    with held(web, entered(web, hashed(world.secrets[who]), people, "identity", "claims")):
        return {row[0] for row in web.execute(READABLE).fetchall()}


def test_who_acts_for_a_person_reads_and_sends_nothing_about_a_claim_that_is_shut(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    ann, thread = world.people["ann"], uuid4()
    claim, other = mine(admin, ann)
    helping(web, world, "ann", "stella", "claims")
    about = [ann, uuid4().hex[:12], claim, date(2026, 12, 1)]
    assert asked(web, world, "ann", SEND, thread, *about, uuid4()) == "sent"
    assert asked(web, world, "stella", THREADS, ann) == thread
    one = shut(admin, ann, claim)
    assert asked(web, world, "stella", THREADS, ann) is None
    assert asked(web, world, "stella", STEPS, ann, thread) == 0
    assert asked(web, world, "stella", WRITE, ann, thread, uuid4()) is False
    assert asked(web, world, "stella", "select wellkept.service_withdraw_thread(%s, %s)", ann, thread) is False
    again = [ann, uuid4().hex[:12], claim, date(2026, 12, 1)]
    assert asked(web, world, "stella", SEND, uuid4(), *again, uuid4()) == "no"
    again[2] = other
    assert asked(web, world, "stella", SEND, uuid4(), *again, uuid4()) == "sent"
    assert asked(web, world, "ann", STEPS, ann, thread) == 2
    assert asked(web, world, "ann", WRITE, ann, thread, uuid4()) is True
    ended(admin, ann, one, claim)
    assert asked(web, world, "stella", STEPS, ann, thread) == 3


def test_what_turns_out_to_be_the_same_claim_is_shut_with_it(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    ann = world.people["ann"]
    claim, other = mine(admin, ann)
    helping(web, world, "ann", "stella", "claims")
    assert readable(web, world, "stella") == {claim, other}
    first = shut(admin, ann, claim)
    assert readable(web, world, "stella") == {other}
    # A file says that the claim is told as the other one: what the other says now holds its sums.
    admin.execute("update benefits_claim set joined = %s where person_id = %s and id = %s", [other, ann, claim])
    assert readable(web, world, "stella") == set()
    assert readable(web, world, "ann") == {claim, other}
    for table in ("filing", "decision"):
        rows = admin.execute(
            f"select restricted from benefits_{table} where person_id = %s and claim_id = any (%s)",
            [ann, [claim, other]],
        ).fetchall()
        assert all(row == (True,) for row in rows)
    second = shut(admin, ann, other)
    ended(admin, ann, first, claim)
    assert readable(web, world, "stella") == set()
    ended(admin, ann, second, other)
    assert readable(web, world, "stella") == {claim, other}


def test_what_joins_a_claim_that_is_shut_comes_shut(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    ann = world.people["ann"]
    claim, other = mine(admin, ann)
    helping(web, world, "ann", "stella", "claims")
    shut(admin, ann, claim)
    admin.execute("update benefits_claim set joined = %s where person_id = %s and id = %s", [claim, ann, other])
    assert readable(web, world, "stella") == set()
    late = uuid4()
    admin.execute(
        "insert into benefits_decision (id, person_id, category, collected_under, restricted, claim_id, content,"
        " file_id, set_number, status_code) values (%s, %s, 'claims', 'x', false, %s, '{}', %s, '1', '')",
        [late, ann, other, uuid4()],
    )
    row = admin.execute("select restricted from benefits_decision where id = %s", [late]).fetchone()
    assert row == (True,)
    admin.execute("delete from benefits_decision where id = %s", [late])
    assert number(admin, "select count(*) from benefits_claim where person_id = %s and restricted", [ann]) == 2


@pytest.mark.parametrize("told_as", ["the shut one", "the other"])
def test_what_turns_out_not_to_be_the_same_claim_opens_again(
    web: psycopg.Connection, world: World, admin: psycopg.Connection, told_as: str
) -> None:
    ann = world.people["ann"]
    claim, other = mine(admin, ann)
    helping(web, world, "ann", "stella", "claims")
    one = shut(admin, ann, claim)
    first, second = (claim, other) if told_as == "the shut one" else (other, claim)
    joined = "update benefits_claim set joined = %s where person_id = %s and id = %s"
    admin.execute(joined, [first, ann, second])
    assert readable(web, world, "stella") == set()
    admin.execute(joined, [None, ann, second])
    assert readable(web, world, "stella") == {other}
    for table in ("filing", "decision"):
        rows = admin.execute(f"select restricted from benefits_{table} where claim_id = %s", [other]).fetchall()
        assert all(row == (False,) for row in rows)
    ended(admin, ann, one, claim)
    assert readable(web, world, "stella") == {claim, other}
