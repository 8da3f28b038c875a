"""Papers of organisations open to their own people and to whoever has a case; every opening stands in a list (U-42)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import product
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.opening import entered, held, number, refusal
from tests.accounts.offices import Office, opened
from tests.cast import Cast
from tests.cluster import Cluster

pytestmark = pytest.mark.database
DUE = date(2026, 12, 24)
KEEP = (
    "select wellkept.organisations_keep_paper(%s, %s, '2026-11-22', %s, 'x', 'y', 'application/pdf', 4, 1, %s, %s, %s)"
)
PART = "select wellkept.organisations_keep_part(%s, %s, %s, '2026-11-22', 0, 'abcd')"
READ = "select count(*) from wellkept.organisations_paper"
READ_PARTS = "select count(*) from wellkept.organisations_paperpart"
LIST = "select * from wellkept.organisations_openings(%s, 0, 100)"
APPOINT = (
    "insert into organisations_agreement (id, kind, organisation_id, with_id, number, digest, categories, purposes,"
    " begins_at, ends_at, recorded_by, recorded_actor, collected_under) values (gen_random_uuid(), 'appointment', %s,"
    " %s, 'AP-1', decode(repeat('00', 32), 'hex'), '{papers}', '{HOPERAT}', now() - interval '1 day',"
    " now() + interval '1 day', gen_random_uuid(), 'Rita', '2026-11-22')"
)
AGREED = (
    "insert into organisations_agreement (id, kind, number, digest, categories, purposes, begins_at, ends_at,"
    " recorded_by, recorded_actor, collected_under, organisation_id) select gen_random_uuid(), 'confidentiality',"
    " 'C-1', decode(repeat('00', 32), 'hex'), '{papers}', '{HOPERAT}', now() - interval '12 years',"
    " now() - make_interval(years => %s), gen_random_uuid(), 'Rita', '2026-11-22', %s"
)
APPOINTED = (
    "insert into organisations_agreement (id, kind, number, digest, categories, purposes, begins_at, ends_at,"
    " recorded_by, recorded_actor, collected_under, organisation_id, with_id) select gen_random_uuid(), 'appointment',"
    " 'C-1', decode(repeat('00', 32), 'hex'), '{papers}', '{HOPERAT}', now() - interval '12 years',"
    " now() - make_interval(years => %s), gen_random_uuid(), 'Rita', '2026-11-22', %s, %s"
)
ANA, BEN = "Ana Ortiz", "Ben Lund"


@dataclass(frozen=True, slots=True)
class World:
    """An employer with one paper for its agent and one not, another employer, its agent, another agent."""

    house: Cluster
    employer: Office
    other: Office
    agent: Office
    stranger: Office
    representative: bytes
    papers: dict[str, UUID]


@pytest.fixture(scope="module")
def world(house: Cluster, cast: Cast) -> Iterator[World]:
    employer, other = opened(house, "employer"), opened(house, "employer")
    agent, stranger = opened(house, "agent"), opened(house, "agent")
    made = World(house, employer, other, agent, stranger, cast.secret["representative"], {})
    agent.change(APPOINT, agent.id, employer.id)
    with house.connect("umr", "web", autocommit=True) as web:
        made.papers["shared"] = sent(web, employer, with_agent=True)
        made.papers["kept"] = sent(web, employer, kind="credit")
    yield made
    employer.change("delete from service_casestep where person_id = any(%s)", [employer.id, other.id, agent.id])
    employer.change("delete from service_case where person_id = any(%s)", [employer.id, other.id, agent.id])


@pytest.fixture
def web(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.connect("umr", "web", autocommit=True) as connection:
        yield connection


def own(web: psycopg.Connection, office: Office, name: str = ANA, *, of: UUID | None = None) -> int:
    """An entry that asks for papers: the office's own, or somebody else's."""
    return entered(web, office.hashes[name], [of or office.id], "papers", why="HOPERAT")


def sent(web: psycopg.Connection, office: Office, *, kind: str = "proposal", with_agent: bool = False) -> UUID:
    """A paper that one of its people sends."""
    paper = uuid4()
    with held(web, own(web, office)):
        assert answer(web, KEEP, paper, office.id, kind, with_agent, "7KQ2-MWXD", DUE) == "yes"
        assert answer(web, PART, uuid4(), paper, office.id) is True
    return paper


def keep(web: psycopg.Connection, office: Office, kind: str = "contract") -> object:
    """What the database says to a paper for an office, that its agent might read."""
    return answer(web, KEEP, *[uuid4(), office.id, kind, True, "7KQ2-MWXD", DUE])


def answer(web: psycopg.Connection, statement: str, *given: object) -> object:
    row = web.execute(statement, given).fetchone()
    assert row
    return row[0]


def case_of(world: World, office: Office) -> tuple[UUID, UUID]:
    """The representative takes the case about an office's papers; the case, and its occasion."""
    ((case,),) = office.ask("select id from service_case where person_id = %s and closed_at is null", office.id)
    occasion = uuid4()
    with world.house.connect("umr", "web", autocommit=True) as web:
        assert (
            answer(web, "select wellkept.service_take_case(%s, %s, %s)", world.representative, case, occasion) is True
        )
    return UUID(str(case)), occasion


@pytest.mark.parametrize("name", [ANA, BEN])
def test_its_own_people_read_what_was_sent(world: World, web: psycopg.Connection, name: str) -> None:
    with held(web, own(web, world.employer, name)):
        assert (number(web, READ), number(web, READ_PARTS)) == (2, 2)


def test_a_connection_without_an_entry_is_refused(world: World, web: psycopg.Connection) -> None:
    for statement in (READ, READ_PARTS):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="nothing is open"):
            web.execute(statement)
    for statement in (
        "insert into wellkept.organisations_paper (id) values (null)",
        "delete from wellkept.organisations_paper",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(statement)
    for given in ([uuid4(), world.employer.id, "credit", False, "7KQ2-MWXD", DUE],):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="nothing is open"):
            web.execute(KEEP, given)


def test_nobody_else_reads_them(world: World, web: psycopg.Connection, cast: Cast) -> None:
    others = [world.other.hashes[ANA], world.stranger.hashes[ANA]]
    others += [cast.secret[name] for name in ("subscriber", "representative", "nurse", "privacy_officer")]
    for secret, purpose in product(others, ("HOPERAT", "PATRQT", "MEMADMIN", "HPAYMT")):
        entry = entered(web, secret, [world.employer.id], "papers", why=purpose)
        assert refusal(web, entry) in ("no rule", "needs agreement")


def test_a_reader_of_its_own_papers_reads_no_other_s(world: World, web: psycopg.Connection) -> None:
    both = entered(web, world.other.hashes[ANA], [world.other.id, world.employer.id], "papers", why="HOPERAT")
    assert refusal(web, both) == "no rule"
    with held(web, own(web, world.other)):
        assert number(web, f"{READ} where person_id = %s", [world.employer.id]) == 0
        assert keep(web, world.employer) == "no"
        assert answer(web, PART, uuid4(), world.papers["kept"], world.employer.id) is False


def test_an_appointed_agent_reads_what_it_is_let_read(world: World, web: psycopg.Connection) -> None:
    with held(web, own(web, world.agent, of=world.employer.id)):
        assert number(web, READ) == 1
        assert number(web, f"{READ} where id = %s", [world.papers["shared"]]) == 1
        assert number(web, READ_PARTS) == 1
        assert number(web, "select count(*) from wellkept.service_casestep") == 0
        assert keep(web, world.employer) == "no"


def test_an_appointment_that_ended_a_minute_ago_opens_nothing(world: World, web: psycopg.Connection) -> None:
    ends = "update organisations_agreement set ends_at = now() + %s::interval where organisation_id = %s"
    world.agent.change(ends, "-1 min", world.agent.id)
    try:
        assert refusal(web, own(web, world.agent, of=world.employer.id)) == "no rule"
        asked = "select count(*) from wellkept.organisations_appoints(%s)"
        assert number(web, asked, [world.agent.hashes[ANA]]) == 0
    finally:
        world.agent.change(ends, "1 day", world.agent.id)


def test_nobody_learns_who_appointed_the_agency_before_they_signed(world: World, web: psycopg.Connection) -> None:
    world.agent.joins("Una Signed", agreed=False)
    asked = "select count(*) from wellkept.organisations_appoints(%s)"
    assert number(web, asked, [world.agent.hashes["Una Signed"]]) == 0
    assert number(web, asked, [world.agent.hashes[BEN]]) == 1


def test_an_agent_who_has_left_reads_its_own_papers_and_no_employer_s(world: World, web: psycopg.Connection) -> None:
    asked = "select count(*) from wellkept.organisations_appoints(%s)"
    set_ = "update organisations_organisation set standing = %s where id = %s"
    mine = sent(web, world.agent)
    assert number(web, asked, [world.agent.hashes[ANA]]) == 1
    world.agent.change(set_, "prior", world.agent.id)
    try:
        assert refusal(web, own(web, world.agent, of=world.employer.id)) == "no rule"
        assert number(web, asked, [world.agent.hashes[ANA]]) == 0
        with held(web, own(web, world.agent)):
            assert number(web, f"{READ} where id = %s", [mine]) == 1
    finally:
        world.agent.change(set_, "current", world.agent.id)
    assert number(web, asked, [world.agent.hashes[ANA]]) == 1


@pytest.mark.parametrize(("standing", "says"), [("prospective", "yes"), ("current", "yes"), ("prior", "prior")])
def test_a_customer_of_before_reads_and_one_of_tomorrow_sends(
    world: World, web: psycopg.Connection, standing: str, says: str
) -> None:
    set_ = "update organisations_organisation set standing = %s where id = %s"
    world.other.change(set_, standing, world.other.id)
    try:
        with held(web, own(web, world.other)):
            before = number(web, READ)
            assert keep(web, world.other) == says
            assert number(web, READ) == before + (says == "yes")
    finally:
        world.other.change(set_, "current", world.other.id)


def test_what_was_sent_gets_no_further_part(world: World, web: psycopg.Connection) -> None:
    with held(web, own(web, world.employer)):
        assert answer(web, PART, uuid4(), world.papers["kept"], world.employer.id) is False


def test_a_representative_reads_with_a_case_and_no_longer(world: World, web: psycopg.Connection) -> None:
    case, occasion = case_of(world, world.employer)

    def asks(office: Office) -> int:
        return entered(web, world.representative, [office.id], "papers", why="HOPERAT", occasion=occasion)

    with held(web, asks(world.employer)):
        assert number(web, READ) == 2
        assert keep(web, world.employer) == "yes"
    assert refusal(web, asks(world.other)) == "no rule"
    assert answer(web, "select wellkept.service_give_back_case(%s, %s)", world.representative, case) is True
    assert refusal(web, asks(world.employer)) == "no rule"
    world.employer.change("delete from organisations_paper where ours and person_id = %s", world.employer.id)


def test_the_administrators_see_every_opening(world: World, web: psycopg.Connection) -> None:
    own(web, world.agent, of=world.employer.id)
    refused = own(web, world.stranger, of=world.employer.id)
    assert refusal(web, refused) == "no rule"
    with held(web, entered(web, world.employer.hashes[ANA], [world.employer.id], "openings", why="HOPERAT")):
        rows = web.execute(LIST, [world.employer.id]).fetchall()
    seen = {(kind, role, actor, whose) for kind, _list, role, actor, whose, *_rest in rows}
    assert ("opened", "employer", ANA, "own") in seen
    assert ("changed", "employer", ANA, "own") in seen
    assert ("opened", "agent", ANA, "Prairie Benefits") in seen
    assert ("refused", "agent", None, "") in seen, "a stranger's name is not told"


def test_nobody_but_an_administrator_sees_that_list(world: World, web: psycopg.Connection) -> None:
    for office, name in ((world.employer, BEN), (world.other, ANA), (world.agent, ANA)):
        entry = entered(web, office.hashes[name], [world.employer.id], "openings", why="HOPERAT")
        assert refusal(web, entry) == "no rule"
    with held(web, own(web, world.employer)), pytest.raises(psycopg.errors.InsufficientPrivilege, match="not open"):
        web.execute(LIST, [world.employer.id])


def test_two_papers_at_once_make_one_case(world: World) -> None:
    office = opened(world.house, "employer")

    def send(_turn: int) -> UUID:
        with world.house.connect("umr", "web", autocommit=True) as web:
            return sent(web, office)

    with ThreadPoolExecutor(2) as both:
        assert len(set(both.map(send, range(2)))) == 2
    assert office.ask("select count(*) from service_case where person_id = %s", office.id) == [(1,)]
    office.change("delete from service_casestep where person_id = %s", office.id)
    office.change("delete from service_case where person_id = %s", office.id)


def test_a_day_takes_twenty_papers(world: World, web: psycopg.Connection) -> None:
    world.stranger.change(
        "insert into organisations_paper (id, person_id, category, collected_under, restricted, kind, ours, by_name,"
        " standing, title, name, media_type, size, parts, with_agent, sent_at) select gen_random_uuid(), %s, 'papers',"
        " '2026-11-22', false, 'proposal', false, 'Ana', 'current', '', '', 'application/pdf', 4, 1, false, now()"
        " from generate_series(1, 20)",
        world.stranger.id,
    )
    with held(web, own(web, world.stranger)):
        assert keep(web, world.stranger) == "full"


def test_the_desk_begins_one_case_and_the_organisation_reads_of_it(world: World, web: psycopg.Connection) -> None:
    office = opened(world.house, "partner")
    begin = "select wellkept.organisations_begin_case(%s, %s, %s, %s, '2026-11-22', '7KQ2-MWXD', %s)"
    for secret in (office.hashes[ANA], uuid4().bytes * 2):
        assert answer(web, begin, secret, office.id, uuid4(), uuid4(), DUE) == "no"
    case = uuid4()
    assert answer(web, begin, world.representative, office.id, case, uuid4(), DUE) == "yes"
    assert answer(web, begin, world.representative, office.id, uuid4(), uuid4(), DUE) == "waits"
    with held(web, entered(web, office.hashes[ANA], [office.id], "openings", why="HOPERAT")):
        kinds = {row[0] for row in web.execute(LIST, [office.id])}
    assert "case taken" in kinds
    about = "select count(*) from wellkept.organisations_of_case(%s, %s)"
    assert number(web, about, [world.representative, case]) == 1
    assert number(web, about, [office.hashes[ANA], case]) == 0
    office.change("delete from service_casestep where person_id = %s", office.id)
    office.change("delete from service_case where person_id = %s", office.id)


SWEEP = "select wellkept.organisations_sweep_papers(%s)"
OLDER = "update organisations_paper set sent_at = now() - make_interval(years => 10, days => 1) where person_id = %s"
LEFT = (
    "update organisations_organisation set standing = %s,"
    " roster_on = (now() - make_interval(years => 10, days => %s))::date where id = %s"
)
HAS = (
    "select (select count(*) from organisations_paper where person_id = %s),"
    " (select count(*) from organisations_paperpart where person_id = %s)"
)


@pytest.fixture
def gone(house: Cluster, web: psycopg.Connection) -> Iterator[Office]:
    """A customer of before that left more than ten years ago, and whose only paper came before."""
    office = opened(house, "employer")
    sent(web, office)
    office.change("update service_case set closed_at = now(), state = 'accepted' where person_id = %s", office.id)
    office.change(OLDER, office.id)
    office.change(LEFT, "prior", 2, office.id)
    yield office
    for table in ("service_casestep", "service_case", "organisations_paperpart", "organisations_paper"):
        office.change(f"delete from {table} where person_id = %s", office.id)
    office.change("delete from organisations_agreement where %s in (organisation_id, with_id)", office.id)


def swept(house: Cluster, years: int = 10) -> None:
    with house.connect("umr", "jobs", autocommit=True) as jobs:
        jobs.execute(SWEEP, [years])


def test_papers_go_when_their_time_is_over_and_the_organisation_reads_of_it(
    house: Cluster, gone: Office, web: psycopg.Connection
) -> None:
    swept(house, 11)
    assert gone.ask(HAS, gone.id, gone.id) == [(1, 1)]
    swept(house)
    assert gone.ask(HAS, gone.id, gone.id) == [(0, 0)]
    with held(web, entered(web, gone.hashes[ANA], [gone.id], "openings", why="HOPERAT")):
        assert "papers ended" in {row[0] for row in web.execute(LIST, [gone.id])}


@pytest.mark.parametrize(
    "still",
    [
        ("a customer", LEFT, "current", 2),
        ("it left later", LEFT, "prior", -2),
        ("a later paper", "update organisations_paper set sent_at = now() where person_id = %s"),
        ("a case", "update service_case set closed_at = null, state = 'waiting' where person_id = %s"),
        ("a contract", AGREED, 9),
        ("a contract in force", AGREED, -1),
    ],
    ids=lambda one: one[0],
)
def test_papers_stay_while_they_may_be_needed(house: Cluster, gone: Office, still: tuple[object, ...]) -> None:
    _name, statement, *given = still
    gone.change(str(statement), *given, gone.id)
    swept(house)
    assert gone.ask(HAS, gone.id, gone.id) == [(1, 1)]


def test_papers_stay_while_an_agents_appointment_is_in_force(house: Cluster, gone: Office) -> None:
    gone.change(APPOINTED, -1, opened(house, "agent").id, gone.id)
    swept(house)
    assert gone.ask(HAS, gone.id, gone.id) == [(1, 1)]


def test_nobody_else_ends_the_time_of_papers(house: Cluster, gone: Office) -> None:
    for role in ("web", "entrance", "intake", "proof"):
        with house.connect("umr", role, autocommit=True) as other, pytest.raises(psycopg.errors.InsufficientPrivilege):
            other.execute(SWEEP, [0])
    assert gone.ask(HAS, gone.id, gone.id) == [(1, 1)]
    with pytest.raises(psycopg.errors.CheckViolation):
        swept(house, -1)
