"""One claim on a call: the figures the member sees, with what to say about them.

Serves U-12, U-31, P-01, P-12. A claim that the call does not open and one that is not there are told in the same way.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.benefits import queries as benefits
from wellkept.benefits.values import DECIDED, ClaimLine, ClaimStory, ServiceLine, Status
from wellkept.clocks.law import appeal_until
from wellkept.policy.words import Category
from wellkept.web.desk import tables, words
from wellkept.web.desk.frame import opened
from wellkept.web.desk.showing import showing
from wellkept.web.shell import serving
from wellkept.web.shell.templatetags.shell import day, money
from wellkept.web.shell.values import Amount, Cell, Column, Step, Table

EVENTS: Final[Mapping[str, Promise]] = {
    "filed": gettext_lazy("The office filed it"),
    "filed again": gettext_lazy("The office filed it again"),
    "withdrawn": gettext_lazy("The office withdrew it"),
    "received": gettext_lazy("The plan received it"),
    "decided": gettext_lazy("Decided"),
    "paid": gettext_lazy("Decided and paid"),
    "taken back": gettext_lazy("The decision was taken back"),
}


def claim(request: HttpRequest, call: UUID, claim: UUID) -> HttpResponse:
    """The claim, while the call goes on, its caller is verified and its reason opens claims."""
    here, line = showing(request, call, Category.CLAIMS)
    with opened(here, line, Category.CLAIMS) as key:
        found = benefits.claim(key, claim)
    if found is None:
        raise Http404
    word, tone = status(found)
    given = {
        "call": line, "call_in_words": words.call_in_words(line), "story": found, "care": tables.care(found.claim),
        "status": word, "tone": tone, "amounts": amounts(found.claim), "owed": owed(found.claim), "steps": steps(found),
        "lines": lines(found), "reasons": found.why, "explained": found.claim.status in DECIDED,
    }  # fmt: skip
    return render(request, "desk/claim.html", given)


def status(story: ClaimStory) -> tuple[str, str]:
    """The word the member reads, and its tone; a payment that left something out is one in part."""
    if story.claim.status is Status.PAID and story.adverse:
        return _("Paid in part"), "warn"
    word, tone = tables.STATUSES[story.claim.status]
    return str(word), tone


def amounts(line: ClaimLine) -> list[Amount]:
    """The sum, from the bill to what the plan paid. Without a decision there is the bill alone."""
    billed = Amount(_("The office billed"), money(line.billed))
    if line.status not in DECIDED:
        return [billed]
    price = Amount(_("The plan's price (allowed amount)"), money(line.allowed))
    return [billed, price, Amount(_("The plan paid"), money(line.paid))]


def owed(line: ClaimLine) -> Amount:
    """What the sum leads to. Before a decision nobody knows."""
    known = line.owed if line.status in DECIDED else None
    return Amount(_("The member may owe the office"), money(known))


def steps(story: ClaimStory) -> list[Step]:
    """What files stated with its day, oldest first, and until when the member may appeal against a refusal."""
    told = [Step(str(EVENTS.get(one.what, one.what)), day(one.on), "done") for one in story.events]
    decided = story.claim.decided_on if story.adverse else None
    until = appeal_until(decided) if decided else None
    if until and until >= serving.today(serving.pack()):
        told.append(
            Step(_("The member can appeal"), _("until %(day)s, 180 days after the decision") % {"day": day(until)})
        )
    return told


def lines(story: ClaimStory) -> Table | None:
    """Line by line, with what was decided where anything was; None where no file told of lines."""
    decided = story.claim.status in DECIDED
    sums = (_("Billed"), _("Plan's price"), _("Plan paid"), _("May owe")) if decided else (_("Billed"),)
    columns = [Column(_("Service")), *(Column(one, numeric=True) for one in sums)]
    rows = [service(one, decided=decided) for one in story.lines]
    return Table(_("Line by line"), columns, rows) if rows else None


def service(line: ServiceLine, *, decided: bool) -> list[Cell]:
    """One line of the claim."""
    facts = (line.code, day(line.on), ", ".join(why.codes for why in line.why if why.amount))
    sums = (line.billed, line.allowed, line.paid, line.owed) if decided else (line.billed,)
    return [Cell(line.service, note=" · ".join(one for one in facts if one)), *(Cell(money(one)) for one in sums)]
