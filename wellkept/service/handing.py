"""What is left to do: a case after a call, its next step, and handing a case to a colleague. The person reads each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wellkept.policy.words import Key, Retention
from wellkept.service.cases import checked, new_number

# The steps one can say comes next, in the words of the list, which the person reads as well.
STEPS: Final[Mapping[str, Promise]] = {
    "call": _("Call the member back"),
    "employer": _("Ask the employer to correct what its list says"),
    "office": _("Ask the doctor's office"),
    "claims": _("Have the claim looked at again"),
    "paper": _("Wait for a paper from the member"),
    "post": _("Post what was asked for"),
    "privacy": _("Ask the privacy office"),
    "answer": _("Write the answer"),
}


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody else at the desk to whom a case can be handed."""

    account: UUID
    actor: str


def follow_up(secret: bytes, key: Key, call: UUID, *, step: str, words: str, due_on: date, collected_under: str) -> str:
    """Leave something to do after a verified call of one's own; returns the number of its case, "" where it may not be.

    Raises ``ValidationError`` for words that are missing or too long, and ``KeyError`` for a step not of the list.
    """
    (person,) = key.subjects
    number, said = new_number(), uuid4()
    sealed = key.seal(person, Retention.BENEFITS, "case.note", said, checked(words))
    if step not in STEPS:
        raise KeyError(step)
    arguments = [secret, call, uuid4(), number, step, due_on, said, sealed, collected_under]
    made = _one("select wellkept.service_follow_up(%s, %s, %s, %s, %s, %s, %s, %s, %s)", arguments)
    return number if made else ""


def colleagues(secret: bytes) -> tuple[Colleague, ...]:
    """Who else works at the desk and has signed, by name, at most 200. Nobody but a representative has any."""
    with connection.cursor() as cursor:
        cursor.execute("select id, actor from wellkept.service_colleagues(%s)", [secret])
        return tuple(Colleague(*row) for row in cursor.fetchall())


def hand_over(secret: bytes, key: Key, case: UUID, *, to: UUID, words: str) -> bool:
    """Hand a case of one's own to a colleague, with words; the person must be open. Then it opens to them alone.

    False where it is not one's own, or the colleague left. Raises ``ValidationError`` for words that are missing.
    """
    (person,) = key.subjects
    step = uuid4()
    sealed = key.seal(person, Retention.BENEFITS, "case.note", step, checked(words))
    arguments = [secret, case, to, uuid4(), step, sealed]
    return bool(_one("select wellkept.service_hand_over_case(%s, %s, %s, %s, %s, %s)", arguments))


def next_step(secret: bytes, case: UUID, step: str) -> bool:
    """Say what comes next in a case of one's own; False where it is not. Raises ``KeyError`` for a step not listed."""
    if step not in STEPS:
        raise KeyError(step)
    return bool(_one("select wellkept.service_next_step(%s, %s, %s)", [secret, case, step]))


def _one(statement: str, arguments: list[Any]) -> Any:  # noqa: ANN401  (what the function returns)
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchone()[0]
