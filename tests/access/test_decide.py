"""Python explains what the database decides: over every combination both say the same."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.cluster import OPERATORS, Cluster
from wellkept.access.compile import rule_rows
from wellkept.access.decide import decide
from wellkept.policy import packs
from wellkept.policy.shapes import Pack, Rule
from wellkept.policy.words import Category, Purpose, Role

pytestmark = pytest.mark.database

FOUND = ("self", "case", "request")
# A request is staff's work: nobody who is a person here stands to it as anything.
APART = (("self", "request"),)
# What family makes of a reader and a person, as the rows of both say it.
FAMILY = (
    ("household",),
    ("parent",),
    ("parent", "parent_young"),
    ("household", "parent", "parent_young"),
    ("authorised",),
    ("authorised", "household", "parent"),
)
WORD = ("identity", "claims")
SAID = ("none", "search", "file", "registration")
EVERY = [(why, what) for why in Purpose for what in Category]
DECIDE = """
select d.reason is null, d.clause
  from json_to_recordset(%s) x (n int, role text, account uuid, person uuid, subject uuid, purpose text, category text,
    occasion uuid, relationship text)
  cross join lateral wellkept.gate_decide(x.role, x.account, x.person, array[x.subject], x.purpose, array[x.category],
    x.occasion, x.relationship) d
 order by x.n
"""


@dataclass(frozen=True)
class Case:
    """Somebody who asks, and a person who is asked about. ``said``: what a machine or a search says of itself."""

    role: Role
    account: UUID
    subject: UUID
    found: tuple[str, ...]
    said: str | None
    met: tuple[str, ...]
    restricted: bool
    call: UUID
    reader: UUID | None = None

    def needs(self, why: Purpose, what: Category) -> tuple[str, ...]:
        """The needs that are true of it: another person's word is one for its purpose and categories alone."""
        word = "authorised" in self.found and why is Purpose.PATIENT_REQUEST and what in WORD
        return (*self.met, "authorization") if word else self.met

    def row(self, n: int, why: Purpose, what: Category) -> dict[str, Any]:
        return {
            "n": n,
            "role": self.role.value,
            "account": str(self.account),
            "person": str(self.subject) if "self" in self.found else self.reader and str(self.reader),
            "subject": str(self.subject),
            "purpose": why.value,
            "category": what.value,
            "occasion": str(self.call),
            "relationship": self.said,
        }


@dataclass
class House:
    """An operator's database, in a transaction that is never committed."""

    pack: Pack
    operator: str
    connection: psycopg.Connection

    def subject(self, found: Sequence[str], *, restricted: bool) -> UUID:
        person = uuid4()
        if "request" in found:
            self.connection.execute(
                "insert into rights_request (id, person_id, category, collected_under, restricted, kind, words,"
                " asked_at, due_on) values (%s, %s, 'requests', 'x', false, 'opening', '', now(), now())",
                [uuid4(), person],
            )
        if restricted:
            self.connection.execute(
                "insert into consent_restriction (id, person_id, category, collected_under, restricted, since)"
                " values (%s, %s, 'requests', 'x', false, now())",
                [uuid4(), person],
            )
        return person

    def related(self, found: Sequence[str], *, restricted: bool) -> tuple[UUID, UUID]:
        """A reader and a person whom rows tie in these ways and in no other."""
        reader, person = uuid4(), self.subject((), restricted=restricted)
        household = uuid4()
        self.person(reader, household, "18", young=False, minor=False, covered=True)
        self.person(
            person,
            household,
            "19",
            young="parent_young" in found,
            minor="parent" in found,
            covered="household" in found,
        )
        if "authorised" in found:
            self.connection.execute(
                "insert into consent_authorization (id, person_id, category, collected_under, restricted, to_person,"
                " purpose, opens, since, expires) values (%s, %s, 'requests', 'x', false, %s, 'PATRQT', %s::jsonb,"
                " now() - interval '1 s', now() + interval '1 day')",
                [uuid4(), person, reader, json.dumps(WORD)],
            )
        return reader, person

    def person(self, who: UUID, household: UUID, code: str, *, young: bool, minor: bool, covered: bool) -> None:
        self.connection.execute(
            "insert into people_person (id, person_id, category, collected_under, restricted, household_id,"
            " relationship, name, birth_date, member_number, gender, state, own_care_on, own_sensitive_on,"
            " file_id, set_number, told)"
            " values (%s, %s, 'identity', 'x', false, %s, %s, '', '', '', '', '', %s, %s, %s, '', '')",
            [who, who, household, code, date.max if minor else None, date.max if young else None, uuid4()],
        )
        if covered:
            self.connection.execute(
                "insert into benefits_coverage (id, person_id, category, collected_under, restricted, line,"
                " description, level, file_id, set_number, told, begins_told, ends_told)"
                " values (%s, %s, 'coverage', 'x', false, 'HLT', '', '', %s, '', '', '', '')",
                [uuid4(), who, uuid4()],
            )

    def account(self, role: Role, *, agreed: bool) -> tuple[UUID, tuple[str, ...]]:
        """An account and the needs that are true of it."""
        made = uuid4()
        if not agreed:
            return made, ()
        needs = self.connection.execute(
            "with made as (insert into consent_acknowledgement (account_id, document, version, at)"
            " select %s, name, version, now() from consent_document where audience = %s and effective <= now()"
            " returning document, version)"
            " select d.need from consent_document d join made m on (m.document, m.version) = (d.name, d.version)",
            [made, role.value],
        ).fetchall()
        return made, tuple(str(need) for (need,) in needs)

    def call(self, account: UUID, subject: UUID) -> UUID:
        made = uuid4()
        self.connection.execute(
            "insert into service_call (id, account_id, person_id, purpose, about, began, verified)"
            " values (%s, %s, %s, 'MEMADMIN', 'a claim', now(), now())",
            [made, account, subject],
        )
        return made

    def decided(self, asked: Sequence[tuple[Case, Purpose, Category]]) -> list[tuple[bool, str]]:
        rows = json.dumps([case.row(n, why, what) for n, (case, why, what) in enumerate(asked)])
        with self.connection.transaction():
            self.connection.execute(f"set local role {self.operator}_gate")
            answers = self.connection.execute(DECIDE, [rows]).fetchall()
            self.connection.execute("reset role")
        return [(bool(allowed), str(clause)) for allowed, clause in answers]


@pytest.fixture(params=OPERATORS)
def database(house: Cluster, request: pytest.FixtureRequest) -> Iterator[House]:
    with house.administer(f"wellkept_{request.param}") as connection, connection.transaction(force_rollback=True):
        connection.execute("set local search_path = wellkept")
        yield House(packs.named(request.param), request.param, connection)


def cases(database: House, roles: Sequence[Role]) -> Iterator[Case]:
    """Every role, agreed or not, with a person tied to it in every way, restricted or not."""
    ties = [found for size in range(3) for found in combinations(FOUND, size) if found not in APART]
    people = [(found, r, database.subject(found, restricted=r)) for found, r in product(ties, (False, True))]
    for role, agreed in product(roles, (False, True)):
        account, met = database.account(role, agreed=agreed)
        for found, restricted, person in people:
            call = database.call(account, person) if "case" in found else uuid4()
            ties_too = ("none", "caller", *found) if "case" in found else ("none", *found)
            yield Case(role, account, person, ties_too, None, met, restricted, call)
        for found, restricted in product(FAMILY, (False, True)):
            reader, person = database.related(found, restricted=restricted)
            theirs, met = database.account(role, agreed=agreed)
            database.connection.execute(
                "insert into accounts_account (id, role, person_id, holder, login, password, created_at, failures,"
                " collected_under) values (%s, 'member', %s, %s, %s, '!', now(), 0, 'x')",
                [theirs, reader, reader, theirs.bytes],
            )
            yield Case(role, theirs, person, ("none", *found), None, met, restricted, uuid4(), reader)
        for said, (_, restricted, person) in product(SAID, people[:2]):
            yield Case(role, account, person, (said,), said, met, restricted, uuid4())


def explained(pack: Pack, case: Case, why: Purpose, what: Category) -> tuple[bool, str]:
    said = decide(
        pack,
        role=case.role,
        relationships=case.found,
        purpose=why,
        category=what,
        met=case.needs(why, what),
        restricted=case.restricted,
    )
    return said.allowed, said.clause


def agree(database: House, asked: Sequence[tuple[Case, Purpose, Category]]) -> set[tuple[bool, str]]:
    """Compare both over all of it; returns the different answers there were."""
    answers = database.decided(asked)
    assert len(answers) == len(asked)
    for (case, why, what), answer in zip(asked, answers, strict=True):
        assert explained(database.pack, case, why, what) == answer, (case, why, what)
    return set(answers)


def test_python_explains_what_the_database_decides(database: House) -> None:
    asked = [(case, why, what) for case in cases(database, list(Role)) for why, what in EVERY]
    answers = agree(database, asked)
    assert {(False, "U-12"), (False, "P-25"), (False, "R-04"), (False, "U-19")} < answers
    assert sum(allowed for allowed, _ in answers) > 3


def test_of_two_rules_that_fit_both_choose_the_same(database: House) -> None:
    pairs = [
        (first, second, a, b)
        for first, second in combinations(("none", *FOUND), 2)
        for a, b in product(((), ("agreement",), ("terms",), ("agreement", "terms")), repeat=2)
    ]
    rules = [
        Rule(f"{'ba'[turn]}-{n}", Role.REPRESENTATIVE, tie, (why,), (what,), needs, f"{'XY'[turn]}-{n}")
        for n, ((why, what), (first, second, a, b)) in enumerate(zip(EVERY, pairs, strict=False))
        for turn, (tie, needs) in enumerate(((first, a), (second, b)))
    ]
    database.pack = replace(database.pack, rules=tuple(rules))
    database.connection.execute("delete from access_rule")
    with database.connection.cursor() as cursor:
        cursor.executemany(
            "insert into access_rule (id, role, relationship, purpose, category, needs, clause)"
            " values (%s, %s, %s, %s, %s, %s, %s)",
            rule_rows(database.pack),
        )
    asked = [(case, why, what) for case in cases(database, [Role.REPRESENTATIVE]) for why, what in EVERY]
    agree(database, asked)
