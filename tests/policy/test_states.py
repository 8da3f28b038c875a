"""Each state has a row, and none is looser than what the default says."""

import pytest

from tests.policy.conftest import Spoil
from wellkept.policy import packs, states
from wellkept.policy.packs import PackError

PACKS = ["umr", "pwer"]
FAULTS = [
    ("[CA]", "[XX]", '"XX" is not a state'),
    ("mental_health = 12", "dental = 12", '"dental" is not a kind of care'),
    ("mental_health = 12", "mental_health = 19", "between 0 and 18"),
    ("substance_use = 12\n", "", "The default must name an age for each"),
    ("retention_years = 10", "retention_years = 0", "between 1 and 100"),
    ("retention_years = 10\n", "", '"retention_years" is missing'),
    ('source = "Or. Rev. Stat. 109.610, 109.640, 109.675."', "", '"source" is missing'),
    ('source = "Or.', 'retention_years = 5\nsource = "Or.', "between 10 and 100"),
    ('source = "Or.', 'reviewed = "yes"\nsource = "Or.', "must be a day"),
    ('source = "Or.', 'fine = 1\nsource = "Or.', '"fine" means nothing here'),
    ("[default]", "[fallback]", '"sensitive" is missing'),
]


@pytest.mark.parametrize(("old", "new", "sentence"), FAULTS)
def test_it_refuses_a_faulty_row_with_its_line(spoil: Spoil, old: str, new: str, sentence: str) -> None:
    folder = spoil("states.toml", old, new)
    with pytest.raises(PackError, match=rf"states\.toml:\d+: .*{sentence}"):
        packs.load(folder)


@pytest.mark.parametrize("name", PACKS)
def test_every_state_and_the_district_have_a_row(name: str) -> None:
    assert len(states.CODES) == len(set(states.CODES)) == 51
    assert set(packs.named(name).states) == {"default", *states.CODES}


@pytest.mark.parametrize("name", PACKS)
def test_the_default_is_the_strictest(name: str) -> None:
    laws = packs.named(name).states
    default = laws["default"]
    for law in laws.values():
        assert all(law.minor_consents[kind] >= default.minor_consents[kind] for kind in states.KINDS)
        assert set(law.sensitive) >= set(default.sensitive)
        assert law.retention_years >= default.retention_years


def test_a_place_nobody_knows_is_held_to_the_default() -> None:
    pack = packs.named("umr")
    assert states.law(pack, "PR") is pack.states["default"]
    assert states.law(pack, "OR").minor_consents["mental_health"] == 14


def test_a_state_adds_to_what_is_sensitive_and_takes_nothing_away(spoil: Spoil) -> None:
    folder = spoil("states.toml", 'source = "Or.', 'sensitive = ["reproductive"]\nsource = "Or.')
    assert packs.load(folder).states["OR"].sensitive == packs.named("umr").states["default"].sensitive


@pytest.mark.parametrize("name", PACKS)
def test_no_row_claims_a_review_that_did_not_happen(name: str) -> None:
    assert not [law.code for law in packs.named(name).states.values() if law.reviewed is not None]
