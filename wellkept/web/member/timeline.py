"""A personal record's first page: the timeline of the person, each line with its source (P-01)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wellkept.benefits import queries as benefits
from wellkept.benefits.values import ClaimLine, CoverageLine, Status
from wellkept.ledger import queries as ledger
from wellkept.policy.words import Category
from wellkept.web.member import wording
from wellkept.web.member.door import opened, page
from wellkept.web.shell import serving
from wellkept.web.shell.templatetags.shell import money

NEWEST: Final = 30
SHOWN: Final = (Category.COVERAGE, Category.CLAIMS, Category.SENSITIVE_CLAIMS, Category.OPENINGS)


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline. ``on`` is None where no file said the day; ``source`` says where it comes from."""

    on: date | None
    title: str
    source: str
    href: str = ""
    label: str = ""


def timeline(request: HttpRequest) -> HttpResponse:
    """What files told of the person, newest first."""
    today = serving.today(serving.pack())
    with opened(request, *SHOWN) as (key, _who):
        lines = benefits.coverage(key)
        claims = benefits.claims(key, size=NEWEST)
        counts = ledger.counts(key)
    moments = sorted(
        [*of_coverage(lines, today=today), *of_claims(claims.lines)], key=lambda one: one.on or date.min, reverse=True
    )
    given = {"moments": moments, "more": claims.total > len(claims.lines), "opened_by_staff": counts.by_sort["staff"]}
    return page(request, "timeline", given)


def of_coverage(lines: Sequence[CoverageLine], *, today: date) -> Iterator[Moment]:
    """When coverage began and ended, as far as files said so and the day has come."""
    for line in lines:
        source = _("From the enrolment file of %(sponsor)s.") % {
            "sponsor": wording.written(line.sponsor) or _("your plan")
        }
        named = {"kind": line.kind}
        if line.begins_on and line.begins_on <= today:
            yield Moment(line.begins_on, _("%(kind)s coverage began") % named, source)
        if line.ends_on and line.ends_on < today:
            yield Moment(line.ends_on, _("%(kind)s coverage ended") % named, source)


def of_claims(claims: Sequence[ClaimLine]) -> Iterator[Moment]:
    """Care that claims tell of."""
    for claim in claims:
        name = wording.written(claim.provider)
        title = _("Care at %(name)s") % {"name": name} if name else _("Care, by a provider no file named")
        yield Moment(claim.served_from, title, source(claim), f"/member/claims/{claim.id}/", _("See the claim"))


def source(claim: ClaimLine) -> str:
    """Where a line of care comes from, and what became of the bill."""
    origin = _("From the payment your plan decided") if not claim.kind else _("From the claim the office filed")
    became = {
        Status.FILED: _("not decided yet"),
        Status.PAID: _("your plan paid %(sum)s") % {"sum": money(claim.paid)},
        Status.NOTHING_PAID: _("your plan paid nothing"),
        Status.DENIED: _("your plan refused to pay"),
        Status.REVERSED: _("your plan took its decision back"),
    }
    return f"{origin}; {became[claim.status]}."
