from datetime import date
from decimal import Decimal

import pytest

from tests.exchange.x12.samples import CLAIM, HOSPITAL, ended, findings, interchange, said, told, transaction, values
from wellkept.exchange.x12 import Event
from wellkept.exchange.x12.values import Adjustment, ClaimFiled, Diagnosis, Procedure

PROFESSIONAL = "005010X222A1"
INSTITUTIONAL = "005010X223A2"


def events_of(body: str, guide: str = PROFESSIONAL) -> list[Event]:
    return told(interchange(transaction(body, guide), guide=guide))


def claims(body: str = CLAIM, guide: str = PROFESSIONAL) -> list[ClaimFiled]:
    return [value for value in values(events_of(body, guide)) if isinstance(value, ClaimFiled)]


def test_it_tells_the_claim() -> None:
    claim, _ = claims()
    assert (claim.control_number, claim.charge, claim.institutional) == ("C-1", Decimal(300), False)
    assert (claim.facility_code, claim.facility_qualifier, claim.frequency) == ("11", "B", "7")
    assert (claim.original_reference, claim.clearinghouse_trace) == ("OLD-1", "TRACE-1")
    assert (claim.filed, claim.purpose) == (date(2026, 3, 1), "00")
    assert claim.diagnoses == (Diagnosis("ABK", "J069"), Diagnosis("ABF", "R05"))
    assert (claim.service_begins, claim.service_ends) == (date(2026, 2, 10), date(2026, 2, 12))


def test_it_tells_the_people_above_the_claim() -> None:
    claim, second = claims()
    assert (claim.billing.name.last, claim.billing.npi, claim.billing.tax_id) == (
        "EXAMPLE CLINIC",
        "1234567893",
        "333333333",
    )
    assert (claim.subscriber.name.first, claim.subscriber.identifier) == ("ERIKA", "S100")
    assert (claim.group_number, claim.plan_name, claim.responsibility) == ("G7", "GOLD PLAN", "P")
    assert (claim.patient.name.first, claim.patient.birth_date, claim.patient.gender) == ("ANNA", date(2015, 6, 7), "F")
    assert claim.relationship == "19"
    assert claim.payer is not None
    assert (claim.payer.name.last, claim.payer.identifier) == ("EXAMPLE PLAN", "P1")
    assert claim.rendering is not None
    assert claim.rendering.npi == "1999999992"
    assert (second.control_number, second.patient, second.rendering) == ("C-2", claim.patient, None)


def test_it_tells_the_lines() -> None:
    claim, _ = claims()
    first, second = claim.lines
    assert first.procedure == Procedure("HC", "99213", ("25", "59"))
    assert (first.charge, first.unit, first.units, first.place) == (Decimal(200), "UN", Decimal(1), "11")
    assert (first.pointers, first.control_number, first.other_paid) == ((1, 2), "L-1", Decimal(60))
    assert (second.begins, second.ends) == (date(2026, 2, 11), date(2026, 2, 12))
    assert second.rendering is not None
    assert second.rendering.name.last == "ROE"


def test_it_tells_what_another_payer_paid() -> None:
    (other,) = claims()[0].other_payers
    assert (other.responsibility, other.group_number, other.paid) == ("S", "OTHERGRP", Decimal(80))
    assert other.payer is not None
    assert other.subscriber is not None
    assert (other.payer.identifier, other.subscriber.identifier, other.claim_number) == ("P2", "O77", "OTHER-1")
    assert other.adjustments == (Adjustment("PR", "1", Decimal(20)),)


def test_it_tells_a_hospital_claim() -> None:
    (claim,) = claims(HOSPITAL, INSTITUTIONAL)
    assert (claim.institutional, claim.charge, claim.patient) == (True, Decimal("1200.5"), claim.subscriber)
    assert (claim.service_begins, claim.service_ends) == (date(2026, 1, 5), date(2026, 1, 9))
    assert (claim.admitted, claim.relationship) == (date(2026, 1, 5), "18")
    assert claim.diagnoses == (Diagnosis("ABK", "I214", "Y"),)
    assert claim.procedures == (Diagnosis("BBR", "02703DZ"),)
    assert claim.attending is not None
    assert claim.attending.name.last == "DOE"
    assert [(line.revenue_code, line.charge, line.procedure) for line in claim.lines] == [
        ("0120", Decimal(1000), None),
        ("0300", Decimal("200.5"), Procedure("HC", "80053")),
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("CLM*C-1*300", "CLM*C-1*12,50", "CLM02: '12,50': This is not an amount."),
        ("CLM*C-1*300", "CLM*C-1*", "CLM02: the total charge is missing."),
        ("CLM*C-1*300", "CLM**300", "CLM01: the claim's control number is missing."),
        ("11:B:7", "11>B>7", "CLM05-1: '11>B>7': This is not a place of service or type of bill of two characters"),
        ("SV1*HC:87880", "SV1*HC", "SV101: 'HC': This is not a qualifier and a procedure"),
        ("SV1*HC:87880", "SV1*H:87880", "SV101: 'H:87880': This is not a qualifier and a procedure"),
        ("**1:2\n", "**1:X\n", "SV107: '1:X': This does not point to diagnoses."),
        ("HL*3*2*23", "HL*3*1*23", "HL02: '1': This is not the subscriber level above this one."),
        ("HL*3*2*23", "HL*3*2*24", "HL03: '24': This is not a level of a claim file (20, 22, 23)."),
        ("20260211-20260212", "20260212-20260211", "DTP03: '20260212-20260211': This ends before it begins."),
        ("SBR*P*", "SBR*Z*", "SBR01: 'Z': This is not a code for whose turn the payer is."),
        ("NM1*IL*1*MUSTER*ERIKA****MI*S100\n", "", "'C-1': The claim has no subscriber (NM1*IL)."),
        ("NM1*85*2*EXAMPLE CLINIC*****XX*1234567893\n", "", "'C-1': The claim has no billing provider (NM1*85)."),
        ("NM1*QC*1*MUSTER*ANNA\n", "", "'C-1': The claim has no patient (NM1*QC)."),
        ("LX*1\nSV1*HC:99393*50*UN*1***1\nDTP*472*D8*20260213\n", "", "'C-2': The claim has no service line (LX)."),
        ("SV1*HC:87880*100*UN*2***1\n", "", "'2': A line has no service (SV1 or SV2)."),
        ("LX*2\n", "", "A service stands without its own line number (LX)."),
        ("BHT*0019*00*B1*20260301*1200*CH\n", "", "The set has no BHT, which says when the claims were filed."),
        ("PRV*BI*PXC", "QQQ*BI*PXC", "'QQQ': This is not a segment of 005010X222A1."),
    ],
)
def test_a_broken_claim_puts_the_set_aside(right: str, wrong: str, reason: str) -> None:
    assert right in CLAIM
    events = events_of(CLAIM.replace(right, wrong))
    errors = [said(found) for found in findings(events) if found.severity == "error"]
    assert any(told_reason.startswith(reason) for told_reason in errors), errors
    assert not ended(events)[0].accepted
    assert values(events) == []


def test_a_claim_never_belongs_to_the_patient_before_it() -> None:
    body = CLAIM + "HL*4*1*22*0\nSBR*P*18*G8******CI\n" + "CLM*C-3*5***11:B:1\nLX*1\nSV1*HC:99213*5*UN*1\n"
    events = events_of(body)
    assert "'C-3': The claim has no subscriber (NM1*IL)." in [said(found) for found in findings(events)]
    assert values(events) == []


def test_lines_that_do_not_sum_to_the_charge_are_reported_and_taken() -> None:
    events = events_of(CLAIM.replace("CLM*C-1*300", "CLM*C-1*301"))
    (finding,) = findings(events)
    assert (finding.severity, finding.kind, finding.segment_id) == ("warning", "balance", "CLM")
    assert said(finding) == "'C-1: lines 300, claim 301': The claim's lines do not sum to CLM02."
    assert len(values(events)) == 2


def test_a_claim_without_end_is_put_aside_and_not_read_on() -> None:
    events = events_of(CLAIM + "NTE*ADD*AGAIN\n" * 20_100 + "DTP*434*D8*nonsense\nQQQ*1\n")
    (finding,) = findings(events)
    assert finding.reason == "More than 20,000 segments since the last claim or member began."
    assert not ended(events)[0].accepted
