"""How far the person is towards what they pay in a plan year at most, and which of their own claims moved it.

Of everybody else on the plan there is the family's figure alone (R-17); ``benefits.balances`` says what it holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wellkept.benefits import balances as benefits
from wellkept.benefits.balances import Balances, Figure, Kind, Scope, Source
from wellkept.organisations.terms import Network
from wellkept.policy.words import Category
from wellkept.web.member.door import opened, page, page_number
from wellkept.web.shell import plan_years, serving
from wellkept.web.shell.costs import NETWORKS
from wellkept.web.shell.naming import written
from wellkept.web.shell.templatetags.shell import day, money

SHOWN = (Category.COVERAGE, Category.CLAIMS, Category.SENSITIVE_CLAIMS)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in words. ``standing`` says what is left; ``source`` says who counted, and until when."""

    title: str
    figure: Figure
    standing: str
    source: str


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of one network."""

    title: str
    lines: tuple[Line, ...]


def totals(request: HttpRequest) -> HttpResponse:
    """The figures of the plan year that holds today, and one page of what moved them."""
    today, asked = serving.today(serving.pack()), page_number(request)
    with opened(request, *SHOWN) as (key, _who):
        several = benefits.every(key, on=today)
        year = several[plan_years.chosen(request, len(several))]
        found = benefits.movements(key, year, page=asked)
    if asked > 1 and not found.lines:
        raise Http404
    given = {
        "year": year,
        "name": written(year.terms[0].name) if year.terms else "",
        "answer": answer(year),
        "parts": list(parts(year)),
        "untold": list(untold(year)),
        "family": any(one.scope is Scope.FAMILY for one in year.figures),
        "family_added": any(one.scope is Scope.FAMILY and one.source is Source.ADDED for one in year.figures),
        "told": any(one.source is Source.TOLD for one in year.figures),
        "table": plan_years.table(found.lines, caption=_("Your claims, newest decision first"), at="/member/claims/"),
        "pager": plan_years.pager(found, asked, several.index(year)),
        "plans": plan_years.links(several, year),
    }
    return page(request, "totals", given)


def answer(year: Balances) -> str:
    """The first thing one asks: how much of the own deductible is left."""
    own = [one for one in year.figures if one.kind is Kind.DEDUCTIBLE and one.scope is Scope.PERSON]
    figure = next((one for one in own if one.limit is not None), None)
    if figure is None or figure.left is None or figure.network is Network.OUT:
        return ""
    if not figure.left:
        return _("You have reached your deductible.")
    return _("%(sum)s is left of your deductible.") % {"sum": money(figure.left)}


def parts(year: Balances) -> Iterator[Part]:
    """The figures by network and by plan name where a file told several; what has no limit last."""
    told = [one for one in year.figures if one.limit is not None or one.source is Source.TOLD]
    added = tuple(line(one, year) for one in year.figures if one not in told)
    several = len({one.plan for one in told if one.plan}) > 1
    for place in dict.fromkeys((one.plan, one.network) for one in told):
        name, network = place
        lines = tuple(line(one, year) for one in told if (one.plan, one.network) == place)
        title = str(NETWORKS[network])
        yield Part(f"{name}: {title}" if several and name else title, lines)
    if added:
        yield Part(_("All offices together"), added)


def line(one: Figure, year: Balances) -> Line:
    """A figure as a person reads it."""
    titles = {
        (Kind.DEDUCTIBLE, Scope.PERSON): _("Your deductible"),
        (Kind.DEDUCTIBLE, Scope.FAMILY): _("Your family's deductible"),
        (Kind.OUT_OF_POCKET, Scope.PERSON): _("Your out-of-pocket maximum"),
        (Kind.OUT_OF_POCKET, Scope.FAMILY): _("Your family's out-of-pocket maximum"),
    }
    return Line(titles[one.kind, one.scope], one, standing(one, year), source(one))


def standing(one: Figure, year: Balances) -> str:
    """What the figure comes to, as far as the limit is known."""
    if one.left is None and len(year.terms) > 1:
        return _("Claims do not say which offices are in the network, so this is set against no limit.")
    if one.left is None:
        return _("Your plan has not told us the limit.")
    if one.limit is not None and one.amount > one.limit:
        return _("The limit is reached. The count is above it by %(sum)s.") % {"sum": money(one.amount - one.limit)}
    if not one.left:
        return _("The limit is reached.")
    return _("%(sum)s is left.") % {"sum": money(one.left)}


def source(one: Figure) -> str:
    """Who counted, and until when."""
    if one.source is Source.TOLD:
        return _("Told by your plan, as of %(day)s.") % {"day": day(one.as_of)}
    if one.scope is Scope.FAMILY:
        return _("Added up from claims, as of %(day)s.") % {"day": day(one.as_of)}
    return _("Added up from your claims, as of %(day)s.") % {"day": day(one.as_of)}


def untold(year: Balances) -> Iterator[str]:
    """What is not known, in sentences."""
    said = {(one.kind, one.scope) for one in year.figures}
    if not year.terms:
        yield _("Your plan has not told us its deductible or its out-of-pocket maximum.")
    if year.family and not {(kind, Scope.FAMILY) for kind in Kind} <= said:
        yield _("Your plan has not told us how far your family is. We add it up only once a month is over.")
    if not year.year_told:
        yield _("Your plan has not told us when its year begins. This is the calendar year.")
