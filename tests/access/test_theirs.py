"""What a person told us, sent and asked for is theirs: no parent reads it, and staff what was sent (U-13, R-05)."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.opening import entered, flushed, held, number
from tests.cluster import Cluster
from tests.households import settled
from tests.web.member.world import World, hashed

pytestmark = pytest.mark.database

ROW = "id, person_id, category, collected_under, restricted"
SAID = "%(id)s, %(person)s, 'claims', '2026-11-01', false"
DRAFT = "%(person)s, %(person)s, 'claims', '2026-11-01', false"
TOLD = "'claim', '1', '', now(), now()"
PAPER = "%(id)s, 'application/pdf', 1, 1, '', now()"
# Each table, its other columns, what was sent in them, and the draft where there is such a thing.
WRITTEN = {
    "benefits_told": ("form, version, answers, begun_at, touched_at, sent_at", f"{TOLD}, now()", f"{TOLD}, null"),
    "files_attachment": ("about, kind, size, parts, name, attached_at, kept", f"{PAPER}, true", f"{PAPER}, false"),
    "files_part": ("attachment_id, number, content", "%(id)s, 0, ''", "%(person)s, 0, ''"),
    "service_case": (
        "number, kind, about, state, opened_at, due_on", "'A', 'claim', %(id)s, 'waiting', now(), current_date", "",
    ),
    "service_casestep": ("case_id, at, what", "%(id)s, now(), 'opened'", ""),
    "notices_news": ("kind, cause, made_at", "'claims', %(id)s, now()", ""),
    "notices_letter": ("kind, body, made_at", "'explanation', '', now()", ""),
}  # fmt: skip
KINDS = ("identity", "claims")
NUMBER = uuid4()


@pytest.fixture(scope="module")
def world(house: Cluster, tmp_path_factory: pytest.TempPathFactory) -> World:
    found = settled(house, "umr", tmp_path_factory.mktemp("families"))
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        for table, (columns, sent, draft) in WRITTEN.items():
            rows_of = [f"({SAID}, {sent})"] + ([f"({DRAFT}, {draft})"] if draft else [])
            statement = f"insert into {table} ({ROW}, {columns}) values {', '.join(rows_of)}"
            connection.execute(statement, {"id": NUMBER, "person": found.people["nina"]})
        connection.commit()
    return found


@pytest.fixture
def admin(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.administer("wellkept_umr") as connection:
        connection.autocommit = True
        connection.execute("set search_path = wellkept")
        yield connection


def rows(web: psycopg.Connection, entry: int, table: str, person: UUID) -> int:
    with held(web, entry):
        return number(web, f"select count(id) from wellkept.{table} where person_id = %s", [person])


def at_work(web: psycopg.Connection, admin: psycopg.Connection, person: UUID) -> int:
    """An entry as the gate writes it for a representative on a case."""
    return flushed(
        web,
        number(
            admin,
            "insert into ledger_entry (kind, account, role, actor, subjects, purpose, categories, backend)"
            " values ('opened', %s, 'representative', 'Dana', %s, 'HPAYMT', %s, %s) returning id",
            [uuid4(), [person], list(KINDS), web.info.backend_pid],
        ),
    )


@pytest.mark.parametrize("table", WRITTEN)
def test_it_is_read_by_the_child_and_by_no_parent(web: psycopg.Connection, world: World, table: str) -> None:
    child = world.people["nina"]
    own = entered(web, hashed(world.secrets["nina"]), None, *KINDS)
    assert rows(web, own, table, child) > 0
    for parent in ("ann", "ben"):
        theirs = entered(web, hashed(world.secrets[parent]), [child], *KINDS)
        assert rows(web, theirs, table, child) == 0


@pytest.mark.parametrize("table", WRITTEN)
def test_staff_at_work_read_what_was_sent_and_no_draft(
    web: psycopg.Connection, world: World, admin: psycopg.Connection, table: str
) -> None:
    child = world.people["nina"]
    assert rows(web, at_work(web, admin, child), table, child) == 1


def test_no_parent_writes_a_letter_or_throws_a_paper_away_for_a_child(web: psycopg.Connection, world: World) -> None:
    child = world.people["nina"]
    entry = entered(web, hashed(world.secrets["ann"]), [child], *KINDS)
    with held(web, entry, undo=True), pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute(
            f"insert into wellkept.notices_letter ({ROW}, kind, body, made_at)"
            f" values ({SAID}, 'explanation', '', now())",
            {"id": uuid4(), "person": child},
        )
    entry = entered(web, hashed(world.secrets["ann"]), [child], *KINDS)
    with held(web, entry):
        assert web.execute("delete from wellkept.files_part where person_id = %s", [child]).rowcount == 0
