"""The tries against the totals of files hold on a sound house, and find a total that was altered."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import failed
from wellkept.proof.ground import Ground
from wellkept.proof.probes import files

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def family_file(house: Cluster, ground: Ground) -> Iterator[UUID]:
    """A file with totals, while those that other tests made wrong on purpose are set aside."""
    wrong = "select file_id from wellkept.intake_differences()"
    with house.administer("wellkept_umr") as connection:
        connection.execute(f"create temp table wrong as {wrong}")
        for name in ("control", "total"):
            connection.execute(f"create temp table {name} as select * from wellkept.intake_{name}")
            connection.execute(f"delete from wellkept.intake_{name} where file_id in (table wrong)")
        (found,) = connection.execute("select file_id from wellkept.intake_control limit 1").fetchone() or (None,)
        assert found
        yield found
        for name in ("control", "total"):
            back = f"insert into wellkept.intake_{name} overriding system value select * from {name}"
            connection.execute(f"{back} where file_id in (table wrong)")


def test_every_file_comes_out(ground: Ground) -> None:
    assert failed(files.every_file_comes_out, ground) == []


def test_it_finds_a_total_that_was_altered(ground: Ground, house: Cluster, family_file: UUID) -> None:
    with house.administer("wellkept_umr") as connection:
        change = "update wellkept.intake_control set stated = stated {} 1 where file_id = %s"
        connection.execute(change.format("+"), [family_file])
        assert failed(files.every_file_comes_out, ground) == ["Find a total that differs from its sender's"]
        connection.execute(change.format("-"), [family_file])


def test_it_finds_a_record_that_is_nowhere(ground: Ground, house: Cluster) -> None:
    with house.administer("wellkept_umr") as connection:
        change = "update wellkept.intake_total set applied = applied {} 1 where kind = 'filing' and measure = 'records'"
        connection.execute(change.format("- "))
        assert failed(files.every_file_comes_out, ground) == ["Find a record that came in and is nowhere"]
        connection.execute(change.format("+ "))
