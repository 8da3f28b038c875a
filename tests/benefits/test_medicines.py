"""Medicines that tell of sensitive care are withheld, and so is every medicine that is not named."""

import pytest

from wellkept.benefits.medicines import is_sensitive
from wellkept.benefits.sensitive import content_is_sensitive
from wellkept.benefits.services import service


@pytest.mark.parametrize(
    "drug", ["SERTRALINE HCL 50 MG TABLET", "Zoloft", "ELLA 30 MG", "BIKTARVY 50-200-25", "NORETHINDRONE-E.ESTRADIOL",
             "buprenorphine/naloxone film", "PLAN B ONE-STEP", "", "  ", "..."],
)  # fmt: skip
def test_a_medicine_of_sensitive_care_or_without_a_name_is_sensitive(drug: str) -> None:
    assert is_sensitive(drug)


@pytest.mark.parametrize("drug", ["METFORMIN 500 MG TABLET", "LISINOPRIL", "AMOXICILLIN 250 MG/5 ML", "Atorvastatin"])
def test_an_everyday_medicine_is_not(drug: str) -> None:
    assert not is_sensitive(drug)


@pytest.mark.parametrize(
    ("line", "sensitive"),
    [({"code": "NDC 59762001501", "drug": "METFORMIN"}, False), ({"code": "NDC 59762001501"}, True),
     ({"code": "NDC 00093714656", "drug": "FLUOXETINE 20 MG"}, True), ({"code": "J3490", "ndc": "59762001501"}, False)],
)  # fmt: skip
def test_a_pharmacy_claim_is_judged_by_its_medicine_and_not_by_the_digits_of_its_code(
    line: dict[str, str], *, sensitive: bool
) -> None:
    assert content_is_sensitive({"lines": [{"revenue": ""} | line]}) is sensitive


def test_what_a_file_itself_holds_to_be_sensitive_is() -> None:
    assert content_is_sensitive({"lines": [], "sensitive": True})


def test_a_drug_is_called_a_prescription() -> None:
    assert service(code="NDC 00093714656", revenue="") == "Prescription drug"
