"""The pages on files of claims, prescriptions and codes say what the code reads."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from wellkept.exchange.tables import codes, controls
from wellkept.exchange.tables.claims import mapping
from wellkept.exchange.tables.claims.fields import CLAIM, FIELDS, LINE
from wellkept.exchange.tables.columns import Column

DOCS = Path(__file__).parents[3] / "docs/files"
ROW = re.compile(r"^\| `(\w+)` \| (.*) \|$", re.MULTILINE)


def rows(name: str) -> dict[str, str]:
    """The rows of a page's tables, by the field or column they are about."""
    return dict(ROW.findall((DOCS / name).read_text(encoding="utf-8")))


def written(columns: Sequence[Column]) -> dict[str, str]:
    """The rows that columns ask for."""
    return {one.name: f"{'yes' if one.required else 'no'} | {one.meaning} | `{one.example}`" for one in columns}


@pytest.mark.parametrize(("name", "columns"), [("claims.md", [*CLAIM, *LINE]), ("codes.md", codes.COLUMNS)])
def test_a_page_has_every_column_as_the_code_reads_it(name: str, columns: Sequence[Column]) -> None:
    assert rows(name) == written(columns)


def test_the_page_on_prescriptions_has_every_column_of_the_shipped_mapping() -> None:
    shipped = tomllib.loads(mapping.shipped()["pharmacy"].read_text(encoding="utf-8"))["columns"]
    assert rows("pharmacy.md") == {field: f"`{column}` | {FIELDS[field].meaning}" for field, column in shipped.items()}


@pytest.mark.parametrize("column", [*CLAIM, *LINE], ids=lambda one: one.name)
def test_every_example_can_be_read(column: Column) -> None:
    assert column.read(column.example) is not None


def test_the_page_names_every_form_of_day_and_every_kind_of_control_total() -> None:
    text = (DOCS / "claims.md").read_text(encoding="utf-8")
    assert [word for word in (*mapping.DATES, *controls.KINDS) if f"`{word}`" not in text] == []


def test_the_mapping_of_the_walk_through_is_one() -> None:
    text = (DOCS / "claims.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```\n(name = .*?)```", text, re.DOTALL)
    found = tomllib.loads(example)
    needed = {name: name for name, field in FIELDS.items() if field.required}
    assert mapping.plan(found | {"columns": needed | found["columns"]}).constants["payer"] == "Example Benefit Plan"
