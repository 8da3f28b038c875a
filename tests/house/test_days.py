"""A day is the one where the operator works: in the evening there it is tomorrow already in UTC."""

import re
from pathlib import Path
from typing import Final

PROGRAM: Final = Path(__file__).parents[2] / "wellkept"
OF_UTC: Final = re.compile(r"now\(UTC\)\.date\(\)|timezone\.now\(\)\.date\(\)|localdate\([\w.]*\)")
A_DAY_IS_NO_MATTER: Final = {
    "benefits/news.py": "sixty days back",
    "cli/imports/plans.py": "the latest day anywhere, and a day more",
    "cli/demo/arriving.py": "once a day",
}


def test_no_day_is_taken_from_utc() -> None:
    files = {str(path.relative_to(PROGRAM)): path.read_text() for path in PROGRAM.rglob("*.py")}
    found = {name for name, text in files.items() if not name.startswith("proof/") and OF_UTC.search(text)}
    assert found == set(A_DAY_IS_NO_MATTER)
