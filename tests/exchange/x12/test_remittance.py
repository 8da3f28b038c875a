from datetime import date
from decimal import Decimal

import pytest

from tests.exchange.x12.samples import REMITTANCE, ended, findings, interchange, said, told, transaction, values
from wellkept.exchange.x12 import Event, Values
from wellkept.exchange.x12.values import Adjustment, ClaimDecided, Procedure, ProviderAdjustment, Remittance

GUIDE = "005010X221A1"


def events_of(body: str) -> list[Event]:
    return told(interchange(transaction(body, GUIDE), guide=GUIDE))


def parts_of(body: str = REMITTANCE) -> tuple[Remittance, ClaimDecided, ProviderAdjustment]:
    head, claim, kept = values(events_of(body))
    assert isinstance(head, Remittance)
    assert isinstance(claim, ClaimDecided)
    assert isinstance(kept, ProviderAdjustment)
    return head, claim, kept


def test_it_tells_the_payment() -> None:
    head, _, kept = parts_of()
    assert (head.amount, head.credit, head.method, head.paid) == (Decimal(180), True, "ACH", date(2026, 3, 20))
    assert (head.trace_number, head.payer_tax_id, head.produced) == ("T-9", "512345678", date(2026, 3, 19))
    assert head.payer is not None
    assert head.payee is not None
    assert (head.payer.name.last, head.payer.contacts[0].number) == ("EXAMPLE PLAN", "5550002222")
    assert (head.payee.name.last, head.payee.npi, head.payee.tax_id) == ("EXAMPLE CLINIC", "1234567893", "333333333")
    assert (kept.reason, kept.reference, kept.amount, kept.trace_number) == ("WO", "PAYER-0", Decimal(20), "T-9")


def test_it_tells_the_decision() -> None:
    _, claim, _ = parts_of()
    assert (claim.control_number, claim.status, claim.charge, claim.paid) == ("C-1", "1", Decimal(300), Decimal(200))
    assert (claim.patient_responsibility, claim.filing_indicator) == (Decimal(40), "12")
    assert (claim.payer_claim_number, claim.facility_code, claim.frequency) == ("PAYER-1", "11", "7")
    assert (claim.trace_number, claim.group_number, claim.allowed) == ("T-9", "G7", Decimal(260))
    assert (claim.statement_begins, claim.statement_ends) == (date(2026, 2, 10), date(2026, 2, 12))
    assert (claim.received, claim.remarks) == (date(2026, 3, 1), ("MA01", "N130"))
    assert claim.adjustments == (Adjustment("PR", "1", Decimal(20)),)
    assert claim.patient is not None
    assert claim.subscriber is not None
    assert claim.corrected is not None
    assert [party.name.first for party in (claim.patient, claim.subscriber, claim.corrected)] == [
        "ANNA",
        "ERIKA",
        "ANNE",
    ]
    assert claim.corrected.identifier == "S100A"


def test_it_tells_the_lines() -> None:
    first, second = parts_of()[1].lines
    assert (first.procedure, first.charge, first.paid) == (
        Procedure("HC", "99213", ("25",)),
        Decimal(200),
        Decimal(140),
    )
    assert (first.allowed, first.control_number, first.remarks) == (Decimal(180), "L-1", ("N20",))
    assert (first.begins, first.ends, first.units) == (date(2026, 2, 10), date(2026, 2, 10), Decimal(1))
    assert first.adjustments == (
        Adjustment("CO", "45", Decimal(20)),
        Adjustment("CO", "253", Decimal(20), Decimal(1)),
        Adjustment("PR", "2", Decimal(20)),
    )
    assert (second.begins, second.ends) == (date(2026, 2, 11), date(2026, 2, 12))


def test_a_payment_that_comes_out_has_no_finding() -> None:
    assert findings(events_of(REMITTANCE)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "reasons"),
    [
        ("CAS*PR*2*20\n", "", ["'200 charged, 160 due, 140 paid': The line's", "'300 charged,"]),
        ("CAS*PR*1*20\n", "", ["'300 charged, 220 due, 200 paid': The claim's charge"]),
        ("BPR*I*180", "BPR*I*200", ["'BPR02 200, claims 200, adjustments 20': BPR02 is not"]),
        ("*WO:PAYER-0*20", "*WO:PAYER-0*19", ["'BPR02 180, claims 200, adjustments 19': BPR02 is not"]),
    ],
)
def test_a_payment_that_does_not_come_out_is_reported_and_taken(right: str, wrong: str, reasons: list[str]) -> None:
    events = events_of(REMITTANCE.replace(right, wrong))
    found = findings(events)
    assert [one.severity for one in found] == ["warning"] * len(reasons)
    assert all(said(one).startswith(reason) for one, reason in zip(found, reasons, strict=True))
    assert ended(events)[0].accepted


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("CLP*C-1*1*", "CLP*C-1*6*", "CLP02: '6': This is not a code for the claim's status."),
        ("*300*200*40*", "*300**40*", "CLP04: the payment is missing."),
        ("*300*200*40*", "*3e2*200*40*", "CLP03: '3e2': This is not an amount."),
        ("*300*200*40*", "*1234567890123456*200*40*", "CLP03: '1234567890123456': This is not an amount."),
        ("CAS*CO*45*20**", "CAS*XX*45*20**", "CAS01: 'XX': This is not a code for the adjustment group"),
        ("CAS*PR*2*20", "CAS*PR*2", "CAS03: the amount of the adjustment is missing."),
        ("DTM*050*20260301", "DTM*050*20260231", "DTM02: '20260231': This is not a date (CCYYMMDD)."),
        ("TRN*1*T-9*1512345678\n", "", "The set has no TRN, which names the payment."),
        ("N1*PE*EXAMPLE CLINIC*XX*1234567893\n", "", "The set does not name its payee (N1*PE)."),
        ("CLP*C-1", "CLQ*C-1", "'CLQ': This is not a segment of 005010X221A1."),
    ],
)
def test_a_broken_remittance_is_put_aside(right: str, wrong: str, reason: str) -> None:
    assert right in REMITTANCE
    events = events_of(REMITTANCE.replace(right, wrong))
    errors = [said(found) for found in findings(events) if found.severity == "error"]
    assert any(told_reason.startswith(reason) for told_reason in errors), errors
    assert not any(isinstance(event, Values) for event in events)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("BPR*I*1*C*NON", "A second payment (BPR) in one set."),
        ("TRN*1*T-10", "A second trace number (TRN) in one set."),
        ("N1*PE*SOMEBODY ELSE", "A payer or payee stands behind the claims."),
    ],
)
def test_a_head_behind_the_claims_puts_the_set_aside(line: str, reason: str) -> None:
    events = events_of(REMITTANCE + line + "\n")
    assert reason in [said(found) for found in findings(events)]
    assert values(events) == []


def test_the_sums_of_one_claim_are_not_carried_into_the_next() -> None:
    second = "CLP*C-2*1*50*50**12*PAYER-2\nSVC*HC:99213*50*50\n"
    body = REMITTANCE.replace("BPR*I*180", "BPR*I*230").replace("PLB*", second + "PLB*")
    assert findings(events_of(body)) == []


def test_an_adjustment_segment_holds_up_to_six() -> None:
    six = "CAS*PR" + "".join(
        f"*{reason}*{amount}*" for reason, amount in zip("123456", (5, 5, 4, 3, 2, 1), strict=True)
    )
    _, claim, _ = parts_of(REMITTANCE.replace("CAS*PR*1*20", six))
    assert [(one.reason, one.amount) for one in claim.adjustments] == [
        ("1", Decimal(5)),
        ("2", Decimal(5)),
        ("3", Decimal(4)),
        ("4", Decimal(3)),
        ("5", Decimal(2)),
        ("6", Decimal(1)),
    ]
