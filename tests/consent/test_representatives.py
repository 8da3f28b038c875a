"""Representatives: two of us find that a paper makes one, and a life that ends ends or begins it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from tests.access.opening import entered, entry_of, held, number, refusal
from tests.cast import Cast, on_a_call
from tests.cluster import Cluster
from tests.consent.helping import BORN, CLAIM, dismissed, helping, later, opens, why_not
from tests.web.member.world import World, hashed

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("nobody_helps")]

TELL = (
    "select wellkept.consent_authority_tell(%s, %s, %s, %s, 'x'::bytea, '{claims}', %s, %s, 'Rita S.', '2026-11-01',"
    " gen_random_uuid(), 'x'::bytea, true)"
)
DECIDE = "select wellkept.consent_authority_decide(%s, %s, %s, %s, %s, %s, 14, gen_random_uuid(), 'x'::bytea)"


def test_two_of_us_make_a_representative_and_neither_alone(
    web: psycopg.Connection, world: World, cast: Cast, house: Cluster, admin: psycopg.Connection
) -> None:
    call = on_a_call(admin, cast, world.people["lucas"], verified=False)
    made, code = uuid4(), uuid4().bytes
    first, second = cast.secret["representative"], cast.secret["second"]

    def tell(secret: bytes, kind: str = "guardian") -> str:
        entry = entered(web, first, [world.people["lucas"]], "identity", why="MEMADMIN", occasion=call)
        with held(web, entry):
            row = web.execute(TELL, [secret, call, made, kind, later(days=90), BORN]).fetchone()
        return str(row[0]) if row else ""

    def decide(secret: bytes, *, yes: bool = True, paper: str = "court") -> str:
        entry = entered(web, secret, [world.people["lucas"]], "identity", why="MEMADMIN")
        with held(web, entry):
            row = web.execute(
                DECIDE, [secret, made, yes, paper, datetime.now(UTC).date() - timedelta(days=1), code]
            ).fetchone()
        return str(row[0]) if row else ""

    assert refusal(web, entered(web, second, [world.people["lucas"]], "identity", why="MEMADMIN")) == "no rule"
    assert tell(hashed(world.secrets["ann"])) == "no"
    assert tell(first, "executor") == "no"
    assert tell(first) == "yes"
    assert tell(first) == "waits"
    assert not number(web, CLAIM, [hashed(world.secrets["stella"]), code, BORN])
    assert decide(first) == "first"
    assert decide(second, paper="gossip") == "no"
    proved = "update accounts_session set proved_at = now() - %s::interval where secret_hash = %s"
    admin.execute(proved, ["16 minutes", second])
    assert decide(second) == "prove"
    assert not number(web, CLAIM, [hashed(world.secrets["stella"]), code, BORN])
    admin.execute(proved, ["0", second])
    assert decide(second) == "yes"
    assert number(web, CLAIM, [hashed(world.secrets["stella"]), code, BORN])
    assert opens(web, world, "stella", "lucas", "claims") == 2
    entry = entered(web, hashed(world.secrets["stella"]), [world.people["lucas"]], "identity", "claims")
    assert entry_of(house, entry)["reason"] == "personal_representative"
    assert why_not(web, world, "stella", "lucas", "sensitive_claims") == "no word"
    assert refusal(web, entered(web, second, [world.people["lucas"]], "identity", why="MEMADMIN")) == "no rule"
    assert not dismissed(web, world, "lucas", made)
    entry = entered(web, first, [world.people["lucas"]], "identity", why="MEMADMIN", occasion=call)
    with held(web, entry):
        assert number(
            web,
            "select wellkept.consent_authority_end(%s, %s, %s, 'danger', gen_random_uuid(), 'x')::int",
            [first, call, made],
        )
    assert why_not(web, world, "stella", "lucas", "claims") == "no rule"


def test_nobody_is_confirmed_while_the_letter_would_go_where_a_call_just_said(
    web: psycopg.Connection, world: World, cast: Cast, admin: psycopg.Connection
) -> None:
    person, first, second = world.people["adopted"], cast.secret["representative"], cast.secret["second"]
    call, made = on_a_call(admin, cast, person, verified=False), uuid4()
    before = admin.execute("select told from people_contact where person_id = %s", [person]).fetchone()

    def said(days: int) -> None:
        told = "(wellkept.access_day(now()) - %s)::text || ':~' || replace(gen_random_uuid()::text, '-', '')"
        admin.execute(f"update people_contact set told = {told} where person_id = %s", [days, person])

    def decide() -> str:
        with held(web, entered(web, second, [person], "identity", why="MEMADMIN")):
            row = web.execute(
                DECIDE, [second, made, True, "court", datetime.now(UTC).date() - timedelta(days=1), uuid4().bytes]
            ).fetchone()
        return str(row[0]) if row else ""

    admin.execute("update accounts_account set closed_at = now() where person_id = %s", [person])
    try:
        with held(web, entered(web, first, [person], "identity", why="MEMADMIN", occasion=call)):
            web.execute(TELL, [first, call, made, "guardian", later(days=90), BORN])
        said(13)
        assert decide() == "moved"
        assert not number(admin, "select count(*) from accounts_accesscode where place = %s", [made])
        admin.execute("update accounts_account set closed_at = null where person_id = %s", [person])
        assert decide() == "yes"
        admin.execute("update accounts_account set closed_at = now() where person_id = %s", [person])
        said(14)
        with held(web, entered(web, first, [person], "identity", why="MEMADMIN", occasion=call)):
            made = uuid4()
            web.execute(TELL, [first, call, made, "guardian", later(days=90), BORN])
        assert decide() == "yes"
    finally:
        admin.execute("update accounts_account set closed_at = null where person_id = %s", [person])
        admin.execute("update people_contact set told = %s where person_id = %s", [before[0] if before else "", person])
        admin.execute("delete from notices_letter where person_id = %s", [person])


def test_a_helper_ends_with_a_life_and_an_executor_begins(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    made = helping(web, world, "bereft", "stella", "claims")
    assert opens(web, world, "stella", "bereft", "claims") == 2
    person = world.people["bereft"]
    admin.execute(
        "insert into people_death (id, person_id, category, collected_under, restricted, state, step, told, estate,"
        " estate_asked, paper, seen_on, asked_by, asked_actor, asked_at, decided_by, decided_actor, decided_at)"
        " values (%s, %s, 'contact', '', false, 'dead', '', '', '', '', 'certificate', current_date, %s, '', now(), %s,"
        " '', now())",
        [uuid4(), person, uuid4(), uuid4()],
    )
    try:
        assert why_not(web, world, "stella", "bereft", "claims") == "no rule"
        admin.execute(
            "update consent_appointment set kind = 'executor', asked_by = %s, decided_by = %s, decided_at = now(),"
            " paper = 'letters', seen_on = current_date where id = %s",
            [uuid4(), uuid4(), made],
        )
        assert opens(web, world, "stella", "bereft", "claims") == 2
    finally:
        admin.execute("delete from people_death where person_id = %s", [person])
    assert why_not(web, world, "stella", "bereft", "claims") == "no rule"


def test_no_row_of_the_table_stands_on_one_of_us(admin: psycopg.Connection, world: World) -> None:
    """Whoever writes: a representative with the same account twice is refused by the table itself."""
    mine = uuid4()
    with pytest.raises(psycopg.errors.CheckViolation):
        admin.execute(
            "insert into consent_appointment (id, person_id, category, collected_under, restricted, kind, holder,"
            " name, opens, state, since, expires, asked_by, asked_at, decided_by, decided_at, paper, seen_on)"
            " values (%s, %s, 'requests', '', false, 'guardian', %s, 'x', '[]', 'stands', now(),"
            " now() + interval '1 day', %s, now(), %s, now(), 'court', current_date)",
            [uuid4(), world.people["ann"], uuid4(), mine, mine],
        )


def test_nothing_is_done_of_which_a_person_without_an_account_does_not_hear(
    web: psycopg.Connection, world: World, cast: Cast, admin: psycopg.Connection
) -> None:
    """The database takes no step without the letter, whatever a page forgets."""
    person, first = world.people["adopted"], cast.secret["representative"]
    call, made = on_a_call(admin, cast, person, verified=False), uuid4()
    given = [first, call, made, "guardian", later(days=90), BORN]
    admin.execute("update accounts_account set closed_at = now() where person_id = %s", [person])
    try:
        entry = entered(web, first, [person], "identity", why="MEMADMIN", occasion=call)
        with pytest.raises(psycopg.errors.CheckViolation), held(web, entry, undo=True):
            web.execute(TELL.replace("'x'::bytea, true)", "''::bytea, true)"), given)
        with held(web, entered(web, first, [person], "identity", why="MEMADMIN", occasion=call)):
            web.execute(TELL, given)
        waits = "select count(*) from notices_letter where person_id = %s and kind = 'representative'"
        assert number(admin, waits, [person]) == 1
    finally:
        admin.execute("update accounts_account set closed_at = null where person_id = %s", [person])
        admin.execute("delete from notices_letter where person_id = %s", [person])
