"""The table of ASVS requirements says only what is so (R-11)."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs/security/asvs.md"
IDS = ROOT / "tests/house/asvs_ids.txt"
STATES = {"met", "not applicable", "open"}


class Row(NamedTuple):
    id: str
    level: int
    wording: str
    state: str
    where: str


def rows() -> list[Row]:
    lines = [line for line in TABLE.read_text().splitlines() if line.startswith("| V")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [Row(name, int(level), wording, state, where) for name, level, wording, state, where in cells]


def published() -> dict[str, int]:
    return {name: int(level) for name, level in (line.split() for line in IDS.read_text().splitlines())}


@cache
def functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text())
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def named(where: str) -> list[tuple[str, str]]:
    """The files a row names between backticks, each with the test after ``::`` or nothing."""
    found = re.findall(r"`([\w./-]+/[\w.-]+\.\w+)(?:::(\w+))?`", where)
    return [(path, test) for path, test in found]


def missing(where: str) -> list[str]:
    """What a row names that is not in the tree."""
    absent = [path for path, _ in named(where) if not (ROOT / path).is_file()]
    tests = [(path, test) for path, test in named(where) if test and path not in absent]
    return absent + [f"{path}::{test}" for path, test in tests if test not in functions(ROOT / path)]


def test_it_holds_the_253_requirements_of_levels_1_and_2() -> None:
    levels = Counter(published().values())
    assert levels == {1: 70, 2: 183}
    assert {row.id: row.level for row in rows()} == published()


def test_it_names_each_requirement_once_in_the_order_of_the_standard() -> None:
    assert [row.id for row in rows()] == list(published())


def test_it_knows_three_states_and_no_other() -> None:
    assert [row.id for row in rows() if row.state not in STATES] == []


def test_it_words_each_requirement_in_a_line_of_its_own() -> None:
    assert [row.id for row in rows() if not 2 <= len(row.wording.split()) <= 15] == []


def test_it_gives_a_reason_for_each_that_is_not_met() -> None:
    assert [row.id for row in rows() if row.state != "met" and len(row.where.split()) < 3] == []


def test_it_names_a_test_for_each_that_is_met() -> None:
    met = [row for row in rows() if row.state == "met"]
    assert [row.id for row in met if not any(test for _, test in named(row.where))] == []


def test_it_names_the_file_that_keeps_each_that_is_met() -> None:
    met = [row for row in rows() if row.state == "met"]
    assert [row.id for row in met if all(test for _, test in named(row.where))] == []


def test_it_names_no_file_and_no_test_that_is_not_there() -> None:
    assert {row.id: missing(row.where) for row in rows() if missing(row.where)} == {}


def test_it_finds_out_a_test_that_is_not_there() -> None:
    assert missing("`tests/house/test_asvs.py::test_nobody_wrote`") == ["tests/house/test_asvs.py::test_nobody_wrote"]
    assert missing("`wellkept/nowhere/at_all.py`") == ["wellkept/nowhere/at_all.py"]
    assert missing("`tests/house/test_asvs.py::test_it_finds_out_a_test_that_is_not_there`") == []


def test_it_counts_its_own_states_truly() -> None:
    count = Counter(row.state for row in rows())
    sentence = f"{count['met']} met, {count['not applicable']} not applicable, {count['open']} open."
    assert sentence in TABLE.read_text()
