"""How a name roughly sounds in American ears: an own, coarse code, so that a caller who spells otherwise is found.

Deliberately coarse, for the reader and against the thief: all names share at most some seven thousand codes, so an
index of them says little about one person. A finder shows its few matches to somebody who then asks the birth date.
"""

import re
from typing import Final

from wellkept.vault import forms

LENGTH: Final = 4

# Spellings of one sound, replaced in this order before letters are sorted into classes.
_SPELLINGS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("^(kn|gn|pn)", "n"),
        ("^wr", "r"),
        ("^ps", "s"),
        ("^mac(?=[a-z])", "mc"),
        ("ph", "f"),
        ("sch|sh|tz|ts", "s"),
        ("(?<=.)gh(?=[^aeiou]|$)", ""),
        ("gh", "g"),
        ("ck|q", "k"),
        ("t?ch", "k"),
        ("c(?=[eiy])", "s"),
        ("^x", "s"),
        ("x", "ks"),
        ("dg", "j"),
        ("g(?=[eiy])", "j"),
    )
)
_CLASSES: Final = {
    letter: mark
    for mark, alike in (
        ("B", "bp"),
        ("F", "fv"),
        ("K", "kcg"),
        ("J", "j"),
        ("S", "sz"),
        ("T", "td"),
        ("L", "l"),
        ("N", "mn"),
        ("R", "r"),
    )
    for letter in alike
}
_VOWELS: Final = frozenset("aeiouyhw")


def code(name: str) -> str:
    """At most four classes of sound: "Catherine" and "Kathryn" are "KTRN".

    The name is folded as ``forms.letters`` does; common spellings of one sound become one; consonants become one of
    nine classes, with neighbours of one class counted once; vowels, h, w and y are dropped but for a first one, which
    is "A".
    A name without Latin letters has no code of its own here: its first four folded characters stand for it.
    """
    folded = forms.letters(name)
    latin = re.sub("[^a-z]", "", folded)
    if not latin:
        return folded[:LENGTH]
    return _sounds(_respelled(latin))[:LENGTH]


def _respelled(latin: str) -> str:
    for pattern, sound in _SPELLINGS:
        latin = pattern.sub(sound, latin)
    return latin


def _sounds(latin: str) -> str:
    first = "A" if latin[:1] in _VOWELS else ""
    classes = ["" if letter in _VOWELS else _CLASSES[letter] for letter in latin]
    # A vowel between two of a class parts them ("Nanni"), a doubled letter does not ("Anne").
    parted = (mark for before, mark in zip(["", *classes], classes, strict=False) if mark != before)
    return first + "".join(parted)
