"""A claims table that is killed at any point is brought again, and ends as if it had never been killed."""

from pathlib import Path

import pytest

from tests.exchange.tables.sheet import control, rows, table
from tests.intake.book import CLAIMS, by_sponsor
from tests.intake.house import House, wellkept
from tests.intake.test_killed import KILLED

pytestmark = pytest.mark.database
SMALL = KILLED.replace("from wellkept.exchange.x12 import bring", "from wellkept.exchange.tables.claims import bring")


@pytest.fixture(scope="module")
def seen() -> dict[str, object]:
    return {}


def command(folder: Path) -> list[str | Path]:
    """The import of a table with a control file and a claim that stands in two places."""
    lines = rows()
    file = table(folder / "core.csv", [lines[0], *lines[2:], lines[1]])
    totals = control(folder / "totals.csv", "claims,7,2147.50,1278.80")
    return ["import", "claims", "--mapping", "core", "--control", totals, file]


def undisturbed(house: House, folder: Path, seen: dict[str, object]) -> tuple[int, object]:
    """How many statements a whole run takes, and how it ends; found once."""
    if not seen:
        done = wellkept(house, "0", "before", "2", *command(folder), script=SMALL)
        assert done.returncode == 1, done.stderr
        seen |= {"count": int(done.stderr.split()[-1]), "end": end(house)}
        house.empty()
        assert wellkept(house, "import", "x12", by_sponsor(folder)).returncode == 0
    count = seen["count"]
    assert isinstance(count, int)
    return count, seen["end"]


def end(house: House) -> object:
    """What the house knows of people, and what every table that was read whole was counted as."""
    known = {name: found for name, found in house.written().items() if name != "intake_setaside"}
    counted = house.rows(
        "select distinct kind, measure, read::float, accepted::float, applied::float from intake_total t"
        " join intake_file f on f.id = t.file_id where f.name = 'core.csv' order by 1, 2"
    )
    return known, counted, house.rows("select * from intake_differences()")


@pytest.mark.parametrize("part", range(8))
def test_a_killed_table_is_carried_to_the_same_end(
    house: House, tmp_path: Path, seen: dict[str, object], part: int
) -> None:
    assert wellkept(house, "import", "x12", by_sponsor(tmp_path)).returncode == 0
    count, wanted = undisturbed(house, tmp_path, seen)
    at = 3 + part * (count - 4) // 7
    killed = wellkept(house, str(at), ("before", "after")[part % 2], "2", *command(tmp_path), script=SMALL)
    assert killed.returncode == -9, killed.stderr
    again = wellkept(house, *command(tmp_path))
    while again.returncode == 2 and "Another import" in again.stderr:  # the server has not noticed the death yet
        again = wellkept(house, *command(tmp_path))
    assert again.returncode == 1, again.stderr
    assert end(house) == wanted
    assert house.count("benefits_claim") == len(CLAIMS) - 1
    assert house.count("intake_file", "applied_at is null") == 0
