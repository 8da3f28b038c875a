"""The rows that were put aside, as a table to mend and bring again: their own cells, and why, in a last column."""

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from wellkept.exchange.tables.reading import FORMULA, Head, Wrong

REASON: Final = "put_aside_because"
Put = Callable[[Sequence[str], str], None]
"""Takes the cells of a row and why it was put aside."""


def write(path: Path, head: Head, wrong: Iterable[Wrong]) -> int:
    """Write the rows of ``wrong``, each once with all its reasons; returns how many. It may name people: mode 0600."""
    rows: dict[int, tuple[tuple[str, ...], list[str]]] = {}
    for one in wrong:
        rows.setdefault(one.line, (one.cells, []))[1].append(f"line {one.line}: {one.sentence}")
    with opened(path, head) as put:
        for cells, reasons in rows.values():
            put(cells, " ".join(reasons))
    return len(rows)


@contextmanager
def opened(path: Path, head: Head) -> Iterator[Put]:
    """A file that takes rows one by one, as they are found. What stood there is gone; nobody else may read it."""
    width = len(head.cells) - (head.cells[-1:] == (REASON,))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with open(descriptor, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123  (a descriptor, so that its mode is right from the start)
        os.fchmod(descriptor, 0o600)
        writer = csv.writer(file)
        writer.writerow([*map(harmless, head.cells[:width]), REASON])

        def put(cells: Sequence[str], reason: str) -> None:
            padded = [*cells[:width], *[""] * (width - len(cells))]
            writer.writerow([*map(harmless, padded), reason])

        yield put


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (CWE-1236). A sign before a number is left alone.

    The reader takes the apostrophe away again.
    """
    if cell.startswith(FORMULA) or (cell.startswith("-") and not cell[1:].replace(".", "", 1).isdigit()):
        return f"'{cell}"
    return cell
