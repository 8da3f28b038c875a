"""A removal leaves nothing of a person but what is listed here with its reason: each table is searched (U-33)."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from tests.cluster import Cluster
from tests.web.member.world import brought
from wellkept.cli import cluster as server
from wellkept.cli.backup import restore
from wellkept.policy.words import Retention

STAYS: Final = {
    "ledger_entry": "Who opened what outlasts it; a removal blanks the entries that it names.",
    "ledger_also": "It belongs to an entry and goes when that is blanked.",
    "ledger_occasion": "The visit that entries belong to.",
    "gate_held": "What is open this moment: seconds, and no part of a backup.",
}
"""Tables that may name somebody who was removed, and why."""

NOBODY: Final = {
    "access_alarm": "id occasion closed_by",
    "access_inquiry": "id asked_by decided_by",
    "access_staffnear": "account",
    "accounts_accesscode": "email_row organisation_id",
    "accounts_account": "organisation_id",
    "accounts_invitation": "id organisation_id holder invited_by",
    "accounts_recovery": "row_id",
    "accounts_recoveryasked": "id",
    "accounts_session": "occasion organisation_id",
    "accounts_staffchange": "id account_id asked_by decided_by",
    "accounts_staffcode": "id account_id change_id",
    "accounts_typed": "row_id",
    "benefits_claim": "provider_id account payer_numbers joined",
    "consent_appointment": "asked_by decided_by",
    "consent_authority": "id",
    "consent_authorization": "account_id",
    "disclosures_task": "account organisation",
    "inquiries_inquiry": "account_id occasion",
    "intake_handed": "account",
    "ledger_seal": "occasion",
    "links_link": "id proposed_by withdrawn_by",
    "links_review": "link account",
    "organisations_agreement": "id organisation_id with_id recorded_by ended_by",
    "organisations_contract": "id plan_id recorded_by ended_by",
    "organisations_finder": "organisation_id",
    "people_death": "asked_by decided_by",
    "people_household": "household_id",
    "people_join": "asked_by confirmed_by ended_by",
    "people_person": "household_id",
    "people_split": "begun_by",
    "people_split_part": "split",
    "service_call": "account_id",
    "service_case": "account_id occasion about",
}
"""Columns that name no person of a file: an organisation, whoever works here, a row, a visit."""
ROWS: Final = {
    "id", "plan_id", "file_id", "claim_id", "coverage_id", "payment_id", "absent_file_id", "address_id", "letter_id",
    "attachment_id", "case_id", "call_id", "request_id", "before_id", "basis_id", "paper_id", "about", "cause", "mends",
    "link", "run", "began_in", "ended_in", "agreement",
}  # fmt: skip
"""Columns of any table that name a row of another, or the row itself."""
BY_ID: Final = ("accounts_account", "accounts_registration", "inquiries_inquiry")
"""Tables whose own id is that of an account or a subject."""
COLUMNS = """
select c.relname, a.attname, format_type(a.atttypid, null),
       a.attnotnull or a.atttypid in ('uuid'::regtype, 'uuid[]'::regtype)
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relnamespace = 'wellkept'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
   and c.relname !~ '^(procrastinate|django)_' order by c.relname, a.attnum
"""
OTHERWISE: Final = {
    "text": "x", "boolean": False, "jsonb": "[]", "bytea": b"x", "date": "2026-11-22", "interval": "1 day", "xid8": "1",
    "timestamp with time zone": "2026-11-22T12:00Z", "pg_lsn": "0/0", "character varying": "x",
}  # fmt: skip
Connection = psycopg.Connection[Any]


@pytest.fixture
def keeper(house: Cluster) -> Iterator[Connection]:
    """The administrator in a transaction that is taken back."""
    with house.administer("wellkept_umr") as connection:
        yield connection
        connection.rollback()


def tables(connection: Connection) -> dict[str, list[tuple[str, str, bool]]]:
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for table, column, kind, needed in connection.execute(COLUMNS):
        found.setdefault(table, []).append((column, kind, needed))
    return found


def filled(table: str, column: str, kind: str, *, person: UUID, account: UUID) -> object:
    """A value for a column: whose it is where it may name somebody, anything else otherwise."""
    if kind in ("uuid", "uuid[]"):
        one = (
            account if column in ("account", "account_id") or (table, column) == ("accounts_account", "id") else person
        )
        if column in NOBODY.get(table, "").split() or (column in ROWS and not (column == "id" and table in BY_ID)):
            one = uuid4()
        return [one] if kind == "uuid[]" else one
    if (table, column) == ("accounts_account", "role"):
        return "member"
    if (table, column) == ("access_alarm", "same"):
        return f"visit {person}"
    if kind.endswith("[]"):
        return []
    return OTHERWISE.get(kind, 1)


def remains(connection: Connection, schema: str, wanted: tuple[UUID, ...]) -> set[str]:
    """The tables in whose rows, written out as text, one of the ids stands."""
    found = set()
    for table in tables(connection):
        statement = sql.SQL("select exists (select 1 from {} t where to_jsonb(t)::text ~ %s)").format(
            sql.Identifier(schema, table)
        )
        row = connection.execute(statement, ["|".join(map(str, wanted))]).fetchone()
        if row and row[0]:
            found.add(table)
    return found


def test_of_a_person_in_every_table_what_is_listed_remains_and_nothing_else(keeper: Connection) -> None:
    """Every table is copied without its checks, filled with one person wherever it may name one, and searched after."""
    person, account = uuid4(), uuid4()
    keeper.execute("create schema removed")
    for table, columns in tables(keeper).items():
        name = sql.Identifier("removed", table)
        keeper.execute(sql.SQL("create table {} (like wellkept.{})").format(name, sql.Identifier(table)))
        given = {
            column: filled(table, column, kind, person=person, account=account) for column, kind, needed in columns
            if needed or (table, column) == ("access_alarm", "same")
        }  # fmt: skip
        places, holes = (
            sql.SQL(", ").join(map(sql.Identifier, given)),
            sql.SQL(", ").join([sql.Placeholder()] * len(given)),
        )
        if given:
            keeper.execute(sql.SQL("insert into {} ({}) values ({})").format(name, places, holes), [*given.values()])
    named = remains(keeper, "removed", (person, account))
    assert {"access_near", "service_number", "rights_letter", "people_person", *STAYS} <= named
    asked = "select pg_get_functiondef('wellkept.removal_replay'::regproc)"
    row = keeper.execute(asked).fetchone()
    assert row is not None
    keeper.execute(row[0].replace("wellkept.", "removed.").encode())
    for retention in Retention:
        keeper.execute("select removed.removal_replay(%s, %s)", [person, retention.value])
    assert remains(keeper, "removed", (person, account)) == STAYS.keys()


def test_what_is_listed_is_there(keeper: Connection) -> None:
    known = {table: {column for column, _kind, _needed in columns} for table, columns in tables(keeper).items()}
    assert STAYS.keys() <= known.keys()
    assert {table for table, columns in NOBODY.items() if not {*columns.split()} <= known.get(table, set())} == set()


@pytest.fixture
def removing(house: Cluster) -> Iterator[Connection]:
    """The role that removes, as a restore has it; what it does is taken back."""
    with (
        server.for_command("umr", "migrate", state=house.state) as word,
        restore.connected(operator="umr", state=house.state, database="records", word=word) as connection,
    ):
        yield connection
        connection.rollback()


def test_a_person_brought_by_files_with_an_account_is_gone(house: Cluster, removing: Connection) -> None:
    world = brought(house, "umr")
    person, account, other = world.people["maria"], world.accounts["maria"], world.people["tom"]
    note = "insert into wellkept.service_number (number, person_id) values ('ZZZZ-ZZZZ', %s)"
    removing.execute(note, [person])
    count = "select count(*) from wellkept.benefits_claim where person_id = %s"
    had = removing.execute(count, [other]).fetchone()
    before = remains(removing, "wellkept", (person, account))
    assert {"access_near", "people_person", "benefits_claim", "accounts_account", "accounts_session"} <= before
    for _twice in range(2):
        for retention in Retention:
            removing.execute("select wellkept.removal_replay(%s, %s)", [person, retention.value])
    assert remains(removing, "wellkept", (person, account)) <= STAYS.keys()
    assert removing.execute(count, [other]).fetchone() == had


def test_contact_alone_leaves_the_rest(house: Cluster, removing: Connection) -> None:
    person = brought(house, "umr").people["maria"]
    removing.execute("select wellkept.removal_replay(%s, 'contact')", [person])
    asked = "select surname is not null, address, street from wellkept.access_near where person_id = %s"
    assert removing.execute(asked, [person]).fetchone() == (True, None, None)
    left = remains(removing, "wellkept", (person,))
    assert "people_person" in left
    assert "people_contact" not in left


def test_an_inquiry_that_goes_on_stays_and_one_that_ended_goes(keeper: Connection) -> None:
    person = uuid4()
    add = """
        insert into wellkept.access_inquiry (id, kind, subject, paper, reference, paper_on, until, asked_by,
          asked_actor, asked_at, decided_by, decided_actor, decided_at, outcome)
        values (gen_random_uuid(), 'fraud', %s, 'memo', 'F 1', current_date, current_date + %s::int,
          gen_random_uuid(), 'A', now(), gen_random_uuid(), 'B', now(), 'granted')
    """
    for days in (-1, 1):
        keeper.execute(add, [person, days])
    keeper.execute("select wellkept.removal_replay(%s, 'benefits')", [person])
    asked = "select until > current_date from wellkept.access_inquiry where subject = %s"
    assert keeper.execute(asked, [person]).fetchall() == [(True,)]


def test_that_an_opening_stood_out_stays_without_whose_it_was(keeper: Connection) -> None:
    person = uuid4()
    add = """
        insert into wellkept.access_alarm (reasons, account, role, subject, occasion, entry, at, same)
        values ('{surname}', gen_random_uuid(), 'representative', %s, gen_random_uuid(), 1, now(), %s) returning id
    """
    made = keeper.execute(add, [person, f"visit {person}"]).fetchone()
    keeper.execute("select wellkept.removal_replay(%s, 'benefits')", [person])
    asked = "select subject, occasion, same = id::text, reasons from wellkept.access_alarm where id = %s"
    assert keeper.execute(asked, made).fetchall() == [(None, None, True, ["surname"])]


@pytest.mark.parametrize("used", [None, "2026-11-22"])
def test_the_code_of_a_helper_goes_with_the_appointment_it_was_for(keeper: Connection, used: str | None) -> None:
    one, other = uuid4(), uuid4()
    for person in (one, other):
        keeper.execute(
            "with a as (insert into wellkept.consent_appointment (id, person_id, category, collected_under, restricted,"
            " kind, holder, name, opens, state, since, expires, asked_at) values (gen_random_uuid(), %s, 'requests',"
            " 'x', false, 'helper', gen_random_uuid(), 'x', '[]', 'stands', now(), now() + interval '1 day', now())"
            " returning id, holder)"
            " insert into wellkept.accounts_accesscode (code_hash, holder, place, actor, birth_date, issued_at,"
            " expires_at, used_at) select %s, holder, id, 'Ana', 'x', now(), now() + interval '1 day', %s from a",
            [person, person.bytes, used],
        )
    keeper.execute("select wellkept.removal_replay(%s, 'contact')", [one])
    left = "select code_hash from wellkept.accounts_accesscode where code_hash = any (%s) order by code_hash = %s"
    given = [[one.bytes, other.bytes], other.bytes]
    assert [bytes(row[0]) for row in keeper.execute(left, given)] == [one.bytes, other.bytes]
    for _twice in range(2):
        keeper.execute("select wellkept.removal_replay(%s, 'benefits')", [one])
    assert [bytes(row[0]) for row in keeper.execute(left, given)] == [other.bytes]


@pytest.mark.parametrize("role", ["web", "jobs", "release", "entrance", "intake", "proof"])
def test_nobody_else_removes(house: Cluster, role: str) -> None:
    with house.connect("umr", role, autocommit=True) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("select wellkept.removal_replay(%s, 'benefits')", [uuid4()])


@pytest.mark.parametrize("wrong", [(None, "benefits"), (uuid4(), "everything"), (uuid4(), None)])
def test_a_removal_names_a_subject_and_a_class(keeper: Connection, wrong: tuple[UUID | None, str | None]) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        keeper.execute("select wellkept.removal_replay(%s, %s)", wrong)
