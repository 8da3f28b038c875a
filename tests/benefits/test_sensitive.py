"""What tells of sensitive care, by code (R-17)."""

import pytest

from wellkept.benefits.sensitive import content_is_sensitive, is_sensitive


@pytest.mark.parametrize(
    "code",
    ["F32.1", "F1120", "f32", "O80", "O9A.2", "B20", "Z21", "Z30.011", "Z3A.20", "Z79.3", "A51.0", "A64", "N97.9",
     "R45.851",      "T14.91", "X78.0", "Z71.41", "Z11.4", "T74.11"],
)  # fmt: skip
def test_these_diagnoses_are_sensitive(code: str) -> None:
    assert is_sensitive(diagnoses=[code], procedures=[], revenue=[])


@pytest.mark.parametrize(
    "code", ["E119", "J06.9", "A49.9", "A65", "B19", "N45", "Z00.00", "Z29.1", "M54.5", "R45.0", "X70", "S72.001A"]
)
def test_these_diagnoses_are_not(code: str) -> None:
    assert not is_sensitive(diagnoses=[code], procedures=[], revenue=[])


@pytest.mark.parametrize(
    "code", ["90837", "H0004", "96130", "59400", "58300", "86703", "87535", "J1050", "S0190", "T1006"]
)
def test_these_procedures_are_sensitive(code: str) -> None:
    assert is_sensitive(diagnoses=[], procedures=[code], revenue=[])


@pytest.mark.parametrize("code", ["99213", "80053", "97110", "87880", "J0170", "90471", "58150"])
def test_these_procedures_are_not(code: str) -> None:
    assert not is_sensitive(diagnoses=[], procedures=[code], revenue=[])


@pytest.mark.parametrize(
    ("code", "sensitive"),
    [("0900", True), ("914", True), ("0944", True), ("1001", True), ("0120", False), ("0920", False), ("0300", False)],
)
def test_revenue_codes_of_behavioural_and_substance_care_are_sensitive(code: str, sensitive: bool) -> None:  # noqa: FBT001  (a parameter of the test)
    assert is_sensitive(diagnoses=[], procedures=[], revenue=[code]) is sensitive


def test_a_filing_is_judged_by_its_diagnoses_and_a_decision_by_its_procedures() -> None:
    line = {"code": "99213-25", "revenue": ""}
    assert content_is_sensitive({"diagnoses": [["ABK", "E119"], ["ABF", "F102"]], "lines": [line]})
    assert not content_is_sensitive({"diagnoses": [["ABK", "E119"]], "lines": [line]})
    assert content_is_sensitive({"lines": [line, {"code": "90834-95", "revenue": ""}]})
    assert not content_is_sensitive({"lines": []})
