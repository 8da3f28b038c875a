"""The shapes of numbers: what is taken, what is refused, and that each refusal says how to mend it."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from wellkept.organisations import formats

CODES = Path(__file__).parents[3] / "shared" / "data" / "codes"
Check = Callable[[str], str]
CHECKS: tuple[Check, ...] = (
    formats.npi,
    formats.employer_number,
    formats.own_number,
    formats.group_number,
    formats.agreement_number,
    formats.producer_number,
)
with_vectors = pytest.mark.skipif(not CODES.is_dir(), reason="the vectors of numbers are not beside this tree")


def taken(check: Check, typed: str) -> bool:
    try:
        check(typed)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("check", CHECKS)
def test_a_refusal_says_how_to_mend_it_and_never_repeats_what_was_typed(check: Check) -> None:
    with pytest.raises(ValidationError) as refused:
        check("_8812_canary_")
    (sentence,) = refused.value.messages
    assert sentence.endswith(".")
    assert "canary" not in sentence


@with_vectors
def test_every_npi_of_the_vectors_is_judged_as_they_say() -> None:
    with (CODES / "npi_vectors.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["value"]: taken(formats.npi, row["value"]) for row in rows} == {
        row["value"]: row["expected"] == "valid" for row in rows
    }


@with_vectors
def test_the_prefixes_of_tax_numbers_are_those_of_the_tax_office() -> None:
    told = json.loads((CODES / "ein_prefixes.json").read_text(encoding="utf-8"))
    assert set(told["assigned_prefixes"]) == formats.PREFIXES
    assert not set(told["not_assigned"]) & formats.PREFIXES


@with_vectors
def test_no_social_security_number_that_nobody_has_is_somebodys_own() -> None:
    with (CODES / "ssn_vectors.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            digits = row["value"].replace("-", "")
            if len(digits) == 9 and digits.isdigit() and row["expected"] == "valid":
                assert formats.given(digits), row


@given(st.integers(100_000_000, 299_999_999))
def test_of_ten_npis_that_differ_in_the_last_digit_one_is_right(number: int) -> None:
    assert sum(taken(formats.npi, f"{number}{last}") for last in range(10)) == 1


@given(st.integers(100_000_000, 299_999_999), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_of_an_npi_is_found(number: int, place: int, more: int) -> None:
    right = next(f"{number}{last}" for last in range(10) if taken(formats.npi, f"{number}{last}"))
    wrong = f"{right[:place]}{(int(right[place]) + more) % 10}{right[place + 1 :]}"
    assert not taken(formats.npi, wrong)


@given(st.integers(0, 99), st.integers(0, 9_999_999))
def test_a_tax_number_is_taken_by_its_first_two_digits_with_or_without_a_hyphen(prefix: int, rest: int) -> None:
    given_out = f"{prefix:02}" in formats.PREFIXES | {"00"}  # the demonstration's own, by the practice
    for typed in (f"{prefix:02}-{rest:07}", f"{prefix:02}{rest:07}", f" {prefix:02}-{rest:07} "):
        assert taken(formats.employer_number, typed) == given_out
    if given_out:
        assert formats.employer_number(f"{prefix:02}-{rest:07}") == f"{prefix:02}{rest:07}"


@pytest.mark.parametrize(
    "typed", ["12-345678", "12-34567890", "123-45-678", "1-23456789", "12 3456789", "12\u20133456789"]
)
def test_what_has_not_nine_digits_is_no_tax_number(typed: str) -> None:
    assert not taken(formats.employer_number, typed)


def test_who_works_in_their_own_name_may_give_a_social_security_number_and_a_firm_may_not() -> None:
    assert formats.tax_number("provider", "078-05-1121") == "078051121"
    assert formats.tax_number("agent", "078051121") == "078051121"
    for kind in ("employer", "partner"):
        with pytest.raises(ValidationError):
            formats.tax_number(kind, "078-05-1121")
    for nobodys in ("000-12-3456", "666-12-3456", "912-12-3456", "123-00-3456", "123-45-0000"):
        assert not taken(formats.own_number, nobodys)


def test_a_new_prefix_is_taken_once_the_operator_says_so(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    del settings
    assert not taken(formats.employer_number, "07-1234567")
    monkeypatch.setattr("wellkept.organisations.formats.practices.names", lambda _pack, _name: ("07",))
    assert taken(formats.employer_number, "07-1234567")
    assert not taken(formats.employer_number, "00-1234567")


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (
            formats.group_number,
            ["76-410101", "g7", "A/1.2", " 12 "],
            ["7", "----", "ABC", "76_1", "1" * 31, "<b>1", "-7"],
        ),
        (formats.agreement_number, ["BA-2026-014", "001"], ["12", "none", "1" * 31, "BA_1"]),
        (formats.producer_number, ["8812345", "wi-12"], ["12", "agent", "1" * 31, "٣٣٣"]),
    ],
)
def test_the_numbers_of_each_kind(check: Check, right: list[str], wrong: list[str]) -> None:
    assert all(taken(check, typed) for typed in right)
    assert not any(taken(check, typed) for typed in wrong)


def test_spaces_fall_away_and_no_letter_becomes_another() -> None:
    assert formats.group_number(" 76 410101 ") == "76410101"
    assert not taken(formats.group_number, "\u00df1")
    assert not taken(formats.group_number, "\u017f1")


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_a_check_or_comes_back_longer(typed: str) -> None:
    for check in CHECKS:
        if taken(check, typed):
            made = check(typed)
            assert made.isascii()
            assert check(made) == made
            assert len(made) <= len(typed)


def test_only_the_last_four_digits_are_shown() -> None:
    assert formats.last_four("123456789") == "6789"
    assert formats.last_four("6789") == ""
