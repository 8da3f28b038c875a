"""The list of claims, newest first (U-29)."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wellkept.benefits import queries as benefits
from wellkept.benefits.values import ClaimLine, ClaimPage
from wellkept.policy.words import Category
from wellkept.web.member import wording
from wellkept.web.member.door import opened, page, page_number
from wellkept.web.shell.templatetags.shell import day, money
from wellkept.web.shell.values import Cell, Column, Pager, Table


def claims(request: HttpRequest) -> HttpResponse:
    """One page of the person's claims, the sensitive ones among them: they are theirs."""
    asked = page_number(request)
    with opened(request, Category.CLAIMS, Category.SENSITIVE_CLAIMS) as (key, _who):
        found = benefits.claims(key, page=asked)
    if asked > 1 and not found.lines:
        raise Http404
    given = {"table": table(found.lines) if found.lines else None, "pager": pager(found, asked), "total": found.total}
    return page(request, "claims", given)


def table(lines: Sequence[ClaimLine], *, brief: bool = False) -> Table:
    """Claims as a table; ``brief`` leaves out what was billed."""
    billed = [] if brief else [Column(_("Billed"), numeric=True)]
    columns = [Column(_("Care")), Column(_("Status")), *billed, Column(_("You may owe"), numeric=True)]
    return Table(
        caption=_("Claims, newest care first"), columns=columns, rows=[row(line, brief=brief) for line in lines]
    )


def row(claim: ClaimLine, *, brief: bool) -> list[Cell]:
    """One claim. What is not known yet says so."""
    word, tone = wording.status(claim)
    name = Cell(wording.provider(claim), href=f"/member/claims/{claim.id}/", note=served(claim))
    billed = [] if brief else [Cell(money(claim.billed))]
    return [name, Cell(word, tone=tone), *billed, Cell(money(claim.owed))]


def served(claim: ClaimLine) -> str:
    """The days of care in words."""
    if claim.served_from is None:
        return _("Day of care not stated")
    if claim.served_to is None or claim.served_to == claim.served_from:
        return day(claim.served_from)
    return _("%(first)s to %(last)s") % {"first": day(claim.served_from), "last": day(claim.served_to)}


def pager(found: ClaimPage, asked: int) -> Pager | None:
    """Where this page stands; None where everything is on it."""
    if found.total <= benefits.PAGE:
        return None
    newer = f"?page={asked - 1}" if asked > 1 else ""
    older = f"?page={asked + 1}" if found.last < found.total else ""
    return Pager(first=found.first, last=found.last, total=found.total, newer=newer, older=older)
