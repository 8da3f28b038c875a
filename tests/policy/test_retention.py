"""Each kind of data says how long it is kept, and "no end" says why."""

import pytest

from tests.policy.conftest import Spoil
from wellkept.policy import packs
from wellkept.policy.packs import PackError
from wellkept.policy.words import Category

FAULTS = [
    ("[retention.claims]\nyears = 10", "[retention.claims]\nyears = -1", "between 0 and 100"),
    ("[retention.claims]\nyears = 10", '[retention.claims]\nyears = "long"', "must be a whole number"),
    ("[retention.claims]\nyears = 10", "[retention.gossip]\nyears = 10", '"gossip" means nothing here'),
    ('after = "the claim is decided"\n', "", '"after" is missing'),
    ('because = "The record of who looked', 'reason = "The record', '"reason" means nothing here'),
]


@pytest.mark.parametrize(("old", "new", "sentence"), FAULTS)
def test_it_refuses_a_faulty_end_with_its_line(spoil: Spoil, old: str, new: str, sentence: str) -> None:
    folder = spoil("operator.toml", old, new)
    with pytest.raises(PackError, match=rf"operator\.toml:\d+: .*{sentence}"):
        packs.load(folder)


@pytest.mark.parametrize("category", Category)
def test_it_refuses_a_category_that_does_not_say_how_long_it_is_kept(spoil: Spoil, category: Category) -> None:
    kept = packs.named("umr").retention[category]
    years = '"no end"' if kept.years is None else str(kept.years)
    whole = f'[retention.{category}]\nyears = {years}\nafter = "{kept.after}"\nbecause = "{kept.because}"\n'
    folder = spoil("operator.toml", whole, "")
    with pytest.raises(PackError, match=f'The category "{category}" does not say how long it is kept'):
        packs.load(folder)


@pytest.mark.parametrize("name", ["umr", "pwer"])
def test_no_end_is_a_declared_and_reasoned_value(name: str) -> None:
    endless = {category for category, kept in packs.named(name).retention.items() if kept.years is None}
    assert Category.OPENINGS in endless
    assert all(packs.named(name).retention[category].because for category in endless)
