"""Blind indexes: spellings that mean one thing meet, and no index says anything without its key."""

import csv
import hmac
import os
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellkept.vault import blind, forms, phonetics

KEY = bytes(range(32))
NAMES = Path(os.environ.get("WELLKEPT_SHARED", "../shared")) / "data" / "adversarial" / "names.csv"
BORN = date(1984, 2, 29)
WORDS = st.text(max_size=60)


def exact(value: str, name: str = "person.family_name", key: bytes = KEY) -> bytes:
    return blind.exact(key=key, name=name, value=value)


def sounds(value: str) -> bytes:
    return blind.phonetic(key=KEY, name="person.family_name", value=value)


def roster(
    member: str = "W123 456-78", group: str = "76-41", name: str = "María-José García", born: date = BORN
) -> bytes:
    return blind.roster(key=KEY, member=member, group=group, name=name, birth_date=born)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Neil ", "ONEIL"),
        ("O\u2019Neil", "o neil"),
        ("José", "Jose"),
        ("Jose\u0301", "Jos\u00e9"),
        ("Smith-Jones", "smith jones"),
        ("van der Berg", "Vanderberg"),
        ("Straße", "STRASSE"),
        ("Łukasz", "lukasz"),
        ("Ægir", "AEGIR"),
        ("\u0130brahim", "ibrahim"),
        ("\uff26\uff35\uff2c\uff2c", "full"),
        ("zero\u200bwidth", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\ufeffBOM", "bom"),
        ("\u202eevil\u202c", "evil"),
        ("Nguyễn", "nguyen"),
        ("\ufb01ona", "fiona"),
        ("  Mary\u00a0 Ann\t", "maryann"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert exact(one) == exact(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ann", "Anna"), ("नमिता", "नमित"), ("😀", "🧑"), ("李小龙", "田中"), ("Al", "Alan"), ("", "A")]
)
def test_two_names_stay_two(one: str, other: str) -> None:
    assert exact(one) != exact(other)


@settings(deadline=None)
@given(WORDS)
def test_case_spaces_and_dashes_change_nothing(value: str) -> None:
    folded = forms.letters(value)
    assert forms.letters(folded) == folded
    assert forms.letters(f" \t{value}\u00a0 ") == folded
    if any(one.isalnum() for one in value):
        assert forms.letters("-".join(value)) == forms.letters("".join(value.split()))


@settings(deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=0x17F), max_size=40))
def test_capitals_change_nothing(value: str) -> None:
    assert exact(value.upper()) == exact(value.lower())


def test_every_adversarial_name_has_every_index() -> None:
    if not NAMES.exists():
        pytest.skip("the shared test data are not beside the checkout")
    with NAMES.open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert len(names) > 70
    for value in names:
        assert len(exact(value)) == len(sounds(value)) == 16
        assert len(blind.first_letters(key=KEY, name="person.family_name", value=value)) == 16
        assert forms.letters(value)
        assert len(roster(name=value)) == 32


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Catherine", "Kathryn"),
        ("Stephen", "Steven"),
        ("Schmidt", "Smith"),
        ("Geoffrey", "Jeffrey"),
        ("Wright", "Right"),
        ("Lee", "Leigh"),
        ("MacDonald", "McDonald"),
        ("Rodgers", "Rogers"),
        ("Gonzalez", "Gonzales"),
        ("Jimenez", "Gimenez"),
        ("Hernández", "Ernandes"),
        ("John", "Jon"),
        ("Shaun", "Sean"),
        ("Phillips", "Filips"),
        ("O'Neil", "Oneill"),
    ],
)
def test_names_that_sound_alike_meet(one: str, other: str) -> None:
    assert sounds(one) == sounds(other)


@pytest.mark.parametrize(("one", "other"), [("Smith", "Jones"), ("Garcia", "Lopez"), ("Lee", "Kim"), ("李", "王")])
def test_names_that_sound_different_part(one: str, other: str) -> None:
    assert sounds(one) != sounds(other)


@settings(deadline=None)
@given(WORDS)
def test_a_code_is_short_and_coarse(value: str) -> None:
    code = phonetics.code(value)
    assert len(code) <= 4
    if any("a" <= one <= "z" for one in forms.letters(value)):
        assert set(code) <= set("ABFKJSTLNR")


@given(st.text(st.characters(max_codepoint=127), max_size=60).filter(lambda value: any(map(str.isalnum, value))))
def test_plain_letters_come_to_what_the_same_with_an_accent_comes_to(value: str) -> None:
    assert forms.letters(value) == forms.letters(f"{value}\u0301")


def test_first_letters_meet_their_beginning_only() -> None:
    def begins(value: str, n: int = 3) -> bytes:
        return blind.first_letters(key=KEY, name="person.family_name", value=value, n=n)

    assert begins("O'Neil") == begins("one") == begins("Oneida")
    assert begins("O'Neil") != begins("on")
    assert begins("one", n=3) != begins("one", n=4)
    with pytest.raises(ValueError, match="at least one"):
        begins("one", n=0)


def test_an_address_keeps_its_dots_and_a_phone_loses_its_dashes() -> None:
    assert exact(" Ann.Lee@Example.org", "contact.email") == exact("ann.lee@example.ORG", "contact.email")
    assert exact("annlee@example.org", "contact.email") != exact("ann.lee@example.org", "contact.email")
    assert exact("+1 (555) 010-9999", "contact.phone") == exact("5550109999", "contact.phone")


def test_each_kind_and_each_name_is_an_index_of_its_own() -> None:
    value = "ann"
    indexes = [exact(value, name) for name in blind.EXACT]
    indexes += [sounds(value), blind.first_letters(key=KEY, name="person.family_name", value=value)]
    assert len(set(indexes)) == len(indexes)
    assert exact(value, key=bytes(32)) != exact(value)
    with pytest.raises(ValueError, match="declare its canonical form"):
        exact(value, "person.shoe_size")


def test_the_roster_answers_to_every_way_a_card_is_copied() -> None:
    same = roster(member="w12345678", group="7641", name="MARIA JOSE GARCIA", born=datetime(1984, 2, 29))  # noqa: DTZ001
    assert roster() == same == roster(name="García, María-José")


def test_the_roster_answers_to_nothing_else() -> None:
    others = [
        roster(member="W123 456-79"),
        roster(group="76-42"),
        roster(name="María García"),
        roster(born=date(1984, 2, 28)),
        roster(member="W123 456-787", group="641"),
        roster(member="7641", group="W12345678"),
    ]
    assert len({roster(), *others}) == 7


@pytest.mark.parametrize("blank", [{"member": " "}, {"group": ""}, {"name": "\t"}])
def test_a_blank_matches_nobody(blank: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="needs a member number"):
        roster(**blank)  # type: ignore[arg-type]  # each value is one of the three text parts


def test_an_index_is_hmac_sha256() -> None:
    """RFC 4231, test case 2, for the primitive; then our own bytes, frozen, since stored indexes must stay."""
    assert hmac.digest(b"Jefe", b"what do ya want for nothing?", "sha256").hex().startswith("5bdcc146bf60754e6a042426")
    assert exact("O'Neil").hex() == "fae2e2824dea4e919f4a2e2ea6c30a36"
    assert roster().hex() == "ffeccd1c0ef3029c4270dafb0f6956092319f583efdbb609e5f04ed58ced463d"
