"""How rooms open a record: in two steps, each of which leaves what it should and nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, connections, transaction
from psycopg.pq import TransactionStatus

from tests.access.opening import entered, entry_of, held, number, somebody_writes
from tests.cast import Cast, on_a_call
from tests.cluster import Cluster
from wellkept.access import queries
from wellkept.access.cut import Opening
from wellkept.cli import cluster as server
from wellkept.policy.words import Category, Purpose, Refused

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
CLAIMS = "select count(*) from benefits_claim"
NOTHING = "nothing is open in this transaction"
ASK = (
    "insert into rights_request (id, person_id, category, collected_under, restricted, kind, words, asked_at, due_on)"
    " values (%s, %s, 'requests', 'x', false, 'opening', '', now(), now())"
)


def asked(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
        return row[0] if row else None


def last(administrator: psycopg.Connection) -> int:
    return number(administrator, "select coalesce(max(id), 0) from ledger_entry")


def test_a_person_opens_their_own_record_and_nothing_stays_open(cast: Cast, house: Cluster) -> None:
    secret = cast.secret["subscriber"]
    with queries.enter(secret, purpose=Purpose.PATIENT_REQUEST, categories=[Category.CLAIMS]) as opening:
        assert asked(CLAIMS) == 10
    assert (opening.subjects, opening.categories) == ((cast.people["subscriber"],), frozenset({"claims"}))
    assert (opening.account, opening.role, opening.actor) == (cast.accounts["subscriber"], "member", None)
    assert entry_of(house, opening.entry)["kind"] == "opened"
    assert not connection.in_atomic_block
    with pytest.raises(ProgrammingError, match=NOTHING):
        asked(CLAIMS)


def test_an_opening_begins_outside_any_transaction(cast: Cast, administrator: psycopg.Connection) -> None:
    before = last(administrator)
    secret, index = cast.secret["representative"], b"x"
    doors = (
        queries.enter(secret, purpose=Purpose.PATIENT_REQUEST, categories=[Category.CLAIMS]),
        queries.search(secret, kind="name", index=index, purpose=Purpose.MEMBER_ADMINISTRATION),
        queries.enter_as_machine(
            subjects=[uuid4()],
            purpose=Purpose.PAYMENT,
            categories=[Category.CLAIMS],
            occasion=uuid4(),
            relationship="file",
        ),
    )
    for door in doors:
        with transaction.atomic(), pytest.raises(RuntimeError, match="outside any transaction"), door:
            pass
    assert last(administrator) == before


def test_one_opening_holds_no_other(cast: Cast) -> None:
    secret = cast.secret["subscriber"]
    with (
        queries.enter(secret, purpose=Purpose.PATIENT_REQUEST, categories=[Category.CLAIMS]),
        pytest.raises(RuntimeError, match="outside any transaction"),
        queries.enter(secret, purpose=Purpose.PATIENT_REQUEST, categories=[Category.IDENTITY]),
    ):
        pass


def refused(cast: Cast, name: str, whom: UUID | None, *, call: UUID | None = None) -> Refused:
    with (
        pytest.raises(Refused) as caught,
        queries.enter(
            cast.secret.get(name, b"invented"),
            purpose=Purpose.PATIENT_REQUEST,
            categories=[Category.CLAIMS],
            subjects=[whom] if whom else None,
            occasion=call,
        ),
    ):
        raise AssertionError("it was opened")
    return caught.value


def test_a_refusal_says_why_by_which_clause_and_under_which_entry(
    cast: Cast, house: Cluster, administrator: psycopg.Connection
) -> None:
    call = on_a_call(administrator, cast, cast.people["stranger"])
    said = {
        "no rule": refused(cast, "subscriber", cast.people["spouse"]),
        "no session": refused(cast, "nobody at all", None),
        "not your occasion": refused(cast, "subscriber", None, call=call),
    }
    for reason, refusal in said.items():
        assert refusal.reason == reason
        assert refusal.entry
        entry = entry_of(house, refusal.entry)
        assert (entry["kind"], entry["reason"], entry["clause"]) == ("refused", reason, refusal.clause)
        assert refusal.sentence.endswith(".")
    assert not connection.in_atomic_block


def ask(cast: Cast, row: UUID, *, fails: bool = False) -> Opening:
    secret, person = cast.secret["spouse"], cast.people["spouse"]
    with (
        queries.enter(secret, purpose=Purpose.PATIENT_REQUEST, categories=[Category.REQUESTS]) as opening,
        connection.cursor() as cursor,
    ):
        cursor.execute(ASK, [row, person])
        if fails:
            raise ZeroDivisionError
    return opening


def test_what_fails_inside_is_undone_and_its_entry_stays(cast: Cast, administrator: psycopg.Connection) -> None:
    row, before = uuid4(), last(administrator)
    with pytest.raises(ZeroDivisionError):
        ask(cast, row, fails=True)
    assert number(administrator, "select count(*) from rights_request where id = %s", [row]) == 0
    opened = "select count(*) from ledger_entry where id > %s and account = %s and kind = 'opened'"
    assert number(administrator, opened, [before, cast.accounts["spouse"]]) == 1
    with pytest.raises(ProgrammingError, match=NOTHING):
        asked(CLAIMS)


def test_what_succeeds_inside_is_kept(cast: Cast, administrator: psycopg.Connection) -> None:
    row = uuid4()
    ask(cast, row)
    assert number(administrator, "delete from rights_request where id = %s returning 1", [row]) == 1


def test_a_key_reads_nothing_once_its_block_has_ended(cast: Cast) -> None:
    secret = cast.secret["subscriber"]
    with queries.enter(secret, purpose=Purpose.PATIENT_REQUEST, categories=[Category.CLAIMS]) as opening:
        pass
    with pytest.raises(RuntimeError, match="closed"):
        opening.unseal(cast.people["subscriber"], "benefits", "claim.number", uuid4(), b"sealed")


def test_an_entry_that_waits_for_the_disk_is_flushed_and_held(cast: Cast, house: Cluster) -> None:
    secret = cast.secret["subscriber"]
    with somebody_writes(house):
        for _ in range(50):
            with queries.enter(secret, purpose=Purpose.PATIENT_REQUEST, categories=[Category.CLAIMS]):
                assert asked(CLAIMS) == 10


def test_who_somebody_is_is_asked_of_their_session(cast: Cast) -> None:
    found = queries.who(cast.secret["nurse"])
    assert found
    assert (found.account, found.role, found.actor) == (cast.accounts["nurse"], "nurse", "Nurse")
    assert queries.who(b"invented") is None


def test_a_search_opens_whom_it_finds_and_no_claim_of_theirs(cast: Cast, administrator: psycopg.Connection) -> None:
    index, person = uuid4().bytes, cast.people["stranger"]
    administrator.execute(
        "insert into people_finder select x.* from json_populate_record(null::people_finder, %s) x",
        [f'{{"index": "\\\\x{index.hex()}", "kind": "name", "person_id": "{person}", "plan_id": "{uuid4()}"}}'],
    )
    secret, why = cast.secret["representative"], Purpose.MEMBER_ADMINISTRATION
    with queries.search(secret, kind="name", index=index, purpose=why) as opening:
        assert opening.subjects == (person,)
        assert asked(CLAIMS) == 0
    with queries.search(secret, kind="name", index=uuid4().bytes, purpose=why) as opening:
        assert opening.subjects == ()


@pytest.fixture
def as_jobs(house: Cluster, django: None) -> Iterator[None]:
    """Django's first connection as the role of the jobs."""
    first: Any = connections["default"]
    parts = server.parameters(operator="umr", role="jobs", state=Path(house.state))
    before = dict(first.settings_dict)
    for settings in ({"USER": parts["user"], "PASSWORD": parts["password"]}, before):
        first.close()
        first.close_pool()
        first.settings_dict.update(settings)
        if settings is not before:
            yield


@pytest.mark.usefixtures("as_jobs")
def test_a_machine_opens_under_an_occasion_it_began(cast: Cast, house: Cluster) -> None:
    run, why = uuid4(), Purpose.MEMBER_ADMINISTRATION
    queries.begin(run, kind="job")

    def opens(occasion: UUID) -> Opening:
        with queries.enter_as_machine(
            subjects=[cast.people["child"]],
            purpose=why,
            categories=[Category.IDENTITY],
            occasion=occasion,
            relationship="registration",
        ) as opening:
            return opening

    opening = opens(run)
    assert (opening.role, opening.account, opening.occasion) == ("jobs", None, run)
    assert entry_of(house, opening.entry)["own"]
    with pytest.raises(Refused) as caught:
        opens(uuid4())
    assert caught.value.reason == "not your occasion"


def test_whoever_gets_the_connection_next_finds_nothing_on_it(
    cast: Cast, web: psycopg.Connection, administrator: psycopg.Connection
) -> None:
    with held(web, entered(web, cast.secret["subscriber"], None, "claims")):
        web.execute("declare kept cursor with hold for select * from benefits_claim")
    for statement in (
        f"prepare kept as {CLAIMS}",
        "set lock_timeout = '1h'",
        "set search_path = pg_temp",
        "select pg_advisory_lock(1)",
        "listen anything",
    ):
        web.execute(statement)
    for _ in range(8):  # so that the driver prepares a statement of its own
        web.execute("select %s::int", [7])
    assert number(web, "select count(*) from pg_cursors where is_holdable") == 1
    web.autocommit = False
    connection.settings_dict["OPTIONS"]["pool"]["reset"](web)
    assert web.info.transaction_status == TransactionStatus.IDLE
    assert number(web, "select count(*) from pg_cursors where is_holdable") == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match=NOTHING):
        web.execute("execute kept")  # a plan may stay; it holds no value and opens nothing
    web.rollback()
    advisory = "select count(*) from pg_locks where locktype = 'advisory' and pid = %s"
    assert number(administrator, advisory, [web.info.backend_pid]) == 0
    assert number(web, "select count(*) from pg_listening_channels()") == 0
    shown = "select current_setting('lock_timeout'), current_setting('search_path')"
    assert web.execute(shown).fetchone() == ("5s", "wellkept, pg_temp")
    assert number(web, "select %s::int", [7]) == 7
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match=NOTHING):
        web.execute(CLAIMS)
