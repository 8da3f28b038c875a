"""The list of claims, newest first: filtered by address, searched by form (U-29).

A filter is a choice from a few words and stands in the address, where it can be kept and shared by the pager. What is
searched for may be personal, a doctor's name or a medicine: it is sent in the body of a form, so that no address, no
history and no log of any machine between holds it. Its pages are turned by the same form.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wellkept.benefits import queries as benefits
from wellkept.benefits.values import STANDINGS, ClaimLine, ClaimPage, Only
from wellkept.policy.asked import ONCE, Asks
from wellkept.policy.words import Category
from wellkept.web.member import wording
from wellkept.web.member.door import at, opened, page
from wellkept.web.shell import naming
from wellkept.web.shell.templatetags.shell import money
from wellkept.web.shell.values import Cell, Column, Pager, Table

LONGEST: Final = 80
STANDING: Final[Mapping[str, str | Promise]] = dict(
    zip(
        STANDINGS,
        (
            gettext_lazy("Not decided yet"),
            gettext_lazy("Paid"),
            gettext_lazy("Decided, nothing paid"),
            gettext_lazy("Denied"),
            gettext_lazy("Taken back or withdrawn"),
        ),
        strict=True,
    )
)

SEARCH: Final = Asks(
    "claims search", "2026-11", "claims", dict.fromkeys(("words", "status", "year", "kind", "owing"), ONCE),
    why=gettext_lazy("It finds a claim of yours. What you look for is kept nowhere, not even in a log."),
    labels={
        "words": gettext_lazy("Search"),
        "status": gettext_lazy("Status"),
        "year": gettext_lazy("Year of care"),
        "kind": gettext_lazy("Care by"),
        "owing": gettext_lazy("You may owe something"),
    },
    beside=("page",),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a filter: its value, its words, and whether it is chosen."""

    value: str
    label: str
    chosen: bool


@require_http_methods(["GET", "HEAD", "POST"])
def claims(request: HttpRequest, person: UUID | None = None) -> HttpResponse:
    """One page of the person's claims; of one's own the sensitive ones among them: they are theirs."""
    said = request.POST if request.method == "POST" else request.GET
    only, asked = chosen(said), asked_page(said)
    words = said.get("words", "").strip()[:LONGEST] if request.method == "POST" else ""
    with opened(request, Category.CLAIMS, Category.SENSITIVE_CLAIMS, subject=person) as (key, _who):
        found = (
            benefits.found(key, words, page=asked, only=only) if words else benefits.claims(key, page=asked, only=only)
        )
        services = benefits.services(key, found.lines)
        years, kinds = benefits.sorts(key)
    if asked > 1 and not found.lines:
        raise Http404
    given = {
        "table": table(found.lines, services=services, person=person) if found.lines else None,
        "total": found.total,
        "pager": pager(found, asked, only=only, by_form=bool(words)),
        "words": words,
        "only": only,
        "narrowed": only != Only() or bool(words),
        "any": bool(years or kinds or found.total),
        "standings": [Choice(value, str(label), only.status == value) for value, label in STANDING.items()],
        "years": [Choice(str(year), str(year), only.year == year) for year in years],
        "kinds": [Choice(kind, str(wording.KINDS.get(kind, kind)), only.kind == kind) for kind in kinds],
        "here_at": at(person, "claims/"),
        "own": person is None,
        "asks": SEARCH,
    }
    return page(request, "claims", given)


def chosen(said: QueryDict) -> Only:
    """The filter that is asked for. Raises ``Http404`` for what no form of ours sends."""
    status, kind, year = said.get("status", ""), said.get("kind", ""), said.get("year", "")
    known = (not status or status in STANDING) and (not kind or kind in wording.KINDS)
    if not known or (year and not (year.isascii() and year.isdigit() and len(year) == 4 and year >= "1900")):
        raise Http404
    return Only(status=status, kind=kind, year=int(year) if year else None, owing=bool(said.get("owing")))


def asked_page(said: QueryDict) -> int:
    """Which page is asked for. Raises ``Http404`` for what is no page."""
    asked = said.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= 10_000):
        raise Http404
    return int(asked)


def table(
    lines: Sequence[ClaimLine], *, services: Mapping[UUID, str], brief: bool = False, person: UUID | None = None
) -> Table:
    """Claims as a table; ``brief`` leaves out what was billed."""
    billed = [] if brief else [Column(_("Billed"), numeric=True)]
    columns = [Column(_("Care")), Column(_("Status")), *billed, Column(_("You may owe"), numeric=True)]
    return Table(
        caption=_("Claims, newest care first"),
        columns=columns,
        rows=[row(line, service=services.get(line.id, ""), brief=brief, person=person) for line in lines],
    )


def row(claim: ClaimLine, *, service: str, brief: bool, person: UUID | None) -> list[Cell]:
    """One claim. What is not known yet says so."""
    word, tone = wording.status(claim)
    kind = naming.service(service) or str(wording.KINDS.get(claim.kind, ""))
    note = " · ".join(part for part in (kind, naming.served(claim)) if part)
    name = Cell(wording.provider(claim), href=at(person, f"claims/{claim.id}/"), note=note)
    billed = [] if brief else [Cell(money(claim.billed))]
    return [name, Cell(word, tone=tone), *billed, Cell(wording.owed(claim))]


def pager(found: ClaimPage, asked: int, *, only: Only, by_form: bool) -> Pager | None:
    """Where this page stands; None where everything is on it. By form the places are numbers, else addresses."""
    if found.total <= benefits.PAGE:
        return None

    def place(number: int) -> str:
        return str(number) if by_form else f"?{urlencode([*parameters(only), ('page', number)])}"

    newer = place(asked - 1) if asked > 1 else ""
    older = place(asked + 1) if found.last < found.total else ""
    return Pager(first=found.first, last=found.last, total=found.total, newer=newer, older=older)


def parameters(only: Only) -> Iterator[tuple[str, str]]:
    """The filter as an address holds it."""
    given = {"status": only.status, "year": str(only.year or ""), "kind": only.kind, "owing": "1" if only.owing else ""}
    return ((name, value) for name, value in given.items() if value)
