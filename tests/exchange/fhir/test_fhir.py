"""Explanations of benefit and coverage are read; whatever else stands in a file is put aside by its line."""

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wellkept.exchange.fhir.directory import Directory, directory
from wellkept.exchange.fhir.lines import Wrong, documents
from wellkept.exchange.fhir.reading import read
from wellkept.intake.values import Statement

SHARED = Path(os.environ.get("WELLKEPT_SHARED", Path(__file__).parents[4] / "shared")) / "data"
FILES = sorted((SHARED / "fhir").rglob("*.*json")) if SHARED.is_dir() else []
HOSTILE = sorted(path for path in (SHARED / "adversarial").rglob("*") if path.is_file()) if SHARED.is_dir() else []
PATIENT = {
    "resourceType": "Patient", "id": "p1", "birthDate": "1980-05-15", "gender": "female",
    "name": [{"family": "QUITZOW", "given": ["ERIKA", "M"]}],
    "identifier": [{"type": {"coding": [{"code": "MB"}]}, "value": "S-100"}],
    "telecom": [{"system": "email", "value": "quitzow@example.org"}],
    "address": [{"line": ["7 KIEFERNWEG"], "city": "SPRINGFIELD", "state": "WI", "postalCode": "53001"}],
}  # fmt: skip
COVERAGE = {
    "resourceType": "Coverage", "id": "c1", "status": "active", "subscriberId": "S-100",
    "beneficiary": {"reference": "Patient/p1"}, "meta": {"lastUpdated": "2026-02-01T08:00:00Z"},
    "relationship": {"coding": [{"code": "self"}]}, "period": {"start": "2026-01-01"},
    "class": [{"type": {"coding": [{"code": "group"}]}, "value": "G-7", "name": "EXAMPLE WORKS"}],
}  # fmt: skip
CLINIC = {
    "resourceType": "Organization", "id": "o1", "name": "LINDEN CLINIC",
    "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}],
}  # fmt: skip


def money(code: str, value: str) -> dict[str, Any]:
    """One adjudication."""
    return {"category": {"coding": [{"code": code}]}, "amount": {"value": float(value), "currency": "USD"}}


def benefit(**more: Any) -> dict[str, Any]:
    """An explanation of benefit."""
    return {
        "resourceType": "ExplanationOfBenefit", "id": "e1", "status": "active", "use": "claim", "outcome": "complete",
        "type": {"coding": [{"code": "professional"}]}, "patient": {"reference": "Patient/p1"},
        "created": "2026-03-20", "billablePeriod": {"start": "2026-02-10", "end": "2026-02-10"},
        "identifier": [{"type": {"coding": [{"code": "uc"}]}, "value": "PAY-1"}],
        "provider": {"reference": "Organization/o1"}, "insurer": {"display": "EXAMPLE PLAN"},
        "insurance": [{"focal": True, "coverage": {"reference": "Coverage/c1"}}],
        "supportingInfo": [
            {"category": {"coding": [{"code": "patientaccountnumber"}]}, "valueString": "QC-1"},
            {"category": {"coding": [{"code": "clmrecvddate"}]}, "timingDate": "2026-03-02"},
            {"category": {"coding": [{"code": "dayssupply"}]}, "valueQuantity": {"value": 30}},
        ],
        "diagnosis": [
            {"diagnosisCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "E11.9"}]},
             "type": [{"coding": [{"code": "principal"}]}]},
        ],
        "item": [
            {
                "sequence": 1, "servicedDate": "2026-02-10", "quantity": {"value": 1},
                "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "80053"}]},
                "adjudication": [
                    money("submitted", "240"), money("eligible", "100"), money("paidtoprovider", "49.6"),
                    money("deductible", "40.4"), money("coinsurance", "10"), money("discount", "140"),
                    money("memberliability", "60.4"),
                ],
            }
        ],
        "total": [money("submitted", "240"), money("paidtoprovider", "49.6"), money("memberliability", "60.4")],
    } | more  # fmt: skip


def written(folder: Path, *resources: object) -> Path:
    """NDJSON."""
    path = folder / "export.ndjson"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in resources))
    return path


def told_of(path: Path) -> tuple[list[Statement], list[Wrong]]:
    """What a file says and what is put aside of it."""
    taken: list[Statement] = []
    wrong: list[Wrong] = []
    for _, outcome in read(path, directory([path])):
        if isinstance(outcome, Wrong):
            wrong.append(outcome)
        else:
            taken += outcome
    return taken, wrong


def test_a_benefit_is_a_claim_as_filed_and_as_decided(tmp_path: Path) -> None:
    taken, wrong = told_of(written(tmp_path, benefit(), PATIENT, COVERAGE, CLINIC))
    assert wrong == []
    filed, decided, enrolled = taken
    assert filed.about == decided.about
    assert filed.about
    assert (filed.about.number, filed.about.payer_number, filed.about.biller) == ("QC-1", "PAY-1", "1234567893")
    assert (filed.naming.number, filed.naming.first, filed.naming.birth_date, filed.naming.group) == (
        "S-100", "ERIKA", "1980-05-15", "G-7",
    )  # fmt: skip
    assert filed.content["diagnoses"] == [["ABK", "E119"]]
    assert filed.content["lines"][0]["code"] == "80053"
    assert [Decimal(decided.content[name]) for name in ("charge", "paid", "owed")] == [
        240,
        Decimal("49.6"),
        Decimal("60.4"),
    ]
    told = [[group, reason, Decimal(much)] for group, reason, much in decided.content["lines"][0]["adjustments"]]
    assert told == [
        ["PR", "1", Decimal("40.4")], ["PR", "2", 10], ["CO", "45", 140], ["PR", "96", 10],
    ]  # fmt: skip
    assert (decided.content["payer"], decided.content["received"]) == ("EXAMPLE PLAN", "2026-03-02")
    assert (enrolled.content["group"], enrolled.content["sponsor"]) == ("G-7", "EXAMPLE WORKS")


def test_a_pharmacy_benefit_names_medicine_quantity_and_days(tmp_path: Path) -> None:
    product = {"coding": [{"system": "http://hl7.org/fhir/sid/ndc", "code": "0777-3105-02", "display": "CAPSULE"}]}
    item = {"sequence": 1, "servicedDate": "2026-02-10", "productOrService": product, "quantity": {"value": 60}}
    resource = benefit(type={"coding": [{"code": "pharmacy"}]}, item=[item])
    (filed, _), wrong = told_of(written(tmp_path, resource, PATIENT))
    assert wrong == []
    assert filed.content["kind"] == "pharmacy"
    (line,) = filed.content["lines"]
    assert (line["ndc"], line["quantity"], line["days_supply"], line["product"]) == (
        "0777-3105-02",
        "60",
        "30",
        "CAPSULE",
    )


@pytest.mark.parametrize(
    ("resource", "sentence"),
    [
        (benefit(status="cancelled"), "It is not active. What was taken back is told by a reversal (835)."),
        (benefit(use="predetermination"), "It is no claim: it estimates or asks for leave."),
        (benefit(type={"text": "x"}), "It does not say what kind of claim it is."),
        (benefit(patient={"reference": "Patient/none"}), "No patient of these files is named by it."),
        (benefit(meta={"profile": ["http://example.org/Other"]}), "It follows none of the profiles that are read"),
        (benefit(created="2026-13-45"), "This is not a day."),
        (benefit(total=[{"category": {"coding": [{"code": "submitted"}]}, "amount": {"value": 1, "currency": "EUR"}}]),
         "This amount is not in US dollars."),
        (benefit(total=[{"category": {"coding": [{"code": "submitted"}]}, "amount": {"value": 1e15}}]),
         "This amount is too high."),
        (COVERAGE | {"class": []}, "It does not name a member: number, group, last name and birth date are needed."),
        (COVERAGE | {"period": {"start": "2026-02-01", "end": "2026-01-01"}}, "The coverage ends before it begins."),
        (COVERAGE | {"status": "draft"}, "The coverage is neither active nor cancelled."),
        ({"resourceType": "Observation"}, "Resources of this kind are not read."),
        ({}, "Resources of this kind are not read."),
    ],
)  # fmt: skip
def test_what_is_not_taken_is_named_by_line_and_reason(tmp_path: Path, resource: dict[str, Any], sentence: str) -> None:
    _, (wrong,) = told_of(written(tmp_path, PATIENT, resource))
    assert wrong.line == 2
    assert wrong.sentence.startswith(sentence)
    assert "QUITZOW" not in wrong.sentence


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('{"a": 1, "a": 2}', "A name stands twice in one object."),
        ("[" * 5000 + "]" * 5000, "This is not JSON, or it is cut off."),
        ('{"a":' * 500 + "1" + "}" * 500, "This is nested too deeply."),
        ('{"a": 1' + "0" * 5000 + "}", "This is not JSON, or it is cut off."),
        ('{"a": 1' + "0" * 50 + "}", "A number is too long."),
        ('{"a": 1e99}', "A number is too long."),
        ('{"a": NaN}', "This is not JSON, or it is cut off."),
        ('{"a": "\\ud800"}', "This is not JSON, or it is cut off."),
        ("[1]", "This is not a JSON object."),
        ('{"resourceType": "Patient"', "This is not JSON, or it is cut off."),
    ],
)
def test_hostile_json_is_refused_by_its_line_and_the_next_line_is_read(
    tmp_path: Path, line: str, sentence: str
) -> None:
    path = tmp_path / "hostile.ndjson"
    path.write_text(f"{json.dumps(PATIENT)}\n{line}\n\n{json.dumps(benefit())}\n")
    taken, (wrong,) = told_of(path)
    assert (wrong.line, wrong.sentence) == (2, sentence)
    assert len(taken) == 2


@pytest.mark.skipif(not FILES, reason="the folder with other people's FHIR files is not here")
def test_every_file_that_others_wrote_is_read_or_put_aside_with_reasons() -> None:
    named = directory(FILES)
    outcomes = {path: list(read(path, named)) for path in FILES}
    assert all(outcomes.values())
    taken = [
        one for found in outcomes.values() for _, outcome in found if not isinstance(outcome, Wrong) for one in outcome
    ]
    assert {one.kind for one in taken} == {"filing", "decision", "enrolment"}
    assert len(taken) >= 12


@pytest.mark.skipif(not HOSTILE, reason="the folder with hostile texts is not here")
def test_hostile_texts_are_put_aside_or_kept_as_texts(tmp_path: Path) -> None:
    for path in HOSTILE:
        assert all(isinstance(outcome, Wrong) for _, outcome in read(path, Directory())) or path.suffix == ".json"
    lines = [line for path in HOSTILE for line in path.read_text(errors="replace").splitlines()][:4000]
    people = [PATIENT | {"name": [{"family": line, "given": [line]}]} for line in lines]
    for start in range(0, len(people), 1000):
        path = tmp_path / f"{start}.ndjson"
        path.write_text("".join(json.dumps(one | {"id": str(n)}) + "\n" for n, one in enumerate(people[start:][:1000])))
        assert not any(isinstance(outcome, Wrong) for _, outcome in read(path, directory([path])))


ANY = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(benefit())), inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([benefit(), COVERAGE, PATIENT, CLINIC]), st.data())
def test_whatever_stands_where_something_else_should_nothing_raises(
    tmp_path: Path, resource: dict[str, Any], data: st.DataObject
) -> None:
    broken = json.loads(json.dumps(resource))
    place: Any = broken
    for _ in range(data.draw(st.integers(1, 4))):
        key = data.draw(st.sampled_from(sorted(place))) if isinstance(place, dict) and place else None
        key = data.draw(st.integers(0, len(place) - 1)) if isinstance(place, list) and place else key
        if key is None:
            break
        if data.draw(st.booleans()) or not isinstance(place[key], dict | list):
            place[key] = data.draw(ANY)
            break
        place = place[key]
    told_of(written(tmp_path, broken, PATIENT, benefit()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_cut_anywhere_loses_no_line_before_the_cut(tmp_path: Path, data: st.DataObject) -> None:
    whole = written(tmp_path, PATIENT, COVERAGE, benefit()).read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    path = tmp_path / "cut.ndjson"
    path.write_bytes(whole[:cut])
    found = [outcome for _, outcome in documents(path)]
    assert len(found) >= whole[:cut].count(b"\n")
    assert sum(isinstance(one, Wrong) for one in found) <= 1
