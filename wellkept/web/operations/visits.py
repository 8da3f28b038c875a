"""The month that is being counted, for administration alone: the public report waits until the month is over.

Serves U-21, U-22, P-22. Small counts are withheld here as well.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wellkept.policy import practices
from wellkept.statistics import queries, reports
from wellkept.statistics.queries import Run
from wellkept.web.operations.frame import place
from wellkept.web.shell import figures, serving

SILENT: Final = 120
"""After how many seconds a process counts as silent: one with nothing to add says so each minute."""


def visits(request: HttpRequest) -> HttpResponse:
    """What was counted since the month began, and which processes count."""
    here = place(request)
    pack = serving.pack()
    mode = practices.choice(pack, "statistics")
    first = serving.today(pack).replace(day=1)
    given: dict[str, object] = {"mode": mode, "name": figures.month_of(first)}
    if mode != "none":
        report = reports.of_month(queries.so_far(here.secret, first), mode)
        runs = [(run, is_silent(run)) for run in queries.counting(here.secret)]
        given |= {
            "report": report,
            "tiles": figures.tiles(report),
            "layout_of": figures.laid_out(figures.sections(report)),
            "crawlers": figures.counted(report.crawlers, few=True),
            "runs": runs,
        }
    return render(request, "operations/visits.html", given)


def is_silent(run: Run) -> bool:
    """Whether a process should have said by now that it still counts."""
    return (timezone.now() - run.added).total_seconds() > SILENT
