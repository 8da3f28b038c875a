"""Cases: opened by what a person sent, taken by one representative, answered with words; the person reads every step.

A claim runs on the clock of 29 CFR 2560.503-1(f): it is decided within 30 days; the days stand still while we wait for
what we asked, or are made 15 more, once (R-15). Who acts is found by the database from the session; no argument names
an account.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from wellkept.policy.words import Category, Key, Purpose, Retention
from wellkept.service.models import Case, CaseStep

LONGEST: Final = 4000
MOST: Final = 200
"""As many cases stand on the desk's list (``service_cases``)."""
# Without vowels, and without figures and letters that look alike.
_ALPHABET: Final = "23456789BCDFGHJKMNPQRSTVWXYZ"
FIELDS: Final = (
    "id", "number", "kind", "about", "category", "state", "opened_at", "due_on", "actor", "closed_at", "asked_on",
    "extended_on",
)  # fmt: skip
# What work on each kind of case opens, and for what (45 CFR 164.502(b), minimum necessary).
OPENS: Final[Mapping[str, tuple[Purpose, tuple[Category, ...]]]] = {
    "claim": (Purpose.PAYMENT, (Category.IDENTITY, Category.COVERAGE, Category.CLAIMS)),
    "other_insurance": (Purpose.MEMBER_ADMINISTRATION, (Category.IDENTITY, Category.COVERAGE)),
    "change": (Purpose.MEMBER_ADMINISTRATION, (Category.IDENTITY, Category.COVERAGE, Category.ENROLMENT)),
    "address": (Purpose.MEMBER_ADMINISTRATION, (Category.IDENTITY, Category.CONTACT)),
    "papers": (Purpose.OPERATIONS, (Category.PAPERS,)),
    **dict.fromkeys(
        ("inquiry", "request", "appeal", "review"),
        (Purpose.PAYMENT, (Category.IDENTITY, Category.COVERAGE, Category.CLAIMS)),
    ),
    "call": (
        Purpose.MEMBER_ADMINISTRATION,
        (Category.IDENTITY, Category.CONTACT, Category.COVERAGE, Category.CLAIMS, Category.CALLS),
    ),
}
ANSWERS: Final = ("accepted", "refused", "asked")


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A case on the desk's list. ``person`` and ``occasion`` are known of one's own cases alone.

    ``next_step`` is empty where it is what the kind begins with; ``due_at`` None where the law counts in days. While it
    waits for the person, ``still`` says that the days stand still. ``extends``: the law lets its time be made longer.
    """

    id: UUID
    person: UUID | None
    category: str
    kind: str
    state: str
    opened_at: datetime
    due_on: date
    actor: str
    mine: bool
    occasion: UUID | None
    number: str = ""
    next_step: str = ""
    due_at: datetime | None = None
    still: bool = False
    extends: bool = False


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step. ``actor`` is empty where the person acted; ``words`` where none were said or they were erased."""

    at: datetime
    what: str
    actor: str
    words: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case with its steps, oldest first. ``actor`` is empty while nobody works on it.

    ``asked_on`` is since when the days stand still, None where they run; ``extended_on`` when they were made more.
    """

    id: UUID
    number: str
    kind: str
    about: UUID
    category: str
    state: str
    opened_at: datetime
    due_on: date
    actor: str
    closed_at: datetime | None
    steps: tuple[StepLine, ...] = ()
    asked_on: date | None = None
    extended_on: date | None = None


def work(secret: bytes) -> tuple[WorkLine, ...]:
    """One's own cases, then what waits, then colleagues', at most ``MOST``. Nobody but a representative has any.

    In each of the three: what is urgent, then what is due first, last where the days stand still.
    """
    return _work(secret, None)


def mine(secret: bytes, case: UUID) -> WorkLine | None:
    """One case of the session's own account; None for anybody else's, a decided one, and one that never was."""
    return next(iter(_work(secret, case)), None)


def open_case(
    key: Key, *, kind: str, about: UUID, category: Category, due_on: date, collected_under: str,
    due_at: datetime | None = None, next_step: str | None = None,
) -> str:  # fmt: skip
    """Open a case about what the person, whose own record is open, just sent; returns the number they quote.

    ``due_at`` is the hour by which it is decided, where the law counts in hours.
    """
    (person,) = key.subjects
    number = new_number()
    arguments = [uuid4(), person, category.value, collected_under, number, kind, about, due_on, due_at, next_step]
    if not _done("select wellkept.service_open_case(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", arguments):
        raise RuntimeError("A case is opened by whose record is open.")
    return number


def new_number() -> str:
    """A number for a case, made by chance, such as "7KQ2-MWXD"."""
    return f"{_letters()}-{_letters()}"


def take(secret: bytes, case: UUID) -> bool:
    """The session's own account works on it from now on; False where somebody else was quicker or it was decided."""
    return _done("select wellkept.service_take_case(%s, %s, %s)", [secret, case, uuid4()])


def give_back(secret: bytes, case: UUID) -> bool:
    """Somebody else may take it; False where it is not one's own."""
    return _done("select wellkept.service_give_back_case(%s, %s)", [secret, case])


def answer(secret: bytes, key: Key, case: UUID, *, what: str, words: str) -> UUID | None:
    """Accept, refuse or ask for more, with words; the person must be open to whoever works on it.

    Returns the step, or None where it is not one's own, or waits for the person. Raises ``ValidationError`` for words
    that are missing.
    """
    (person,) = key.subjects
    step = uuid4()
    sealed = key.seal(person, Retention.BENEFITS, "case.note", step, checked(words))
    statement = "select wellkept.service_answer_case(%s, %s, %s, %s, %s)"
    return step if _done(statement, [secret, case, step, what, sealed]) else None


def extend(secret: bytes, key: Key, case: UUID, *, words: str) -> tuple[str, UUID]:
    """Make the time of a receipt or of a request before care 15 days longer, once; returns what came, and its step.

    "done", "used" (it was, or a question took it), "late" (the first time is over) or "no". Source: 29 CFR
    2560.503-1(f)(2)(iii). Raises ``ValidationError`` for words that are missing.
    """
    (person,) = key.subjects
    step = uuid4()
    sealed = key.seal(person, Retention.BENEFITS, "case.note", step, checked(words))
    statement = "select wellkept.service_extend_case(%s, %s, %s, %s)"
    return str(_rows(statement, [secret, case, step, sealed])[0][0]), step


def tell(key: Key, case: UUID, *, words: str) -> bool:
    """The person answers what was asked. The clock goes on. False where nothing was asked."""
    (person,) = key.subjects
    step = uuid4()
    sealed = key.seal(person, Retention.BENEFITS, "case.note", step, checked(words))
    return _done("select wellkept.service_tell_case(%s, %s, %s)", [case, step, sealed])


def cases(key: Key) -> dict[UUID, CaseLine]:
    """The cases of the one person who is open, by what was sent, without their steps."""
    (person,) = key.subjects
    rows = Case.objects.filter(person_id=person).order_by("-opened_at").values_list(*FIELDS)
    return {row[3]: _line(row) for row in rows[:200]}


def case(key: Key, about: UUID) -> CaseLine | None:
    """The case about something the one person who is open sent, with its steps; None where there is none."""
    (person,) = key.subjects
    row = Case.objects.filter(person_id=person, about=about).values_list(*FIELDS).first()
    return _line(row, _steps(key, person, row[0])) if row else None


def of_calls(key: Key) -> tuple[CaseLine, ...]:
    """What was left to do after calls with the one person who is open, newest first, with steps. Names ``calls``."""
    (person,) = key.subjects
    rows = Case.objects.filter(person_id=person, kind="call").order_by("-opened_at").values_list(*FIELDS)[:20]
    return tuple(_line(row, _steps(key, person, row[0])) for row in rows)


def about_of(key: Key, number: UUID) -> UUID | None:
    """What a case of the one person who is open is about."""
    (person,) = key.subjects
    found: UUID | None = Case.objects.filter(person_id=person, id=number).values_list("about", flat=True).first()
    return found


def checked(words: str) -> str:
    """The words without the space around them; raises ``ValidationError`` where there are none or too many."""
    said = words.strip()
    if not said:
        raise ValidationError(_("Please write what you want to say."))
    if len(said) > LONGEST:
        raise ValidationError(_("Please use at most 4,000 characters."))
    return said


def _work(secret: bytes, case: UUID | None) -> tuple[WorkLine, ...]:
    statement = (
        "select id, person_id, category, kind, state, opened_at, due_on, coalesce(actor, ''), mine, occasion, number,"
        " coalesce(next_step, ''), due_at, still, extends"
        " from wellkept.service_cases(%s, %s)"
    )
    return tuple(WorkLine(*row) for row in _rows(statement, [secret, case]))


def _line(row: tuple[Any, ...], steps: tuple[StepLine, ...] = ()) -> CaseLine:
    number, quoted, kind, about, category, state, opened_at, due_on, actor, closed_at, asked_on, extended_on = row
    return CaseLine(
        number, quoted, kind, about, category, state, opened_at, due_on, actor or "", closed_at, steps, asked_on,
        extended_on,
    )  # fmt: skip


def _steps(key: Key, person: UUID, number: UUID) -> tuple[StepLine, ...]:
    rows = CaseStep.objects.filter(person_id=person, case_id=number).order_by("at", "id")
    found = rows.values_list("id", "at", "what", "actor", "words")
    return tuple(StepLine(at, what, by or "", _said(key, person, step, words)) for step, at, what, by, words in found)


def _said(key: Key, person: UUID, step: UUID, sealed: bytes | memoryview | None) -> str:
    if not sealed:
        return ""
    try:
        return key.unseal(person, Retention.BENEFITS, "case.note", step, bytes(sealed))
    except LookupError:
        return ""


def _letters() -> str:
    return "".join(secrets.choice(_ALPHABET) for _sign in range(4))


def _done(statement: str, arguments: list[Any]) -> bool:
    return bool(_rows(statement, arguments)[0][0])


def _rows(statement: str, arguments: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
