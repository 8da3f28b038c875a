"""What left of one's record, to whom and for what: also for treatment, payment and running the plan (B-06).

Federal law asks for no list of those (45 CFR 164.528(a)(1)(i)); this one has them all the same.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wellkept.disclosures import queries as disclosures
from wellkept.disclosures.queries import ReleaseLine
from wellkept.ledger.sentences import CATEGORIES, PURPOSES, listed
from wellkept.policy.words import Category
from wellkept.web.member.door import opened, page
from wellkept.web.shell.templatetags.shell import moment
from wellkept.web.shell.values import Cell, Column, Table


def left(request: HttpRequest) -> HttpResponse:
    """Everything that left, the newest first."""
    with opened(request, Category.OPENINGS) as (key, _who):
        found = disclosures.releases(key)
    return page(request, "left", {"table": table(found)})


def table(found: tuple[ReleaseLine, ...]) -> Table | None:
    """What left, as a table; None where nothing did."""
    columns = [Column(one) for one in (_("To whom"), _("What"), _("For what"), _("When"))]
    return Table(_("What left of your record"), columns, [row(one) for one in found]) if found else None


def row(one: ReleaseLine) -> list[Cell]:
    """One release. Whom an authorization names, stands on its own page."""
    if one.basis == "authorization":
        place = f"/member/privacy/choices/authorizations/{one.basis_id}/"
        to = Cell(_("Whom you named"), href=place, note=_("by your own word"))
    else:
        to = Cell(one.recipient or _("Removed at your request"), note=_("under an agreement with us"))
    names = [str(CATEGORIES[name]) for name in CATEGORIES if name in one.opens]
    return [
        to,
        Cell(one.described or _("Removed at your request"), note=listed(names) if names else ""),
        Cell(str(PURPOSES.get(one.purpose, one.purpose))),
        Cell(moment(one.at), note=_("stopped before it was posted") if one.stopped_at else ""),
    ]
