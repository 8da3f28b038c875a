"""A practice is declared with its type, chosen by the pack, and read by the house."""

import pytest

from tests.policy.conftest import Spoil
from wellkept.policy import packs, practices
from wellkept.policy.packs import PackError

FAULTS = [
    ("session_hours = 24", "session_hours = 25", "between 1 and 24, and 25 is not"),
    ("session_hours = 24", 'session_hours = "24"', "must be a whole number"),
    ("session_hours = 24\n", "", '"session_hours" is missing'),
    ("session_hours = 24", "session_hours = 24\nsell_addresses = true", '"sell_addresses" is a practice no part'),
    ("answers_in_business_days = 5", "answers_in_business_days = 6", "between 1 and 5"),
    ('evidence = "public"', 'evidence = "nobody"', 'cannot be "nobody"; it may be: public'),
    ('audiences = ["member", ', 'audiences = ["advertiser", ', 'cannot be "advertiser"'),
    ('audiences = ["member", ', 'audiences = ["nurse", ', 'cannot be "nurse"'),
    ("return_visit_cookie = true", 'return_visit_cookie = "no"', "must be true or false"),
    ('statistics = "totals"', 'statistics = "none"', "where nothing is counted"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), FAULTS)
def test_it_refuses_a_faulty_practice_with_its_line(spoil: Spoil, old: str, new: str, sentence: str) -> None:
    folder = spoil("operator.toml", old, new)
    with pytest.raises(PackError, match=rf"operator\.toml:\d+: .*{sentence}"):
        packs.load(folder)


def test_each_kind_is_read_as_what_it_is() -> None:
    pack = packs.named("umr")
    assert practices.number(pack, "answers_in_business_days") == 5
    assert practices.choice(pack, "evidence") == "public"
    assert practices.flag(pack, "return_visit_cookie") is True
    assert practices.names(pack, "audiences") == ("member", "provider", "employer")


def test_it_refuses_to_read_a_practice_as_what_it_is_not() -> None:
    pack = packs.named("umr")
    for read, name in (
        (practices.number, "return_visit_cookie"),
        (practices.number, "evidence"),
        (practices.choice, "session_hours"),
        (practices.flag, "session_hours"),
        (practices.names, "evidence"),
    ):
        with pytest.raises(TypeError, match=name):
            read(pack, name)


def test_each_practice_is_declared_once() -> None:
    names = [practice.name for practice in practices.PRACTICES]
    assert len(names) == len(set(names))
    assert set(names) == set(packs.named("umr").practices) == set(packs.named("pwer").practices)
