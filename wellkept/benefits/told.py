"""What members tell us on prescribed forms: begun, mended, sent, and from then on as it was sent (U-17).

The opening names the category of the form: claims, coverage or enrolment.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from wellkept.benefits.models import Told
from wellkept.benefits.prescribed import FORMS, OTHER, Prescribed, checked
from wellkept.policy.words import Key, Retention

FIELDS: Final = ("id", "form", "version", "answers", "begun_at", "sent_at")
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One form as it was answered. ``answers`` are empty once their key was destroyed; ``sent_at`` None until sent."""

    id: UUID
    form: Prescribed
    answers: Mapping[str, str]
    begun_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class OtherInsurance:
    """What the person said of other insurance, and when. ``has`` is False where they said none.

    Texts are empty and days None where not told; ``first`` is "this", "other", "unknown" or empty.
    """

    id: UUID
    told_at: datetime
    has: bool
    insurer: str
    number: str
    since: date | None
    until: date | None
    holder: str
    first: str


def begin(key: Key, form: Prescribed, answers: Mapping[str, str], *, collected_under: str, now: datetime) -> UUID:
    """Write down what the person who is open answers, sealed; returns the row. It is not sent yet.

    Raises ``ValidationError`` as ``prescribed.checked`` does.
    """
    (person,) = key.subjects
    number, kept = uuid4(), checked(form, answers)
    Told.objects.create(
        id=number, person_id=person, category=form.category, collected_under=collected_under, form=form.name,
        version=form.version, answers=_sealed(key, person, number, kept), begun_at=now,
    )  # fmt: skip
    return number


def mend(key: Key, form: Prescribed, number: UUID, answers: Mapping[str, str]) -> bool:
    """Answer anew, under the form in force, what was not sent yet; False where there is no such row."""
    (person,) = key.subjects
    kept = checked(form, answers)
    sealed = _sealed(key, person, number, kept)
    mine = Told.objects.filter(person_id=person, id=number, form=form.name, sent_at=None)
    return bool(mine.update(answers=sealed, version=form.version, touched_at=timezone.now()))


def send(key: Key, form: Prescribed, number: UUID, *, now: datetime) -> bool:
    """From now on it stands as it is; False where there is no such row or it was sent before."""
    (person,) = key.subjects
    return bool(Told.objects.filter(person_id=person, id=number, form=form.name, sent_at=None).update(sent_at=now))


def throw_away(key: Key, form: Prescribed, number: UUID) -> bool:
    """Forget what was not sent; False where there is no such row or it was sent."""
    (person,) = key.subjects
    return bool(Told.objects.filter(person_id=person, id=number, form=form.name, sent_at=None).delete()[0])


def told(key: Key, form: Prescribed) -> tuple[ToldLine, ...]:
    """All of one form that the one person who is open began or sent, newest first, at most 200."""
    (person,) = key.subjects
    rows = Told.objects.filter(person_id=person, form=form.name).order_by("-begun_at", "id").values_list(*FIELDS)
    return tuple(_line(key, person, row) for row in rows[:MOST])


def one(key: Key, number: UUID) -> ToldLine | None:
    """One of them, of whichever form; None where the person has none with this id."""
    (person,) = key.subjects
    row = Told.objects.filter(person_id=person, id=number).values_list(*FIELDS).first()
    return _line(key, person, row) if row else None


def other_insurance(key: Key) -> OtherInsurance | None:
    """What the person said last of other insurance; None where they never did. The opening names ``coverage``."""
    (person,) = key.subjects
    mine = Told.objects.filter(person_id=person, form=OTHER.name).exclude(sent_at=None).order_by("-sent_at", "id")
    row = mine.values_list(*FIELDS).first()
    if row is None:
        return None
    line, answers = row, _answers(key, person, row[0], row[3])
    return OtherInsurance(
        id=line[0], told_at=line[5], has=answers.get("has") == "yes", insurer=answers.get("insurer", ""),
        number=answers.get("number", ""), since=_day(answers.get("since")), until=_day(answers.get("until")),
        holder=answers.get("holder", ""), first=answers.get("first", ""),
    )  # fmt: skip


def sweep() -> int:
    """Remove what was begun and left unsent and untouched for 30 days, with its papers; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.benefits_sweep_unsent()")
        (removed,) = cursor.fetchone()
        return int(removed)


def _line(key: Key, person: UUID, row: tuple[UUID, str, str, bytes, datetime, datetime | None]) -> ToldLine:
    number, form, version, answers, begun_at, sent_at = row
    return ToldLine(number, FORMS[form, version], _answers(key, person, number, answers), begun_at, sent_at)


def _sealed(key: Key, person: UUID, number: UUID, answers: Mapping[str, str]) -> bytes:
    return key.seal(person, Retention.BENEFITS, "told.answers", number, json.dumps(answers))


def _answers(key: Key, person: UUID, number: UUID, sealed: bytes) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(
            key.unseal(person, Retention.BENEFITS, "told.answers", number, bytes(sealed))
        )
    except LookupError:
        return {}
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
