"""One claim: what it comes to, what to do next, what happened, line by line, and why (U-29, R-15)."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.benefits import queries as benefits
from wellkept.benefits.values import DECIDED, ClaimStory, Event, ServiceLine, Status
from wellkept.clocks.law import appeal_until
from wellkept.policy.words import Category
from wellkept.service import threads
from wellkept.web.member import wording
from wellkept.web.member.door import at, opened, page
from wellkept.web.shell import naming, serving
from wellkept.web.shell.templatetags.shell import day, money
from wellkept.web.shell.values import Amount, Cell, Column, Step, Table

EVENTS: Final[Mapping[str, str | Promise]] = {
    "filed": gettext_lazy("Filed by the office"),
    "filed again": gettext_lazy("Filed again, corrected"),
    "withdrawn": gettext_lazy("Withdrawn by the office"),
    "received": gettext_lazy("Received"),
    "other decided": gettext_lazy("Another insurance decided"),
    "decided": gettext_lazy("Decided"),
    "paid": gettext_lazy("Decided and paid"),
    "taken back": gettext_lazy("Decision taken back"),
    "decided again": gettext_lazy("Decided again"),
    "paid again": gettext_lazy("Decided and paid again"),
    "sent on": gettext_lazy("Sent on to another insurance"),
}
CHANGES: Final = frozenset({"filed again", "withdrawn", "taken back", "decided again", "paid again"})
TOLD: Final[dict[str, str | Promise]] = {
    "filed again": gettext_lazy("The office corrected this claim on %(day)s."),
    "withdrawn": gettext_lazy("The office withdrew this claim on %(day)s."),
}
TOLD_BY_US: Final[dict[str, str | Promise]] = {
    "taken back": gettext_lazy("On %(day)s we took back what was decided before."),
    "paid": gettext_lazy("On %(day)s we decided and paid %(sum)s."),
    "paid again": gettext_lazy("On %(day)s we decided again and paid %(sum)s."),
    "decided": gettext_lazy("On %(day)s we decided and paid nothing."),
    "decided again": gettext_lazy("On %(day)s we decided again and paid nothing."),
}
TOLD_BY_PLAN: Final[dict[str, str | Promise]] = {
    "taken back": gettext_lazy("On %(day)s your plan took back what was decided before."),
    "paid": gettext_lazy("On %(day)s your plan decided and paid %(sum)s."),
    "paid again": gettext_lazy("On %(day)s your plan decided again and paid %(sum)s."),
    "decided": gettext_lazy("On %(day)s your plan decided and paid nothing."),
    "decided again": gettext_lazy("On %(day)s your plan decided again and paid nothing."),
}
BEARS: Final[Mapping[str, tuple[str | Promise, str]]] = {
    "PR": (gettext_lazy("You may owe this"), "warn"),
    "CO": (gettext_lazy("Not yours to pay"), "good"),
    "PI": (gettext_lazy("Lowered by the plan"), ""),
    "OA": (gettext_lazy("Another adjustment"), ""),
    "CR": (gettext_lazy("A correction"), ""),
}
STEPS_SHOWN: Final = 3


def claim(request: HttpRequest, number: UUID, person: UUID | None = None) -> HttpResponse:
    """The claim with this id, if it is the person's.

    A claim of somebody else's is not there, and neither is an invented one: both are the same 404.
    """
    with opened(request, Category.CLAIMS, Category.SENSITIVE_CLAIMS, subject=person) as (key, _who):
        story, acts = benefits.claim(key, number), threads.acts(key)
    if story is None:
        raise Http404
    today, ours = serving.today(serving.pack()), "plans" in serving.pack().law
    until = appeal_until(story.claim.decided_on) if story.adverse and story.claim.decided_on else None
    given = {
        "story": story,
        "name": wording.provider(story.claim),
        "care": wording.care(story.claim),
        "served": naming.served(story.claim),
        "status": status(story),
        "ours": ours,
        "amounts": list(amounts(story, ours=ours)),
        "end": Amount(_("You may owe"), wording.owed(story.claim)),
        "changed": list(changed(story, ours=ours)),
        "next": list(next_steps(story)),
        "advice": list(advice(story)),
        "steps": list(steps(story, until=until, today=today)),
        "table": table(story, ours=ours) if story.lines else None,
        "medicines": [
            (naming.service(one.product or one.service), one)
            for one in story.lines
            if one.product or one.quantity or one.days
        ],
        "why": [(why, *BEARS.get(why.group, ("", ""))) for why in story.why if why.amount],
        "until": until if until and until >= today else None,
        "appeal_ended": until if until and until < today else None,
        "list_at": at(person, "claims/"),
        "own": person is None,
        "acts": acts,
        "appeals_at": at(person, "appeals/"),
    }
    return page(request, "claim", given)


def status(story: ClaimStory) -> tuple[str, str]:
    """The word and tone of the claim's state; a payment that left something out is one in part."""
    if story.claim.status is Status.PAID and story.adverse:
        return _("Paid in part"), "warn"
    return wording.status(story.claim)


def amounts(story: ClaimStory, *, ours: bool) -> Iterator[Amount]:
    """What leads to what the person may owe, as far as it is known."""
    claim = story.claim
    yield Amount(_("Billed"), money(claim.billed))
    if claim.status not in DECIDED:
        return
    saved = story.saved
    lower = _("Your plan's price (you saved %(sum)s)") % {"sum": money(saved)}
    price = lower if saved and saved > 0 else _("Your plan's price")
    yield Amount(price, money(claim.allowed))
    yield from by_others(story)
    yield Amount(_("We paid") if ours else _("Your plan paid"), money(claim.paid))


def by_others(story: ClaimStory) -> Iterator[Amount]:
    """What other insurance paid, by the office's word; what it took off besides, by our payer's."""
    for other in story.others:
        label = (
            _("%(name)s paid") % {"name": naming.written(other.payer)} if other.payer else _("Another insurance paid")
        )
        yield Amount(label, money(other.paid))
    if story.earlier and story.other_paid is None:
        yield Amount(_("Another insurance paid or took off"), money(story.earlier))
    elif story.earlier and story.other_paid is not None and story.earlier > story.other_paid:
        yield Amount(_("Another insurance took off"), money(story.earlier - story.other_paid))


def changed(story: ClaimStory, *, ours: bool) -> Iterator[str]:
    """How the claim came to stand as it does, in sentences, where it was corrected, withdrawn or decided again."""
    if not any(event.what in CHANGES for event in story.events):
        return
    words = TOLD | (TOLD_BY_US if ours else TOLD_BY_PLAN)
    for event in story.events:
        if event.what in words:
            yield str(words[event.what]) % {"day": day(event.on), "sum": money(abs(event.paid or Decimal()))}


def next_steps(story: ClaimStory) -> Iterator[str]:
    """What to do now about the bill, in sentences."""
    claim = story.claim
    match claim.status:
        case Status.FILED:
            yield _("Nothing now. No decision has reached us yet. When it does, you read it here.")
            yield _("If the office asks you to pay before that, call us first.")
        case Status.WITHDRAWN:
            yield _("Nothing. The office took this claim back, so there is nothing to pay for it.")
            yield _("If it bills you all the same, call us.")
        case Status.REVERSED:
            yield _("Wait. The decision was taken back, and a new one may follow.")
            yield _("What you may owe is not known until then.")
        case _ if claim.owed and claim.owed > 0 and claim.kind == "pharmacy":
            yield _("The pharmacy may have taken this when you got the medicine.")
            yield _("If it took more than %(sum)s, call us.") % {"sum": money(claim.owed)}
        case _ if claim.owed and claim.owed > 0:
            yield _("Wait for the office's bill before you pay.")
            yield _("If it asks for more than %(sum)s, call us.") % {"sum": money(claim.owed)}
        case _:
            yield _("Nothing to pay. If the office sends you a bill for this, call us.")


def advice(story: ClaimStory) -> list[str]:
    """What to do about each reason something was refused for, the greatest first, each once."""
    refused = [why.reason.next for why in story.why if why.reason and why.reason.against and why.reason.next]
    return list(dict.fromkeys(refused))[:STEPS_SHOWN]


def steps(story: ClaimStory, *, until: date | None, today: date) -> Iterator[Step]:
    """What files stated with its day, and the law's last day to appeal where something was refused."""
    for event in story.events:
        yield Step(title(event), day(event.on), "done")
    if until and until >= today:
        note = _("until %(day)s, 180 days after this decision") % {"day": day(until)}
        yield Step(_("You can appeal"), note, "next")
    elif until:
        yield Step(_("Time to appeal ended"), day(until), "done")


def title(event: Event) -> str:
    """What happened, with the name of another payer where a file gave it."""
    name = naming.written(event.who)
    if name and event.what == "other decided":
        return _("%(name)s decided") % {"name": name}
    if name and event.what == "sent on":
        return _("Sent on to %(name)s") % {"name": name}
    return str(EVENTS[event.what])


def table(story: ClaimStory, *, ours: bool) -> Table:
    """The lines, as filed and as decided."""
    decided = story.claim.status in DECIDED
    more = [
        Column(_("Plan's price"), numeric=True),
        Column(_("We paid") if ours else _("Plan paid"), numeric=True),
        Column(_("You may owe"), numeric=True),
    ]
    columns = [Column(_("Service")), Column(_("Billed"), numeric=True), *(more if decided else ())]
    return Table(caption=_("Line by line"), columns=columns, rows=[row(line, decided=decided) for line in story.lines])


def row(line: ServiceLine, *, decided: bool) -> list[Cell]:
    """One line with its codes and the codes of the reasons that are explained below."""
    code = _("code %(code)s") % {"code": line.code} if line.code else ""
    facts = [
        part for part in (code, day(line.on), ", ".join(unbroken(why.codes) for why in line.why if why.amount)) if part
    ]
    cells = [Cell(naming.service(line.product or line.service), note=" · ".join(facts)), Cell(money(line.billed))]
    if decided:
        cells += [Cell(money(line.allowed)), Cell(money(line.paid)), Cell(money(line.owed))]
    return cells


def unbroken(codes: str) -> str:
    """Codes that no line's end parts: the hyphen is one that does not break (U+2011)."""
    return codes.replace("-", "\N{NON-BREAKING HYPHEN}")
