"""The columns of rosters and places are the ones that the documentation prints."""

from pathlib import Path

import pytest

from wellkept.exchange.tables.care import BOOKLETS, OFFICES, PLACES
from wellkept.exchange.tables.columns import Column

DOCS = Path(__file__).parents[2] / "docs" / "files"


TABLES = [("roster.md", OFFICES), ("places.md", PLACES), ("documents.md", BOOKLETS)]


@pytest.mark.parametrize(("page", "columns"), TABLES)
def test_each_column_stands_in_the_documentation_with_an_example_that_reads(
    page: str, columns: tuple[Column, ...]
) -> None:
    said = [line for line in (DOCS / page).read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    needed = {True: "yes", False: "no"}
    assert said == [f"| `{one.name}` | {needed[one.required]} | {one.meaning} | `{one.example}` |" for one in columns]
    for one in columns:
        assert one.read(one.example) is not None
