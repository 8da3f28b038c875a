"""From which day a minor's record is their own, by age and by state."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.policy import packs, states
from wellkept.policy.minors import NOBODYS, age_reached, own_days

LAWS = packs.named("umr").states
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("state", "age"), [("WI", 18), ("CA", 18), ("OR", 15), ("SC", 16), ("AL", 14), ("", 14), ("PR", 14)]
)
def test_the_states_age_is_the_day_it_becomes_their_own(state: str, age: int) -> None:
    law = states.law(packs.named("umr"), state)
    found = own_days(law, date(2015, 6, 1), today=TODAY)
    assert found.care == date(2015 + age, 6, 1)


def test_on_the_birthday_itself_no_day_is_left() -> None:
    assert own_days(LAWS["WI"], date(2008, 11, 22), today=TODAY) == NOBODYS
    assert own_days(LAWS["WI"], date(2008, 11, 23), today=TODAY).care == date(2026, 11, 23)


def test_nobody_knows_a_birth_date_so_no_parent_opens() -> None:
    assert own_days(LAWS["WI"], None, today=TODAY) == NOBODYS
    assert own_days(LAWS["WI"], date(2027, 1, 1), today=TODAY) == NOBODYS


def test_somebody_of_february_29_comes_of_age_on_the_28th() -> None:
    assert age_reached(date(2008, 2, 29), 18) == date(2026, 2, 28)
    assert age_reached(date(2008, 2, 29), 16) == date(2024, 2, 29)


@given(st.sampled_from(sorted(LAWS)), st.dates(date(1900, 1, 1), TODAY), st.integers(0, 40 * 365))
def test_what_is_sensitive_is_never_a_parents_longer_than_the_rest(state: str, birth: date, later: int) -> None:
    found = own_days(LAWS[state], birth, today=TODAY - timedelta(days=later))
    assert found.sensitive is None or (found.care is not None and found.sensitive <= found.care)
    assert found.care is None or found.care <= age_reached(birth, 18)


def test_no_state_of_the_table_opens_sensitive_care_of_a_minor_to_a_parent() -> None:
    assert {min(law.minor_consents.values()) for law in LAWS.values()} == {0}
