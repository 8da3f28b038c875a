"""A claim is the sum of what was said of it, whatever the order in which it was said."""

import itertools
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.benefits.sums import Statement, add_up, mirrors, standing

LINE = {"allowed": "", "adjustments": []}


def decision(number: int, day: str = "2026-03-01", status: str = "1", **said: Any) -> Statement:
    content = {
        "status": status, "charge": "240", "paid": "49.60", "owed": "112.40", "allowed": "", "received": "",
        "frequency": "1",         "adjustments": [], "lines": [],
    }  # fmt: skip
    return Statement(id=UUID(int=number), day=day, content=content | said)


def reversal(number: int, day: str, **said: Any) -> Statement:
    mirrored = {"charge": "-240", "paid": "-49.60", "owed": "-112.40"}
    return decision(number, day, "22", **(mirrored | said))


def filing(number: int, day: str = "2026-02-01", **said: Any) -> Statement:
    content = {"charge": "240", "from": "2026-01-20", "to": "2026-01-21", "kind": "professional", "frequency": "1"}
    return Statement(id=UUID(int=number), day=day, content=content | said)


def test_a_claim_that_was_filed_alone_owes_nothing_yet() -> None:
    whole = add_up([filing(1)], [])
    assert (whole.status, whole.billed, whole.paid, whole.owed, whole.decided_on) == ("filed", "240", None, None, None)


def test_what_is_owed_is_the_sum_of_patient_responsibility_on_claim_and_lines() -> None:
    lines = [
        LINE | {"adjustments": [["PR", "3", "12.40"], ["CO", "45", "78"]]},
        LINE | {"adjustments": [["PR", "96", "100"]]},
    ]
    whole = add_up([], [decision(1, owed="999", adjustments=[["PR", "1", "5"]], lines=lines)])
    assert (whole.owed, whole.allowed) == ("117.40", "167.00")


def test_where_no_adjustment_says_what_is_owed_the_claim_does() -> None:
    assert add_up([], [decision(1)]).owed == "112.40"


def test_the_allowed_amount_is_the_payers_else_the_sum_of_all_lines() -> None:
    assert add_up([], [decision(1, allowed="160")]).allowed == "160"
    assert add_up([], [decision(1, lines=[LINE | {"allowed": "100"}, LINE | {"allowed": "60"}])]).allowed == "160"
    assert add_up([], [decision(1, lines=[LINE | {"allowed": "100"}, LINE])]).allowed == "162.00"


def test_a_denied_claim_is_denied_and_its_care_dates_come_from_the_filing() -> None:
    whole = add_up([filing(1)], [decision(2, status="4", paid="0", owed="0", **{"from": "2025-01-01"})])
    assert (whole.status, whole.served_from, whole.served_to, whole.paid) == ("denied", "2026-01-20", "2026-01-21", "0")


def test_a_reversal_takes_back_what_was_decided_before() -> None:
    whole = add_up([], [decision(1, "2026-03-01"), reversal(2, "2026-03-05")])
    assert (whole.status, whole.paid, whole.owed, whole.billed) == ("reversed", None, None, None)


def test_a_correction_of_the_reversals_own_day_stands() -> None:
    correction = decision(3, "2026-03-05", paid="60.00", owed="100")
    said = [decision(1, "2026-03-01"), reversal(2, "2026-03-05"), correction]
    assert standing(said) is correction


def test_a_correction_with_the_same_amounts_stands_too() -> None:
    correction = decision(3, "2026-03-05", remarks=["N20"])
    assert standing([decision(1, "2026-03-01"), reversal(2, "2026-03-05"), correction]) is correction


def test_a_decision_and_its_reversal_of_one_day_leave_the_claim_reversed() -> None:
    said = [decision(1, "2026-03-05"), reversal(2, "2026-03-05")]
    assert standing(said) is said[1]
    correction = decision(3, "2026-03-05", paid="60.00")
    assert standing([*said, correction]) is correction


def test_a_reversal_mirrors_charge_and_payment_both() -> None:
    assert mirrors(reversal(1, "2026-03-05"), decision(2))
    assert not mirrors(reversal(1, "2026-03-05"), decision(2, paid="49.61"))
    assert not mirrors(reversal(1, "2026-03-05"), decision(2, charge="241"))


def test_of_one_day_a_replacement_stands_over_an_original_and_a_void_over_both() -> None:
    said = [
        filing(9, frequency="1", charge="1"),
        filing(5, frequency="7", charge="2"),
        filing(3, frequency="8", charge="3"),
    ]
    assert add_up(said[:2], []).billed == "2"
    assert add_up(said, []).billed == "3"
    assert add_up([*said, filing(1, "2026-02-02", charge="4")], []).billed == "4"


def test_a_claim_the_office_took_back_before_any_decision_is_withdrawn() -> None:
    said = [filing(1), filing(2, "2026-02-02", frequency="8")]
    assert add_up(said, []).status == "withdrawn"
    assert add_up(said, [decision(3)]).status == "paid"
    assert add_up(said, [decision(3), reversal(4, "2026-03-05")]).status == "withdrawn"
    assert add_up([*said, filing(5, "2026-02-03", frequency="1")], []).status == "filed"


def test_what_earlier_payers_paid_is_part_of_the_price_where_none_is_stated() -> None:
    whole = add_up([], [decision(1, charge="200", paid="60", adjustments=[["OA", "23", "100"], ["PR", "2", "20"]])])
    assert (whole.allowed, whole.owed) == ("180", "20")


DAYS = st.sampled_from(["", "2026-03-01", "2026-03-05", "2026-03-09"])
AMOUNTS = st.sampled_from(["0", "49.60", "60.00", "240"])


@st.composite
def decisions(draw: st.DrawFn) -> list[Statement]:
    said = []
    for number in range(draw(st.integers(0, 5))):
        day, paid = draw(DAYS), draw(AMOUNTS)
        if draw(st.booleans()):
            said.append(reversal(number, day, paid=str(-Decimal(paid)), received=draw(DAYS)))
        else:
            said.append(decision(number, day, draw(st.sampled_from(["1", "2", "4"])), paid=paid, received=draw(DAYS)))
    return said


@st.composite
def filings(draw: st.DrawFn) -> list[Statement]:
    count = draw(st.integers(0, 3))
    codes = st.sampled_from(["1", "7", "8"])
    return [filing(100 + n, draw(DAYS), frequency=draw(codes), charge=draw(AMOUNTS)) for n in range(count)]


@given(filings(), decisions())
def test_the_order_in_which_statements_came_is_of_no_account(filed: list[Statement], decided: list[Statement]) -> None:
    expected = add_up(filed, decided)
    for ordered in itertools.islice(itertools.permutations(decided), 30):
        assert add_up(filed[::-1], ordered) == expected


@given(filings(), decisions())
def test_a_sum_is_never_taken_from_a_decision_that_was_taken_back(
    filed: list[Statement], decided: list[Statement]
) -> None:
    whole, found = add_up(filed, decided), standing(decided)
    last = max((d.day for d in decided if d.content["status"] == "22"), default=None)
    if last is not None and found is not None and found.content["status"] != "22":
        assert found.day >= last
    assert (whole.paid is None) == (found is None or found.content["status"] == "22")


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-05"])
def test_two_reversals_of_one_day_take_back_two_decisions(day: str) -> None:
    said = [
        decision(1, day),
        decision(2, day, paid="60.00"),
        reversal(3, "2026-03-05"),
        reversal(4, "2026-03-05", paid="-60.00"),
    ]
    assert standing(said) in said[2:]
