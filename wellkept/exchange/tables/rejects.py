"""The rows that were put aside, as a table to mend and bring again: their own cells, and why, in a last column."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from wellkept.exchange.tables.reading import Head, Wrong

REASON: Final = "put_aside_because"
_FORMULA: Final = ("=", "+", "@", "\t", "\r")


def write(path: Path, head: Head, wrong: Iterable[Wrong]) -> int:
    """Write the rows of ``wrong``, each once with all its reasons; returns how many. It may name people: mode 0600."""
    rows: dict[int, tuple[tuple[str, ...], list[str]]] = {}
    for one in wrong:
        rows.setdefault(one.line, (one.cells, []))[1].append(f"line {one.line}: {one.sentence}")
    path.touch(mode=0o600)
    width = len(head.cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*head.cells, REASON])
        for cells, reasons in rows.values():
            padded = [*cells[:width], *[""] * (width - len(cells))]
            writer.writerow([*map(harmless, padded), " ".join(reasons)])
    return len(rows)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (CWE-1236). A sign before a number is left alone."""
    if cell.startswith(_FORMULA) or (cell.startswith("-") and not cell[1:].replace(".", "", 1).isdigit()):
        return f"'{cell}"
    return cell
