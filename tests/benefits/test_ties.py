"""Claims that are one are told as one, and no others are."""

from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.benefits.ties import Named, joined, names_one


def named(
    number: int, *payers: int, account: int | None = None, npi: bool = True, day: str = "", charge: str = ""
) -> Named:
    return Named(
        UUID(int=number), UUID(int=1000 + account) if account is not None else None, by_npi=npi,
        payer_numbers=frozenset(UUID(int=2000 + one) for one in payers),
        days=frozenset({day} - {""}), charges=frozenset({charge} - {""}),
    )  # fmt: skip


def told_as(*claims: Named) -> dict[int, int]:
    return {one.int: other.int for one, other in joined(claims).items()}


def test_a_correction_under_a_new_number_joins_the_claim_whose_payers_number_it_names() -> None:
    assert told_as(named(1, 7), named(2, 7), named(3, 8)) == {1: 1, 2: 1, 3: 3}


def test_a_payment_to_a_tax_number_joins_the_only_claim_of_its_account_number() -> None:
    assert told_as(named(2, account=5, day="d"), named(1, account=5, npi=False, day="d")) == {1: 2, 2: 2}


@pytest.mark.parametrize(
    "others",
    [
        [named(1, account=5, npi=False, day="e", charge="9"), named(2, account=5, day="d", charge="8")],
        [named(1, account=5, npi=False, day="d"), named(2, account=6, day="d")],
        [named(1, account=5, day="d"), named(2, account=5, day="d")],
        [named(1, account=5, npi=False, day="d"), named(2, account=5, day="d"), named(3, account=5, day="d")],
        [named(1, account=5, npi=False, day="d"), named(2, account=5, npi=False, day="d")],
    ],
    ids=["nothing agrees", "another account", "two offices by NPI", "which of two", "two tax numbers"],
)
def test_where_there_is_doubt_claims_stay_apart(others: list[Named]) -> None:
    assert told_as(*others) == {one.id.int: one.id.int for one in others}


@pytest.mark.parametrize(
    ("number", "names"), [("26-2730-118", True), ("6363451", True), ("00000", False), ("NONE", False), ("N/A 1", False)]
)
def test_a_filler_names_no_claim(number: str, names: bool) -> None:  # noqa: FBT001 (a case)
    assert names_one(number) is names


CLAIMS = st.lists(
    st.builds(
        named, st.integers(0, 40), st.integers(0, 4), account=st.integers(0, 4), npi=st.booleans(),
        day=st.sampled_from(["", "d", "e"]), charge=st.sampled_from(["", "8"]),
    ),
    unique_by=lambda one: one.id,
)  # fmt: skip


@given(CLAIMS, st.randoms(use_true_random=False))
def test_the_order_is_of_no_account_and_what_claims_are_told_as_is_told_as_itself(
    claims: list[Named], random: Random
) -> None:
    expected = joined(claims)
    random.shuffle(claims)
    assert joined(claims) == expected
    assert all(expected[first] == first for first in expected.values())
