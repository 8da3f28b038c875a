"""Full files (834 with BGN08 4 or RX): who is covered no more, how far that goes unasked, and who confirms the rest.

A full file speaks for the plans and insurance lines that it names. It never ends somebody told of by a file of its own
day or a later one, and it ends nobody at all where something of it was put aside: then it does not say who is covered.
"""

from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from wellkept.access import queries as access
from wellkept.benefits import coverage
from wellkept.intake import late
from wellkept.intake.models import File, FullFile
from wellkept.intake.naming import Hashes
from wellkept.intake.waiting import Key
from wellkept.policy import practices
from wellkept.policy.rows import uuids
from wellkept.policy.words import Category, Purpose

FILE: Final = "file"
STEP: Final = 500
INCOMPLETE: Final = "incomplete"
WAITING: Final = "waiting"
ENDING: Final = "ending"
ENDED: Final = "ended"
READ: Final = "read"
NOBODY: Final = UUID(int=0)
PUT_ASIDE: Final = "Something of the file was put aside, so it does not say who is covered."
NO_DAY: Final = "The file says no day."
NO_LINES: Final = "It names a member of the plan without saying which coverage they have."


@dataclass(slots=True)
class Spoken:
    """What full sets of a file say of one plan: the day they bear and the lines they name; ``whole`` if all did."""

    told_on: str = ""
    whole: bool = True
    lines: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """One line of one plan in one full file, and what came or would come of it. Days are ISO text."""

    file_id: UUID
    plan_id: UUID
    line: str
    told_on: str
    absent_on: str
    state: str
    covered: int
    absent: int
    reason: str = ""


def last_day(told_on: date, practice: str) -> date:
    """The last day of somebody whom a full file of this day names no more, by the operator's practice."""
    if practice == "day_before_the_file":
        return told_on - timedelta(days=1)
    if practice == "end_of_the_month":
        return told_on.replace(day=monthrange(told_on.year, told_on.month)[1])
    return told_on


def keep(file_id: UUID, spoken: Mapping[UUID, Spoken], *, whole: bool) -> None:
    """Remember what a full file says of plans, in the transaction that ends its reading.

    ``whole``: nothing of it was put aside.
    """
    FullFile.objects.bulk_create(
        FullFile(
            file_id=file_id, plan_id=one.plan_id, line=one.line, told_on=one.told_on or None,
            absent_on=one.absent_on or None, state=one.state, reason=why_not(spoken[one.plan_id], whole=whole),
        )
        for one in scopes_of(file_id, spoken, whole=whole)
    )  # fmt: skip


def scopes_of(file_id: UUID, spoken: Mapping[UUID, Spoken], *, whole: bool) -> list[Scope]:
    """Each line of each plan that a full file speaks for."""
    practice = practices.choice(settings.PACK, "full_file_last_day")
    return [
        Scope(
            file_id=file_id, plan_id=plan, line=line, told_on=told.told_on,
            absent_on=last_day(date.fromisoformat(told.told_on), practice).isoformat() if told.told_on else "",
            state=state, covered=0, absent=0,
        )
        for plan, told in spoken.items()
        for state in [INCOMPLETE if why_not(told, whole=whole) else READ]
        for line in sorted(told.lines) or ([""] if state == INCOMPLETE else [])
    ]  # fmt: skip


def why_not(told: Spoken, *, whole: bool) -> str:
    """Why a full file does not say who of a plan is covered; empty where it does."""
    if not whole:
        return PUT_ASIDE
    if not told.told_on:
        return NO_DAY
    return "" if told.whole else NO_LINES


def apply(file_id: UUID, *, hashes: Hashes, key: Key) -> None:
    """End whom a full file names no more, as far as the limit or a confirmation allows. A kill repeats it."""
    judge(file_id)
    for scope in scopes(file_id, ENDING):
        for people in absent(scope):
            end(people, scope, hashes=hashes, key=key)
        FullFile.objects.filter(file_id=file_id, plan_id=scope.plan_id, line=scope.line).update(state=ENDED)


def judge(file_id: UUID) -> None:
    """Decide plan by plan whether a file's ends may go unasked: all lines of a plan together."""
    plans: dict[UUID, list[Scope]] = {}
    for scope in scopes(file_id, READ):
        plans.setdefault(scope.plan_id, []).append(counted(scope))
    for plan, counts in plans.items():
        over = any(too_many(one) for one in counts)
        with transaction.atomic():
            for one in counts:
                FullFile.objects.filter(file_id=file_id, plan_id=plan, line=one.line).update(
                    state=WAITING if over else ENDING, covered=one.covered, absent=one.absent
                )


def too_many(scope: Scope) -> bool:
    """Whether a full file would end more of those who are covered than the operator allows unasked."""
    return scope.absent * 100 > practices.number(settings.PACK, "full_file_ends_at_most_percent") * scope.covered


def counted(scope: Scope) -> Scope:
    """The scope with how many are covered, and how many of them its file names no more."""
    with connection.cursor() as cursor:
        cursor.execute("select covered, absent from wellkept.intake_counted(%s, %s, %s, %s)", asked(scope))
        covered, gone = cursor.fetchone()
    return replace(scope, covered=covered, absent=gone)


def absent(scope: Scope) -> Iterator[list[UUID]]:
    """Whom a full file names no more, at most 500 at a time."""
    after = NOBODY
    while True:
        with connection.cursor() as cursor:
            cursor.execute("select wellkept.intake_absent(%s, %s, %s, %s, %s, %s)", [*asked(scope), after, STEP])
            people: list[UUID] = cursor.fetchone()[0]
        if not people:
            return
        yield people
        after = people[-1]


def asked(scope: Scope) -> list[UUID | str]:
    """What the functions that compare a plan with a full file are asked with."""
    return [scope.plan_id, scope.line, scope.told_on, scope.absent_on]


def end(people: Sequence[UUID], scope: Scope, *, hashes: Hashes, key: Key) -> None:
    """End the coverage of these people, all or nothing, and note whose claims are to be looked at."""
    with (
        access.enter_as_machine(
            subjects=people, purpose=Purpose.MEMBER_ADMINISTRATION, categories=[Category.COVERAGE],
            occasion=scope.file_id, relationship=FILE,
        ),
        late.noticed(people, file_id=scope.file_id, hashes=hashes, key=key),
    ):  # fmt: skip
        settle(people)


def settle(people: Collection[UUID]) -> None:
    """After a write of coverage: what full files of the plans say of these people, who are held."""
    named = uuids(dict.fromkeys(people))
    with connection.cursor() as cursor:
        cursor.execute("select * from wellkept.intake_absences(%s::uuid[])", [named])
        absences = [coverage.Absence(*row) for row in cursor.fetchall()]
        if absences:
            coverage.settle_absences(absences)
        cursor.execute("select wellkept.intake_note_covered(%s::uuid[])", [named])


def scopes(file_id: UUID, *states: str) -> list[Scope]:
    """What a full file says of plans, in the order of plans and lines, as far as it is in one of these states."""
    return found(FullFile.objects.filter(file_id=file_id, state__in=states).order_by("plan_id", "line"))


def told_of(files: Collection[UUID]) -> list[Scope]:
    """What full files among these came to, but for those that name everybody who is covered."""
    return found(FullFile.objects.filter(file_id__in=files).exclude(state=ENDED, absent=0).order_by("id"))


def found(rows: QuerySet[FullFile]) -> list[Scope]:
    """Rows as finished values."""
    names = ("file_id", "plan_id", "line", "told_on", "absent_on", "state", "covered", "absent", "reason")
    return [
        Scope(
            file_id=file, plan_id=plan, line=line, told_on=told.isoformat() if told else "",
            absent_on=last.isoformat() if last else "", state=state, covered=covered, absent=gone, reason=reason,
        )
        for file, plan, line, told, last, state, covered, gone, reason in rows.values_list(*names)
    ]  # fmt: skip


def confirm(file_id: UUID, *, by: str = "") -> bool:
    """Let a full file end whom it names no more although they are many; returns whether anything waited.

    Intake's own role may do this. What it allows is carried out when files are applied next.
    """
    with transaction.atomic():
        found = FullFile.objects.filter(file_id=file_id, state=WAITING).update(
            state=ENDING, confirmed_at=timezone.now(), confirmed_by=by
        )
        if found:
            File.objects.filter(id=file_id).update(applied_at=None)
    return bool(found)
