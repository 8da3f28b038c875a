"""A personal record's first page: the answers, then the timeline of the person, each line with its source (P-01)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.benefits import queries as benefits
from wellkept.benefits.values import ClaimLine, CoverageLine, Status
from wellkept.ledger import queries as ledger
from wellkept.ledger.queries import OpeningLine
from wellkept.ledger.sentences import sentence
from wellkept.web.member.door import opened, page
from wellkept.web.member.glance import SHOWN, glance
from wellkept.web.shell import naming, serving
from wellkept.web.shell.templatetags.shell import money

NEWEST: Final = 30
STAFF: Final = 10
KINDS: Final[Mapping[str, str | Promise]] = {
    "all": gettext_lazy("Everything"),
    "care": gettext_lazy("Care"),
    "medicine": gettext_lazy("Medicines"),
    "coverage": gettext_lazy("Coverage"),
    "opened": gettext_lazy("Who opened it"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline, of one of ``KINDS``. ``on`` is None where no file said the day.

    ``source`` says where it comes from.
    """

    kind: str
    on: date | None
    title: str
    source: str
    href: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """The lines of one year, newest first; ``number`` is None for those without a day."""

    number: int | None
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to narrow the timeline."""

    label: str
    href: str
    current: bool


def timeline(request: HttpRequest) -> HttpResponse:
    """What files told of the person and who of our staff looked, newest first, perhaps of one kind."""
    kind = request.GET.get("show", "all")
    if kind not in KINDS:
        raise Http404
    with opened(request, *SHOWN) as (key, who):
        seen = glance(key, who)
        claims = benefits.claims(key, size=NEWEST)
        services = benefits.services(key, claims.lines)
        looked = ledger.openings(key, who="staff", size=STAFF).lines
        counts = ledger.counts(key)
    moments = [*of_coverage(seen.lines), *of_claims(claims.lines, services), *of_openings(looked)]
    shown = [one for one in moments if kind in ("all", one.kind)]
    given = {
        "glance": seen,
        "answer": seen.answer,
        "years": list(by_year(shown)),
        "any": bool(moments),
        "kinds": list(kinds(moments, kind)),
        "more": claims.total > len(claims.lines) and kind in ("all", "care", "medicine"),
        "opened_by_staff": counts.by_sort["staff"],
    }
    return page(request, "timeline", given)


def by_year(moments: Sequence[Moment]) -> Iterator[Year]:
    """The lines newest first, by year; those without a day last."""
    ordered = sorted(moments, key=lambda one: one.on or date.min, reverse=True)
    for number, some in groupby(ordered, key=lambda one: one.on.year if one.on else None):
        yield Year(number, tuple(some))


def kinds(moments: Sequence[Moment], current: str) -> Iterator[Kind]:
    """The kinds there are to choose from."""
    there = {one.kind for one in moments}
    for name, label in KINDS.items():
        if name == "all" or name in there or name == current:
            yield Kind(str(label), "/member/" if name == "all" else f"/member/?show={name}", name == current)


def of_coverage(lines: Sequence[CoverageLine]) -> Iterator[Moment]:
    """When coverage began and ended, as far as files said so and the day has come."""
    today = serving.today(serving.pack())
    for line in lines:
        source = _("From the enrolment file of %(sponsor)s.") % {
            "sponsor": naming.written(line.sponsor) or _("your plan")
        }
        named = {"kind": line.kind}
        place = ("/member/coverage/", _("See your coverage"))
        if line.begins_on and line.begins_on <= today:
            yield Moment("coverage", line.begins_on, _("%(kind)s coverage began") % named, source, *place)
        if line.ends_on and line.ends_on < today:
            yield Moment("coverage", line.ends_on, _("%(kind)s coverage ended") % named, source, *place)


def of_claims(claims: Sequence[ClaimLine], services: Mapping[UUID, str]) -> Iterator[Moment]:
    """Care and medicines that claims tell of. What the office withdrew is no care."""
    for claim in claims:
        if claim.status is not Status.WITHDRAWN:
            kind = "medicine" if claim.kind == "pharmacy" else "care"
            title = cared(claim, naming.service(services.get(claim.id, "")))
            yield Moment(
                kind, claim.served_from, title, source(claim), f"/member/claims/{claim.id}/", _("See the claim")
            )


def cared(claim: ClaimLine, service: str) -> str:
    """What was done and where, as far as files say."""
    name = naming.written(claim.provider)
    if service and name:
        return _("%(service)s, %(name)s") % {"service": service, "name": name}
    if name:
        return _("Care at %(name)s") % {"name": name}
    return service or _("Care, by a provider no file named")


def of_openings(lines: Sequence[OpeningLine]) -> Iterator[Moment]:
    """Who of our staff looked, in the words of the ledger."""
    zone = ZoneInfo(serving.pack().time_zone)
    for line in lines:
        said = "".join(piece.text for piece in sentence(replace(line.told, label=naming.written(line.told.label))))
        href = f"/member/privacy/openings/{line.occasion}/" if line.occasion else "/member/privacy/openings/"
        on = line.last_at.astimezone(zone).date()
        yield Moment("opened", on, said, _("From the ledger of openings."), href, _("See each entry"))


def source(claim: ClaimLine) -> str:
    """Where a line of care comes from, and what became of the bill."""
    origin = _("From the payment your plan decided") if not claim.kind else _("From the claim the office filed")
    if claim.kind == "pharmacy":
        origin = _("From the claim the pharmacy filed")
    became = {
        Status.FILED: _("not decided yet"),
        Status.PAID: _("your plan paid %(sum)s") % {"sum": money(claim.paid)},
        Status.NOTHING_PAID: _("your plan paid nothing"),
        Status.DENIED: _("your plan refused to pay"),
        Status.REVERSED: _("your plan took its decision back"),
    }
    return f"{origin}; {became[claim.status]}."
