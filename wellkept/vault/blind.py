"""Blind indexes: keyed hashes by which a sealed value is found without being opened (HMAC-SHA-256, RFC 2104).

Each index has a name, which is part of what is hashed, so that a phone number's index never equals a member number's.
The key is an operator key (``queries.operator_key``). Without it nothing can be tried against a stolen index; with a
table alone, a thief sees which rows share a value and how many do, and the threat model says so.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Final

from wellkept.vault import forms, phonetics

SHORT: Final = 16

EXACT: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "person.name": forms.name,
        "person.given_name": forms.letters,
        "person.family_name": forms.letters,
        "person.birth_date": forms.exactly,
        "person.member_number": forms.number,
        "person.social_security_number": forms.number,
        "person.one": forms.exactly,
        "household.subscriber_number": forms.number,
        "contact.postal": forms.letters,
        "contact.phone": forms.phone,
        "contact.email": forms.address,
        "account.login": forms.address,
        "account.code": forms.number,
        "account.handle": forms.exactly,
        "account.mailed_code": forms.number,
        "account.recovery_code": forms.number,
        "account.openid": forms.exactly,
        "account.birth_date": forms.exactly,
        "near.surname": forms.letters,
        "near.address": forms.exactly,
        "near.street": forms.exactly,
        "claim.number": forms.number,
        "intake.finder": forms.exactly,
        "organisation.one": forms.exactly,
        "organisation.presented": forms.exactly,
        "inquiry.reply_to": forms.address,
    }
)


def exact(*, key: bytes, name: str, value: str) -> bytes:
    """16 bytes that are the same for values that mean the same, in the canonical form of the index ``name``.

    Among a hundred million values, two that differ meet in 16 bytes with a chance below 2^-74. Raises ``ValueError``
    for an index that is not declared in ``EXACT``.
    """
    form = EXACT.get(name)
    if form is None:
        raise ValueError(f"{name!r} is no index: declare its canonical form in wellkept/vault/blind.py.")
    return _hash(key, "exact", name, form(value))[:SHORT]


def phonetic(*, key: bytes, name: str, value: str) -> bytes:
    """16 bytes that are the same for names that sound alike (``phonetics.code``)."""
    return _hash(key, "phonetic", name, phonetics.code(value))[:SHORT]


def first_letters(*, key: bytes, name: str, value: str, n: int = 3) -> bytes:
    """16 bytes of the first ``n`` letters of the folded value; of all of them when it is shorter.

    ``n`` is part of what is hashed: an index of three letters says nothing to a search with two.
    """
    if n < 1:
        raise ValueError("An index of first letters takes at least one.")
    return _hash(key, "letters", name, str(n), forms.letters(value)[:n])[:SHORT]


def roster(*, key: bytes, member: str, group: str, name: str, birth_date: date) -> bytes:
    """32 bytes by which registration asks whether somebody is on the roster, without the roster saying who is on it.

    Canonical form: member and group as ``forms.number``, the name as ``forms.name``, the date as ISO 8601, each
    preceded by its length. Raises ``ValueError`` when one of the first three holds nothing: a blank must match nobody.
    """
    parts = (forms.number(member), forms.number(group), forms.name(name))
    if not all(parts):
        raise ValueError("A roster line needs a member number, a group and a name.")
    return _hash(key, "roster", "roster", *parts, forms.day(birth_date))


def _hash(key: bytes, kind: str, name: str, *parts: str) -> bytes:
    """HMAC-SHA-256 over the parts, each with its length before it, so that no two lists of parts run together."""
    return hmac.digest(key, _head(kind, name) + b"".join(map(_measured, parts)), hashlib.sha256)


@cache
def _head(kind: str, name: str) -> bytes:
    """What stands before every value of an index. It holds no value."""
    return b"".join(map(_measured, ("wellkept.index.1", kind, name)))


def _measured(part: str) -> bytes:
    """A part with its length before it."""
    encoded = part.encode("utf-8", "surrogatepass")
    return len(encoded).to_bytes(4, "big") + encoded
