"""What the components of the shell are given: small frozen values, filled by doors, read by templates."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place in a navigation, with those beneath it. ``act`` draws it as something to do, such as signing in."""

    label: str
    href: str
    act: bool = False
    beneath: "tuple[NavItem, ...]" = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """One line of a sum, ready to print: "We paid the office", "$49.60"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a timeline. ``state`` is "done", "now" or "next"; ``note`` says when, and what happens."""

    title: str
    note: str = ""
    state: str = "next"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; a numeric one is set flush right."""

    label: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, perhaps a link, a note beneath, or a tone that makes the text a word of status."""

    text: str
    href: str = ""
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that becomes a list on a phone. The first cell of a row names it. The caption is read aloud."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]

    @property
    def head(self) -> Column:
        """The column whose cells name their rows."""
        return self.columns[0]

    @property
    def body(self) -> list[tuple[Cell, list[tuple[Column, Cell]]]]:
        """Each row as its naming cell, and the other cells with their columns."""
        return [(row[0], list(zip(self.columns[1:], row[1:], strict=True))) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a long list stands: "1 to 20 of 143", with links to what is newer and older, each "" at an end."""

    first: int
    last: int
    total: int
    newer: str = ""
    older: str = ""
