"""Coverage that ends earlier than claims were decided for: those claims are listed for the desk, and never touched.

Ending coverage opens nobody's claims. Whose last day moved back is noted, sealed, in the transaction that moves it, and
looked at in a step of its own.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

import orjson
from django.db import connection

from wellkept.benefits import coverage
from wellkept.benefits.coverage import LastDay, Served
from wellkept.intake.models import Late
from wellkept.intake.naming import Hashes, as_uuid
from wellkept.intake.steps import Prepared, Step
from wellkept.intake.values import LATE
from wellkept.intake.waiting import NEWLINE, Key, Row, Waiting
from wellkept.policy.rows import as_json, uuids
from wellkept.policy.words import Category, Purpose

CATEGORIES: Final = (Category.COVERAGE, Category.CLAIMS, Category.SENSITIVE_CLAIMS)
NO_NAMES: Final = ("", "", "", "")
INSERT: Final = """
insert into wellkept.intake_late (id, person_id, category, plan_id, collected_under, restricted, claim_id, served_from,
  file_id, found_at)
select id, person_id, category, plan_id, %s, false, claim_id, served_from, file_id, now()
from json_to_recordset(%s::json) as r(id uuid, person_id uuid, category text, plan_id uuid, claim_id uuid,
  served_from date, file_id uuid)
on conflict (person_id, id) do nothing
"""


@contextmanager
def noticed(people: Collection[UUID], *, file_id: UUID, hashes: Hashes, key: Key) -> Iterator[None]:
    """Within the block the coverage of ``people``, who are held, is written; whose last day moved back is noted."""
    before = coverage.last_days(people)
    yield
    after = coverage.last_days(people)
    moved = {day.person_id for row, day in after.items() if moved_back(before.get(row), day)}
    if moved:
        stage([packed(person, file_id=file_id, hashes=hashes, key=key) for person in sorted(moved)])


def moved_back(before: LastDay | None, after: LastDay) -> bool:
    """Whether coverage that stood before ends earlier now, on a day that care may have followed."""
    if before is None or after.ends_on is None or after.ends_on >= date.today():  # noqa: DTZ011  (days of the desk)
        return False
    return before.ends_on is None or before.ends_on > after.ends_on


def packed(person: UUID, *, file_id: UUID, hashes: Hashes, key: Key) -> Row:
    """A note to look at one person's claims, as the row that waits."""
    whole = orjson.dumps([str(person), *NO_NAMES]) + NEWLINE + b"{}"
    digest, finder = hashes.digest(whole), hashes.finder(LATE, str(person))
    return (file_id, 0, "", LATE, finder, digest, False, key.seal(whole, file_id=file_id, digest=digest))


def stage(rows: Sequence[Row]) -> None:
    """Let notes wait, in the transaction that is open."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into wellkept.intake_staged (file_id, place, set_number, kind, finder, digest, apart, content)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s)",
            rows,
        )


def prepare(waiting: Sequence[Waiting], *, file_id: UUID, hashes: Hashes, collected_under: str) -> Prepared:
    """One step that looks at the claims of everybody whose coverage was ended to an earlier day."""
    people = list(dict.fromkeys(UUID(one.naming.number) for one in waiting))
    look = partial(write, people, file_id=file_id, hashes=hashes, collected_under=collected_under)
    rows = [one.id for one in waiting]
    return Prepared(steps=[Step(people, Purpose.PAYMENT, CATEGORIES, rows, look)])


def write(people: Sequence[UUID], *, file_id: UUID, hashes: Hashes, collected_under: str) -> None:
    """List the claims. An opening of the people is held."""
    rows = [row(served, file_id=file_id, hashes=hashes) for served in coverage.decided_after_the_end(people)]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [collected_under, as_json(rows)])
            cursor.execute(
                "update wellkept.intake_file set counts = counts || jsonb_build_object('late_claims',"
                " coalesce((counts->>'late_claims')::bigint, 0) + %s) where id = %s",
                [len(rows), file_id],
            )


def row(served: Served, *, file_id: UUID, hashes: Hashes) -> dict[str, object]:
    """One row of intake_late. Found again by another file, a claim is listed once."""
    return {
        "id": as_uuid(hashes.finder(LATE, str(served.claim_id))),
        "person_id": served.person_id,
        "category": served.category,
        "plan_id": served.plan_id,
        "claim_id": served.claim_id,
        "served_from": served.served_from,
        "file_id": file_id,
    }


def follow(one: UUID, other: UUID, claims: Collection[UUID]) -> None:
    """Claims that left one record for the other are listed for the other. Both are open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update wellkept.intake_late l set person_id = %s where l.person_id = %s and l.claim_id = any(%s::uuid[])"
            " and not exists (select from wellkept.benefits_claim c"
            " where c.person_id = l.person_id and c.id = l.claim_id)",
            [other, one, uuids(claims)],
        )


def listed(people: Collection[UUID]) -> list[tuple[UUID, UUID, date]]:
    """Claim, file and day of care of what is listed of people whose claims are open."""
    rows = Late.objects.filter(person_id__in=people).order_by("served_from", "claim_id")
    return list(rows.values_list("claim_id", "file_id", "served_from"))


def counted(files: Collection[UUID]) -> list[int]:
    """How many claims each of these files put on the desk's list, where it put any."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select (counts->>'late_claims')::bigint from wellkept.intake_file"
            " where id = any(%s::uuid[]) and counts ? 'late_claims' order by began, id",
            [uuids(files)],
        )
        return [number for (number,) in cursor.fetchall()]
