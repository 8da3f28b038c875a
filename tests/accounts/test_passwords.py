"""Passwords are long, unguessed and compared whole (R-10: NIST SP 800-63B-4, section 3.1.1.2)."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from wellkept.accounts import passwords
from wellkept.policy import packs

COMMON = [
    "password1234567",
    "123456789012345",
    "qwertyuiopasdfg",
    "passwordpassword",
    "password password",
    "letmein-letmein-letmein",
    "aaaaaaaaaaaaaaaaaaaa",
    "abcabcabcabcabcabc",
]


@pytest.mark.parametrize("typed", ["", "a", "fourteen lette", "7otters&Barns!"])
def test_it_refuses_a_password_shorter_than_fifteen_characters(typed: str) -> None:
    with pytest.raises(ValidationError, match="at least 15"):
        passwords.check(typed)


@pytest.mark.parametrize("typed", COMMON)
def test_it_refuses_what_everybody_tries(typed: str) -> None:
    with pytest.raises(ValidationError, match="guessed soon"):
        passwords.check(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "otters paint the seventh barn",
        "8305 1174 9926 5503",
        "семь выдр красят амбар",
        "七匹のかわうそが納屋を塗っています",
        "🦦🌾🚪🪣🧹🌙🪁🧶🫖🪜🧭🛶🪵🍁🪺🪴",
        "ottersPAINTthe7thBarn!",
    ],
)
def test_any_characters_will_do(typed: str) -> None:
    passwords.check(typed)


@pytest.mark.parametrize("length", [64, 128, 200])
def test_long_passwords_are_welcome(length: int) -> None:
    words = "otters paint seventh barn while grey lanterns argue about soup "
    passwords.check((words * 5)[:length])


@pytest.mark.parametrize("typed", ["otters paint " * 16, "\ufdfa" * 60])
def test_it_refuses_one_that_is_too_long_instead_of_cutting_it(typed: str) -> None:
    assert passwords.is_too_long(typed)
    with pytest.raises(ValidationError, match="at most 200"):
        passwords.check(typed)


def test_one_sign_that_stands_for_eighteen_is_one_sign() -> None:
    with pytest.raises(ValidationError, match="at least 15"):
        passwords.check("\ufdfa")


def test_the_longest_is_hashed_whole() -> None:
    longest = ("otters paint the seventh barn " * 7)[: passwords.LONGEST]
    hashed = make_password(passwords.canonical(longest))
    assert check_password(passwords.canonical(longest), hashed)
    assert not check_password(passwords.canonical(longest[:-1] + "?"), hashed)
    assert not check_password(passwords.canonical(longest + "?"), hashed)


def test_it_is_compared_as_typed_with_its_spaces_and_capitals() -> None:
    hashed = make_password(passwords.canonical(" Seven otters paint "))
    for other in ("Seven otters paint", " seven otters paint ", " Seven otters paint  "):
        assert not check_password(passwords.canonical(other), hashed)


def test_two_keyboards_write_the_same_password() -> None:
    assert passwords.canonical("cafe\u0301 am sieben otter") == passwords.canonical("café am sieben otter")


@given(st.text(max_size=300))
def test_it_takes_no_text_outside_its_lengths(typed: str) -> None:
    if not refused(typed):
        assert passwords.SHORTEST <= len(typed) <= passwords.LONGEST


def refused(typed: str) -> bool:
    try:
        passwords.check(typed)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("operator", ["umr", "pwer"])
def test_the_words_of_the_house_make_a_password_easy(operator: str) -> None:
    pack = packs.named(operator)
    words = passwords.words_of(pack)
    assert {"wellkept", operator, pack.display_name.casefold(), pack.short_name.casefold()} <= set(words)
    for typed in (pack.display_name, pack.display_name + pack.short_name, pack.short_name * 3, "wellkeptwellkept"):
        with pytest.raises(ValidationError, match="guessed soon"):
            passwords.check(typed, known=words)


def test_one_s_own_words_make_a_password_easy() -> None:
    passwords.check("zyxomaphleguranti")
    with pytest.raises(ValidationError, match="guessed soon"):
        passwords.check("zyxomaphleguranti", known=("zyxomaphleguranti",))


def test_no_other_hasher_is_at_hand() -> None:
    assert settings.PASSWORD_HASHERS == ["wellkept.accounts.passwords.Argon2id"]


@pytest.mark.parametrize(("typed", "fits"), [("gruvixo7", True), ("gruvixo", False), ("password", False)])
def test_beside_a_second_way_eight_characters_will_do(typed: str, *, fits: bool) -> None:
    if fits:
        passwords.check(typed, second=True)
    else:
        with pytest.raises(ValidationError):
            passwords.check(typed, second=True)
    with pytest.raises(ValidationError, match="at least 15"):
        passwords.check(typed)
    assert passwords.is_short(typed)
    assert not passwords.is_short("seven otters paint")
