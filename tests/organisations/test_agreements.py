"""Nothing is reached without an agreement that is in force this minute; a contract of an employer only takes away."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.cast import Cast, account, session
from tests.cluster import Cluster

pytestmark = pytest.mark.database
KINDS = ("business_associate", "confidentiality", "data_use", "affiliate", "appointment")


@dataclass(frozen=True, slots=True)
class World:
    """A clinic, an agent, a partner and an employer, each with somebody signed in, and a privacy officer."""

    house: Cluster
    organisations: dict[str, UUID]
    accounts: dict[str, UUID]
    secret: dict[str, bytes]
    plan: UUID
    person: UUID

    def ask(self, statement: str, values: list[object], *, role: str = "web") -> object:
        """The first value of a statement under a role."""
        with self.house.connect("umr", role) as connection:
            row = connection.execute(statement, values).fetchone()
            return row[0] if row else None

    def change(self, statement: str, values: list[object] | None = None) -> None:
        """Change something as the superuser."""
        with self.house.administer("wellkept_umr") as connection:
            connection.execute("set search_path = wellkept")
            connection.execute(statement, values)

    def told(self, statement: str, values: list[object]) -> list[tuple[object, ...]]:
        """Rows as the superuser, who may ask every function."""
        with self.house.administer("wellkept_umr") as connection:
            connection.execute("set search_path = wellkept")
            return connection.execute(statement, values).fetchall()


@pytest.fixture(scope="module")
def world(house: Cluster, cast: Cast) -> Iterator[World]:
    organisations = {kind: uuid4() for kind in ("provider", "agent", "partner", "employer", "other employer")}
    accounts, secret, plan, person = {}, {}, uuid4(), uuid4()
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        for name, number in organisations.items():
            organisation(connection, number, name)
        for kind in ("provider", "agent", "partner", "employer"):
            accounts[kind] = account(connection, role=kind, person=None, actor=kind.title())
            connection.execute(
                "update accounts_account set organisation_id = %s where id = %s", [organisations[kind], accounts[kind]]
            )
            secret[kind] = session(
                connection, accounts[kind], role=kind, person=None, actor=kind.title(), secret=str(uuid4())
            )
        connection.execute(
            "insert into organisations_plan (id, sponsor, group_number, collected_under)"
            " values (%s, %s, 'G-1', '2026')",
            [plan, f"Invented Mills {plan}"],
        )
        connection.execute(
            "insert into people_person (id, person_id, category, plan_id, collected_under, restricted, household_id,"
            " relationship, name, birth_date, member_number, gender, state, file_id, set_number, told)"
            " values (%s, %s, 'identity', %s, '2026', false, %s, '18', '', '', '', '', 'WI', %s, '', '')",
            [person, person, plan, uuid4(), uuid4()],
        )
        agree_all(connection, list(accounts.values()))
        connection.commit()
    secret["officer"], secret["representative"] = cast.secret["privacy_officer"], cast.secret["representative"]
    accounts["representative"] = cast.accounts["representative"]
    yield World(house, organisations, accounts, secret, plan, person)
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        gone = list(organisations.values())
        connection.execute(
            "delete from organisations_warned w using organisations_agreement a"
            " where a.id = w.agreement and a.organisation_id = any(%s)",
            [gone],
        )
        connection.execute("delete from organisations_agreement where organisation_id = any(%s)", [gone])
        connection.execute("delete from organisations_contract where plan_id = %s", [plan])
        connection.execute("delete from people_person where person_id = %s", [person])
        connection.execute("delete from organisations_plan where id = %s", [plan])
        connection.execute("delete from accounts_session where account_id = any(%s)", [list(accounts.values())[:4]])
        connection.execute("delete from accounts_account where organisation_id = any(%s)", [gone])
        connection.execute("delete from organisations_organisation where id = any(%s)", [gone])
        connection.commit()


def organisation(connection: psycopg.Connection, number: UUID, name: str) -> None:
    """An organisation of a roster, with an invented name."""
    connection.execute(
        "insert into organisations_organisation (id, kind, name, street, city, state, postal_code, npi, tax_number,"
        " group_numbers, agreement_number, producer_number, standing, roster_on, told, file_id, collected_under)"
        " values (%s, %s, %s, '1 Made Up St', 'Wausau', 'WI', '54403', '', '', '{}', '', '', 'current', '2026-11-01',"
        " '', %s, '2026')",
        [number, name.rsplit(maxsplit=1)[-1], f"Invented {name} {number}", uuid4()],
    )


def agree_all(connection: psycopg.Connection, accounts: list[UUID]) -> None:
    """These accounts have agreed to every text of their role."""
    connection.execute(
        "insert into consent_acknowledgement (account_id, document, version, at)"
        " select a.id, d.name, d.version, now() from accounts_account a join consent_document d on d.audience = a.role"
        " where a.id = any(%s) on conflict do nothing",
        [accounts],
    )


def record(
    world: World,
    who: str = "officer",
    *,
    kind: str = "business_associate",
    of: str = "partner",
    with_: str | None = None,
    categories: tuple[str, ...] = ("coverage", "claims"),
    purposes: tuple[str, ...] = ("HOPERAT",),
    days: tuple[int, int] = (-1, 30),
) -> tuple[UUID, object]:
    """Record an agreement from and until so many days from today; its id and what the function answers."""
    number = uuid4()
    answer = world.ask(
        "select wellkept.organisations_agree(%s, %s, %s, %s, %s, 'A-100', sha256('paper'), %s, %s,"
        " current_date + %s, current_date + %s, '2026-11-22')",
        [
            world.secret[who], number, kind, world.organisations[of], world.organisations[with_] if with_ else None,
            list(categories), list(purposes), *days,
        ],
    )  # fmt: skip
    return number, answer


def covers(world: World, of: str, purpose: str, category: str) -> object:
    """Whether the need ``covered`` is met for whoever comes in for an organisation."""
    asked = "select wellkept.gate_need_met('covered', %s, %s, %s, %s, %s)"
    return world.told(asked, [of, world.accounts[of], world.person, purpose, category])[0][0]


@pytest.mark.parametrize("who", ["partner", "agent", "provider", "employer", "representative"])
def test_only_a_privacy_officer_records_reads_and_ends(world: World, who: str) -> None:
    assert record(world, who)[1] == "no"
    made, answer = record(world, days=(-1, 3))
    assert answer == "done"
    for asked in ("organisations_end_agreement(%s, %s, 'no use')", "organisations_end_contract(%s, %s, 'no use')"):
        assert world.ask(f"select wellkept.{asked}", [world.secret[who], made]) == "no"
    assert world.ask("select count(*) from wellkept.organisations_agreements(%s, null)", [world.secret[who]]) == 0
    assert world.ask("select count(*) from wellkept.organisations_contracts(%s)", [world.secret[who]]) == 0
    assert world.ask("select count(*) from wellkept.organisations_sought(%s, 'Invented')", [world.secret[who]]) == 0
    for asked, n in (("officer", 1), (who, 0)):
        party = [world.secret[asked], world.organisations["partner"]]
        assert world.ask("select count(*) from wellkept.organisations_party(%s, %s)", party) == n
    assert world.ask("select count(*) from wellkept.organisations_my_agreements(%s)", [uuid4().bytes * 2]) == 0


def test_it_asks_again_who_the_officer_is(world: World) -> None:
    held = "update accounts_session set proved_at = now() - interval '{}' where secret_hash = %s"
    world.change(held.format("16 min"), [world.secret["officer"]])
    try:
        assert record(world)[1] == "prove"
    finally:
        world.change(held.format("-1 day"), [world.secret["officer"]])


def test_what_covers_is_in_force_this_minute_and_for_that_purpose_and_category(world: World) -> None:
    assert not covers(world, "partner", "HPAYMT", "claims")
    made, answer = record(world, purposes=("HPAYMT",), categories=("claims",))
    assert answer == "done"
    assert covers(world, "partner", "HPAYMT", "claims")
    assert not covers(world, "partner", "HPAYMT", "identity")
    assert not covers(world, "partner", "TREAT", "claims")
    assert not covers(world, "agent", "HPAYMT", "claims")
    move = "update organisations_agreement set begins_at = now() + %s, ends_at = now() + %s where id = %s"
    world.change(move, ["-2 days", "-1 minute", made])
    assert not covers(world, "partner", "HPAYMT", "claims")
    world.change(move, ["1 minute", "2 days", made])
    assert not covers(world, "partner", "HPAYMT", "claims")
    world.change(move, ["-1 minute", "1 minute", made])
    assert covers(world, "partner", "HPAYMT", "claims")
    decides = world.told(
        "select kind, id from organisations_deciding(%s, %s, 'HPAYMT', 'claims')",
        [world.organisations["partner"], world.person],
    )
    assert ("business_associate", made) in decides
    ended = "select wellkept.organisations_end_agreement(%s, %s, 'They were bought.')"
    assert world.ask(ended, [world.secret["officer"], made]) == "done"
    assert not covers(world, "partner", "HPAYMT", "claims")
    assert world.ask(ended, [world.secret["officer"], made]) == "over"


def test_why_names_the_agreements_that_count_for_whom_it_is_asked_about(world: World) -> None:
    both = ("claims", "papers")
    here, _answer = record(world, kind="appointment", of="agent", with_="employer", categories=both)
    there, _answer = record(world, kind="appointment", of="agent", with_="other employer", categories=both)
    quiet, _answer = record(world, kind="confidentiality", of="agent", categories=both)
    asked = "select id from organisations_deciding(%s, %s, 'HOPERAT', %s)"

    def deciding(about: UUID, category: str) -> set[object]:
        rows = world.told(asked, [world.organisations["agent"], about, category])
        return {number for (number,) in rows} & {here, there, quiet}

    assert deciding(world.organisations["employer"], "papers") == {here, quiet}
    assert deciding(world.organisations["other employer"], "papers") == {there, quiet}
    assert deciding(world.person, "claims") == set()
    standing = "update organisations_organisation set standing = %s where id = %s"
    world.change(standing, ["prior", world.organisations["agent"]])
    try:
        assert deciding(world.organisations["employer"], "papers") == set()
    finally:
        world.change(standing, ["current", world.organisations["agent"]])
    world.change("delete from organisations_agreement where id = any(%s)", [[here, there, quiet]])


def test_nobody_is_covered_who_left_or_acts_for_no_organisation(world: World) -> None:
    record(world, of="agent", purposes=("HPAYMT",), categories=("coverage",))
    assert covers(world, "agent", "HPAYMT", "coverage")
    standing = "update organisations_organisation set standing = %s where id = %s"
    world.change(standing, ["prior", world.organisations["agent"]])
    try:
        assert not covers(world, "agent", "HPAYMT", "coverage")
        assert record(world, of="agent")[1] == "nobody"
    finally:
        world.change(standing, ["current", world.organisations["agent"]])
    assert not covers(world, "representative", "HPAYMT", "coverage")


def test_a_promise_of_silence_alone_covers_no_health_information_of_a_partner(world: World) -> None:
    for of in ("partner", "agent"):
        record(world, kind="confidentiality", of=of, categories=("papers", "enrolment"), purposes=("HOPERAT",))
        assert covers(world, of, "HOPERAT", "papers")
        assert not covers(world, of, "HOPERAT", "enrolment")
    record(world, kind="confidentiality", of="provider", categories=("coverage",), purposes=("HPAYMT",))
    assert covers(world, "provider", "HPAYMT", "coverage")


def test_a_limited_data_set_names_nobody(world: World) -> None:
    for purposes, categories in ((("HOPERAT",), ("identity",)), (("HPAYMT",), ("claims",))):
        with pytest.raises(psycopg.errors.CheckViolation):
            record(world, kind="data_use", purposes=purposes, categories=categories)
    assert record(world, kind="data_use", purposes=("HRESCH",))[1] == "done"


@pytest.mark.parametrize("kind", ["business_associate", "affiliate", "confidentiality"])
def test_only_a_data_use_agreement_is_for_research(world: World, kind: str) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        record(world, kind=kind, purposes=("HRESCH",), categories=("claims",))


def test_only_an_agent_is_appointed_and_only_to_an_employer(world: World) -> None:
    def appointed(of: str, with_: str | None) -> tuple[UUID, object]:
        return record(world, kind="appointment", of=of, with_=with_, categories=("papers",))

    assert appointed("partner", "employer")[1] == "kind"
    assert appointed("agent", "provider")[1] == "kind"
    assert appointed("agent", None)[1] == "kind"
    assert record(world, of="agent", with_="employer")[1] == "kind"
    made, answer = appointed("agent", "employer")
    assert answer == "done"
    asked = "select organisations_appointed(%s, %s, 'HOPERAT', 'papers')"
    agent, other = world.organisations["agent"], world.organisations["other employer"]
    assert world.told(asked, [agent, world.organisations["employer"]]) == [(True,)]
    assert world.told(asked, [agent, other]) == [(False,)]
    world.change("update organisations_agreement set ends_at = now() - interval '1 minute' where id = %s", [made])
    assert world.told(asked, [agent, world.organisations["employer"]]) == [(False,)]


def test_each_party_reads_its_own_and_no_others(world: World) -> None:
    made, _ = record(world, kind="appointment", of="agent", with_="employer", categories=("papers",))
    mine = "select wellkept.organisations_my_agreements(%s)"
    for who, reads in {"agent": True, "employer": True, "provider": False, "partner": False}.items():
        with world.house.connect("umr", "web") as web:
            found = web.execute(
                mine.replace("select ", "select (x).id, (x).recorded_actor from ") + " x", [world.secret[who]]
            )
            rows: dict[UUID, str] = dict(found.fetchall())
        assert (made in rows) == reads
        assert set(rows.values()) <= {""}


def narrow(world: World, *, role: str, purpose: str | None, opens: str | None, who: str = "officer") -> object:
    """Record that the contract of the plan keeps a role out, from yesterday on."""
    return world.ask(
        "select wellkept.organisations_narrow(%s, %s, %s, 'C-7', %s, %s, %s, current_date - 1, null, '2026-11-22')",
        [world.secret[who], uuid4(), world.plan, role, purpose, opens],
    )


def decisions(world: World) -> dict[tuple[str, ...], object]:
    """What the gate decides for every combination of role, purpose, category and relationship, about one person."""
    rules = world.told("select distinct role, relationship from access_rule", [])
    purposes = [str(row[0]) for row in world.told("select distinct purpose from access_rule", [])] + ["TREAT", "HRESCH"]
    categories = [str(row[0]) for row in world.told("select distinct category from access_rule", [])]
    asked = (
        "select d.reason from unnest(%s::text[], %s::text[], %s::text[], %s::text[]) with ordinality"
        " as t (role, tie, purpose, category, n) cross join lateral gate_decide(t.role, %s, null, array[%s]::uuid[],"
        " t.purpose, array[t.category], null, t.tie) d order by t.n"
    )
    every: list[tuple[str, ...]] = [
        (*map(str, rule), purpose, category) for rule, purpose, category in product(rules, purposes, categories)
    ]
    columns = [list(column) for column in zip(*every, strict=True)]
    found = world.told(asked, [*columns, world.accounts["representative"], world.person])
    return dict(zip(every, (row[0] for row in found), strict=True))


def test_a_contract_takes_away_and_never_gives(world: World) -> None:
    assert narrow(world, role="representative", purpose="HPAYMT", opens="claims", who="representative") == "no"
    before = decisions(world)
    assert narrow(world, role="representative", purpose="HPAYMT", opens="claims") == "done"
    assert narrow(world, role="representative", purpose="TREAT", opens=None) == "nothing"
    assert narrow(world, role="representative", purpose="HPAYMT", opens="diary") == "nothing"
    for role, purpose in (("member", None), ("privacy_officer", None), ("representative", "PATRQT")):
        with pytest.raises((psycopg.errors.CheckViolation, AssertionError)):
            assert narrow(world, role=role, purpose=purpose, opens=None) != "nothing"
    after = decisions(world)
    lost = {at for at in before if before[at] is None and after[at] is not None}
    assert [at for at in before if before[at] is not None and after[at] is None] == []
    assert lost == {("representative", "case", "HPAYMT", "claims")}
    assert {after[at] for at in lost} == {"contract"}
    kept = world.told(
        "select kind from organisations_contract_deciding(%s, 'representative', 'HPAYMT', 'claims')", [world.person]
    )
    assert kept == [("contract",)]
    ((row,),) = world.told("select id from organisations_contract where plan_id = %s", [world.plan])
    ended = "select wellkept.organisations_end_contract(%s, %s, 'A new contract.')"
    assert world.ask(ended, [world.secret["officer"], row]) == "done"
    assert decisions(world) == before


def test_a_contract_keeps_in_what_would_go_outside_and_changes_no_opening(world: World) -> None:
    asked = "select organisations_narrows(%s, 'recipient', 'HOPERAT', 'claims')"
    before = decisions(world)
    assert world.told(asked, [world.person]) == [(False,)]
    assert narrow(world, role="recipient", purpose=None, opens="claims", who="representative") == "no"
    assert narrow(world, role="recipient", purpose=None, opens="claims") == "done"
    try:
        assert world.told(asked, [world.person]) == [(True,)]
        assert world.told(asked.replace("claims", "coverage"), [world.person]) == [(False,)]
        assert decisions(world) == before
        with pytest.raises(psycopg.errors.CheckViolation):
            narrow(world, role="recipient", purpose="PATRQT", opens=None)
    finally:
        world.change("delete from organisations_contract where plan_id = %s and role = 'recipient'", [world.plan])


def test_no_role_that_logs_in_touches_a_table(world: World) -> None:
    for table, role in product(("agreement", "contract", "warned"), ("web", "jobs", "intake", "proof", "entrance")):
        with world.house.connect("umr", role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"select 1 from wellkept.organisations_{table}")


def test_it_warns_once_for_each_of_the_days_and_not_where_a_later_one_follows(world: World) -> None:
    made, _ = record(world, of="provider", kind="affiliate", days=(-10, 40))
    due = "select days from wellkept.organisations_ending('{60,30,7}', 1000) where id = %s"
    assert world.ask(due, [made], role="jobs") == 60
    assert world.ask("select wellkept.organisations_warn(%s, 60)", [made], role="jobs") is True
    assert world.ask("select wellkept.organisations_warn(%s, 60)", [made], role="jobs") is False
    assert world.ask(due, [made], role="jobs") is None
    world.change("update organisations_agreement set ends_at = now() + interval '6 days' where id = %s", [made])
    assert world.ask(due, [made], role="jobs") == 7
    record(world, of="provider", kind="affiliate", days=(-1, 400))
    assert world.ask(due, [made], role="jobs") is None
