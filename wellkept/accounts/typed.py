"""What somebody typed when their sign-in had run out: for the same browser and the same account, once, for 30 minutes.

Serves U-30, R-11. It is sealed under a key made of the secret in that browser's cookie, of which the database has only
the hash; the account and the row are bound into the seal.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection, connections

from wellkept.accounts.actions import DOOR, secret_hash
from wellkept.vault import envelope

FIELD: Final = "account.typed"
LARGEST: Final = 200_000
"""Bytes. What is longer is not kept."""


def keep(secret: str, said: Mapping[str, Any]) -> bool:
    """Keep a form for the session of that cookie, which ran out; False for any other session, and for too much."""
    content = json.dumps(said).encode()
    digest, row = secret_hash(secret), uuid4()
    account = _ask("select wellkept.accounts_ran_out(%s)", [digest])[0]
    if account is None or len(content) > LARGEST:
        return False
    sealed = _sealed(secret, account, row, content)
    return bool(_ask("select wellkept.accounts_keep_typed(%s, %s, %s)", [digest, row, sealed])[0])


def waits(digest: bytes) -> bool:
    """Whether something is kept for whoever signs in again in this browser."""
    return bool(_ask("select wellkept.accounts_typed_waits(%s)", [digest])[0])


def carry(old: str, new: str) -> None:
    """Seal what is kept anew when a browser gets another cookie; destroy it where that is another account's."""
    pair = [secret_hash(old), secret_hash(new)]
    asked = "select account, row_id, sealed from wellkept.accounts_typed_before(%s, %s)"
    account, row, sealed = _ask(asked, pair, DOOR)
    if row is None:
        return
    content = _opened(old, account, row, sealed)
    if content is not None:
        again = _sealed(new, account, row, content)
        _ask("select wellkept.accounts_carry_typed(%s, %s, %s)", [*pair, again], DOOR)


def mine(secret: str) -> Mapping[str, Any] | None:
    """What the session's own account typed in this browser; None where nothing is kept."""
    asked = "select account, row_id, sealed from wellkept.accounts_my_typed(%s)"
    account, row, sealed = _ask(asked, [secret_hash(secret)])
    content = _opened(secret, account, row, sealed) if row is not None else None
    found: Mapping[str, Any] | None = json.loads(content) if content is not None else None
    return found


def drop(digest: bytes) -> None:
    """Destroy what is kept for this browser."""
    _ask("select wellkept.accounts_drop_typed(%s)", [digest])


def sweep() -> None:
    """Destroy what nobody came back for; run by a job."""
    _ask("select wellkept.accounts_sweep_typed()", [])


def _key(secret: str, row: UUID) -> bytes:
    """A key of 256 bits from the cookie's secret, which has as many (HMAC as in NIST SP 800-108r1, counter mode)."""
    return hmac.digest(secret.encode(), b"wellkept.typed\x00" + row.bytes, hashlib.sha256)


def _sealed(secret: str, account: UUID, row: UUID, content: bytes) -> bytes:
    return envelope.seal_bytes(data_key=_key(secret, row), field=FIELD, subject=account, row=row, content=content)


def _opened(secret: str, account: UUID, row: UUID, sealed: bytes) -> bytes | None:
    try:
        return envelope.unseal_bytes(
            data_key=_key(secret, row), field=FIELD, subject=account, row=row, sealed=bytes(sealed)
        )
    except envelope.CannotOpenError:
        return None


def _ask(statement: str, arguments: list[Any], alias: str = "") -> Any:  # noqa: ANN401  (one row of the database)
    with (connections[alias] if alias else connection).cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchone()
