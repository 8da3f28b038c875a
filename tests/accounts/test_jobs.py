"""A request to register is answered by letter, to the one person it means; nobody else learns anything (U-05, U-30)."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections
from django.test import Client

from tests.accounts.asking import answer_all, ask, code_of, forget, printed, rows
from tests.cluster import Cluster
from tests.demo.imported import imported
from tests.demo.roles import as_role
from wellkept.accounts import actions, codes, registrations
from wellkept.cli import jobs, registering

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
QUEUE = ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers")
PASSWORD = "seven otters paint the barn"


@pytest.fixture(autouse=True)
def fresh(house: Cluster) -> None:
    """Nobody waits for anything and nobody was written to today."""
    imported(house)
    forget(house)


def test_somebody_on_the_roster_gets_a_letter_whose_code_makes_their_account(house: Cluster, tmp_path: Path) -> None:
    who = imported(house).people["spouse"]
    ask(who)
    answer_all(house)
    (letter,) = printed(house, tmp_path)
    assert f"\n{who.first} {who.last}\n" in letter
    assert "/register/code/" in letter
    assert "1-800-555-0100" in letter
    assert rows(house, "select count(*) from accounts_registration") == [(0,)]
    redeemed = actions.redeem(code=code_of(letter), born=who.born, login="spouse-by-letter", password=PASSWORD)
    assert redeemed == "yes"
    again = actions.redeem(code=code_of(letter), born=who.born, login="spouse-again", password=PASSWORD)
    assert again == "no"


def test_a_code_is_bound_to_the_birth_date_of_its_person(house: Cluster, tmp_path: Path) -> None:
    who = imported(house).people["stranger"]
    ask(who)
    answer_all(house)
    (letter,) = printed(house, tmp_path)
    assert actions.redeem(code=code_of(letter), born=date(1980, 1, 1), login="no-one", password=PASSWORD) == "no"


def test_whoever_is_not_on_the_roster_waits_for_a_person_and_nobody_is_opened(house: Cluster) -> None:
    who = imported(house).people["subscriber"]
    before = rows(house, "select count(*) from ledger_entry")
    ask(who, last="Nobody")
    answer_all(house)
    assert rows(house, "select state, told <> '' from accounts_registration") == [("unmatched", True)]
    assert rows(house, "select count(*) from notices_letter") == [(0,)]
    assert rows(house, "select count(*) from accounts_accesscode") == [(0,)]
    assert rows(house, "select count(*) from ledger_entry") == before


def test_a_person_gets_one_letter_a_day(house: Cluster) -> None:
    who = imported(house).people["subscriber"]
    for _ in range(3):
        ask(who)
        answer_all(house)
    assert rows(house, "select count(*) from notices_letter") == [(1,)]
    assert rows(house, "select count(*) from accounts_registration") == [(0,)]
    with house.administer("wellkept_umr") as connection:
        connection.execute("update wellkept.accounts_accesscode set issued_at = now() - interval '25 hours'")
    ask(who)
    answer_all(house)
    assert rows(house, "select count(*) from notices_letter") == [(2,)]


@pytest.mark.parametrize("chosen", [False, True])
def test_no_code_goes_where_a_call_said_less_than_14_days_ago(house: Cluster, *, chosen: bool) -> None:
    who = imported(house).people["subscriber"]
    ask(who)
    person = rows(
        house,
        "select distinct person_id from people_finder"
        " where kind = 'roster' and index in (select roster from accounts_registration)",
    )[0][0]
    before = rows(house, "select told from people_contact where person_id = %s", person)[0][0]

    def said(told: str, *given: object) -> None:
        with house.administer("wellkept_umr") as connection:
            connection.execute(
                f"update wellkept.people_contact set told = {told} where person_id = %s", [*given, person]
            )
            if chosen:
                connection.execute("update wellkept.accounts_registration set state = 'chosen', meant = %s", [person])

    try:
        said("(wellkept.access_day(now()) - 13)::text || ':~' || replace(gen_random_uuid()::text, '-', '')")
        entries = rows(house, "select count(*) from ledger_entry where %s = any (subjects)", person)
        answer_all(house)
        assert rows(house, "select count(*) from notices_letter") == [(0,)]
        assert rows(house, "select state from accounts_registration") == [("chosen" if chosen else "waiting",)]
        assert rows(house, "select count(*) from ledger_entry where %s = any (subjects)", person) == entries
        said("(wellkept.access_day(now()) - 14)::text || ':~' || replace(gen_random_uuid()::text, '-', '')")
        in_confidence(house, person, "13 days")
        answer_all(house)
        assert rows(house, "select count(*) from notices_letter") == [(0,)]
        in_confidence(house, person, "")
        answer_all(house)
        assert rows(house, "select count(*) from notices_letter") == [(1,)]
    finally:
        in_confidence(house, person, "")
        said("%s", before)


def test_what_was_put_off_lets_others_have_their_turn(house: Cluster) -> None:
    who = imported(house).people
    ask(who["subscriber"])
    ask(who["spouse"])
    found = "select distinct person_id from people_finder where kind = 'roster' and index in (select roster from"
    people = [person for (person,) in rows(house, f"{found} accounts_registration)")]
    for person in people:
        in_confidence(house, person, "1 day")
    try:
        with as_role(house, "jobs"):
            first, second = registrations.waiting()
            registering.answer(first)
            assert registrations.waiting() == [second, first]
            registering.answer(second)
            assert registrations.waiting() == [first, second]
    finally:
        for person in people:
            in_confidence(house, person, "")


def in_confidence(house: Cluster, person: object, ago: str) -> None:
    """The person asked so long ago for letters to another place; "": they asked for nothing."""
    with house.administer("wellkept_umr") as connection:
        connection.execute("delete from wellkept.people_confidential where person_id = %s", [person])
        if ago:
            connection.execute(
                "insert into wellkept.people_confidential (id, person_id, category, collected_under, restricted,"
                " channel, address, since) values (%s, %s, 'contact', 'x', true, 'letter', '', now() - %s::interval)",
                [person, person, ago],
            )


def test_two_racing_jobs_write_one_letter(house: Cluster) -> None:
    who = imported(house).people["subscriber"]
    ask(who)
    ask(who)
    (person,) = rows(
        house,
        "select distinct person_id from people_finder"
        " where kind = 'roster' and index in (select roster from accounts_registration)",
    )
    with as_role(house, "jobs"), house.administer("wellkept_umr") as gate, ThreadPoolExecutor(2) as pool:
        gate.execute("select pg_advisory_lock(hashtextextended(%s, 0))", [f"access code {person[0]}"])
        racers = [pool.submit(in_thread, registration) for registration in registrations.waiting()]
        wait_for(house, 2)
        gate.execute("select pg_advisory_unlock_all()")
        for racer in racers:
            racer.result(timeout=30)
    assert rows(house, "select count(*) from notices_letter") == [(1,)]
    assert rows(house, "select count(*) from accounts_accesscode") == [(1,)]


def in_thread(registration: UUID) -> None:
    try:
        registering.answer(registration)
    finally:
        connections.close_all()


def wait_for(house: Cluster, waiting: int) -> None:
    """Until that many sessions wait for an advisory lock."""
    deadline = time.monotonic() + 30
    while rows(house, "select count(*) from pg_locks where locktype = 'advisory' and not granted") != [(waiting,)]:
        assert time.monotonic() < deadline


def test_asking_starts_a_job_whose_arguments_are_ids_alone(house: Cluster) -> None:
    ask(imported(house).people["subscriber"])
    ((registration,),) = rows(house, "select id from accounts_registration")
    assert rows(house, "select task_name, args, status::text from procrastinate_jobs") == [
        ("accounts.answer", {"registration": str(registration)}, "todo")
    ]


def test_no_code_lies_anywhere_raw_and_a_printed_letter_is_empty(house: Cluster, tmp_path: Path) -> None:
    ask(imported(house).people["subscriber"])
    answer_all(house)
    (letter,) = printed(house, tmp_path)
    code = code_of(letter)
    assert rows(house, "select body, printed_at is not null from notices_letter") == [(b"", True)]
    spellings = [form for text in (code, codes.canonical(code)) for form in (text, text.encode().hex())]
    tables = rows(
        house, "select relname from pg_class where relnamespace = 'wellkept'::regnamespace and relkind in ('r', 'p')"
    )
    for (table,) in tables:
        for spelling in spellings:
            assert rows(house, f"select 1 from {table} t where t::text ilike %s limit 1", f"%{spelling}%") == [], table


def test_the_answer_on_the_page_is_the_same_for_everybody(house: Cluster) -> None:
    who = imported(house).people["subscriber"]
    told = {
        "birth_date_month": who.born.month, "birth_date_day": who.born.day, "birth_date_year": who.born.year,
        "first_name": who.first, "last_name": who.last, "member_number": who.number, "group_number": who.group,
    }  # fmt: skip
    page = Client(headers={"origin": "http://testserver", "sec-fetch-site": "same-origin"}, SERVER_NAME="localhost")
    page.defaults["HTTP_ORIGIN"] = "http://localhost"
    answers = [
        page.post("/register/member/", told | more) for more in ({}, {"last_name": "Nobody"}, {"member_number": "1"})
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.content for answer in answers}) == 1
    assert rows(house, "select count(*) from accounts_registration") == [(3,)]


def test_a_registered_person_s_opening_is_in_the_ledger(house: Cluster) -> None:
    ask(imported(house).people["child"])
    ((registration,),) = rows(house, "select id from accounts_registration")
    answer_all(house)
    found = rows(
        house,
        "select kind, role, purpose, categories, clause, subjects = array[%s::uuid] from ledger_entry"
        " where occasion = %s"
        " order by id",
        registration,
        registration,
    )
    opened = ("opened", "jobs", "MEMADMIN", ["identity", "contact"], "U-05")
    assert found == [(*opened, True), (*opened, False)]


@pytest.mark.parametrize("role", ["web", "entrance", "intake", "seal", "watch", "mail", "release"])
@pytest.mark.parametrize("table", QUEUE)
def test_no_door_has_any_part_in_the_queue(house: Cluster, role: str, table: str) -> None:
    rights = "select, insert, update, delete, truncate, references, trigger"  # any of them
    asked = "select has_table_privilege(%s, %s, %s)"
    assert rows(house, asked, f"umr_{role}", f"wellkept.{table}", rights) == [(False,)]


def test_the_worker_takes_its_queue_and_nothing_more(house: Cluster) -> None:
    asked = """
        select c.relname, string_agg(lower(a.privilege_type), ' ' order by a.privilege_type)
          from pg_class c, aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
         where c.relnamespace = 'wellkept'::regnamespace and c.relkind = 'r' and c.relname like 'procrastinate%%'
           and r.rolname = %s
         group by c.relname"""
    assert {str(table): rights for table, rights in rows(house, asked, "umr_jobs")} == {
        "procrastinate_jobs": "delete insert select update",
        "procrastinate_periodic_defers": "delete insert select update",
        "procrastinate_events": "delete insert select",
        "procrastinate_workers": "delete insert select update",
    }
    assert {str(table): rights for table, rights in rows(house, asked, "umr_gate")} == {
        "procrastinate_jobs": "insert select",
        "procrastinate_events": "insert",
    }


def test_the_worker_makes_the_ledger_s_months_ahead(house: Cluster) -> None:
    with as_role(house, "jobs"):
        jobs.months_ahead(0)
        registering.answer_waiting(0)
    assert rows(house, "select count(*) >= 13 from pg_class where relname ~ '^ledger_entry_[0-9]{4}_[0-9]{2}$'") == [
        (True,)
    ]
