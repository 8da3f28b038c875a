"""Codes of an authenticator app: six digits for each half minute (RFC 6238, RFC 4226), and the secret they are made of.

The secret is sealed under the operator key "factors" with its account and row as associated data: a dump of the records
holds none, and a row copied to another account opens for nobody. No person has to be opened to compare a code.
"""

import hmac
from typing import Final
from uuid import UUID

import pyotp

from wellkept.vault import envelope
from wellkept.vault.queries import operator_key

SECONDS: Final = 30
DIGITS: Final = 6
FIELD: Final = "account.second_factor"
KEY: Final = "factors"


def new_secret() -> str:
    """160 random bits in base 32, as apps take them (RFC 4226, section 4, R6)."""
    return pyotp.random_base32(32)


def code(secret: str, step: int, *, digits: int = DIGITS) -> str:
    """The code of one half minute, counted from 1970."""
    return pyotp.HOTP(secret, digits=digits).at(step)


def step_of(secret: str, typed: str, *, now: float) -> int | None:
    """The half minute whose code was typed: this one, or the one before or after it; None for any other code.

    ``now`` is in seconds since 1970. All three are compared, whichever it is. Spaces do not count.
    """
    given = "".join(typed.split()).encode("utf-8", "surrogatepass")
    this = int(now) // SECONDS
    right = [step for step in (this + 1, this, this - 1) if hmac.compare_digest(code(secret, step).encode(), given)]
    return right[0] if right else None


def looks_like(typed: str) -> bool:
    """Whether it can be such a code: six digits and nothing else but spaces."""
    given = "".join(typed.split())
    return len(given) == DIGITS and given.isascii() and given.isdigit()


def address(secret: str, *, issuer: str, name: str) -> str:
    """What an app reads from the square code: the key URI that authenticator apps agree on."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=SECONDS).provisioning_uri(name=name, issuer_name=issuer)


def sealed(secret: str, *, account: UUID, row: UUID) -> bytes:
    """The secret as the database keeps it."""
    return envelope.seal(data_key=operator_key(KEY), field=FIELD, subject=account, row=row, text=secret)


def opened(whole: bytes, *, account: UUID, row: UUID) -> str:
    """The secret; raises ``CannotOpenError`` for a row that is not this account's."""
    return envelope.unseal(data_key=operator_key(KEY), field=FIELD, subject=account, row=row, sealed=bytes(whole))
