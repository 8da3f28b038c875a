"""An explanation of benefits in finished words: one composition for the page, the PDF and the letter (U-29, R-15).

Nothing stands here that no file stated; what nobody stated is left out, or says that it is not known yet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wellkept.benefits.values import DECIDED, ClaimStory, ServiceLine, Why
from wellkept.clocks.law import APPEAL_ANSWER_DAYS, APPEAL_DAYS, appeal_until
from wellkept.files.letterhead import letterhead
from wellkept.organisations.queries import PlanLine
from wellkept.people.queries import Identity
from wellkept.policy.shapes import Pack
from wellkept.web.shell import naming
from wellkept.web.shell.templatetags.shell import day, money
from wellkept.web.shell.values import Amount, Cell, Column, Table

BEARS: Final[Mapping[str, str | Promise]] = {
    "PR": gettext_lazy("You may owe this"),
    "CO": gettext_lazy("Not yours to pay"),
    "PI": gettext_lazy("Lowered by the plan"),
    "OA": gettext_lazy("Another adjustment"),
    "CR": gettext_lazy("A correction"),
}


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: its amount, who bears it, the codes as on paper, what they mean and what to do, in words."""

    amount: str
    bears: str
    codes: str
    says: str
    next: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the paper's end: a heading and its sentences."""

    title: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An explanation of benefits, ready to show. ``sums`` leads to what may be owed, its last line."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sums: tuple[Amount, ...]
    table: Table
    totals: tuple[str, ...]
    why: tuple[Because, ...]
    remarks: tuple[str, ...]
    parts: tuple[Part, ...]


def explanation(
    story: ClaimStory, *, who: Identity | None, plan: PlanLine | None, pack: Pack, today: date
) -> Explanation | None:
    """The explanation of a decided claim; None of one that is not decided, or whose decision was taken back."""
    if story.claim.status not in DECIDED:
        return None
    paid = _("We paid") if "plans" in pack.law else _("Your plan paid")
    sums = tuple(amounts(story, paid=paid))
    return Explanation(
        title=_("Explanation of benefits"),
        facts=tuple(facts(story, who=who, plan=plan)),
        sums=sums,
        table=table(story.lines, paid=paid),
        totals=(_("Total"), *(money(one) for one in (story.claim.billed, story.claim.allowed)),
                money(story.claim.paid), money(story.claim.owed)),
        why=tuple(because(why, pack) for why in story.why if why.amount),
        remarks=story.remarks,
        parts=(*appeal(story, pack=pack, today=today), questions(story, pack)),
    )  # fmt: skip


def facts(story: ClaimStory, *, who: Identity | None, plan: PlanLine | None) -> Iterator[tuple[str, str]]:
    """Whom, which plan and which care it is about, as far as files said it."""
    claim = story.claim
    said = [
        (_("Member"), naming.written(who.full) if who else ""),
        (_("Member number"), who.member_number if who else ""),
        (_("Plan"), naming.written(plan.sponsor) if plan else ""),
        (_("Group"), plan.group_number if plan else ""),
        (_("Care by"), naming.written(claim.provider)),
        (_("Days of care"), naming.served(claim) if claim.served_from else ""),
        (_("Claim"), story.number),
        (_("Received"), day(claim.received_on)),
        (_("Decided"), day(claim.decided_on)),
    ]
    return ((label, value) for label, value in said if value)


def amounts(story: ClaimStory, *, paid: str) -> Iterator[Amount]:
    """What leads to what the person may owe."""
    claim = story.claim
    yield Amount(_("Billed"), money(claim.billed))
    yield Amount(_("Your plan's price"), money(claim.allowed))
    if story.other_paid:
        yield Amount(_("Other insurance paid"), money(story.other_paid))
    yield Amount(paid, money(claim.paid))
    yield Amount(_("You may owe"), money(claim.owed))


def table(lines: Sequence[ServiceLine], *, paid: str) -> Table:
    """Each service: billed, the plan's price, paid, what may be owed, and the codes of the reasons."""
    labels = (_("Billed"), _("Plan's price"), paid, _("You may owe"))
    columns = [Column(_("Service")), *(Column(label, numeric=True) for label in labels)]
    return Table(caption=_("Line by line"), columns=columns, rows=[row(line) for line in lines])


def row(line: ServiceLine) -> list[Cell]:
    """One line with its code and day."""
    code = _("code %(code)s") % {"code": line.code} if line.code else ""
    codes = ", ".join(unbroken(why.codes) for why in line.why if why.amount)
    note = " · ".join(part for part in (naming.service(line.product), code, day(line.on), codes) if part)
    return [
        Cell(line.service, note=note),
        *(Cell(money(sum_)) for sum_ in (line.billed, line.allowed, line.paid, line.owed)),
    ]


def because(why: Why, pack: Pack) -> Because:
    """A reason in our words; a code we have none for says whom to ask."""
    says, following = (why.reason.says, why.reason.next) if why.reason else (
        _("We have no plain words for this code yet."),
        _("Call %(phone)s and name %(codes)s. A person tells you what it means.")
        % {"phone": pack.phone, "codes": why.codes},
    )  # fmt: skip
    return Because(money(why.amount), str(BEARS.get(why.group, "")), unbroken(why.codes), says, following)


def appeal(story: ClaimStory, *, pack: Pack, today: date) -> Iterator[Part]:
    """How to appeal and until when, where something was refused on a stated day. 29 CFR 2560.503-1(g) and (h)."""
    if not (story.adverse and story.claim.decided_on):
        return
    until = appeal_until(story.claim.decided_on)
    named = {"day": day(until), "days": APPEAL_DAYS}
    if until < today:
        ended = _("The time to appeal ended on %(day)s, %(days)s days after this decision.") % named
        yield Part(_("If you do not agree"), (ended,))
        return
    says = (
        [
            _("You can appeal until %(day)s, %(days)s days after this decision. It costs nothing.") % named,
            _("Write to us. Say that you appeal, and why. Send what speaks for you, such as a doctor's letter."),
            ", ".join(pack.postal_address),
            _("You may ask for a free copy of everything the decision rests on."),
            _("Somebody else looks again, and must decide within %(days)s days.") % {"days": APPEAL_ANSWER_DAYS},
        ]
        if "plans" in pack.law
        else [
            _("You can appeal until %(day)s, %(days)s days after this decision.") % named,
            _("The decision is your plan's, and so is the appeal. Its address is on your ID card."),
        ]
    )
    yield Part(_("If you do not agree"), tuple(says))


def questions(story: ClaimStory, pack: Pack) -> Part:
    """Whom to call, with the number to name, and why a bill may come too."""
    number = _(" Name claim %(number)s.") % {"number": story.number} if story.number else ""
    return Part(
        _("Questions?"),
        (
            _("Call %(phone)s (TTY %(tty)s), %(hours)s.") % {"phone": pack.phone, "tty": pack.tty, "hours": pack.hours}
            + number,
            _("The office that cared for you may send a bill. Compare it with this paper before you pay."),
        ),
    )


def paper(said: Explanation, *, pack: Pack, to: Sequence[str], today: date) -> dict[str, object]:
    """The same for the template ``explanation``. ``to`` is the address window's lines, empty where there is none."""
    return {
        "title": said.title,
        "lang": get_language() or "en",
        "made_on": today.isoformat(),
        "from": letterhead(pack),
        "to": list(to),
        "foot": _("Questions? Call %(phone)s (TTY %(tty)s).") % {"phone": pack.phone, "tty": pack.tty},
        "not_a_bill": _("This is not a bill"),
        "lead": lead(),
        "facts": [list(fact) for fact in said.facts],
        "sums": [[one.label, one.value] for one in said.sums],
        "columns": [column.label for column in said.table.columns],
        "rows": [
            {"service": cells[0].text, "note": cells[0].note, "sums": [cell.text for cell in cells[1:]]}
            for cells in said.table.rows
        ],
        "totals": list(said.totals),
        "why": [
            {"amount": one.amount, "bears": one.bears, "codes": one.codes, "says": one.says, "next": one.next}
            for one in said.why
        ],
        "remarks": list(said.remarks),
        "parts": [{"title": part.title, "says": list(part.says)} for part in said.parts],
        "words": {
            "lines": _("Line by line"),
            "no_lines": _("The plan's file gave no lines for this claim."),
            "why": _("Why"),
            "next": _("What to do:"),
            "remarks": _("Remark codes of the plan:"),
        },
    }


def lead() -> str:
    """What the paper is, in one breath."""
    return _("What was billed for your care, what your plan paid, and what you may owe to the office.")


def unbroken(codes: str) -> str:
    """Codes that no line's end parts: the hyphen is one that does not break (U+2011)."""
    return codes.replace("-", "\N{NON-BREAKING HYPHEN}")
