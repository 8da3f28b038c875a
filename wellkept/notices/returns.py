"""The token that a mail comes back by: kept as a hash with the person's address, so that what comes back is known.

Serves U-28. Whoever brings a token back changes one thing: the address it went to is no longer confirmed.
"""

import hashlib
from base64 import b32encode
from secrets import token_bytes
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import F

from wellkept.notices.models import Address, Mailed
from wellkept.policy.words import Category, Key

BYTES: Final = 16
"""128 bits, 26 letters and digits in an address: nobody guesses one (NIST SP 800-63B-4 asks 64 of a secret)."""


def token(key: Key, *, collected_under: str, address: UUID | None = None) -> str:
    """A fresh token for a mail to an address of the one person who is open; "" where none is on file.

    None is the confirmed address, or where there is none the one that waits. The opening names ``contact``.
    """
    (person,) = key.subjects
    if address is None:
        ours = Address.objects.filter(person_id=person).order_by(F("confirmed_at").desc(nulls_last=True))
        address = ours.values_list("id", flat=True).first()
    if address is None:
        return ""
    made = letters()
    row = Mailed(
        person_id=person, category=Category.CONTACT.value, collected_under=collected_under, token_hash=hashed(made),
        address_id=address,
    )  # fmt: skip
    Mailed.objects.bulk_create([row])
    return made


def came_back(token: str) -> bool:
    """A mail came back for good: its address is no longer confirmed. Whether anything changed; a token works once."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.notices_mail_came_back(%s)", [hashed(token)])
        return bool(cursor.fetchone()[0])


def sweep() -> None:
    """Forget the tokens of mails that went out thirty days ago; run by a job."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.notices_sweep_mailed()")


def letters() -> str:
    """A random word of 26 small letters and digits, which no mail program alters."""
    return b32encode(token_bytes(BYTES)).decode("ascii").rstrip("=").lower()


def hashed(token: str) -> bytes:
    """What the database knows of a token. It is random enough that no key is needed."""
    return hashlib.sha256(token.encode()).digest()
