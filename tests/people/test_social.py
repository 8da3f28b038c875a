"""A social security number is kept sealed, and nobody is shown more than its last four digits (P-11)."""

import csv
import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.accounts.asking import rows
from tests.cast import Cast, account, agree, session
from tests.cluster import Cluster
from tests.intake.book import Member, enrolment, written
from wellkept.access import queries as access
from wellkept.people import social
from wellkept.people.social import Kind
from wellkept.policy.words import Category, Purpose, Refused

SHARED = Path(os.environ.get("WELLKEPT_SHARED") or Path(__file__).parents[3] / "shared")
COMMAND = "import sys; from wellkept.cli import main; main(sys.argv[1:], prog_name='wellkept')"
MADE_UP = "900701234"
OTHER = "900-71-4321"


def vectors() -> list[tuple[str, Kind]]:
    found = {"invalid": Kind.NONE, "suspicious": Kind.PLACEHOLDER, "ITIN": Kind.TAXPAYER}
    with (SHARED / "data/codes/ssn_vectors.csv").open(newline="") as lines:
        return [
            (
                line["value"],
                Kind.PLACEHOLDER
                if "suspicious" in line["why"]
                else found.get(line["expected"].partition(" ")[0], Kind.SOCIAL),
            )
            for line in csv.DictReader(lines)
        ]


@pytest.mark.parametrize(("value", "kind"), vectors())
def test_numbers_are_told_apart_as_those_who_give_them_do(value: str, kind: Kind) -> None:
    assert social.kind(value) is kind
    assert social.kind(value.replace("-", "")) is kind
    assert bool(social.kept(value)) == (kind in (Kind.SOCIAL, Kind.TAXPAYER))


@pytest.mark.parametrize("value", ["", "12345678", "73345678a", "\u0667\u0663\u0663456789", "733/456789"])
def test_what_is_not_nine_digits_is_none(value: str) -> None:
    assert social.kind(value) is Kind.NONE


def test_the_first_that_can_be_somebody_s_own_is_kept() -> None:
    assert social.kept("000000000", "123-45-6789", OTHER, MADE_UP) == "900714321"
    assert social.kept() == ""


@pytest.fixture
def person(house: Cluster, tmp_path: Path) -> UUID:
    """Somebody whom a file brought with a number."""
    return brought(house, tmp_path, MADE_UP)


def brought(house: Cluster, folder: Path, number: str, *, member: str = "") -> UUID:
    """Import a file of one made-up person; returns who it was."""
    name = bring(house, folder, number, member=member or f"SOC-{uuid4().hex[:8]}")
    asked = "select p.person_id from people_person p join intake_file f on f.id = p.file_id where f.name = %s"
    return UUID(str(rows(house, asked, name)[0][0]))


def bring(house: Cluster, folder: Path, number: str, *, member: str, day: str = "20261101") -> str:
    """Import a file of one made-up person; returns the name of the file."""
    one = Member(member, "SOFIA", "QUITZOW", "19800515")
    body = enrolment([one], day=day).replace("34*987654321", f"34*{number}")
    path = written(folder, f"{uuid4().hex}.834", body)
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "import", "x12", "--quiet", "--operator", "umr", str(path)],
        env=os.environ | {"WELLKEPT_STATE": str(house.state), "WELLKEPT_ROLE": "intake"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert social.plain(number) not in done.stdout + done.stderr
    return path.name


def signed_in(house: Cluster, person: UUID) -> bytes:
    cast = Cast()
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        cast.accounts["one"] = account(connection, role="member", person=person, actor=None)
        secret = session(
            connection, cast.accounts["one"], role="member", person=person, actor=None, secret=str(uuid4())
        )
        agree(connection, cast)
    return secret


def seen(house: Cluster, person: UUID) -> str:
    with access.enter(signed_in(house, person), purpose=Purpose.PATIENT_REQUEST, categories=[Category.SOCIAL]) as key:
        return social.last_four(key)


@pytest.mark.usefixtures("django")
def test_its_person_sees_the_last_four_digits(house: Cluster, person: UUID) -> None:
    assert seen(house, person) == MADE_UP[-4:]


@pytest.mark.usefixtures("django")
def test_a_later_file_says_another_and_one_that_can_be_none_changes_nothing(house: Cluster, tmp_path: Path) -> None:
    member = f"SOC-{uuid4().hex[:8]}"
    person = brought(house, tmp_path, MADE_UP, member=member)
    bring(house, tmp_path, OTHER.replace("-", ""), day="20261102", member=member)
    bring(house, tmp_path, "123456789", day="20261103", member=member)
    bring(house, tmp_path, MADE_UP, day="20261030", member=member)
    assert seen(house, person) == OTHER[-4:]
    assert rows(house, "select count(*) from people_number where person_id = %s", person) == [(1,)]


def test_it_lies_nowhere_in_the_clear(house: Cluster, person: UUID) -> None:
    found = rows(house, "select number from people_number where person_id = %s", person)
    assert found
    forms = [MADE_UP, "900-70-1234", MADE_UP.encode().hex()]
    tables = rows(house, "select relname from pg_class where relnamespace = 'wellkept'::regnamespace and relkind = 'r'")
    for (table,) in tables:
        for form in forms:
            assert rows(house, f"select 1 from {table} t where t::text like %s limit 1", f"%{form}%") == [], table


@pytest.mark.parametrize("role", ["entrance", "jobs", "mailroom", "intake", "release", "seal", "watch", "proof"])
def test_no_role_but_that_of_pages_reads_it(house: Cluster, role: str) -> None:
    with house.connect("umr", role, autocommit=True) as other, pytest.raises(psycopg.errors.InsufficientPrivilege):
        other.execute("select number from wellkept.people_number")
    with (
        house.connect("umr", "web", autocommit=True) as pages,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="nothing is open"),
    ):
        pages.execute("select number from wellkept.people_number")


@pytest.mark.usefixtures("django")
@pytest.mark.parametrize("who", ["spouse", "representative", "nurse", "privacy_officer"])
def test_nobody_else_opens_it_without_a_call(house: Cluster, cast: Cast, person: UUID, who: str) -> None:
    for purpose in (Purpose.PATIENT_REQUEST, Purpose.MEMBER_ADMINISTRATION, Purpose.OPERATIONS):
        with pytest.raises(Refused), access.enter(
            cast.secret[who], purpose=purpose, categories=[Category.SOCIAL], subjects=[person]
        ):  # fmt: skip
            pass


def test_two_records_with_one_number_are_shown_to_administrators_and_a_household_s_is_not(
    house: Cluster, tmp_path: Path
) -> None:
    one, other = (brought(house, tmp_path, "900725555") for _twice in range(2))
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        connection.execute(
            "delete from people_finder where kind = 'name_birth' and person_id = any(%s)", [[one, other]]
        )
    asked = "select count(*) from people_pair where one = least(%s::uuid, %s) and other = greatest(%s::uuid, %s)"
    with house.connect("umr", "jobs", autocommit=True) as jobs:
        for byte in range(256):
            jobs.execute("select wellkept.people_find_pairs(%s)", [byte])
    assert rows(house, asked, one, other, one, other) == [(1,)]
