"""How soon privacy requests are answered, by month, for anyone to read.

Serves B-11. The database gives finished months alone, with small counts withheld: no request comes this far.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.statistics import requests as statistics
from wellkept.statistics.requests import AnsweredMonth
from wellkept.web.shell import charts, figures, serving, sheets
from wellkept.web.shell.charts import Row
from wellkept.web.shell.public import public
from wellkept.web.shell.values import Cell, Column, Table
from wellkept.web.site import policy

WHEN: Final[Sequence[str | Promise]] = (
    gettext_lazy("Same day"),
    gettext_lazy("Day 1"),
    gettext_lazy("Day 2"),
    gettext_lazy("Day 3"),
    gettext_lazy("Day 4"),
    gettext_lazy("Day 5"),
    gettext_lazy("Later"),
    gettext_lazy("Not answered"),
)
"""When an answer came, in business days after the day a request came in."""
SHOWN: Final = 12
"""How many months the page shows; the file has them all."""


@public("How fast privacy requests are answered is for anyone to see (B-11).")
def answered(request: HttpRequest) -> HttpResponse:
    """The last twelve finished months, newest first."""
    pack, found = serving.pack(), statistics.months()
    shown = [(figures.month_of(one.month), one, bars(one)) for one in reversed(found[-SHOWN:])]
    drawn, quiet = [one for one in shown if one[2]], [one for one in shown if not one[2]]
    given = {
        "drawn": drawn,
        "quiet": quiet,
        "table": table(found),
        "counting": figures.month_of(serving.today(pack)),
        "answered": policy.answered(pack),
    }
    return render(request, "site/answered.html", given)


@public("The same for spreadsheets: monthly counts alone (B-11).")
def sheet(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (the same for every request)
    """Every finished month as a file. Raises ``Http404`` while there is none."""
    found = statistics.months()
    if not found:
        raise Http404
    return sheets.sheet(table(found, iso=True), name="privacy-requests")


def bars(month: AnsweredMonth) -> tuple[Row, ...]:
    """The days of one month as rows; none where no request came in, or so few that nothing more is told."""
    counts = parts(month)
    if not month.requests or all(count is None for count in counts):
        return ()
    most = max(count or 0 for count in counts)
    return tuple(_row(str(word), count, month.requests, most) for word, count in zip(WHEN, counts, strict=True))


def table(months: Sequence[AnsweredMonth], *, iso: bool = False) -> Table:
    """A row a month: how many came in, and when they were answered. ``iso`` names months as "2026-10", oldest first."""
    columns = (Column(_("Month")), *(Column(str(word), numeric=True) for word in (_("Requests"), *WHEN)))
    ordered = months if iso else list(reversed(months[-SHOWN:]))
    rows = [
        (
            Cell(_named(one.month, iso=iso)),
            Cell(figures.counted(one.requests, few=True)),
            *(Cell(figures.counted(count)) for count in parts(one)),
        )
        for one in ordered
    ]
    return Table(_("Privacy requests by month and day of answer"), columns, rows)


def parts(month: AnsweredMonth) -> tuple[int | None, ...]:
    """The counts of a month in the order of ``WHEN``."""
    return (*month.by_day, month.later, month.unanswered)


def _row(name: str, count: int | None, whole: int, most: int) -> Row:
    return Row(
        name=name,
        count=figures.counted(count),
        share=figures.share(count, whole),
        percent=charts.length(count or 0, most),
        withheld=count is None,
    )


def _named(month: date, *, iso: bool) -> str:
    return f"{month:%Y-%m}" if iso else figures.month_of(month)
