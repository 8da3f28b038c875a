"""A restriction a person asked for binds whom they chose, and not whom a court put in their place."""

import json
from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.opening import number
from tests.cluster import Cluster
from tests.consent.helping import EVERYTHING, helping, opens, why_not
from tests.consent.standing import stands
from tests.web.member.world import World

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("nobody_helps")]
DEATH = (
    "insert into people_death (id, person_id, category, collected_under, restricted, state, step, told, estate,"
    " estate_asked, paper, seen_on, asked_by, asked_actor, asked_at, decided_by, decided_actor, decided_at)"
    " values (gen_random_uuid(), %s, 'contact', '', false, 'dead', '', '', '', '', 'certificate', current_date,"
    " gen_random_uuid(), '', now(), gen_random_uuid(), '', now())"
)


@pytest.fixture
def shut(world: World, admin: psycopg.Connection) -> Iterator[dict[str, UUID]]:
    """Members may not open the claims of these people."""
    made = {who: uuid4() for who in ("lucas", "nina", "bereft")}
    for who, row in made.items():
        admin.execute(
            "insert into consent_restriction (id, person_id, category, collected_under, restricted, role, opens, sort,"
            " since) values (%s, %s, 'requests', '', false, 'member', 'claims', 'member', now())",
            [row, world.people[who]],
        )
    yield made
    admin.execute("delete from consent_restriction where id = any (%s)", [list(made.values())])
    admin.execute("delete from people_death where person_id = %s", [world.people["bereft"]])


@pytest.mark.parametrize("kind", ["guardian", "court_order"])
def test_a_court_s_representative_of_an_adult_is_not_bound(
    web: psycopg.Connection,
    world: World,
    house: Cluster,
    admin: psycopg.Connection,
    shut: dict[str, UUID],
    kind: str,
) -> None:
    made = stands(admin, world, "lucas", "stella", kind, *EVERYTHING, adult=True)
    assert opens(web, world, "stella", "lucas", "claims") == 2
    deciding = "select kind, id from consent_deciding(%s, %s, 'PATRQT', 'claims')"
    pair = [world.accounts["stella"], world.people["lucas"]]
    assert admin.execute(deciding, pair).fetchall() == [(kind, made)]
    assert not explained_as_restricted(house, *pair)
    admin.execute("update consent_appointment set opens = %s where id = %s", [json.dumps(["coverage"]), made])
    assert why_not(web, world, "stella", "lucas", "claims") == "no word"
    admin.execute("update consent_appointment set state = 'ended', ended_at = now() where id = %s", [made])
    helping(web, world, "lucas", "stella", *EVERYTHING)
    assert why_not(web, world, "stella", "lucas", "claims") == "restricted"
    kinds = {said for said, _number in admin.execute(deciding, pair).fetchall()}
    assert kinds == {"helper", "restriction"}
    assert explained_as_restricted(house, *pair)


def explained_as_restricted(house: Cluster, account: UUID, person: UUID) -> bool:
    """Whether whoever asks why is told of a restriction."""
    with house.connect("umr", "proof", autocommit=True) as proof:
        entry = number(proof, "select wellkept.gate_explain_begin(%s, 'PATRQT', 'claims')", [person])
        return bool(number(proof, "select restricted::int from wellkept.gate_explain(%s, %s, null)", [entry, account]))


def test_whom_the_person_chose_and_whoever_stands_for_a_minor_stay_bound(
    web: psycopg.Connection, world: World, admin: psycopg.Connection, shut: dict[str, UUID]
) -> None:
    stands(admin, world, "lucas", "stella", "power_of_attorney", *EVERYTHING, adult=True)
    assert why_not(web, world, "stella", "lucas", "claims") == "restricted"
    assert opens(web, world, "stella", "lucas", "sensitive_claims") == 1
    for adult in (False, True):
        stands(admin, world, "nina", "stella", "guardian", *EVERYTHING, adult=adult)
        assert why_not(web, world, "stella", "nina", "claims") == "restricted"


def test_after_a_death_the_executor_reads_what_nobody_else_can_open_again(
    web: psycopg.Connection, world: World, admin: psycopg.Connection, shut: dict[str, UUID]
) -> None:
    stands(admin, world, "bereft", "stella", "executor", *EVERYTHING)
    assert why_not(web, world, "stella", "bereft", "claims") == "no rule"
    admin.execute(DEATH, [world.people["bereft"]])
    assert opens(web, world, "stella", "bereft", "claims") == 2
    assert why_not(web, world, "kid", "bereft", "claims") in {"no rule", "no word"}
