"""What an answer of ours did not settle: a letter with a reference, or a caller who says so (U-34).

Each is a request of the kind ``escalation``: it has the same clock and stands on the same lists.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

from wellkept.policy.words import Key, Retention
from wellkept.rights.actions import checked

KIND: Final = "escalation"
# Crockford's base 32, without letters that look like figures.
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKS_LIKE: Final = str.maketrans("OIL", "011")
SIGNS: Final = 8


@dataclass(frozen=True, slots=True)
class Tracked:
    """One on the desk's list: when it came, by when it is answered, and whether it was. Neither name nor words."""

    id: UUID
    asked_at: datetime
    due_on: date
    answered_at: datetime | None


def reference(key: Key, request: UUID) -> str:
    """What stands on the letter that follows the answer to a request of one's own; "" where it has no answer yet.

    Made once: asked again it is the same. The opening names ``requests``.
    """
    del key  # the opening it stands for is what the database asks
    made = "E-" + "".join(secrets.choice(_ALPHABET) for _sign in range(SIGNS))
    return str(_rows("select wellkept.rights_letter_of(%s, %s)", [request, made])[0][0] or "")


def canonical(typed: str) -> str | None:
    """A reference as it was printed; None for what can be none."""
    letters = typed.strip().upper().replace("-", "").replace(" ", "")
    told = letters[1:].translate(_LOOKS_LIKE)
    if letters[:1] != "E" or len(told) != SIGNS or any(one not in _ALPHABET for one in told):
        return None
    return f"E-{told}"


def came(secret: bytes, printed: str, *, due_on: date, collected_under: str) -> str:
    """A representative holds a letter with this reference: "noted", "known" where it was noted before, "unknown"."""
    arguments = [secret, printed, uuid4(), due_on, collected_under]
    return str(_rows("select wellkept.rights_letter_came(%s, %s, %s, %s, %s)", arguments)[0][0])


def escalate(
    secret: bytes, key: Key, call: UUID, *, number: UUID, words: str, due_on: date, collected_under: str
) -> bool:
    """Write down on an open call of one's own what an answer did not settle; False where the call is over.

    The person must be open. Raises ``ValidationError`` for words that are missing or too long.
    """
    (person,) = key.subjects
    sealed = key.seal(person, Retention.BENEFITS, "request.words", number, checked(words))
    arguments = [secret, call, number, due_on, sealed, collected_under]
    return bool(_rows("select wellkept.rights_escalate(%s, %s, %s, %s, %s, %s)", arguments)[0][0])


def tracked(secret: bytes) -> tuple[Tracked, ...]:
    """Those that wait, by the day they are due, then those answered in the last 30 days. Only a representative's."""
    rows = _rows("select id, asked_at, due_on, answered_at from wellkept.rights_escalations(%s)", [secret])
    return tuple(Tracked(*row) for row in rows)


def _rows(statement: str, arguments: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
