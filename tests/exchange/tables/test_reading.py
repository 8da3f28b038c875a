"""Tables are read row by row, whatever stands in them: no crash, no guess, and one clear sentence a mistake."""

import csv
import json
import os
import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wellkept.exchange.tables import rejects
from wellkept.exchange.tables.columns import Column, day, money, text
from wellkept.exchange.tables.reading import LONGEST_CELL, HeadError, Row, Wrong, opened

SHARED = Path(os.environ.get("WELLKEPT_SHARED", "../shared"))
COLUMNS = (
    Column("name", "A name.", text(200), "ERIKA", required=True),
    Column("day", "A day.", day, "2026-03-01"),
    Column("dollars", "Dollars.", money, "12.50"),
)
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SENTENCE = re.compile(r"(name|day|dollars|The row) [^\n]*\.")


def read(path: Path) -> list[Row | Wrong]:
    """Every row of a file."""
    return list(opened(path, COLUMNS).rows)


def written(folder: Path, content: bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_it_reads_what_spreadsheets_save(tmp_path: Path, separator: str, encoding: str, end: str) -> None:
    lines = [["Name", " DAY ", "dol-lars"], ["Zoë “Q” O`Neill", "3/1/2026", '"$1,240.50"'], ["Ümit", "20260302", ""]]
    whole = end.join(separator.join(cells) for cells in lines) + end
    (first, second) = read(written(tmp_path, whole.encode(encoding)))
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert (first.values["name"], str(first.values["day"])) == ("Zoë “Q” O`Neill", "2026-03-01")
    assert str(first.values["dollars"]) == "1240.50"
    assert (second.values["name"], second.values["dollars"]) == ("Ümit", None)


@SLOW
@given(st.binary(max_size=2_000))
def test_no_bytes_make_it_fail(tmp_path: Path, content: bytes) -> None:
    for one in outcome(written(tmp_path, content)):
        assert isinstance(one, Row | Wrong)


@SLOW
@given(st.binary(max_size=400))
def test_no_bytes_behind_a_good_head_make_it_fail_or_repeat_a_cell(tmp_path: Path, content: bytes) -> None:
    for one in outcome(written(tmp_path, b"name,day,dollars\n" + content)):
        if isinstance(one, Wrong):
            assert SENTENCE.fullmatch(one.sentence)
            assert one.line >= 2


@SLOW
@given(st.integers(min_value=0, max_value=140))
def test_a_file_that_is_cut_anywhere_gives_whole_rows_and_at_most_one_broken(tmp_path: Path, at: int) -> None:
    whole = b'name,day,dollars\n"ERIKA, Q",2026-03-01,12.50\nOTTO,2026-03-02,"1,000.00"\n"A ""B"" C",,3\n'
    every = outcome(written(tmp_path, whole))
    some = outcome(written(tmp_path, whole[:at]))
    good = [one.values for one in some if isinstance(one, Row)]
    assert good[:-1] == [one.values for one in every if isinstance(one, Row)][: max(0, len(good) - 1)]
    assert sum(isinstance(one, Wrong) for one in some) <= 1


def outcome(path: Path) -> list[Row | Wrong]:
    """What a file gives, nothing where its head is refused."""
    try:
        return read(path)
    except HeadError:
        return []


def test_a_cell_or_line_that_is_huge_is_one_mistake_and_the_next_row_is_read(tmp_path: Path) -> None:
    long = b"x" * (LONGEST_CELL + 1)
    found = read(written(tmp_path, b"name,day,dollars\n" + long + b",,\nOTTO,,\n" + b"y," * 900 + b"z\nANNA,,\n"))
    assert [one.values["name"] for one in found if isinstance(one, Row)] == ["OTTO", "ANNA"]
    assert [one.line for one in found if isinstance(one, Wrong)] == [2, 4]


def test_memory_stays_the_same_for_a_file_of_any_size_and_for_one_endless_line(tmp_path: Path) -> None:
    def peak(content: Iterator[bytes]) -> int:
        with (tmp_path / "big.csv").open("wb") as file:
            file.writelines(content)
        tracemalloc.start()
        rows = opened(tmp_path / "big.csv", COLUMNS).rows
        assert sum(1 for _ in rows) >= 1
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    head = b"name,day,dollars\n"
    small = peak(iter([head, b"ERIKA,2026-03-01,12.50\n" * 1_000]))
    assert peak(iter([head, *([b"ERIKA,2026-03-01,12.50\n" * 1_000] * 60)])) < small * 2
    assert peak(iter([head, *([b"z" * 1_000_000] * 60)])) < 60_000_000


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "The file is empty"), (b"\n\n", "The file is empty"), (b"day,dollars\n", "does not name: name."),
     (b"name,Name,day\n", "names a column twice: name."), (b"name," + b"a," * 600, "more than 500 columns"),
     (b'"name,day', "no line of a table"), (b"\x00n\x00a", "save it as CSV in UTF-8")],
)  # fmt: skip
def test_a_head_that_names_nothing_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(HeadError, match=re.escape(sentence)):
        opened(written(tmp_path, content), COLUMNS)


def hostile() -> list[str]:
    """Strings that break programs; none where the folder is absent."""
    path = SHARED / "data/adversarial/blns/blns.json"
    return [str(one) for one in json.loads(path.read_text(encoding="utf-8"))] if path.exists() else []


FORMULAS = ("=cmd|'/C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "+1+cmd", "-2+3+cmd|' /C calc'!A0", "=2+5", "'=1")


@pytest.mark.skipif(not hostile(), reason="the folder of shared data is absent")
def test_hostile_strings_come_out_as_they_went_in(tmp_path: Path) -> None:
    strings = [
        one for one in hostile() if one.strip() and len(one) <= 200 and not re.search("[\x00-\x1f\x7f-\x9f]", one)
    ]
    with (tmp_path / "t.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name", "day", "dollars"], *([one, "", ""] for one in strings)])
    found = read(tmp_path / "t.csv")
    assert [one.values["name"] for one in found if isinstance(one, Row)] == [one.strip() for one in strings]


@pytest.mark.parametrize("formula", FORMULAS)
def test_rows_put_aside_are_no_formulas_and_come_back_as_they_were(tmp_path: Path, formula: str) -> None:
    source = tmp_path / "source.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name", "day", "dollars"], [formula, "never", "-12.50"]])
    table = opened(source, COLUMNS)
    wrong = [one for one in table.rows if isinstance(one, Wrong)]
    path = tmp_path / "rejects.csv"
    assert rejects.write(path, table.head, wrong) == 1
    assert path.stat().st_mode & 0o777 == 0o600
    with path.open(encoding="utf-8", newline="") as file:
        (_, cells) = list(csv.reader(file))
    assert not cells[0].startswith(("=", "+", "@", "-"))
    assert cells[2] == "-12.50"
    again = [one.cells[0] for one in opened(path, COLUMNS).rows if isinstance(one, Wrong)]
    assert again == [formula.removeprefix("'")]


def test_rows_put_aside_are_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("kept", encoding="utf-8")
    (tmp_path / "rejects.csv").symlink_to(tmp_path / "victim")
    table = opened(written(tmp_path, b"name\nERIKA\n"), COLUMNS)
    with pytest.raises(OSError, match=r"rejects\.csv"):
        rejects.write(tmp_path / "rejects.csv", table.head, [])
    list(table.rows)
    assert (tmp_path / "victim").read_text(encoding="utf-8") == "kept"
