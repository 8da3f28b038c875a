"""What was counted of visits, for anyone to read: finished months and years, in totals with small counts withheld.

Serves U-21, U-22, P-22. A month is shown once it is over, and never changes after that.
"""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wellkept.policy import practices
from wellkept.statistics import queries, reports
from wellkept.statistics.reports import Report
from wellkept.web.shell import figures, periods, serving, sheets
from wellkept.web.shell.periods import Period
from wellkept.web.shell.public import public, reads

ALL: Final = 1_000_000
"""A file has every part."""


@reads("month", "year")
@public("What is counted of visits is for anyone to see (U-21, P-22).")
def visits(request: HttpRequest) -> HttpResponse:
    """The report of one month or year."""
    pack = serving.pack()
    mode = practices.choice(pack, "statistics")
    finished = queries.finished() if mode != "none" else ()
    period = periods.chosen(request, finished)
    given: dict[str, object] = {"mode": mode, "period": period, "counting": figures.month_of(serving.today(pack))}
    if period is not None:
        report = reported(period, mode)
        given |= {
            "report": report,
            "name": named(period),
            "tiles": figures.tiles(report),
            "layout_of": figures.laid_out(figures.sections(report)),
            "crawlers": figures.counted(report.crawlers, few=True),
            "months": [(one, figures.month_of(one.first)) for one in periods.months(finished, period)],
            "years": periods.years(finished),
        }
    return render(request, "site/visits.html", given)


@reads("month", "year")
@public("The same for spreadsheets: totals alone (U-26).")
def sheet(request: HttpRequest, section: str) -> HttpResponse:
    """The table of one section as a file. Raises ``Http404`` for a section the report does not have."""
    mode = practices.choice(serving.pack(), "statistics")
    period = periods.chosen(request, queries.finished() if mode != "none" else ())
    if period is None:
        raise Http404
    found = next((one for one in figures.sections(reported(period, mode), most=ALL) if one.key == section), None)
    if found is None:
        raise Http404
    name = f"{period.first:%Y}" if period.year else f"{period.first:%Y-%m}"
    return sheets.sheet(found.table, name=f"{section}-{name}")


def reported(period: Period, mode: str) -> Report:
    """The report of a period that has a finished month."""
    if period.year:
        last = period.first.replace(month=12)
        return reports.of_year(period.first, queries.months(period.first, last), mode)
    return reports.of_month(queries.month(period.first), mode)


def named(period: Period) -> str:
    """A period as people name it."""
    return str(period.first.year) if period.year else figures.month_of(period.first)
