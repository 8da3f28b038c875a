"""One claim told whole: what happened and when, line by line, and why. Only what a file stated is told."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from wellkept.benefits.reasons import PATIENT, reason
from wellkept.benefits.services import service
from wellkept.benefits.sums import EARLIER, REVERSAL, VOID, Content, Statement, earlier, in_force, newest, standing
from wellkept.benefits.values import (
    DECIDED,
    EVENTS,
    ClaimLine,
    ClaimStory,
    Event,
    OtherPaid,
    ServiceLine,
    Status,
    Why,
)

CORRECTED: Final = ("6", "7")
# CLP02: processed as primary, secondary or tertiary and forwarded to another payer.
SENT_ON: Final = ("19", "20", "21")
Line = dict[str, Any]


def story(claim: ClaimLine, *, number: str, filings: Sequence[Statement], decisions: Sequence[Statement]) -> ClaimStory:
    """The claim with its events, lines and reasons; the order in which the statements came is of no account."""
    filed, decided = newest(filings), standing(decisions)
    filing = filed.content if filed else {}
    decision = decided.content if decided and claim.status in DECIDED else {}
    why = added_up([*adjustments(decision), *(a for line in decision.get("lines", ()) for a in adjustments(line))])
    return ClaimStory(
        claim=claim,
        number=number,
        events=tuple(sorted(set(events(filings, decisions)), key=in_order)),
        lines=tuple(lines(filing.get("lines", ()), decision.get("lines", ()))),
        why=why,
        remarks=tuple(dict.fromkeys(remarks(decision))),
        adverse=claim.status is Status.DENIED or any(refuses(one) for one in why),
        others=tuple(others(filing)),
        earlier=earlier(decision) if any((one.group, one.code) == EARLIER for one in why) else None,
        pays_first=decision.get("pays_first", ""),
    )


def in_order(event: Event) -> tuple[date, int, Decimal, str]:
    """What orders events: the day, then what comes of what."""
    return event.on, EVENTS.index(event.what), event.paid or Decimal(), event.who


def events(filings: Sequence[Statement], decisions: Sequence[Statement]) -> Iterator[Event]:
    """What files stated with a day. Two files that state the same of one day state it once."""
    for filing in filings:
        yield from told(filing_event(filing.content), filing.day)
        for other in filing.content.get("others", ()):
            yield from told("other decided", other["decided"], paid=other["paid"], who=other["payer"])
    left, _last = in_force(decisions)
    for decision in decisions:
        content = decision.content
        yield from told("received", content["received"])
        yield from told(decision_event(decision, decisions, left), decision.day, paid=content["paid"])
        if content["status"] in SENT_ON or content.get("forwarded"):
            yield from told("sent on", decision.day, who=content.get("forwarded", ""))


def told(what: str, day: str, *, paid: str = "", who: str = "") -> Iterator[Event]:
    """The event, if a file stated its day."""
    if day:
        yield Event(what, date.fromisoformat(day), amount(paid), who)


def filing_event(content: Content) -> str:
    """What a filing is (claim frequency code, CLM05-3)."""
    if content["frequency"] == VOID:
        return "withdrawn"
    return "filed again" if content["frequency"] in CORRECTED else "filed"


def decision_event(decision: Statement, decisions: Sequence[Statement], left: Sequence[Statement]) -> str:
    """What a decision is: taken back, decided and paid, or decided without a payment; again where one came before.

    One came before on an earlier day, or was taken back on the same day while this one stands (``left``).
    """
    if decision.content["status"] == REVERSAL:
        return "taken back"
    before = any(one.day < decision.day for one in decisions)
    replaced = decision in left and any(
        one.day == decision.day and one.content["status"] == REVERSAL for one in decisions
    )
    what = "paid" if Decimal(decision.content["paid"] or 0) > 0 else "decided"
    return f"{what} again" if before or replaced else what


def others(filing: Content) -> Iterator[OtherPaid]:
    """What other payers paid, by the filing that stands."""
    for one in filing.get("others", ()):
        on = date.fromisoformat(one["decided"]) if one["decided"] else None
        yield OtherPaid(one["payer"], Decimal(one["paid"]), on)


def lines(filed: Sequence[Line], decided: Sequence[Line]) -> Iterator[ServiceLine]:
    """Filed lines beside what was decided of each, then what was decided of lines nobody filed here."""
    left = list(decided)
    for line in filed:
        match = matching(line, left)
        if match is not None:
            left.remove(match)
        yield service_line(line, match)
    for line in left:
        yield service_line(line, line)


def matching(line: Line, decided: Sequence[Line]) -> Line | None:
    """The decided line that is about a filed one: by its control number, else by code, day and charge."""
    by_control = [one for one in decided if line["control"] and one["control"] == line["control"]]
    by_facts = [one for one in decided if facts(one) == facts(line) and not (one["control"] and line["control"])]
    return next(iter(by_control or by_facts), None)


def facts(line: Line) -> tuple[str, str, str, Decimal]:
    """What two descriptions of one line have in common. Modifiers may be left out by the payer."""
    return line["code"].partition("-")[0], line["revenue"], line["from"], Decimal(line["charge"] or 0)


def service_line(line: Line, decided: Line | None) -> ServiceLine:
    """One line; the decided amounts are None where nothing was decided of it."""
    why = added_up(adjustments(decided or {}))
    owed = sum((one.amount for one in why if one.group == PATIENT), Decimal()) if decided else None
    return ServiceLine(
        service=service(code=line["code"], revenue=line["revenue"]),
        code=line["code"] or line["revenue"],
        on=date.fromisoformat(line["from"]) if line["from"] else None,
        billed=amount(line["charge"]),
        allowed=line_allowed(decided, owed) if decided else None,
        paid=amount(decided["paid"]) if decided else None,
        owed=owed,
        why=why,
        remarks=tuple(decided["remarks"]) if decided else (),
        product=line.get("drug", ""),
        quantity=line.get("quantity", ""),
        days=line.get("days_supply", ""),
    )


def line_allowed(decided: Line, owed: Decimal | None) -> Decimal | None:
    """The plan's price of a line: as the payer says it, else what payers paid and what the patient owes together."""
    stated = amount(decided["allowed"])
    if stated is not None:
        return stated
    before = (Decimal(sum_) for group, code, sum_ in decided["adjustments"] if (group, code) == EARLIER)
    return sum(before, (amount(decided["paid"]) or Decimal()) + (owed or Decimal()))


def adjustments(said: Content) -> list[Why]:
    """The adjustments of a decision or of one of its lines, with words."""
    return [
        Why(group=group, code=code, amount=Decimal(sum_ or 0), reason=reason(group, code))
        for group, code, sum_ in said.get("adjustments", ())
    ]


def added_up(whys: Sequence[Why]) -> tuple[Why, ...]:
    """Each group and reason once, with the sum of its amounts, what the patient bears first."""
    sums: dict[tuple[str, str], Decimal] = {}
    for why in whys:
        sums[why.group, why.code] = sums.get((why.group, why.code), Decimal()) + why.amount
    found = [Why(group, code, total, reason(group, code)) for (group, code), total in sums.items()]
    return tuple(sorted(found, key=lambda why: (why.group != PATIENT, -why.amount)))


def refuses(why: Why) -> bool:
    """Whether an adjustment refuses something: by its words, or where the patient bears it for a reason unknown."""
    if why.amount <= 0:
        return False
    return why.reason.against if why.reason else why.group == PATIENT


def remarks(decision: Content) -> Iterator[str]:
    """Every remark code of a decision and its lines."""
    yield from decision.get("remarks", ())
    for line in decision.get("lines", ()):
        yield from line["remarks"]


def amount(text: str) -> Decimal | None:
    """An amount, or None where the file sent none."""
    return Decimal(text) if text else None
