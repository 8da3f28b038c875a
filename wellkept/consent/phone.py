"""What a verified caller allowed, read out and ended on the phone: helpers, their word, authorizations outside.

Serves P-19, U-19; 45 CFR 164.508(b)(5). Functions of the database decide (sql/phone.sql); the call must be about it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wellkept.consent.appointments import FIELD, HELPER
from wellkept.consent.outside import RECIPIENT
from wellkept.consent.representatives import posted
from wellkept.policy.statements import ask
from wellkept.policy.words import Key, Retention


@dataclass(frozen=True, slots=True)
class Allowed:
    """One thing the person allowed and can end. ``sort`` is helper, word or authorization; ``name`` "" once erased."""

    id: UUID
    sort: str
    name: str
    opens: frozenset[str]
    expires: datetime


def asks(secret: bytes, call: UUID) -> bool:
    """Enter that it is read out on the session's own verified call about it; False for any other call.

    It commits by itself, so it is asked before the record is opened.
    """
    return bool(ask("select wellkept.consent_phone_ask(%s, %s)", secret, call)[0][0])


def choices(secret: bytes, key: Key, call: UUID) -> tuple[Allowed, ...]:
    """What stands of the one person who is open; nothing before ``asks`` was entered."""
    rows = ask("select id, sort, name, opens, expires from wellkept.consent_phone_choices(%s, %s)", secret, call)
    return tuple(
        Allowed(
            number, sort, _name(key, number, FIELD if sort == HELPER else RECIPIENT, sealed), frozenset(opens), expires
        )
        for number, sort, sealed, opens, expires in rows
    )


def end(secret: bytes, key: Key, call: UUID, number: UUID, *, letter: str) -> str:
    """End one; returns its sort, "" where none of theirs stands. ``letter`` goes to whoever has no account."""
    given = [secret, call, number, *posted(key, letter)]
    return str(ask("select wellkept.consent_phone_end(%s, %s, %s, %s, %s)", *given)[0][0])


def _name(key: Key, number: UUID, field: str, sealed: bytes | memoryview) -> str:
    (person,) = key.subjects
    try:
        return key.unseal(person, Retention.BENEFITS, field, number, bytes(sealed))
    except LookupError:
        return ""
