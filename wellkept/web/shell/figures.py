"""A report of visits as a page reads it: sections, each with a chart, the table behind it, and a sentence.

Serves U-21, U-22, P-22. Every figure comes from ``wellkept.statistics.reports``, where small counts are withheld.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellkept.statistics.reports import Report
from wellkept.statistics.values import Division, Part
from wellkept.web.shell import charts, figure_words, serving
from wellkept.web.shell.charts import Columns, Point, Row
from wellkept.web.shell.templatetags.shell import day, half_of
from wellkept.web.shell.values import Cell, Column, Table

ROWS: Final = 12
"""How many rows the drawing of a section has; its file has them all."""
LISTED: Final = 50
"""How many parts the table of a section has on a page."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its name in addresses, title, what it says, its drawing as columns or as bars, and its table."""

    key: str
    title: str
    text: str
    table: Table
    chart: Columns | None = None
    bars: tuple[Row, ...] = ()
    rest: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with its name, and a note beneath it."""

    name: str
    figure: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The sections as a page places them: what is drawn over time, then two columns of about the same height."""

    timed: tuple[Section, ...]
    left: tuple[Section, ...]
    right: tuple[Section, ...]


def laid_out(found: Iterable[Section]) -> Layout:
    """Each section into the column that is shorter so far, by its rows."""
    given = list(found)
    columns: tuple[list[Section], list[Section]] = ([], [])
    heights = [0, 0]
    for section in (one for one in given if one.chart is None):
        at = heights.index(min(heights))
        columns[at].append(section)
        heights[at] += 4 + len(section.bars) + sum(bool(row.note) for row in section.bars) // 2
    return Layout(tuple(one for one in given if one.chart), tuple(columns[0]), tuple(columns[1]))


def sections(report: Report, *, most: int = LISTED) -> Iterator[Section]:
    """Every section of a report that divides something, in the order of the page, each with ``most`` parts at most."""
    if report.months:
        yield by_month(report)
    if report.weeks:
        yield by_day(report)
        yield by_hour(report)
    if len(report.whole.parts) > 1 or any(part.name for part in report.whole.parts):
        yield divided("audiences", report.whole, most)
    for audience, division in report.pages.items():
        yield divided(f"pages-{audience}", division, most)
    for key, division in report.divisions.items():
        yield divided(key, division, most)


def by_month(report: Report) -> Section:
    """What was counted in each month of a year."""
    points = [Point(month_of(first), date_format(first, "M"), count) for first, count in report.months]
    section = timed("months", points, first=_("Month"))
    rows = [
        (Cell(month_of(first), href=f"/statistics/?month={first:%Y-%m}"), Cell(counted(count, few=True)))
        for first, count in report.months
    ]
    return replace(section, table=_table(section.title, _("Month"), rows))


def by_day(report: Report) -> Section:
    """What was counted on each day of a month; the table has the weeks as well."""
    days = [one for week in report.weeks for one in week.days]
    points = [Point(day(at), str(at.day) if at.day % 7 == 1 else "", count) for at, count in days]
    section = timed("days", points, first=_("Day"))
    rows: list[tuple[Cell, Cell]] = []
    for week in report.weeks:
        span = _("%(first)s to %(last)s") % {"first": day(week.first), "last": day(week.last)}
        rows.append((Cell(span, note=_("Week")), Cell(counted(week.count))))
        rows += [(Cell(day(at)), Cell(counted(count))) for at, count in week.days]
    return replace(section, table=_table(section.title, _("Day"), rows))


def by_hour(report: Report) -> Section:
    """What was counted in each hour of the day, over the whole month."""
    points = [
        Point(
            hour_of(int(part.name)), hour_of(int(part.name), short=True) if int(part.name) % 6 == 0 else "", part.count
        )
        for part in report.hours.parts
    ]
    return timed("hours", points, first=_("Hour"))


def timed(key: str, points: Sequence[Point], *, first: str) -> Section:
    """A section drawn as columns over time."""
    title = figure_words.title(key)
    most = max((point for point in points if point.count), key=lambda point: point.count or 0, default=None)
    text = _("Every count here is withheld.")
    if most:
        text = _("Most in one: %(name)s, with %(count)s.") % {"name": most.name, "count": counted(most.count)}
    rows = [(Cell(point.name), Cell(counted(point.count))) for point in points]
    chart = charts.columns(points, key=key, title=title, text=text)
    return Section(key, title, figure_words.text(key), _table(title, first, rows), chart)


def divided(key: str, division: Division, most: int) -> Section:
    """A section drawn as bars: a total and its parts, of which the table has ``most``."""
    title, label = figure_words.title(key), figure_words.column(key)
    rest, parts, total = "", division.parts[:most], division.total
    rows = [(_cell(key, part), Cell(counted(part.count)), Cell(share(part.count, total))) for part in parts]
    if more := division.parts[most:]:
        together = sum(part.count or 0 for part in more)
        name = ngettext("%(n)d more, in the file", "%(n)d more, in the file", len(more)) % {"n": len(more)}
        rows.append((Cell(name), Cell(counted(together)), Cell(share(together, total))))
    if division.rest:
        rest = _("Withheld, all together: %(count)s.") % {"count": counted(division.rest)}
        rows.append((Cell(_("Withheld, together")), Cell(counted(division.rest)), Cell(share(division.rest, total))))
    rows.append((Cell(_("Together")), Cell(counted(total, few=True)), Cell("")))
    columns = (Column(label), Column(_("Count"), numeric=True), Column(_("Share"), numeric=True))
    empty = "" if division.parts and total else figure_words.empty(division)
    return Section(
        key=key,
        title=title,
        text=figure_words.text(key),
        table=Table(title, columns, rows),
        bars=() if empty else _bars(key, division),
        rest=rest,
        empty=empty,
    )


def _bars(key: str, division: Division) -> tuple[Row, ...]:
    most = max((part.count or 0 for part in division.parts), default=0)
    return tuple(_row(key, part, division, most) for part in division.parts[:ROWS])


def _row(key: str, part: Part, division: Division, most: int) -> Row:
    cell = _cell(key, part)
    return Row(
        name=cell.text,
        count=counted(part.count),
        share=share(part.count, division.total),
        percent=charts.length(part.count or 0, most),
        href=cell.href,
        note=cell.note,
        withheld=part.count is None,
    )


def _cell(key: str, part: Part) -> Cell:
    name = figure_words.value(key, part.name)
    return Cell(name.text, href=name.href, note=name.note)


def _table(title: str, first: str, rows: Sequence[Sequence[Cell]]) -> Table:
    return Table(title, (Column(first), Column(_("Count"), numeric=True)), rows)


def counted(count: int | None, *, few: bool = False) -> str:
    """A count as people read it; ``few`` where None means that a whole total is small."""
    if count is None:
        return _("fewer than 11") if few else _("withheld")
    return f"{count:,}"


def share(count: int | None, total: int | None) -> str:
    """A part of its total in whole percent; "" where either is withheld."""
    if count is None or not total:
        return ""
    percent = round(100 * count / total)
    return f"{percent} %" if percent or not count else _("under 1 %")


def month_of(first: date) -> str:
    """A month as "October 2026" or "octubre de 2026"."""
    return date_format(first, {"en": "F Y", "es": r"F \d\e Y"}[serving.language()])


def hour_of(hour: int, *, short: bool = False) -> str:
    """An hour of the day as "2 pm to 3 pm" or "2 p. m. a 3 p. m.", or where it begins as "2 pm"."""
    begins, ends = (f"{at % 12 or 12} {half_of(at % 24)}" for at in (hour, hour + 1))
    return begins if short else _("%(first)s to %(last)s") % {"first": begins, "last": ends}


def tiles(report: Report) -> tuple[Tile, ...]:
    """The figures that stand first: what was counted in all, visits, browsers, and how many came again."""
    if "visits" not in report.divisions:
        return (Tile(_("Requests"), counted(report.whole.total, few=True)),)
    visits = report.divisions["visits"]
    first, again = visits.of("first"), visits.of("again")
    both = None if first is None or again is None else first + again
    return (
        Tile(_("Pages read"), counted(report.whole.total, few=True)),
        Tile(_("Visits"), counted(both), _("A visit is one browser on one day.")),
        Tile(_("Size of the audience"), counted(first), _("Browsers that came for the first time in the month.")),
        Tile(
            _("Visits that were a return"),
            f"{round(100 * (again or 0) / both)} %" if both else counted(None if both is None else 0),
            _("Of visits by browsers that keep our cookie of two days."),
        ),
    )
