"""How many people an account opens in an hour: exactly its limit, whoever races and whatever is rolled back."""

import json
import threading
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors

from tests.access.opening import (
    ENTER,
    MACHINE,
    SEARCH,
    claims,
    entered,
    entry_of,
    held,
    number,
    refusal,
    searched,
)
from tests.cast import Cast, sign_in
from tests.cluster import Cluster

pytestmark = pytest.mark.database
LIMIT = 60
RACERS = 8
SPENT = "select coalesce(sum(people), 0) from access_spent_count where account = %s"

Caller = tuple[UUID, bytes]


@pytest.fixture
def representative(administrator: psycopg.Connection) -> Callable[[], Caller]:
    """Makes a representative with a whole hour's budget."""

    def make() -> Caller:
        cast = Cast()
        sign_in(administrator, cast, "one", role="representative", person=None, actor="One")
        administrator.execute(
            "insert into consent_acknowledgement (account_id, document, version, at)"
            " select %s, name, version, now() from consent_document where audience = 'representative'",
            [cast.accounts["one"]],
        )
        return cast.accounts["one"], cast.secret["one"]

    return make


def counted(administrator: psycopg.Connection, account: UUID) -> tuple[int, int]:
    """The counter of the account's hour, and the rows it counts."""
    rows = number(administrator, "select count(*) from access_spent where account = %s", [account])
    return number(administrator, SPENT, [account]), rows


def outcomes(administrator: psycopg.Connection, account: UUID) -> dict[str, int]:
    found = administrator.execute(
        "select coalesce(reason, kind), count(*) from ledger_entry where account = %s group by 1", [account]
    ).fetchall()
    return {str(word): int(count) for word, count in found}


def test_eight_racing_connections_stop_exactly_at_the_limit(
    house: Cluster, administrator: psycopg.Connection, representative: Callable[[], Caller]
) -> None:
    account, secret = representative()
    ready = threading.Barrier(RACERS)

    def race() -> None:
        with house.connect("umr", "web", autocommit=True) as web:
            ready.wait()
            for _ in range(12):
                with_patience(web, secret, uuid4().bytes)

    racers = [threading.Thread(target=race) for _ in range(RACERS)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert outcomes(administrator, account) == {"searched": LIMIT, "budget": RACERS * 12 - LIMIT}
    assert counted(administrator, account) == (LIMIT, LIMIT)


def with_patience(web: psycopg.Connection, secret: bytes, index: bytes) -> None:
    """Search; a machine under load may keep the counter longer than a page waits for it."""
    for _ in range(50):
        try:
            web.execute(SEARCH, [secret, "name", index, "MEMADMIN"])
        except errors.LockNotAvailable:
            continue
        return
    raise AssertionError


def test_reading_and_rolling_back_does_not_give_the_budget_back(
    web: psycopg.Connection, administrator: psycopg.Connection, representative: Callable[[], Caller]
) -> None:
    account, secret = representative()
    with held(web, searched(web, secret, b"somebody"), undo=True):
        pass
    assert counted(administrator, account) == (1, 1)


def test_a_search_that_finds_nobody_or_too_many_costs_as_one_that_finds_somebody(
    web: psycopg.Connection, administrator: psycopg.Connection, representative: Callable[[], Caller]
) -> None:
    account, secret = representative()
    crowd, one = uuid4().bytes, uuid4().bytes
    find(administrator, crowd, [uuid4() for _ in range(7)])
    find(administrator, one, [uuid4()])
    for spent, index in enumerate((b"nobody at all", one, crowd), start=1):
        searched(web, secret, index)
        assert counted(administrator, account) == (spent, spent)


def find(administrator: psycopg.Connection, index: bytes, people: list[UUID]) -> None:
    """Let an index find these people."""
    for person in people:
        row = {"index": f"\\x{index.hex()}", "kind": "name", "person_id": str(person), "plan_id": str(uuid4())}
        administrator.execute(
            "insert into people_finder select x.* from json_populate_record(null::people_finder, %s) x",
            [json.dumps(row)],
        )


def test_one_s_own_record_costs_nothing(web: psycopg.Connection, administrator: psycopg.Connection, cast: Cast) -> None:
    person = cast.people["subscriber"]
    for people in (None, [person], [person, person], f"[4:4]={{{person}}}"):
        assert claims(web, entered(web, cast.secret["subscriber"], people, "claims")) == 10
    assert counted(administrator, cast.accounts["subscriber"]) == (0, 0)


def test_the_turn_of_the_hour_renews_it(
    web: psycopg.Connection, administrator: psycopg.Connection, representative: Callable[[], Caller]
) -> None:
    account, secret = representative()
    administrator.execute("insert into access_spent_count values (%s, date_trunc('hour', now()), %s)", [account, LIMIT])
    assert refusal(web, searched(web, secret, b"one")) == "budget"
    for table in ("access_spent", "access_spent_count"):
        administrator.execute(f"update {table} set hour = hour - interval '1 hour' where account = %s", [account])
    with held(web, searched(web, secret, b"one")):
        pass


def test_a_page_that_waits_with_one_account_s_budget_does_not_keep_another_account_waiting(
    web: psycopg.Connection, house: Cluster, representative: Callable[[], Caller]
) -> None:
    (_, slow), (_, quick) = representative(), representative()
    with house.connect("umr", "web") as idle:
        idle.execute(SEARCH, [slow, "name", b"x", "MEMADMIN"])
        with held(web, searched(web, quick, b"x")):
            pass
        with pytest.raises(errors.LockNotAvailable):
            web.execute(SEARCH, [slow, "name", b"y", "MEMADMIN"])


@pytest.fixture
def jobs_hour(administrator: psycopg.Connection) -> Iterator[None]:
    """A whole hour for the jobs, before and afterwards."""
    forget_jobs(administrator)
    yield
    forget_jobs(administrator)


def forget_jobs(administrator: psycopg.Connection) -> None:
    for table in ("access_spent", "access_spent_count"):
        administrator.execute(f"delete from {table} where account = gate_named('jobs')")


def test_a_job_stops_at_its_role_s_limit_too(
    house: Cluster, administrator: psycopg.Connection, jobs_hour: None
) -> None:
    limit = number(administrator, "select people_an_hour from access_budget where role = 'jobs'")
    with house.connect("umr", "jobs", autocommit=True) as jobs:
        run = uuid4()
        jobs.execute("select wellkept.gate_begin(%s, 'job', null)", [run])
        for spent in range(0, limit + 1, 500):
            people = [uuid4() for _ in range(500)]
            entry = number(jobs, MACHINE, [people, "MEMADMIN", ["contact"], run, "registration"])
            assert entry_of(house, entry)["reason"] == ("budget" if spent >= limit else None)


def test_a_refusal_without_a_rule_costs_nothing_and_opens_nothing(
    web: psycopg.Connection, administrator: psycopg.Connection, representative: Callable[[], Caller]
) -> None:
    account, secret = representative()
    for _ in range(3):
        entry = number(web, ENTER, [secret, [uuid4()], "MEMADMIN", ["claims"], None])
        assert refusal(web, entry) == "no rule"
    assert counted(administrator, account) == (0, 0)
