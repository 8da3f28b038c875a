"""What a person agreed to: the words as they were shown, the form's version, and the language (45 CFR 164.508(c))."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from wellkept.policy.words import Key, Retention

HELPER: Final = "appointment.statement"
WORD: Final = "authorization.statement"


@dataclass(frozen=True, slots=True)
class Agreed:
    """``statement`` has a line an entry; none where its key was destroyed, or nobody agreed on a page of ours.

    ``language`` is that of the statement, "en" or "es".
    """

    statement: tuple[str, ...]
    form: str
    language: str


def sealed(key: Key, field: str, number: UUID, agreed: Agreed) -> tuple[bytes, str, str]:
    """The three as they are kept: the words sealed under the key of the one person who is open."""
    (person,) = key.subjects
    text = "\n".join(agreed.statement)
    return key.seal(person, Retention.BENEFITS, field, number, text), agreed.form, agreed.language


def read(key: Key, field: str, number: UUID, kept: Sequence[Any]) -> Agreed:
    """What was kept of one row: its ``statement``, ``form`` and ``language``, in this order."""
    (person,) = key.subjects
    statement, form, language = kept
    try:
        text = key.unseal(person, Retention.BENEFITS, field, number, bytes(statement)) if statement else ""
    except LookupError:
        text = ""
    return Agreed(tuple(text.splitlines()), str(form or ""), str(language or "en"))
