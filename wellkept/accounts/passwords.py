"""Passwords: hashed by Argon2id, long, and never one that everybody tries (NIST SP 800-63B-4, section 3.1.1.2)."""

import re
import unicodedata
from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from wellkept.policy.shapes import Pack

SHORTEST: Final = 15
SHORTEST_BESIDE: Final = 8
LONGEST: Final = 200
GUESSES: Final = 10**8
# The estimate grows fast with length. What follows can only make a password harder to guess.
LOOKED_AT: Final = 72
PRODUCT: Final = "wellkept"


class Argon2id(Argon2PasswordHasher):
    """Argon2id (RFC 9106), 64 MiB, two passes, one lane: about 110 ms on one core of 2026.

    More than each set of the OWASP Password Storage Cheat Sheet asks; a third pass took 160 ms.
    """

    time_cost = 2
    memory_cost = 65536
    parallelism = 1


def canonical(password: str) -> str:
    """The one form of a password: Unicode NFKC, so that two keyboards write the same. Nothing is cut."""
    return unicodedata.normalize("NFKC", password)


def is_too_long(password: str) -> bool:
    """Whether it is longer than any password here can be, as typed or in its one form."""
    return max(len(password), len(canonical(password))) > LONGEST


def is_short(password: str) -> bool:
    """Whether it is too short to stand alone, so that a second way has to stand beside it (``short_password``)."""
    return min(len(password), len(canonical(password))) < SHORTEST


def check(password: str, *, known: tuple[str, ...] = (), second: bool = False) -> None:
    """Raise ``ValidationError`` for a password that is too short, too long or guessed soon.

    ``known`` are words that make it easier to guess: of the person, of the operator. Kinds of characters do not matter.
    With ``second`` the account has a second way to sign in beside it, and eight characters are enough.
    """
    if second and min(len(password), len(canonical(password))) < SHORTEST_BESIDE:
        raise ValidationError(_("Use at least 8 characters."))
    if not second and is_short(password):
        raise ValidationError(_("Use at least 15 characters. A few words in a row are easy to remember."))
    if is_too_long(password):
        raise ValidationError(_("Use at most 200 characters."))
    if guesses(password, known=known) < GUESSES:
        raise ValidationError(_("This password would be guessed soon. Choose words that do not belong together."))


def guesses(password: str, *, known: tuple[str, ...] = ()) -> int:
    """How many tries somebody needs who knows common passwords, names, words, keyboards and ``known`` (zxcvbn).

    Signs between words count for nothing: who tries "passwordpassword" soon tries "password password" too.
    """
    typed = canonical(password)[:LOOKED_AT]
    joined = "".join(one for one in typed if one.isalnum())
    return min(int(zxcvbn(one, user_inputs=list(known))["guesses"]) for one in (typed, joined) if one)


def words_of(pack: Pack) -> tuple[str, ...]:
    """The words of the house, which a password may not lean on: names, hosts, each whole, joined and word by word."""
    said = (PRODUCT, pack.name, pack.display_name, pack.short_name, *pack.hosts)
    words = (word for one in said for word in (one, one.replace(" ", ""), *re.split(r"\W+", one)))
    return tuple(dict.fromkeys(word.casefold() for word in words if any(map(str.isalpha, word))))
