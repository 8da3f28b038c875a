"""The columns of offices and places are the ones that the documentation prints."""

from pathlib import Path

import pytest

from wellkept.exchange.tables.care import BOOKLETS, OFFICES, PLACES
from wellkept.exchange.tables.columns import Column
from wellkept.exchange.tables.rosters import ROSTERS

DOCS = Path(__file__).parents[2] / "docs" / "files"


TABLES = [("offices.md", OFFICES), ("places.md", PLACES), ("documents.md", BOOKLETS)]


def test_each_kind_of_roster_has_its_columns_in_the_documentation() -> None:
    said = (DOCS / "roster.md").read_text(encoding="utf-8")
    tables = [part for part in said.split("\n## ") if "| column |" in part]
    assert len(tables) == len(ROSTERS)
    for part, columns in zip(tables, ROSTERS.values(), strict=True):
        assert [line for line in part.splitlines() if line.startswith("| `")] == rows(columns)


def rows(columns: tuple[Column, ...]) -> list[str]:
    """The rows of a table as the documentation prints them; each example reads."""
    needed = {True: "yes", False: "no"}
    for one in columns:
        assert one.read(one.example) is not None
    return [f"| `{one.name}` | {needed[one.required]} | {one.meaning} | `{one.example}` |" for one in columns]


@pytest.mark.parametrize(("page", "columns"), TABLES)
def test_each_column_stands_in_the_documentation_with_an_example_that_reads(
    page: str, columns: tuple[Column, ...]
) -> None:
    said = [line for line in (DOCS / page).read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert said == rows(columns)
