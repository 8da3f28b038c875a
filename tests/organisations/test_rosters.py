"""Who of a roster is found by the job, and what its own people are told of it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.cast import session
from tests.cluster import Cluster
from wellkept.organisations import finders, queries

pytestmark = pytest.mark.database

COMMAND = "import sys; from wellkept.cli import main; main(sys.argv[1:], prog_name='wellkept')"
HEAD = "name,street,city,state,zip,group_numbers,tax_number,producer_number,standing,as_of\n"
ROWS = (
    'Otter Works,1 Quarry Road,Loonwater,WI,54998,"Z-1; Z-2",00-0990001,,current,2026-11-01\n'
    "Otter Past,2 Quarry Road,Loonwater,WI,54998,Z-3,00-0990002,,prior,2026-11-01\n"
)
AGENCY = 'Otter Agency,3 Quarry Road,Loonwater,WI,54998,"Z-1; Z-2",00-0990003,990003,,2026-11-01\n'


@pytest.fixture(scope="module")
def brought(house: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, UUID]]:
    """Two employers and an agent, by name; they leave nothing behind."""
    folder = tmp_path_factory.mktemp("rosters")
    for kind, rows in (("employer", ROWS), ("agent", AGENCY)):
        path = folder / f"{kind}.csv"
        path.write_text(HEAD + rows, encoding="utf-8")
        done = say(house, kind, path)
        assert done.returncode == 0, done.stdout + done.stderr
    with house.administer("wellkept_umr") as administrator:
        asked = "select name, id from wellkept.organisations_organisation where name like 'Otter %'"
        found: dict[str, UUID] = dict(administrator.execute(asked).fetchall())
    yield found
    with house.administer("wellkept_umr") as administrator:
        administrator.execute("set search_path = wellkept")
        numbers = list(found.values())
        administrator.execute("delete from organisations_finder where organisation_id = any(%s)", [numbers])
        administrator.execute("delete from organisations_organisation where id = any(%s)", [numbers])


def say(house: Cluster, kind: str, path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", COMMAND, "import", "roster", "--kind", kind, "--operator", "umr", str(path)],
        env=os.environ | {"WELLKEPT_STATE": str(house.state), "WELLKEPT_ROLE": "intake"},
        capture_output=True,
        text=True,
        check=False,
    )


def found(house: Cluster, *hashes: bytes) -> list[UUID]:
    """As the job asks."""
    with house.connect("umr", "jobs", autocommit=True) as jobs:
        row = jobs.execute("select wellkept.organisations_found(%s)", [list(hashes)]).fetchone()
    assert row is not None
    return list(row[0])


def employer(name: str = "OTTER WORKS, Inc.", group: str = "z1", tax_number: str = "000990001") -> bytes:
    return finders.presented("employer", name=name, group_number=group, tax_number=tax_number)


@pytest.mark.usefixtures("django")
def test_the_job_finds_the_one_organisation_that_was_meant_and_no_other(
    house: Cluster, brought: dict[str, UUID]
) -> None:
    assert found(house, employer()) == [brought["Otter Works"]]
    assert found(house, employer(group="Z-2")) == [brought["Otter Works"]]
    assert found(house, employer(), employer(group="Z-2"), employer()) == [brought["Otter Works"]]
    for wrong in (employer(group="Z-3"), employer(tax_number="000990002"), employer(name="Otters Work")):
        assert found(house, wrong) == []
        assert found(house, employer(), wrong) == []
    assert found(house) == []


@pytest.mark.usefixtures("django")
def test_nobody_registers_for_an_organisation_that_has_left(house: Cluster, brought: dict[str, UUID]) -> None:
    gone = finders.presented("employer", name="Otter Past", group_number="Z-3", tax_number="00-0990002")
    assert "Otter Past" in brought
    assert found(house, gone) == []


@pytest.fixture
def acting(house: Cluster, brought: dict[str, UUID]) -> Iterator[dict[str, bytes]]:
    """A session of somebody of each organisation, and of nobody's."""
    secrets: dict[str, bytes] = {}
    with house.administer("wellkept_umr") as administrator:
        administrator.execute("set search_path = wellkept")
        for name, organisation in {**brought, "nobody": None}.items():
            account = uuid4()
            administrator.execute(
                "insert into accounts_account (id, role, holder, organisation_id, login, password, actor, created_at,"
                " failures, collected_under) values (%s, 'employer', %s, %s, %s, '!', 'Ada L.', now(), 0, 'x')",
                [account, uuid4(), organisation, account.bytes],
            )
            secrets[name] = session(
                administrator, account, role="employer", person=None, actor="Ada L.", secret=f"{name} {uuid4()}"
            )
    yield secrets
    with house.administer("wellkept_umr") as administrator:
        administrator.execute("set search_path = wellkept")
        for secret in secrets.values():
            administrator.execute("update accounts_session set expires = now() where secret_hash = %s", [secret])


@pytest.mark.usefixtures("django")
def test_each_session_is_told_of_its_own_organisation_alone(acting: dict[str, bytes], brought: dict[str, UUID]) -> None:
    own = queries.mine(acting["Otter Works"])
    assert own is not None
    assert (own.id, own.name, own.kind, own.groups) == (
        brought["Otter Works"], "Otter Works", "employer", ("Z-1", "Z-2"),
    )  # fmt: skip
    assert own.address == ("1 Quarry Road", "Loonwater, WI 54998")
    past = queries.mine(acting["Otter Past"])
    assert past is not None
    assert past.standing == "prior"
    assert queries.mine(acting["nobody"]) is None
    assert queries.mine(b"x" * 32) is None


@pytest.mark.usefixtures("django")
def test_of_a_tax_number_its_own_people_see_the_last_four_digits(acting: dict[str, bytes]) -> None:
    assert queries.my_tax_number_ends(acting["Otter Works"]) == "0001"
    assert queries.my_tax_number_ends(acting["nobody"]) == ""
    assert queries.my_tax_number_ends(b"x" * 32) == ""


def test_a_page_names_no_organisation_by_id_and_a_job_asks_for_at_most_500(
    house: Cluster, brought: dict[str, UUID]
) -> None:
    asked = "select name from wellkept.organisations_named(%s)"
    for role in ("web", "entrance", "intake"):
        with (
            house.connect("umr", role, autocommit=True) as other,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            other.execute(asked, [list(brought.values())])
    with house.connect("umr", "jobs", autocommit=True) as jobs:
        assert {row[0] for row in jobs.execute(asked, [list(brought.values())])} == set(brought)
        with pytest.raises(psycopg.errors.ProgramLimitExceeded):
            jobs.execute(asked, [[uuid4() for _ in range(501)]])
        with pytest.raises(psycopg.errors.ProgramLimitExceeded):
            jobs.execute("select wellkept.organisations_found(%s)", [[bytes([n]) * 16 for n in range(21)]])


@pytest.mark.usefixtures("brought")
def test_no_page_may_ask_what_finds_an_organisation(house: Cluster) -> None:
    for role in ("web", "entrance", "intake", "proof"):
        with (
            house.connect("umr", role, autocommit=True) as other,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            other.execute("select wellkept.organisations_found(%s)", [[b"x" * 16]])
