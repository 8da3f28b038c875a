"""What a file says beside people: premium payments (820), and what others answer to files sent to them (999, TA1)."""

import hashlib
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from wellkept.exchange.x12.events import Event, InterchangeAnswered, InterchangeEnded, SetEnded, Values
from wellkept.exchange.x12.texts import day, money, written
from wellkept.exchange.x12.values import Answered, Party, PremiumPaid, PremiumPart
from wellkept.intake.answers import Answer
from wellkept.intake.naming import as_uuid
from wellkept.intake.premiums import Paid
from wellkept.intake.values import PREMIUM, Naming, Statement

ANSWERS_KEPT: Final = 10_000
# Control numbers and kinds of sets as the standard writes them. Anything else in their place might name somebody.
CONTROL: Final = re.compile(r"[0-9A-Za-z]{1,9}", re.ASCII)
CODE: Final = re.compile(r"[0-9A-Z]{1,3}", re.ASCII)
ERROR: Final = re.compile(
    r"(segment [A-Z0-9]{2,3} at \d{1,10}|element \d{1,2}(:\d{1,2}){0,2}): (\w{1,3}|no code)", re.ASCII
)


@dataclass(slots=True)
class Open:
    """The payment of the set that is being read, and what its parts come to."""

    paid: PremiumPaid
    id: UUID
    told: Decimal = Decimal()
    parts: int = 0
    people: int = 0


@dataclass(slots=True)
class Asides:
    """One file while it is read. What a set or an interchange says counts when it is accepted."""

    open: list[Open] = field(default_factory=list)
    said: list[Answer] = field(default_factory=list)
    ended: list[Open | Answer] = field(default_factory=list)
    payments: list[Paid] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """What one event means."""
        if isinstance(event, Values):
            for value in event.values:
                self._value(value)
        elif isinstance(event, InterchangeAnswered):
            self.ended.append(of_interchange(event))
        elif isinstance(event, SetEnded):
            self.ended += [*self.open, *self.said] if event.accepted else []
            self.open, self.said = [], []
        elif isinstance(event, InterchangeEnded):
            self._interchange_ended(accepted=event.accepted)

    def part(self, value: PremiumPart) -> Statement | None:
        """What was paid for one person's coverage; None where a part names nobody."""
        if not self.open:
            return None
        payment = self.open[-1]
        payment.told += value.amount
        payment.parts += 1
        person = value.person
        if person is None or not person.identifier:
            return None
        payment.people += 1
        return premium(value, person, payment)

    def _value(self, value: object) -> None:
        if isinstance(value, PremiumPaid):
            self.open.append(Open(value, payment_id(value)))
        elif isinstance(value, Answered) and len(self.said) < ANSWERS_KEPT:
            self.said.append(of_set(value))

    def _interchange_ended(self, *, accepted: bool) -> None:
        ended, self.ended = self.ended, []
        for one in ended if accepted else []:
            if isinstance(one, Open):
                self.payments.append(finished(one))
            elif len(self.answers) < ANSWERS_KEPT:
                self.answers.append(one)


def payment_id(value: PremiumPaid) -> UUID:
    """A payment is named by who paid, its trace number, its day and its amount: business data, so without a key."""
    payer = value.payer.identifier or written(value.payer.name) if value.payer else ""
    named = "\x1f".join((payer, value.trace_number, day(value.paid), money(value.amount)))
    return as_uuid(hashlib.sha256(b"wellkept.payment\x1f" + named.encode("utf-8", "surrogatepass")).digest())


def finished(one: Open) -> Paid:
    """A payment with what its parts come to."""
    paid = one.paid
    return Paid(
        id=one.id, payer=named(paid.payer), payee=named(paid.payee), trace_number=paid.trace_number,
        paid_on=day(paid.paid), amount=paid.amount if paid.credit else -paid.amount, told=one.told, parts=one.parts,
        people=one.people,
    )  # fmt: skip


def named(party: Party | None) -> str:
    """An organisation's name; where it has none, its number."""
    return (written(party.name) or party.identifier) if party else ""


def premium(value: PremiumPart, person: Party, payment: Open) -> Statement:
    """One part as a statement about its person. Its place tells it from an equal part of the same payment."""
    content: dict[str, Any] = {
        "payment": str(payment.id),
        "reference": " ".join(part for part in (value.qualifier, value.reference) if part),
        "begins": day(value.begins),
        "ends": day(value.ends),
        "paid": money(value.amount),
        "adjusted": money(value.adjusted),
        "place": payment.parts,
    }
    naming = Naming(number=person.identifier, first=person.name.first, last=person.name.last, birth_date="")
    return Statement(kind=PREMIUM, naming=naming, content=content, sender=named(payment.paid.payer))


def of_set(value: Answered) -> Answer:
    """What a 999 says of a set, or of its group where it names none, without anything that is no code."""
    return Answer(
        kind="999", group=control(value.group), identifier=code(value.identifier), number=control(value.number),
        verdict=value.verdict, codes=tuple(code(one) for one in value.codes),
        errors=tuple(error for error in value.errors if ERROR.fullmatch(error)),
    )  # fmt: skip


def of_interchange(event: InterchangeAnswered) -> Answer:
    """What a TA1 says of an interchange."""
    return Answer(
        kind="TA1", group="", identifier="", number=control(event.answered), verdict=event.verdict,
        codes=(code(event.note),), errors=(),
    )  # fmt: skip


def control(number: str) -> str:
    """A control number; "-" where something else stands in its place, empty where there is none."""
    return number if not number or CONTROL.fullmatch(number) else "-"


def code(value: str) -> str:
    """A code; "-" where something else stands in its place."""
    return value if not value or CODE.fullmatch(value) else "-"
