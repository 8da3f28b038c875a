"""How far the caller's plan year has come, by the claims that open on the call, and the plan's terms (U-29).

Serves U-12, U-31, P-01, R-17. The plan's own count and the family's hold care that opens to the member alone, and tell
it by subtraction: the database shows them to the member alone, and the page says where they stand.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.benefits import balances as benefits
from wellkept.benefits.balances import Balances, Kind
from wellkept.policy.words import Category
from wellkept.web.desk import words
from wellkept.web.desk.calls import page
from wellkept.web.desk.frame import opened
from wellkept.web.desk.showing import showing
from wellkept.web.shell import plan_years, serving
from wellkept.web.shell.costs import costs
from wellkept.web.shell.templatetags.shell import day, money

SHOWN = (Category.COVERAGE, Category.CLAIMS)


def totals(request: HttpRequest, call: UUID) -> HttpResponse:
    """The plan year of today, and one page of the claims that moved it, while the call goes on and opens claims."""
    here, line = showing(request, call, *SHOWN)
    today, asked = serving.today(serving.pack()), page(request)
    with opened(here, line, *SHOWN) as key:
        several = benefits.every(key, on=today)
        year = several[plan_years.chosen(request, len(several))]
        found = benefits.movements(key, year, page=asked)
    if asked > 1 and not found.lines:
        raise Http404
    given = {
        "call": line, "call_in_words": words.call_in_words(line), "year": year, "counted": counted(year),
        "plan": costs(year.terms) if year.terms else None, "plans": plan_years.links(several, year),
        "pager": plan_years.pager(found, asked, several.index(year)),
        "table": plan_years.table(
            found.lines, caption=_("Claims, newest decision first"), at=f"/desk/calls/{call}/claims/"
        ),
    }  # fmt: skip
    return render(request, "desk/totals.html", given)


def counted(year: Balances) -> list[tuple[str, str]]:
    """What the claims that are open come to, as label and value, with the day of the newest decision among them."""
    titles = {
        Kind.DEDUCTIBLE: _("Counts to the deductible"),
        Kind.OUT_OF_POCKET: _("Counts to the out-of-pocket maximum"),
    }
    facts = [(titles[one.kind], money(one.amount)) for one in year.figures]
    return [*facts, (_("As of"), day(year.figures[0].as_of))] if facts else []
