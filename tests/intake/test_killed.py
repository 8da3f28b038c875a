"""An import that is killed at any point is said again, and ends as if it had never been killed."""

from pathlib import Path

import pytest

from tests.intake.book import CLAIMS, PEOPLE, by_sponsor, filing, remittance, written
from tests.intake.house import COMMAND, House, bring, wellkept

pytestmark = pytest.mark.database
# Runs the command; at the given statement of either database the process kills itself, before or after it.
KILLED = """
import os, signal, sys
from django.db.backends.utils import CursorWrapper
from wellkept.cli import main
from wellkept.cli.process import become
become(operator="umr", role="intake")
from wellkept.intake import applying

at, after, small = int(sys.argv.pop(1)), sys.argv.pop(1) == "after", int(sys.argv.pop(1))
from wellkept.exchange.x12 import bring
bring.STAGED_AT_ONCE, applying.STEP = small, small
honest, count = CursorWrapper.execute, 0

def execute(self, sql, params=None):
    global count
    count += 1
    if count == at and not after:
        os.kill(os.getpid(), signal.SIGKILL)
    found = honest(self, sql, params)
    if count == at:
        os.kill(os.getpid(), signal.SIGKILL)
    return found

CursorWrapper.execute = execute
try:
    main(prog_name="wellkept")
finally:
    print(count, file=sys.stderr)
"""


@pytest.fixture(scope="module")
def seen() -> dict[str, object]:
    return {}


def files(folder: Path) -> list[Path]:
    """Payments first, so that statements are kept apart and released; several sets in each file."""
    return [
        written(folder, "paid.835", remittance(CLAIMS[:3]), remittance(CLAIMS[3:])),
        by_sponsor(folder),
        written(folder, "claims.837", filing(CLAIMS[:2]), filing(CLAIMS[2:])),
    ]


def undisturbed(house: House, folder: Path, seen: dict[str, object]) -> tuple[int, dict[str, list[str]]]:
    """How many statements a whole run takes, and how it ends; found once."""
    if not seen:
        done = wellkept(house, "0", "before", "2", "import", "x12", *files(folder), script=KILLED)
        assert done.returncode == 0, done.stderr
        seen |= {"count": int(done.stderr.split()[-1]), "end": house.written()}
        house.empty()
    count, end = seen["count"], seen["end"]
    assert isinstance(count, int)
    assert isinstance(end, dict)
    return count, end


@pytest.mark.parametrize("part", range(16))
def test_a_killed_import_is_carried_to_the_same_end(
    house: House, tmp_path: Path, seen: dict[str, object], part: int
) -> None:
    count, end = undisturbed(house, tmp_path, seen)
    at = 3 + part * (count - 4) // 15
    brought = files(tmp_path)
    killed = wellkept(house, str(at), ("before", "after")[part % 2], "2", "import", "x12", *brought, script=KILLED)
    assert killed.returncode == -9, killed.stderr
    again = wellkept(house, "import", "x12", *brought)
    while again.returncode == 2 and "Another import" in again.stderr:  # the server has not noticed the death yet
        again = wellkept(house, "import", "x12", *brought)
    assert again.returncode == 0, again.stderr
    assert house.written() == end
    assert house.count("people_person") == len(PEOPLE)
    assert house.count("benefits_filing") == house.count("benefits_decision") == len(CLAIMS)
    assert house.count("intake_file", "applied_at is null") == 0


def test_what_waited_when_it_was_killed_is_applied_by_the_next_import_of_any_file(
    house: House, tmp_path: Path, seen: dict[str, object]
) -> None:
    count, end = undisturbed(house, tmp_path, seen)
    brought = files(tmp_path)
    killed = wellkept(house, str(count - 6), "after", "2", "import", "x12", *brought, script=KILLED)
    assert killed.returncode == -9
    nothing = tmp_path / "nothing.834"
    nothing.write_bytes(b"")
    bring(house, nothing, expect=1)
    assert house.written() == end


def test_a_server_that_stops_meanwhile_is_told_plainly_and_loses_nothing(house: House, tmp_path: Path) -> None:
    stopping = KILLED.replace("os.kill(os.getpid(), signal.SIGKILL)", "stop()").replace(
        "honest, count",
        "from wellkept.cli import cluster\ndef stop():\n    cluster.stop(cluster.state_folder())\nhonest, count",
    )
    brought = files(tmp_path)
    for at in (12, 60):
        done = wellkept(house, str(at), "before", "2", "import", "x12", *brought, script=stopping)
        assert done.returncode == 2, done.stderr
        assert "The database does not answer any more. Nothing is lost" in done.stderr
        assert "Traceback" not in done.stderr
    done = wellkept(house, "import", "x12", *brought, script=COMMAND)
    assert done.returncode == 0, done.stderr
    assert house.count("benefits_decision") == len(CLAIMS)
