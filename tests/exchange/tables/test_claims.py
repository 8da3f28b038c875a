"""A claims table row by row: what a mapping may say, what a claim has to be, and what is told of it."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.tables.sheet import Cells, row, rows, table
from tests.intake.book import ANNA, ERIKA, Claim
from wellkept.exchange.tables.claims import mapping, reading
from wellkept.exchange.tables.claims.fields import FIELDS
from wellkept.exchange.tables.claims.reading import Aside, Taken
from wellkept.intake.values import DECISION, FILING

CORE = mapping.shipped()["core"]
NEEDED = {name: name.upper() for name, field in FIELDS.items() if field.required}


def outcomes(folder: Path, lines: list[Cells]) -> list[Taken | Aside]:
    """What becomes of these lines under the shipped mapping."""
    return list(reading.outcomes(reading.begin(table(folder / "core.csv", lines), mapping.read(CORE))))


def sentences(folder: Path, lines: list[Cells]) -> list[str]:
    """Why claims were put aside."""
    return [wrong.sentence for one in outcomes(folder, lines) if isinstance(one, Aside) for wrong in one.wrong]


@pytest.mark.parametrize("name", sorted(mapping.shipped()))
def test_every_shipped_mapping_can_be_read(name: str) -> None:
    assert mapping.read(mapping.shipped()[name]).columns


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ({"columns": {}}, "does not say where to find: claim_number"),
        ({"columns": NEEDED | {"colour": "C"}}, "no field for: colour"),
        ({"columns": NEEDED, "shape": 1}, "no field for: shape"),
        ({"columns": NEEDED, "constants": {"status": "paid"}}, "as a column and as a constant: status"),
        ({"columns": NEEDED, "constants": {"kind": "dancing"}}, "The constant kind is none of"),
        ({"columns": NEEDED, "dates": "YY/MM/DD"}, "dates is none of"),
        ({"columns": NEEDED, "values": {"status": {"P": 1}}}, "their word"),
        ({"columns": NEEDED, "values": {"status": {"P": ""}}}, "every row needs: status"),
        ({"columns": [1]}, "lines of the form"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(written: Mapping[str, Any], sentence: str) -> None:
    with pytest.raises(mapping.MappingError, match=sentence):
        mapping.plan(written)


def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text("not = = toml", encoding="utf-8")
    with pytest.raises(mapping.MappingError, match="no TOML file"):
        mapping.read(tmp_path / "m.toml")


def test_a_claim_is_told_as_the_x12_files_tell_it(tmp_path: Path) -> None:
    (first, *_) = outcomes(tmp_path, rows())
    assert isinstance(first, Taken)
    filed, decided = first.statements
    assert (filed.kind, decided.kind) == (FILING, DECISION)
    assert filed.content["charge"] == "290.00"
    assert [line["charge"] for line in filed.content["lines"]] == ["240.00", "50.00"]
    assert filed.content["diagnoses"] == [["ABK", "E119"]]
    assert decided.content["lines"][0]["adjustments"] == [["PR", "3", "190.40"]]
    assert (decided.content["paid"], decided.content["owed"], decided.content["allowed"]) == ("99.60", "190.40", "")
    assert decided.naming.birth_date == "1980-05-15"
    assert decided.about is not None
    assert decided.about.payer_number == "QC-1"


@pytest.mark.parametrize(
    ("status", "kinds"), [("O", [FILING]), ("P", [FILING, DECISION]), ("D", [FILING, DECISION])]
)  # fmt: skip
def test_a_pending_claim_is_filed_alone(tmp_path: Path, status: str, kinds: list[str]) -> None:
    (one,) = outcomes(tmp_path, [row(Claim(ERIKA, "QC-1"), line_status=status)])
    assert isinstance(one, Taken)
    assert [statement.kind for statement in one.statements] == kinds


MISTAKES: dict[str, tuple[dict[str, str], str]] = {
    "dollars": ({"billed_amount": "240,00"}, "billed_amount is no amount"),
    "day": ({"service_from": "02/10/2026"}, "service_from is no day of the form YYYY-MM-DD."),
    "no such day": ({"service_from": "2026-02-30"}, "service_from is a day that no calendar has."),
    "word": ({"line_status": "Z"}, "line_status is none of: pending, paid, denied, reversed, and the mapping"),
    "shortened": ({"member_id": "1.23457E+11"}, "member_id was shortened by a spreadsheet"),
    "npi": ({"rendering_npi": "1234567890"}, "rendering_npi is no NPI"),
    "empty": ({"patient_first_name": " "}, "patient_first_name is empty."),
    "born later": ({"patient_birth_date": "2026-03-01"}, "The patient was born after the care."),
    "ends early": ({"service_to": "2026-02-09"}, "The care ends before it begins."),
    "minus": ({"copay_amount": "-190.40", "member_responsibility": "-190.40"}, "copay has a minus sign"),
    "reversed": ({"line_status": "R"}, "billed has no minus sign"),
    "parts": ({"member_responsibility": "190"}, "What the member owes is not the sum of its parts."),
    "discount": ({"discount_amount": "1"}, "Paid and adjustments do not come to what was billed."),
    "allowed": ({"allowed_amount": "239"}, "Paid, the member's share and other insurance do not come to what"),
    "no reason": ({"not_covered_amount": "5"}, "Nothing says who bears what is not covered"),
    "nothing done": ({"procedure_code": ""}, "The line names no procedure code, revenue code or NDC."),
    "nothing paid": ({"paid_amount": ""}, "The line is decided, and nothing says what was paid."),
    "control": ({"patient_last_name": "Q\x07"}, "patient_last_name holds a character that is no text."),
}


@pytest.mark.parametrize("name", sorted(MISTAKES))
def test_a_claim_with_a_mistake_is_put_aside_with_a_sentence(tmp_path: Path, name: str) -> None:
    cells, sentence = MISTAKES[name]
    found = sentences(tmp_path, [row(Claim(ERIKA, "QC-1"), **cells)])
    assert any(one.startswith(sentence) for one in found), found


def test_dollars_that_come_out_are_taken(tmp_path: Path) -> None:
    cells = {"discount_amount": "100", "allowed_amount": "140", "copay_amount": "40", "coinsurance_amount": "20",
             "deductible_amount": "30.4", "member_responsibility": "90.40"}  # fmt: skip
    assert sentences(tmp_path, [row(Claim(ERIKA, "QC-1"), **cells)]) == []


@pytest.mark.parametrize("column", ["patient_birth_date", "member_id", "rendering_npi", "date_received"])
def test_lines_that_do_not_agree_on_their_claim_are_put_aside(tmp_path: Path, column: str) -> None:
    lines = rows()[:2]
    other = {"patient_birth_date": "1980-05-16", "rendering_npi": "1558598797", "date_received": "2026-03-03"}
    lines[1][column] = other.get(column, "S-101")
    assert any("do not agree on" in one for one in sentences(tmp_path, lines))


def test_two_lines_of_one_number_are_put_aside(tmp_path: Path) -> None:
    assert "Two lines of this claim bear one line number." in sentences(tmp_path, [*rows()[:2], rows()[1]])


def test_one_bad_line_puts_its_whole_claim_aside_and_no_other(tmp_path: Path) -> None:
    lines = rows()
    lines[1]["paid_amount"] = "x"
    found = outcomes(tmp_path, lines)
    asides = [one for one in found if isinstance(one, Aside)]
    assert len(asides) == 1
    assert [line for line, _ in asides[0].rows] == [2, 3]
    assert len(found) == 6


def test_many_claims_in_two_places_are_all_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wellkept.exchange.tables.claims.twice.HELD", 7)
    once = [row(Claim(ANNA, f"QC-{number:03}")) for number in range(60)]
    again = [row(Claim(ANNA, f"QC-{number:03}"), line="2") for number in range(0, 60, 3)]
    read = reading.begin(table(tmp_path / "core.csv", [*once, *again]), mapping.read(CORE))
    list(reading.outcomes(read))
    assert read.accepted["claims", "records"] == 40
    assert read.accepted[DECISION, "paid"] == 40 * Decimal("49.60")


def test_a_prescription_is_told_by_its_drug(tmp_path: Path) -> None:
    cells = {
        "AUTHORIZATION_NUMBER": "RX1", "CARDHOLDER_ID": "S-100", "PATIENT_FIRST_NAME": "ERIKA",
        "DATE_OF_BIRTH": "19800515", "SERVICE_PROVIDER_ID": "1234567893", "PHARMACY_NAME": "ELM PHARMACY",
        "TRANSACTION_STATUS": "p", "DATE_OF_SERVICE": "20260210", "PRODUCT_ID": "00093-7146-56",
        "PRODUCT_NAME": "METFORMIN 500 MG TABLET", "QUANTITY_DISPENSED": "60", "DAYS_SUPPLY": "30",
        "GROSS_AMOUNT_DUE": "12.00", "AMOUNT_OF_COPAY": "5", "PATIENT_PAY_AMOUNT": "5", "TOTAL_AMOUNT_PAID": "7",
    }  # fmt: skip
    plan = mapping.read(mapping.shipped()["pharmacy"])
    path = tmp_path / "rx.csv"
    path.write_text(",".join(cells) + "\n" + ",".join(cells.values()) + "\n", encoding="utf-8")
    (one,) = reading.outcomes(reading.begin(path, plan))
    assert isinstance(one, Taken)
    line = one.statements[1].content["lines"][0]
    assert (line["code"], line["drug"], line["quantity"]) == ("NDC 00093714656", "METFORMIN 500 MG TABLET", "60")
    path.write_text(path.read_text(encoding="utf-8").replace("00093-7146-56", "93714656"), encoding="utf-8")
    (two,) = reading.outcomes(reading.begin(path, plan))
    assert isinstance(two, Aside)
