"""Applying what was staged, in steps of at most 500 people.

Each step is one transaction in an opening of its people, and may be repeated after a kill.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from wellkept.access import queries as access
from wellkept.intake import claims, ends, enrolments, late, premiums, totals
from wellkept.intake.models import SetAside
from wellkept.intake.naming import Hashes
from wellkept.intake.queries import next_file
from wellkept.intake.steps import Prepared, Step
from wellkept.intake.totals import Sums
from wellkept.intake.values import ENROLMENT, KINDS, LATE, PREMIUM
from wellkept.intake.waiting import Key, Waiting, unpacked
from wellkept.policy.rows import hexes, numbers
from wellkept.policy.statements import do

STEP: Final = 500
FILE: Final = "file"
REMOVED: Final = "Somebody whose record was removed is named again. Nothing of it is kept."
REPEATED: Final = (
    "delete from wellkept.intake_staged s using wellkept.intake_staged o where s.id = any(%s::bigint[])"
    " and o.apart and o.finder = s.finder and o.digest = s.digest and o.kind = s.kind and o.id < s.id returning s.id"
)
# Plans are kept while the tables grow under them: a scan that was right for a hundred rows must not stay for a million.
SETTINGS: Final = (
    "select set_config('synchronous_commit', 'off', true), set_config('enable_seqscan', 'off', true),"
    " set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)"
)


@dataclass(frozen=True, slots=True)
class Applying:
    """What every step needs: hashes, the intake key, and the policy version in force."""

    hashes: Hashes
    key: Key
    collected_under: str


def apply_all(applying: Applying, *, progress: Callable[[int], None] = lambda _done: None) -> int:
    """Apply every file that waits, oldest first; returns how many statements were applied.

    An 834 releases what earlier files said of the people it brings, and those files are gone through again. A full
    file ends whom it names no more after everything that it says was written.
    """
    done = 0
    while (file := next_file()) is not None:
        file_id, sender = file
        access.begin(file_id, kind=FILE, label=sender or None)
        for kind in KINDS:
            for waiting in steps(file_id, kind, applying.key):
                done += apply_step(kind, waiting, file_id=file_id, applying=applying)
                progress(len(waiting))
        ends.apply(file_id, hashes=applying.hashes, key=applying.key)
        for waiting in steps(file_id, LATE, applying.key):
            apply_step(LATE, waiting, file_id=file_id, applying=applying)
        end_applying(file_id)
    return done


def steps(file_id: UUID, kind: str, key: Key) -> Iterator[list[Waiting]]:
    """What waits of a file, at most 500 statements of a kind at a time; what is said of one person stands together."""
    last: tuple[bytes, int] = (b"", 0)
    while rows := rows_after(file_id, kind, last):
        last = (rows[-1][2], rows[-1][0])
        yield [unpacked(row, file_id=file_id, kind=kind, key=key) for row in rows]


def rows_after(file_id: UUID, kind: str, last: tuple[bytes, int]) -> list[tuple[int, str, bytes, bytes, bytes]]:
    """The next rows of a file that are not kept apart."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, set_number, finder, digest, content from wellkept.intake_staged"
            " where file_id = %s and kind = %s and not apart and (finder, id) > (%s, %s) order by finder, id limit %s",
            [file_id, kind, *last, STEP],
        )
        rows: list[tuple[int, str, bytes, bytes, bytes]] = cursor.fetchall()
        return rows


def apply_step(kind: str, waiting: Sequence[Waiting], *, file_id: UUID, applying: Applying) -> int:
    """Apply statements of one kind; returns how many. Those whose person is on no 834 are kept apart."""
    prepared = prepare(kind, waiting, file_id=file_id, applying=applying)
    worth = {one.id: totals.worth(kind, one.content) if kind in totals.OF_KIND else {} for one in waiting}
    keep_apart(prepared.apart, file_id=file_id, worth=worth)
    drop(prepared.dropped, file_id=file_id, worth=worth)
    for step in prepared.steps:
        write(step, occasion=file_id, sums=summed(step.rows, worth))
    return sum(len(step.rows) for step in prepared.steps)


def prepare(kind: str, waiting: Sequence[Waiting], *, file_id: UUID, applying: Applying) -> Prepared:
    """The steps that write statements of one kind."""
    hashes, under = applying.hashes, applying.collected_under
    if kind == ENROLMENT:
        return enrolments.prepare(waiting, file_id=file_id, hashes=hashes, key=applying.key, collected_under=under)
    if kind == PREMIUM:
        return premiums.prepare(waiting, file_id=file_id, collected_under=under)
    if kind == LATE:
        return late.prepare(waiting, file_id=file_id, hashes=hashes, collected_under=under)
    return claims.prepare(waiting, file_id=file_id, hashes=hashes, collected_under=under)


def summed(rows: Collection[int], worth: Mapping[int, Sums]) -> Sums:
    """What some statements come to."""
    sums: Sums = {}
    for row in rows:
        totals.add(sums, worth[row])
    return sums


def write(step: Step, *, occasion: UUID, sums: Sums) -> None:
    """Open the people of a step and write what it says, all or nothing.

    This commit need not wait for the disk: until it is there the rows wait in staging, and the next entry's commit
    brings it there.
    """
    with access.enter_as_machine(
        subjects=step.people, purpose=step.purpose, categories=step.categories, occasion=occasion, relationship=FILE
    ):
        do(SETTINGS)
        step.write()
        forget(step.rows)
        totals.became(occasion, "applied", sums)
        release(step.finders)


def keep_apart(rows: Collection[int], *, file_id: UUID, worth: Mapping[int, Sums]) -> None:
    """Statements about people on no 834: readable by no door, until one brings them. Said twice, they are kept once."""
    if not rows:
        return
    with transaction.atomic():
        do("update wellkept.intake_staged set apart = true where id = any(%s::bigint[])", numbers(rows))
        with connection.cursor() as cursor:
            cursor.execute(REPEATED, [numbers(rows)])
            repeated = {row for (row,) in cursor.fetchall()}
        totals.became(file_id, "repeated", summed(repeated, worth))


def drop(rows: Collection[int], *, file_id: UUID, worth: Mapping[int, Sums]) -> None:
    """What is said of people whose record was removed goes, and the file's account says so without naming them."""
    if rows:
        with transaction.atomic():
            forget(rows)
            totals.became(file_id, "dropped", summed(rows, worth))
            SetAside.objects.create(file_id=file_id, segment=0, reason=REMOVED, fatal=False)


def forget(rows: Collection[int]) -> None:
    """Statements that were applied wait no longer."""
    do("delete from wellkept.intake_staged where id = any(%s::bigint[])", numbers(rows))


def release(finders: Sequence[bytes]) -> None:
    """What was kept apart about these people waits again, and its files with it."""
    if finders:
        do(
            "with released as (update wellkept.intake_staged set apart = false"
            " where apart and finder = any(%s::bytea[]) returning file_id)"
            " update wellkept.intake_file set applied_at = null where id in (select file_id from released)",
            hexes(finders),
        )


def end_applying(file_id: UUID) -> None:
    """A file of which nothing waits is applied. What is kept apart of it waits for an 834."""
    waits = "exists (select from wellkept.intake_staged s where s.file_id = f.id and not s.apart)"
    do(f"update wellkept.intake_file f set applied_at = now() where f.id = %s and not {waits}", file_id)  # noqa: S608  (words of ours)
