"""Files of plan terms and balances: the documented columns are the read ones, and no cell brings a reader down."""

import csv
import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.exchange.tables import balances, plans, reading
from wellkept.exchange.tables.columns import Column
from wellkept.exchange.tables.reading import Wrong
from wellkept.organisations.terms import SERVICES

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("WELLKEPT_SHARED", ROOT.parent / "shared")) / "data" / "adversarial"
TODAY = date(2026, 11, 22)
TABLES = (("plans.md", plans.PLANS), ("balances.md", balances.BALANCES))
CELLS = st.text(max_size=40) | st.sampled_from(
    [
        "=1+1",
        "@SUM(A1)",
        "-2+3",
        "\t=1",
        "1e999",
        "NaN",
        "Infinity",
        "٣٢",
        "2026-02-30",
        "0001-01-01",
        "9999-12-31",
        "\x00",
    ]
)


def table(path: Path, columns: tuple[Column, ...], *rows: list[str]) -> Path:
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        csv.writer(file).writerows([[column.name for column in columns], *rows])
    return path


def example(columns: tuple[Column, ...]) -> list[str]:
    """A row that can be taken: a plan row has either sums or a kind of care."""
    left_out = {"service", "covered"} if columns is plans.PLANS else set()
    return ["" if column.name in left_out else column.example for column in columns]


def understood(path: Path, columns: tuple[Column, ...]) -> list[object]:
    """Every row as its file's reader understands it, or the sentence why not."""
    found: list[object] = []
    for row in reading.opened(path, columns).rows:
        if isinstance(row, Wrong):
            found.append(row.sentence)
            continue
        try:
            read = plans.terms if columns is plans.PLANS else balances.balance
            found.append(read(row, today=TODAY))
        except ValueError as error:
            found.append(str(error))
    return found


@pytest.mark.parametrize(("page", "columns"), TABLES)
def test_each_column_stands_in_the_documentation_with_an_example_that_reads(
    page: str, columns: tuple[Column, ...]
) -> None:
    lines = (ROOT / "docs" / "files" / page).read_text(encoding="utf-8").splitlines()
    needed = {True: "yes", False: "no"}
    assert [line for line in lines if line.startswith("| `")] == [
        f"| `{one.name}` | {needed[one.required]} | {one.meaning} | `{one.example}` |" for one in columns
    ]
    for one in columns:
        assert one.read(one.example) is not None


def test_the_documentation_names_every_kind_of_care_a_row_may_name() -> None:
    text = " ".join((ROOT / "docs" / "files" / "plans.md").read_text(encoding="utf-8").split())
    said = text.split("Kinds of care: ")[1].split(".")[0]
    assert said == ", ".join(f"`{name}`" for name in SERVICES)


@pytest.mark.parametrize(("page", "columns"), TABLES)
def test_the_whole_example_of_the_documentation_is_taken(
    page: str, columns: tuple[Column, ...], tmp_path: Path
) -> None:
    text = (ROOT / "docs" / "files" / page).read_text(encoding="utf-8").split("```\n")[1]
    path = tmp_path / "example.csv"
    path.write_text(text)
    found = understood(path, columns)
    assert len(found) == len(text.splitlines()) - 1
    assert [one for one in found if isinstance(one, str)] == []


@pytest.mark.parametrize("columns", [plans.PLANS, balances.BALANCES])
@given(data=st.data())
def test_whatever_a_cell_holds_a_row_is_understood_or_put_aside(
    data: st.DataObject, columns: tuple[Column, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    row = example(columns)
    row[data.draw(st.integers(0, len(columns) - 1))] = data.draw(CELLS)
    for one in understood(table(tmp_path_factory.getbasetemp() / "t.csv", columns, row), columns):
        if isinstance(one, str):
            assert one.endswith(".")
        else:
            amount = getattr(one, "amount", None) or getattr(one, "copay", None) or Decimal()
            assert amount.is_finite()
            assert amount >= 0


@pytest.mark.parametrize("columns", [plans.PLANS, balances.BALANCES])
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared folder of hostile strings is absent")
def test_hostile_strings_in_every_cell_bring_nothing_down_and_are_not_repeated(
    columns: tuple[Column, ...], tmp_path: Path
) -> None:
    hostile = [one for one in json.loads((SHARED / "blns" / "blns.json").read_text(encoding="utf-8")) if one.strip()]
    rows = []
    for place, text in enumerate(hostile):
        row = example(columns)
        row[place % len(columns)] = text
        rows.append(row)
    found = understood(table(tmp_path / "t.csv", columns, *rows), columns)
    assert len(found) >= len(rows) - 5, "a cell may hold the end of a line"
    said = [one for one in found if isinstance(one, str)]
    assert said
    for sentence in said:
        assert "<script" not in sentence
        assert not any(len(text) > 12 and text in sentence for text in hostile)


def test_two_rows_that_say_the_same_are_ordered_alike_and_others_by_their_day(tmp_path: Path) -> None:
    older, newer = example(balances.BALANCES), example(balances.BALANCES)
    named = [column.name for column in balances.BALANCES]
    older[named.index("as_of")], older[named.index("amount")] = "2026-09-30", "999"
    newer[named.index("first_name")] = ""
    said = understood(
        table(tmp_path / "t.csv", balances.BALANCES, older, newer, example(balances.BALANCES)), balances.BALANCES
    )
    first, second, third = (getattr(one, "told", "") for one in said)
    assert first < second == third


def test_a_number_that_a_spreadsheet_shortened_is_put_aside(tmp_path: Path) -> None:
    row = example(balances.BALANCES)
    row[0] = "1.23E+11"
    (said,) = understood(table(tmp_path / "t.csv", balances.BALANCES, row), balances.BALANCES)
    assert "shortened by a spreadsheet" in str(said)
