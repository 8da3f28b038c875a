"""Applying what was staged, in steps of at most 500 people. Each step is one opening and one transaction, and may be repeated after a kill."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson
from django.db import connection
from django.utils import timezone

from wellkept.access import queries as access
from wellkept.intake import claims, enrolments
from wellkept.intake.actions import Key
from wellkept.intake.models import File
from wellkept.intake.naming import Hashes
from wellkept.intake.values import ENROLMENT
from wellkept.intake.waiting import Waiting
from wellkept.policy.words import Category, Purpose

STEP = 500
FILE = "file"


@dataclass(frozen=True, slots=True)
class Applying:
    """What every step needs: hashes, the intake key, and the policy version in force."""

    hashes: Hashes
    key: Key
    collected_under: str


def apply_all(applying: Applying, *, progress: Callable[[int], None] = lambda _done: None) -> int:
    """Apply every file that waits, oldest first; returns how many statements were applied.

    An 834 releases what earlier files said of the people it brings, and those files are gone through again.
    """
    done = 0
    while (file := File.objects.exclude(read_at=None).filter(applied_at=None).order_by("began").first()) is not None:
        access.begin(file.id, kind=FILE, label=file.sender or None)
        for step in steps(file.id, applying):
            done += apply_step(step, file_id=file.id, applying=applying)
            progress(done)
        File.objects.filter(id=file.id).update(applied_at=timezone.now())
    return done


def steps(file_id: UUID, applying: Applying) -> Iterator[list[Waiting]]:
    """What waits of a file, in its order, at most 500 statements of one kind at a time."""
    last = 0
    while rows := rows_after(file_id, last):
        kind = rows[0][1]
        same = next((i for i, row in enumerate(rows) if row[1] != kind), len(rows))
        last = rows[same - 1][0]
        yield [waiting(row, file_id, applying) for row in rows[:same]]


def rows_after(file_id: UUID, last: int) -> list[tuple[int, str, str, bytes, bytes]]:
    """The next rows of a file that are not kept apart."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, kind, set_number, finder, content from wellkept.intake_staged"
            " where file_id = %s and id > %s and not apart order by id limit %s",
            [file_id, last, STEP],
        )
        return cursor.fetchall()


def waiting(row: tuple[int, str, str, bytes, bytes], file_id: UUID, applying: Applying) -> Waiting:
    """A row, unsealed."""
    number, kind, set_number, finder, sealed = row
    whole = orjson.loads(applying.key.unseal(bytes(sealed), file_id=file_id))
    said = orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)
    return Waiting(
        id=number, kind=kind, set_number=set_number, finder=bytes(finder), naming=whole["naming"], content=whole["content"],
        digest=hashlib.sha256(said).digest(),
    )  # fmt: skip


def apply_step(step: Sequence[Waiting], *, file_id: UUID, applying: Applying) -> int:
    """Apply statements of one kind; returns how many. Those whose person is on no 834 are kept apart."""
    room = enrolments if step[0].kind == ENROLMENT else claims
    plan = room.prepare(step, file_id=file_id, hashes=applying.hashes)
    if plan.apart:
        keep_apart(plan.apart)
    if not plan.people:
        return 0
    keys = room.keys(plan.people)
    categories = enrolments.CATEGORIES if room is enrolments else claims.CATEGORIES
    purpose = Purpose.MEMBER_ADMINISTRATION if room is enrolments else Purpose.PAYMENT
    with access.enter_as_machine(
        subjects=plan.people, purpose=purpose, categories=categories, occasion=file_id, relationship=FILE
    ):
        room.write(plan, keys=keys, collected_under=applying.collected_under)
        forget(plan.rows)
        if plan.finders:
            release(plan.finders)
    return len(plan.rows)


def keep_apart(rows: Sequence[int]) -> None:
    """Statements about people on no 834: readable by no door, until one brings them."""
    with connection.cursor() as cursor:
        cursor.execute("update wellkept.intake_staged set apart = true where id = any(%s)", [list(rows)])


def forget(rows: Sequence[int]) -> None:
    """Statements that were applied wait no longer."""
    with connection.cursor() as cursor:
        cursor.execute("delete from wellkept.intake_staged where id = any(%s)", [list(rows)])


def release(finders: Sequence[bytes]) -> None:
    """What was kept apart about these people waits again, and its files with it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "with released as (update wellkept.intake_staged set apart = false where apart and finder = any(%s::bytea[]) returning file_id)"
            " update wellkept.intake_file set applied_at = null where id in (select file_id from released)",
            [list(finders)],
        )


__all__ = ["Applying", "Category", "apply_all"]
