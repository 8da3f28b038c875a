"""Only cost-sharing of the decision that stands counts towards a deductible and an out-of-pocket maximum."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.benefits.shares import DEDUCTIBLE, SHARED, shares
from wellkept.benefits.sums import Statement

CUTS = st.tuples(
    st.sampled_from(["PR", "CO", "OA"]),
    st.sampled_from(["1", "2", "3", "45", "66", "96", "247", "248", "B7"]),
    st.integers(-10_000, 10_000).map(lambda cents: str(Decimal(cents) / 100)),
)


def decision(*cuts: tuple[str, str, str], day: str = "2026-03-20", status: str = "1", number: int = 1) -> Statement:
    content = {
        "status": status,
        "charge": "100",
        "paid": "50",
        "owed": "",
        "allowed": "",
        "received": "",
        "adjustments": [list(cut) for cut in cuts[:1]],
        "lines": [{"allowed": "", "adjustments": [list(cut)]} for cut in cuts[1:]],
    }
    return Statement(id=UUID(int=number), day=day, content=content)


@pytest.mark.parametrize(
    ("cuts", "counted"),
    [
        ([("PR", "1", "60"), ("PR", "2", "8"), ("PR", "3", "30"), ("CO", "45", "20")], ("60", "98")),
        ([("PR", "96", "420")], ("0", "0")),
        ([("PR", "45", "33")], ("0", "0")),
        ([("CO", "1", "33")], ("0", "0")),
        ([("PR", "66", "5"), ("PR", "247", "6"), ("PR", "248", "7")], ("11", "18")),
        ([], ("0", "0")),
    ],
)
def test_deductible_coinsurance_and_copay_count_and_nothing_else(
    cuts: list[tuple[str, str, str]], counted: tuple[str, str]
) -> None:
    assert shares([decision(*cuts)]) == counted


def test_before_a_decision_and_after_one_was_taken_back_nothing_is_known() -> None:
    taken_back = decision(("PR", "1", "-60"), day="2026-04-20", status="22", number=2)
    assert shares([]) == (None, None)
    assert shares([decision(("PR", "1", "60")), taken_back]) == (None, None)


def test_a_corrected_decision_counts_in_the_place_of_the_one_before() -> None:
    older, newer = decision(("PR", "1", "60")), decision(("PR", "2", "7"), day="2026-05-20", number=2)
    assert shares([older, newer]) == shares([newer, older]) == ("0", "7")


@given(st.lists(CUTS, max_size=8))
def test_the_deductible_is_part_of_what_counts_towards_the_maximum(cuts: list[tuple[str, str, str]]) -> None:
    deductible, shared = shares([decision(*cuts)])
    rest = [Decimal(amount) for group, code, amount in cuts if group == "PR" and code in SHARED - DEDUCTIBLE]
    assert deductible is not None
    assert shared is not None
    assert Decimal(shared) - Decimal(deductible) == sum(rest, Decimal())
