"""The documents of my plan: what is covered, what a plan has to tell (U-29; ERISA section 104(b), 45 CFR 147.200)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wellkept.benefits import queries as benefits
from wellkept.organisations import booklets
from wellkept.organisations.booklets import BookletLine
from wellkept.organisations.kinds import DOCUMENTS
from wellkept.policy.words import Category, Key
from wellkept.web.member.door import opened, page
from wellkept.web.shell import serving


def listed(request: HttpRequest) -> HttpResponse:
    """The documents in force for the plans I am or was covered by."""
    with opened(request, Category.COVERAGE) as (key, _who):
        lines = booklets.booklets(groups(key), on=serving.today(serving.pack()))
    return page(request, "booklets", {"kinds": by_kind(lines), "any": bool(lines)})


def one(request: HttpRequest, number: UUID) -> HttpResponse:
    """One document, as a file. A document of another plan is not there."""
    with opened(request, Category.COVERAGE) as (key, _who):
        pdf = booklets.content(number, groups(key))
    if pdf is None:
        raise Http404
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="document.pdf"', "Cache-Control": "no-store"},
    )


def groups(key: Key) -> set[tuple[str, str]]:
    """Sponsor and group number of each plan on file for the person."""
    return {(line.sponsor, line.group_number) for line in benefits.coverage(key) if line.group_number}


def by_kind(lines: list[BookletLine]) -> list[tuple[str, list[BookletLine]]]:
    """Documents under the words for their kind."""
    words = {
        "summary plan description": _("The rules of your plan (summary plan description)"),
        "summary of benefits": _("What your plan pays (summary of benefits and coverage)"),
        "notice": _("Notices"),
        "form": _("Forms"),
    }
    found = [(words[kind], [line for line in lines if line.kind == kind]) for kind in DOCUMENTS]
    return [(word, those) for word, those in found if those]
