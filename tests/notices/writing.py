"""Letters with an access code for people of the imported book, written as the job that answers requests writes them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from tests.accounts.asking import rows
from tests.cluster import Cluster
from tests.demo.roles import as_role
from wellkept.access import queries as access
from wellkept.accounts import codes, hashes, letter
from wellkept.notices import actions
from wellkept.people.queries import identity
from wellkept.policy import packs
from wellkept.policy.words import Category, Purpose


@dataclass(frozen=True)
class Written:
    """A letter: to whom, in which name, and the code in it."""

    person: UUID
    first: str
    last: str
    number: str
    code: str


def people(house: Cluster, how_many: int) -> list[UUID]:
    """People of the book who have an address of their own."""
    asked = "select person_id from people_contact where address <> '' order by person_id limit %s"
    return [UUID(str(person)) for (person,) in rows(house, asked, how_many)]


def write(house: Cluster, *persons: UUID) -> list[Written]:
    """A letter to each, and the code that it brings."""
    with as_role(house, "jobs"):
        made = [to_one(person) for person in persons]
    with house.administer("wellkept_umr") as connection:
        for one in made:
            connection.execute(
                "insert into wellkept.accounts_accesscode (code_hash, person_id, role, place, holder, birth_date,"
                " administers, issued_at, expires_at, tries)"
                " values (%s, %s, 'member', %s, %s, %s, false, now(), now() + interval '1 day', 0)",
                [hashes.code(one.code), one.person, one.person, one.person, hashes.birth_date(date(1980, 1, 1))],
            )
    return made


def to_one(person: UUID) -> Written:
    """One letter, in an opening of its person."""
    pack, run, code = packs.named("umr"), uuid4(), codes.new()
    access.begin(run, kind="job", label="letters")
    with access.enter_as_machine(
        subjects=[person],
        purpose=Purpose.MEMBER_ADMINISTRATION,
        categories=[Category.IDENTITY, Category.CONTACT],
        occasion=run,
        relationship="letter",
    ) as key:
        who = identity(key)
        assert who
        body = letter.body(pack, code=code, until=date(2026, 12, 1), where="/register/code/", policy="/policy/")
        actions.write(key, person=person, plan=who.plan_id, kind=letter.KIND, body=body, collected_under="2026-11-01")
    return Written(person, who.first, who.last, who.member_number, code)
