"""Reads a table of declared columns. A row comes whole or not at all; what is wrong with one says line and column.

Text: UTF-8 with or without a mark, UTF-16 with one, Windows-1252 where a byte is no UTF-8. Separators: comma,
semicolon, tab or bar, found in the first line. Names of columns are compared without case, spaces, hyphens and
underscores. Memory holds one row, whatever the file.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from wellkept.exchange.tables.columns import Column

LONGEST_CELL: Final = 20_000
MOST_COLUMNS: Final = 500
_SEPARATORS: Final = ",;\t|"
# No row that can be read is longer.
LONGEST_LINE: Final = LONGEST_CELL * MOST_COLUMNS
# What a spreadsheet would take for a formula; ``rejects.harmless`` puts an apostrophe before it.
FORMULA: Final = ("=", "+", "@", "\t", "\r")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LONE: Final = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row that could be read whole. ``line`` counts from 1 and is where the row begins."""

    line: int
    values: Mapping[str, object]
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell or row that could not be read: where, and a sentence that never repeats the cell."""

    line: int
    column: str
    sentence: str
    cells: tuple[str, ...] = field(default=(), repr=False)


class HeadError(ValueError):
    """The first line does not name the columns; nothing of the table was read. The text is for the operator."""


@dataclass(frozen=True, slots=True)
class Head:
    """The first line as understood: where each declared column stands, and the names nobody reads."""

    places: Mapping[str, int]
    unread: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(slots=True)
class Opened:
    """A table whose first line was understood, and its rows, which can be gone through once."""

    head: Head
    rows: Iterator[Row | Wrong]


def opened(path: Path, columns: Sequence[Column]) -> Opened:
    """A table of ``columns``; raises ``HeadError``, and ``OSError`` where the file cannot be read."""
    lines = _lines(path)
    reader = csv.reader(_physical(lines.text), delimiter=lines.separator, strict=True)
    csv.field_size_limit(LONGEST_CELL)
    try:
        head = _head(list(map(_mended, next(reader, []))), columns)
    except csv.Error:
        lines.text.close()
        raise HeadError("The first line is no line of a table.") from None
    except HeadError:
        lines.text.close()
        raise
    return Opened(head, _rows(reader, head, columns, lines.text))


@dataclass(slots=True)
class _Lines:
    text: io.StringIO | io.TextIOWrapper
    separator: str


def _lines(path: Path) -> _Lines:
    with path.open("rb") as file:
        mark = file.read(2)
    encoding = "utf-16" if mark in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    errors = "replace" if encoding == "utf-16" else "surrogateescape"
    text = path.open(encoding=encoding, errors=errors, newline="")
    first = text.readline(LONGEST_CELL * 10)
    text.seek(0)
    if "\x00" in first:
        text.close()
        raise HeadError("The file is no text that we read: save it as CSV in UTF-8.")
    return _Lines(text, max(_SEPARATORS, key=first.count) if first else ",")


def _head(names: Sequence[str], columns: Sequence[Column]) -> Head:
    if not any(name.strip() for name in names):
        raise HeadError("The file is empty: its first line has to name the columns.")
    if len(names) > MOST_COLUMNS:
        raise HeadError(f"The first line names more than {MOST_COLUMNS} columns.")
    plain = [folded(name) for name in names]
    wanted = {folded(column.name): column.name for column in columns}
    twice = sorted({wanted[name] for name in plain if name in wanted and plain.count(name) > 1})
    if twice:
        raise HeadError(f"The first line names a column twice: {', '.join(twice)}.")
    missing = [column.name for column in columns if column.required and folded(column.name) not in plain]
    if missing:
        raise HeadError(f"The first line does not name: {', '.join(missing)}.")
    places = {wanted[name]: place for place, name in enumerate(plain) if name in wanted}
    return Head(places, tuple(n for n, p in zip(names, plain, strict=True) if p not in wanted), tuple(names))


def folded(name: str) -> str:
    """A column's name as it is compared."""
    return re.sub(r"[\s_\-]+", "", name).lower()


def _physical(text: io.TextIOBase) -> Iterator[str]:
    """The lines of a text; of one that is longer than any row the beginning, which is then no row."""
    while line := text.readline(LONGEST_LINE):
        yield line
        while len(line) == LONGEST_LINE and not line.endswith("\n"):
            line = text.readline(LONGEST_LINE)


def _rows(
    reader: Iterator[list[str]], head: Head, columns: Sequence[Column], text: io.TextIOBase
) -> Iterator[Row | Wrong]:
    there = [(head.places[column.name], column) for column in columns if column.name in head.places]
    absent: dict[str, object] = {column.name: None for column in columns if column.name not in head.places}
    with text:
        while True:
            line: int = getattr(reader, "line_num", 0) + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield Wrong(line, "", "The row cannot be read: a quotation mark is left open, or a cell is too long.")
                continue
            whole = "".join(cells)
            if whole.strip():
                mended = cells if whole.isascii() and "'" not in whole else map(_mended, cells)
                yield from _row(line, tuple(mended), len(head.cells), there, absent)


def _row(
    line: int,
    cells: tuple[str, ...],
    width: int,
    there: Sequence[tuple[int, Column]],
    absent: Mapping[str, object],
) -> Iterator[Row | Wrong]:
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        yield Wrong(line, "", "The row has more cells than the first line names.", cells)
        return
    values = dict(absent)
    wrong = False
    strange = _CONTROLS.search("".join(cells)) is not None
    for place, column in there:
        cell = cells[place].strip() if place < len(cells) else ""
        try:
            values[column.name] = _value(cell, column, strange=strange)
        except ValueError as error:
            wrong = True
            yield Wrong(line, column.name, f"{column.name} {error}.", cells)
    if not wrong:
        yield Row(line, values, cells)


def _value(cell: str, column: Column, *, strange: bool) -> object:
    if strange and _CONTROLS.search(cell):
        raise ValueError("holds a character that is no text")
    if cell:
        return column.read(cell)
    if column.required:
        raise ValueError("is empty")
    return None


def _mended(cell: str) -> str:
    """A cell without the apostrophe that hid a formula, and with each byte that is no UTF-8 as Windows-1252 has it."""
    if cell.startswith("'") and cell[1:2] in (*FORMULA, "-"):
        cell = cell[1:]
    return cell if cell.isascii() else _LONE.sub(_windows, cell)


def _windows(lone: re.Match[str]) -> str:
    byte = ord(lone[0]) - 0xDC00
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:  # five bytes stand for nothing; they are refused as control characters
        return chr(byte)
