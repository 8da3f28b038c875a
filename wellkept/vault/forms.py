"""Canonical forms: the one way to write a name, number, address or date before it is hashed.

Two spellings that a person would call the same get one form. The forms are part of the stored indexes: changing one
means computing every index again.
"""

import re
import unicodedata
from datetime import date
from typing import Final

# Letters that no decomposition turns into the one people type instead.
_LETTERS: Final = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
    }
)
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_CONTROLS: Final = ("Cf", "Cc")


def letters(value: str) -> str:
    """Letters, digits and vowel signs only, in small letters, without accents: "O'Neil " and "ONEIL" are "oneil".

    Unicode NFKD; case folded; the accents of U+0300 to U+036F fall away (the signs of scripts in which a sign is a
    letter stay); letters such as ł or æ become what an American keyboard writes; spaces, dashes, apostrophes and
    invisible characters fall away. Text with no letter at all keeps its visible characters: two emoji stay two names.
    """
    # Of ASCII nothing else than this can come, and nearly everything is ASCII.
    if value.isascii() and (kept := value if value.isalnum() else "".join(filter(str.isalnum, value))):
        return kept.lower()
    folded = _ACCENTS.sub("", _decomposed(value)).casefold()
    folded = _ACCENTS.sub("", _decomposed(folded.translate(_LETTERS)))
    kept = "".join(one for one in folded if one.isalnum() or unicodedata.category(one)[0] == "M")
    return kept or "".join(folded.split())


def name(value: str) -> str:
    """A name as ``letters`` has it, the family name last: "García, María-José" is "mariajosegarcia"."""
    family, comma, given = value.partition(",")
    return letters(f"{given} {family}" if comma else family)


def number(value: str) -> str:
    """A member, group or claim number: letters and digits alone, without the spaces and dashes of a printed card."""
    return letters(value)


def phone(value: str) -> str:
    """The digits of a telephone number; a leading 1 of eleven digits (North American plan) is left out."""
    digits = "".join(str(unicodedata.digit(one)) for one in value if unicodedata.digit(one, None) is not None)
    return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits


def address(value: str) -> str:
    """An e-mail address or sign-in name: trimmed, NFKC, small letters. Dots and accents stay: they tell two apart."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", value).casefold()).strip()


def day(value: date) -> str:
    """A date in ISO 8601, ``1984-02-29``."""
    return date(value.year, value.month, value.day).isoformat()


def exactly(value: str) -> str:
    """The value as it is, for codes and identifiers that a machine wrote."""
    return value


def _decomposed(value: str) -> str:
    visible = (one for one in unicodedata.normalize("NFKD", value) if unicodedata.category(one) not in _CONTROLS)
    return "".join(visible)
