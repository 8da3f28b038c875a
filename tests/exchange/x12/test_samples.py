"""The files that others wrote: what their list counts, and what another reader of the same files finds in them."""

import contextlib
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from x12sdk.generate import generate_834, generate_835, generate_837i, generate_837p
from x12sdk.io import X12ModelReader

from tests.exchange.x12.samples import SHARED, ended, findings, inventory, needs_samples, refusals, said, told, values
from wellkept.exchange.x12 import GroupBegun, InterchangeBegun
from wellkept.exchange.x12.guides import READ
from wellkept.exchange.x12.values import ClaimDecided, ClaimFiled, Enrolment, Remittance

pytestmark = needs_samples

# Files of guides that we read whose sets we put aside, all or some, and the reason. Other readers take several.
PUT_ASIDE = {
    "834/hccinfhir__sample_834_03.x12": "'randomDoB': This is not a date",
    "834/hccinfhir__sample_834_05.x12": "'randomDoB': This is not a date",
    "834/hccinfhir__sample_834_06.x12": "'randomDoB1': This is not a date",
    "835/lfh__cob-contractural-adjustment.x12": "'HC>55669': This is not a qualifier and a procedure",
    "835/lfh__secondary-payment.x12": "'HC>12345>26': This is not a qualifier and a procedure",
    "835/lfh__tertiary-payment.x12": "'HC': This is not a qualifier and a procedure",
    "837I/lfh__out-of-network-repriced-claim.x12": "'13>A>1': This is not a place of service or type of bill",
    "837P/hccinfhir__sample_837_12.x12": "A service stands without its own line number (LX).",
    "837P/imsweb__x12_bad_segment_identifier.x12": "'NM31': This is not a segment of 005010X222A1.",
    "837P/imsweb__x12_complex.x12": "HL02: '3': This is not the billing level above this one.",
    "837P/imsweb__x12_loop_errors1_exceeds_max_1_parent.x12": "HI01-2: the code is missing.",
    "837P/imsweb__x12_loop_errors3_missing_loops.x12": "has no billing provider (NM1*85).",
    "837P/imsweb__x12_missing_required_loops_mult_repeats.x12": "'RD9': This is not a date format",
    "837P/imsweb__x12_multiple_isa.x12": "HL02: '3': This is not the billing level above this one.",
    "837P/imsweb__x12_multiple_st.x12": "HL02: '3': This is not the billing level above this one.",
    "837P/imsweb__x12_no_errors.x12": "HI01-2: the code is missing.",
    "837P/imsweb__x12_valid.x12": "HI01-2: the code is missing.",
    "837P/lfh__demo.example11.x12": "'11>B>1': This is not a place of service or type of bill",
    "837P/lfh__demo.example12.x12": "'23>B>1': This is not a place of service or type of bill",
}
COUNTED = {"INS": Enrolment, "CLM": ClaimFiled, "CLP": ClaimDecided}
ROWS = inventory()
READABLE = [row for row in ROWS if row["gs08"] in READ]


SHORT = "other/moov__sample.x12"
"""Its ISA is short, and the list was made by a reader that stops there. We say so and read on."""
NOT_THEIRS = {
    "820/hccinfhir__sample_820_01.x12",
    "820/hccinfhir__sample_820_03.x12",
    "820/hccinfhir__sample_820_04.x12",
    "834/hccinfhir__sample_834_01.x12",
    "834/lfh__enroll-employee-managed-care.x12",
    "834/pyx12__834_ls_le_ls.x12",
    "835/edi835parser__united_healthcare_legacy_sample.x12",
    "837I/hccinfhir__sample_837_10.x12",
    "837I/hccinfhir__sample_837_4.x12",
    "837I/hccinfhir__sample_837_5.x12",
    "837I/hccinfhir__sample_837_6.x12",
    "837I/hccinfhir__sample_837_8.x12",
    "837I/hccinfhir__sample_837_9.x12",
    "837I/imsweb__x223-test.x12",
    "837P/imsweb__x12_ambiguous_loop.x12",
    "837P/imsweb__x12_writer_test.x12",
    "999/imsweb__x12_999_accepted.x12",
    "999/pyx12__834_ls_le_ls_5010.999.x12",
    "999/pyx12__834_lui_id_5010.999.x12",
}
"""Files that we read and the other reader does not take."""
THEIRS = [row for row in READABLE if row["file"] not in PUT_ASIDE | dict.fromkeys(NOT_THEIRS)]


def named(row: dict[str, str]) -> str:
    return row["file"]


@pytest.mark.parametrize("row", [row for row in ROWS if row["file"] != SHORT], ids=named)
def test_it_meets_the_interchanges_groups_and_sets_that_the_list_counts(row: dict[str, str]) -> None:
    events = told((SHARED / row["file"]).read_bytes())
    assert sum(isinstance(event, InterchangeBegun) for event in events) == int(row["ISA"])
    assert sum(isinstance(event, GroupBegun) for event in events) == int(row["GS"])
    guides = [refusal for refusal in refusals(events) if refusal.kind == "guide"]
    assert len(ended(events)) + len(guides) == int(row["ST"])


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_it_finds_the_broken_envelopes_that_the_list_names(row: dict[str, str]) -> None:
    found = " ".join(said(finding) for finding in findings(told((SHARED / row["file"]).read_bytes())))
    expected = row["envelope_findings"]
    assert ("IEA02<>ISA13" in expected) == ("IEA02" in found)
    assert ("GE02<>GS06" in expected) == ("GE02" in found)
    assert ("SE01" in expected) == ("SE01" in found)
    assert ("SE02" in expected) == ("SE02" in found)
    assert ("GS / 0 GE" in expected) == ("no trailer (GE)" in found)
    assert ("ISA / 0 IEA" in expected) == ("no trailer (IEA)" in found) or row["file"].startswith("other/")


@pytest.mark.parametrize("row", READABLE, ids=named)
def test_it_takes_every_set_or_says_why_not(row: dict[str, str]) -> None:
    events = told((SHARED / row["file"]).read_bytes())
    reasons = [said(found) for found in findings(events) if found.severity == "error"]
    if row["file"] in PUT_ASIDE:
        assert any(PUT_ASIDE[row["file"]] in reason for reason in reasons), reasons
        return
    assert reasons == []
    for column, kind in COUNTED.items():
        assert sum(isinstance(value, kind) for value in values(events)) == int(row[column])


@pytest.mark.parametrize("row", [row for row in ROWS if row["gs08"] not in READ], ids=named)
def test_it_refuses_every_other_file_by_name(row: dict[str, str]) -> None:
    events = told((SHARED / row["file"]).read_bytes())
    assert values(events) == []
    for refusal in refusals(events):
        assert re.match(r"This is an? .+ \(\w+, [\w.]+\)\. (Version 004010|We read)", refusal.sentence)


def models(path: str) -> list[Any]:
    with X12ModelReader(path) as reader:
        return list(reader.models())


def text(value: object) -> str:
    return "" if value is None else str(value)


def of_another_reader(path: str, kind: str) -> list[tuple[object, ...]] | None:
    """Number, money and people of each claim or member as x12sdk reads them; ``None`` when it does not."""
    told_by_them: list[Any] | None = None
    with contextlib.suppress(Exception):
        told_by_them = models(path)
    if told_by_them is None:
        return None
    summary = {"834": members_of, "835": decisions_of}.get(kind, claims_of)
    return [one for model in told_by_them for one in summary(model)]


def members_of(model: Any) -> Iterator[tuple[object, ...]]:
    for loop in model.loop_2000:
        name = loop.loop_2100a.nm1_segment
        plans = tuple(text(item.hd_segment.insurance_line_code) for item in loop.loop_2300 or [])
        yield text(name.name_last_or_organization_name), text(name.name_first), plans


def decisions_of(model: Any) -> Iterator[tuple[object, ...]]:
    for one in model.claims():
        yield one.patient_control_number, text(one.status), one.charge, one.paid, len(one.service_lines)


def claims_of(model: Any) -> Iterator[tuple[object, ...]]:
    for one in model.claims():
        who = (*map(text, one.patient_name), text(one.member_id))
        yield one.patient_control_number, one.charge, *who, len(one.service_lines), text(one.billing_provider_name)


def of_ours(data: bytes) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for value in values(told(data)):
        if isinstance(value, Enrolment):
            lines = tuple(coverage.insurance_line for coverage in value.coverages)
            found.append((value.name.last, value.name.first, lines))
        elif isinstance(value, ClaimDecided):
            found.append((value.control_number, value.status, value.charge, value.paid, len(value.lines)))
        elif isinstance(value, ClaimFiled):
            who = (value.patient.name.last, value.patient.name.first, value.subscriber.identifier)
            found.append((value.control_number, value.charge, *who, len(value.lines), value.billing.name.last))
    return found


@pytest.mark.parametrize("row", THEIRS, ids=named)
def test_it_agrees_with_another_reader_of_the_same_file(row: dict[str, str]) -> None:
    path = SHARED / row["file"]
    assert of_ours(path.read_bytes()) == of_another_reader(str(path), path.parent.name)


@pytest.mark.parametrize("file", sorted(NOT_THEIRS))
def test_what_the_other_reader_does_not_take_we_read(file: str) -> None:
    assert of_another_reader(str(SHARED / file), file.partition("/")[0]) is None
    assert refusals(told((SHARED / file).read_bytes())) == []


def test_a_short_isa_is_said_and_read_past() -> None:
    events = told((SHARED / SHORT).read_bytes())
    assert sum(isinstance(event, InterchangeBegun) for event in events) == 1
    assert findings(events)
    assert refusals(events)


@given(st.integers(0, 10_000), st.integers(1, 8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_it_agrees_with_another_reader_of_generated_files(seed: int, count: int) -> None:
    files = {
        "834": generate_834(seed=seed, enrollees=count),
        "835": generate_835(seed=seed, claims=count),
        "837P": generate_837p(seed=seed, claims=count),
        "837I": generate_837i(seed=seed, claims=count),
    }
    for kind, file in files.items():
        theirs = of_another_reader(file, kind)
        assert theirs is not None
        assert of_ours(file.encode()) == theirs
        assert findings(told(file, mode="strict")) == []
    amounts = [value.amount for value in values(told(files["835"])) if isinstance(value, Remittance)]
    assert amounts == [Decimal(str(models(files["835"])[0].header.bpr_segment.total_actual_provider_payment_amount))]
