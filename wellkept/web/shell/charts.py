"""Charts drawn on the server: columns over time, and rows by size. Places are shares of the drawing, in percent.

The content security policy refuses styles in a page, so places stand in attributes and looks in ``charts.css``. A count
that is withheld has no height: it is drawn as a hatched mark of one size, whatever it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_TOP: Final = 10.0
_FLOOR: Final = 84.0
_STUB: Final = 5.0
_LEFT: Final = 9.0
"""Where the columns begin; the numbers of the lines stand before them."""


@dataclass(frozen=True, slots=True)
class Point:
    """One count over time: its name, the mark beneath its column ("" for none), and the count; None is withheld."""

    name: str
    mark: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Bar:
    """One drawn column."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    mark: str
    withheld: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One drawn line across, with what it stands for."""

    y: str
    label: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A drawing of counts over time: its name among others of the page, its title, and what it shows in words."""

    key: str
    title: str
    text: str
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One part of a total as a row with a bar: its name, perhaps a link and a note, its count, and its share in words.

    ``percent`` is the length of the bar; a withheld count has none and says so in ``share``.
    """

    name: str
    count: str
    share: str
    percent: str
    href: str = ""
    note: str = ""
    withheld: bool = False


def columns(points: Sequence[Point], *, key: str, title: str, text: str) -> Columns:
    """A column for each point, from left to right."""
    most = ceiling(max((point.count or 0 for point in points), default=0))
    step = (100 - _LEFT) / max(len(points), 1)
    bars = tuple(_bar(point, _LEFT + at * step, step, most) for at, point in enumerate(points))
    lines = tuple(Line(_percent(_level(n, most)), f"{n:,}") for n in (most, most // 2) if most > 1)
    return Columns(key=key, title=title, text=text, bars=bars, lines=lines)


def ceiling(most: int) -> int:
    """The round number at which the drawing ends: 1, 2, 4, 6 or 8 with noughts, and not less than ``most``."""
    size = int("1" + "0" * (len(str(most)) - 1))
    ends: list[int] = [n * size for n in (1, 2, 4, 6, 8, 10)]
    return next(one for one in ends if one >= most)


def _bar(point: Point, x: float, step: float, most: int) -> Bar:
    top = _FLOOR - _STUB if point.count is None else _level(point.count, most)
    return Bar(
        x=_percent(x + step * 0.14),
        y=_percent(top),
        width=_percent(step * 0.72),
        height=_percent(_FLOOR - top),
        middle=_percent(x + step / 2),
        mark=point.mark,
        withheld=point.count is None,
    )


def _level(count: int, most: int) -> float:
    return _FLOOR - (_FLOOR - _TOP) * count / most if most else _FLOOR


def _percent(share: float) -> str:
    return f"{share:.2f}%"


def length(count: int, most: int) -> str:
    """How long the bar of a row is, of the longest."""
    return _percent(100 * count / most if most else 0)
