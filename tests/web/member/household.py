"""A family written by the administrator: who they are, what covers them, what was decided of their claims."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg

from tests.cluster import Cluster
from tests.web.member.world import World, sign_in

MONTH = date.today().replace(day=1)  # noqa: DTZ011  (the server's own day, as the database reckons it)
LAST = MONTH - timedelta(days=1)
YEAR = (MONTH - timedelta(days=150)).replace(day=1)
VERSION = "2026-11-01"


@dataclass(slots=True)
class Household:
    """One plan of one group, and the people under one number."""

    house: Cluster
    world: World
    plan: UUID
    household: UUID

    def run(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """A statement of the administrator."""
        with self.house.administer("wellkept_umr") as connection:
            connection.execute("set search_path = wellkept")
            found = connection.execute(statement, list(values))
            return found.fetchall() if found.description else []

    def add(self, name: str, relationship: str, *, household: UUID | None = None, description: str = "Gold") -> None:
        """Somebody with coverage, an account and an open session."""
        person = uuid4()
        with self.house.administer("wellkept_umr") as connection:
            connection.execute("set search_path = wellkept")
            enrolled(connection, person, relationship, self.plan, household or self.household, description)
            sign_in(connection, self.world, name, person=person)
            connection.commit()

    def claim(self, name: str, deductible: str, shared: str, *, decided: date = LAST, **other: Any) -> UUID:
        """A decided claim of that person; returns its id."""
        said = {"category": "claims", "restricted": False, "status": "paid", "served_from": decided} | other
        number = uuid4()
        self.run(
            "insert into benefits_claim (id, person_id, category, plan_id, collected_under, restricted, number, status,"
            " served_from, decided_on, deductible, shared, owed, kind)"
            " values (%s, %s, %s, %s, %s, %s, ''::bytea, %s, %s, %s, %s, %s, %s, 'professional')",
            number, self.world.people[name], said["category"], self.plan, VERSION, said["restricted"], said["status"],
            said["served_from"], decided, deductible, shared, shared,
        )  # fmt: skip
        return number

    def terms(self, *, network: str = "in", name: str = "Gold", service: str = "", **said: Any) -> None:
        """A row of the plan's terms."""
        told = {"plan_id": self.plan, "name": name, "network": network, "year_begins": YEAR, "service": service} | said
        told |= {"id": uuid4(), "note": said.get("note", ""), "as_of": YEAR, "told": "", "collected_under": VERSION}
        columns, places = ", ".join(told), ", ".join(["%s"] * len(told))
        self.run(f"insert into organisations_terms ({columns}) values ({places})", *told.values())

    def told(self, name: str, amount: str, *, kind: str = "deductible", scope: str = "person", **other: Any) -> None:
        """A balance as the plan told it."""
        said = {"network": "in", "name": "", "year_begins": YEAR, "as_of": LAST, "category": "claims"}
        said |= {"restricted": True} | other
        said |= {"id": uuid4(), "person_id": self.world.people[name], "plan_id": self.plan, "collected_under": VERSION}
        said |= {"kind": kind, "scope": scope, "amount": amount, "source": "told"}
        columns, places = ", ".join(said), ", ".join(["%s"] * len(said))
        self.run(f"insert into benefits_balance ({columns}) values ({places})", *said.values())


def founded(house: Cluster, world: World) -> Household:
    """A subscriber, a spouse, a child of nine and somebody of another household in the same plan."""
    family = Household(house, world, uuid4(), uuid4())
    for name, relationship in (("ada", "18"), ("ben", "01"), ("cleo", "19")):
        family.add(name, relationship)
    family.add("zoe", "18", household=uuid4())
    return family


def enrolled(
    connection: psycopg.Connection, person: UUID, relationship: str, plan: UUID, household: UUID, description: str
) -> None:
    """The rows an enrolment file writes, with nothing sealed in them."""
    connection.execute(
        "insert into people_person (id, person_id, category, plan_id, collected_under, restricted, household_id,"
        " relationship, name, birth_date, member_number, gender, state, file_id, set_number, told)"
        " values (%s, %s, 'identity', %s, %s, false, %s, %s, '', '', '', '', 'OR', %s, '1', '')",
        [person, person, plan, VERSION, household, relationship, uuid4()],
    )
    connection.execute("insert into people_household (household_id, person_id) values (%s, %s)", [household, person])
    connection.execute(
        "insert into benefits_coverage (id, person_id, category, plan_id, collected_under, restricted, line,"
        " description, level, begins_on, file_id, set_number, begins_told, ends_told)"
        " values (%s, %s, 'coverage', %s, %s, false, 'HLT', %s, 'FAM', %s, %s, '1', '', '')",
        [uuid4(), person, plan, VERSION, description, YEAR - timedelta(days=400), uuid4()],
    )
