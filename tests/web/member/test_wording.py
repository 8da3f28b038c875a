"""Files shout in capitals and run figures together; people read neither."""

import pytest

from wellkept.web.shell import naming


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("LISINOPRIL 10 MG TABLET", "Lisinopril 10 mg tablet"),
        ("AMOXICILLIN 250 MG/5 ML", "Amoxicillin 250 mg/5 ml"),
        ("METFORMIN HCL ER 500 MG", "Metformin HCL ER 500 mg"),
        ("Office visit", "Office visit"),
        ("", ""),
    ],
)
def test_a_medicine_is_not_shouted(told: str, read: str) -> None:
    assert naming.service(told) == read


@pytest.mark.parametrize(("told", "read"), [("HARBOR PPO 500", "Harbor PPO 500"), ("EXAMPLE RX", "Example RX")])
def test_a_plan_and_a_sender_are_not_shouted(told: str, read: str) -> None:
    assert naming.written(told) == read


@pytest.mark.parametrize(
    ("told", "read"), [("2185550122", "218-555-0122"), ("+1 218 555", "+1 218 555"), ("123", "123"), ("", "")]
)
def test_a_telephone_number_is_parted_where_people_part_it(told: str, read: str) -> None:
    assert naming.phone(told) == read
