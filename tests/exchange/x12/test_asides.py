"""Premium payments (820) and acknowledgments (999, TA1) are read, checked, and said again without any value."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.x12.samples import (
    SHARED,
    ended,
    findings,
    interchange,
    inventory,
    needs_samples,
    told,
    transaction,
    values,
)
from wellkept.exchange.x12 import InterchangeAnswered, InterchangeEnded, Values, acknowledgement
from wellkept.exchange.x12.asides import Asides
from wellkept.exchange.x12.values import Answered, PremiumPaid, PremiumPart
from wellkept.intake.answers import sentence

PAYMENT = """
BPR*I*310.5*C*ACH************20260131
TRN*3*T-1
N1*PE*EXAMPLE PLAN*FI*222222222
N1*PR*EXAMPLE WORKS*FI*111111111
ENT*1*2J*EI*S-100
NM1*IL*1*QUITZOW*ERIKA****N*S-100
RMR*IK*HEALTH**200.5
REF*18*957
DTM*582****RD8*20260101-20260131
RMR*IK*HEALTH**-10
ADX*-10*53
ENT*2*2J*EI*S-200
RMR*IK*FEES**120
"""
ANSWER = """
AK1*BE*7*005010X220A1
AK2*834*0001*005010X220A1
IK5*A
AK2*834*0002*005010X220A1
IK3*NM1*12**8
CTX*SITUATIONAL TRIGGER*NM1*12
IK4*9*67*1
IK5*R*5
AK9*P*2*2*1
"""

ROWS = [row for row in inventory() if row["file"][:3] in ("820", "999", "997")]


def read_aside(*sets: list[str], guide: str) -> Asides:
    """What a file of these sets says beside people."""
    asides = Asides()
    for event in told(interchange(*sets, guide=guide).encode()):
        asides.take(event)
        for value in event.values if isinstance(event, Values) else ():
            if isinstance(value, PremiumPart):
                asides.part(value)
    return asides


def test_a_payment_its_parts_and_whom_they_are_for() -> None:
    guide = "005010X218"
    found = values(told(interchange(transaction(PAYMENT, guide), guide=guide).encode()))
    (head,) = [one for one in found if isinstance(one, PremiumPaid)]
    parts = [one for one in found if isinstance(one, PremiumPart)]
    assert (head.amount, head.trace_number, head.paid) == (Decimal("310.5"), "T-1", date(2026, 1, 31))
    assert [(one.amount, one.adjusted, one.person and one.person.identifier) for one in parts] == [
        (Decimal("200.5"), 0, "S-100"), (Decimal(-10), Decimal(-10), "S-100"), (Decimal(120), 0, None),
    ]  # fmt: skip
    assert (parts[0].begins, parts[0].ends) == (date(2026, 1, 1), date(2026, 1, 31))
    assert found.index(head) == 0


@pytest.mark.parametrize("guide", ["005010X218", "005010X306"])
def test_a_payment_is_kept_with_what_its_parts_come_to(guide: str) -> None:
    (paid,) = read_aside(transaction(PAYMENT, guide), guide=guide).payments
    assert (paid.payer, paid.payee, paid.amount, paid.told) == (
        "EXAMPLE WORKS", "EXAMPLE PLAN", Decimal("310.5"), Decimal("310.5"),
    )  # fmt: skip
    assert (paid.parts, paid.people) == (3, 2)


def test_a_payment_without_its_amount_or_with_a_part_before_it_is_put_aside() -> None:
    guide = "005010X218"
    for body in (PAYMENT.replace("310.5", "ABC"), PAYMENT.replace("BPR", "REF"), "RMR*IK*A**1\n" + PAYMENT):
        events = told(interchange(transaction(body, guide), guide=guide).encode())
        assert [one.accepted for one in ended(events)] == [False], body
        assert read_aside(transaction(body, guide), guide=guide).payments == []


def test_an_acknowledgment_says_which_sets_were_taken_and_why_others_were_not() -> None:
    guide = "005010X231A1"
    answers = read_aside(transaction(ANSWER, guide), guide=guide).answers
    assert [sentence(one) for one in answers] == [
        "999: set 0001 (834) of group 7: accepted",
        "999: set 0002 (834) of group 7: rejected (code 5; segment NM1 at 12: 8; element 9: 1)",
        "999: group 7: accepted in part",
    ]
    assert [one.accepted for one in answers] == [True, False, False]


def test_what_stands_where_a_code_should_is_not_repeated() -> None:
    guide = "005010X231A1"
    body = ANSWER.replace("IK3*NM1*12**8", "IK3*ERIKA QUITZOW*12**8").replace("*0002*", "*ERIKA Q*")
    said = " ".join(sentence(one) for one in read_aside(transaction(body, guide), guide=guide).answers)
    assert "ERIKA" not in said


def test_an_acknowledgment_without_its_verdict_is_put_aside() -> None:
    guide = "005010X231A1"
    for body in (ANSWER.replace("AK9*P*2*2*1", ""), ANSWER.replace("IK5*A", "IK5*Q"), ANSWER.replace("AK1", "CTX")):
        assert read_aside(transaction(body, guide), guide=guide).answers == []


def test_a_ta1_is_read_and_one_without_a_verdict_is_noted() -> None:
    whole = interchange(transaction(ANSWER, "005010X231A1"), guide="005010X231A1")
    at = whole.index("GS*")
    events = told((whole[:at] + "TA1*000000007*260101*1200*R*022~" + whole[at:]).encode())
    (answered,) = [event for event in events if isinstance(event, InterchangeAnswered)]
    assert (answered.answered, answered.verdict, answered.note) == ("000000007", "R", "022")
    events = told((whole[:at] + "TA1*000000007*260101*1200*Q*022~" + whole[at:]).encode())
    assert "A TA1 that gives no verdict is passed over." in [one.reason for one in findings(events)]


def test_a_ta1_is_written_where_the_sender_asks_for_it_and_is_read_again() -> None:
    guide = "005010X218"
    asking = interchange(transaction(PAYMENT, guide), guide=guide)
    fields = asking.split("*", 15)
    for asks in ("0", "1"):
        fields[14] = asks
        answer = acknowledgement(told("*".join(fields).encode()), control_number=1, at=datetime(2026, 1, 1, tzinfo=UTC))
        found = [event for event in told(answer.encode()) if isinstance(event, InterchangeAnswered)]
        assert [one.verdict for one in found] == (["A"] if asks == "1" else [])
        assert [one.verdict for one in values(told(answer.encode())) if isinstance(one, Answered)] == ["A", "A"]


@needs_samples
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_every_payment_and_acknowledgment_that_others_wrote_is_read_or_refused(row: dict[str, str]) -> None:
    asides = Asides()
    events = told((SHARED / row["file"]).read_bytes())
    for event in events:
        asides.take(event)
        for value in event.values if isinstance(event, Values) else ():
            if isinstance(value, PremiumPart):
                asides.part(value)
    if row["file"].startswith("820"):
        assert asides.payments
        assert all(paid.told == paid.amount for paid in asides.payments)
    if row["file"].startswith("999"):
        assert asides.answers
        assert all(one.accepted for one in asides.answers)
    assert any(isinstance(event, InterchangeEnded) for event in events)


@given(st.sampled_from([PAYMENT, ANSWER]), st.data())
def test_no_mutation_of_them_raises_and_what_is_put_aside_leaves_nothing(body: str, data: st.DataObject) -> None:
    guide = "005010X218" if body is PAYMENT else "005010X231A1"
    whole = interchange(transaction(body, guide), guide=guide)
    cut = data.draw(st.integers(0, len(whole)))
    again = data.draw(st.integers(0, len(whole)))
    asides = Asides()
    events = told((whole[:cut] + data.draw(st.text(max_size=5)) + whole[again:]).encode("utf-8", "surrogatepass"))
    for event in events:
        asides.take(event)
    assert not (asides.payments or asides.answers) or any(one.accepted for one in ended(events))
