"""Passwords: hashed by Argon2id, long, and never one that everybody tries (NIST SP 800-63B-4, section 3.1.1.2)."""

import unicodedata
from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

SHORTEST: Final = 15
LONGEST: Final = 200
GUESSES: Final = 10**8
LOOKED_AT: Final = 72


class Argon2id(Argon2PasswordHasher):
    """Argon2id (RFC 9106), 64 MiB, three passes, one lane: about 100 ms on one core of 2026."""

    time_cost = 3
    memory_cost = 65536
    parallelism = 1


def canonical(password: str) -> str:
    """The one form of a password: Unicode NFKC, so that two keyboards write the same."""
    return unicodedata.normalize("NFKC", password)


def check(password: str, *, known: tuple[str, ...] = ()) -> None:
    """Raise ``ValidationError`` for a password that is too short alone or that is guessed soon.

    ``known`` are words about the person that make it easier to guess. No rule asks for kinds of characters.
    """
    if len(canonical(password)) < SHORTEST:
        raise ValidationError(_("Use at least 15 characters. A few words in a row are easy to remember."))
    if len(password) > LONGEST:
        raise ValidationError(_("Use at most 200 characters."))
    if zxcvbn(password[:LOOKED_AT], user_inputs=list(known))["guesses"] < GUESSES:
        raise ValidationError(_("This password would be guessed soon. Choose words that do not belong together."))
