"""Coverage as files tell it, in any order. An opening of the people it is about must be held.

What a file says of somebody and what a full file says by naming them no more are kept apart, and the last day follows
from both: whichever came first.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

from wellkept.policy.rows import as_json, uuids
from wellkept.policy.words import Category


@dataclass(frozen=True, slots=True)
class CoverageTold:
    """One kind of coverage as a file told it.

    ``told`` orders what several files say of it; ``begins_told`` and ``ends_told`` order its days, and are empty where
    the file said nothing of that day.
    """

    id: UUID
    person_id: UUID
    plan_id: UUID
    line: str
    description: str
    level: str
    told: str
    begins_on: str | None
    ends_on: str | None
    begins_told: str
    ends_told: str
    file_id: UUID
    set_number: str


@dataclass(frozen=True, slots=True)
class Absence:
    """One coverage, and the first full file after the last word on it that names it no more; None where none does."""

    id: UUID
    person_id: UUID
    absent_on: date | None
    file_id: UUID | None


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Somebody whose every coverage a file ended. ``told`` orders it among what else is said of last days."""

    person_id: UUID
    ends_on: str
    told: str


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day of one coverage; None while it goes on."""

    person_id: UUID
    plan_id: UUID
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One coverage as it stands, to be compared with what a file says. Days are ISO text, None where not said."""

    description: str
    level: str
    told: str
    begins_on: str | None
    ends_on: str | None
    said_ends_on: str | None
    begins_told: str
    ends_told: str


@dataclass(frozen=True, slots=True)
class Served:
    """A decided claim for care on a day on which nothing of its plan covered the person any more."""

    claim_id: UUID
    person_id: UUID
    plan_id: UUID
    category: str
    served_from: date


COVERED: Final = tuple(field.name for field in fields(CoverageTold))


def bring_coverage(coverages: Sequence[CoverageTold], *, collected_under: str) -> None:
    """Write coverage. Words, first day and last day each stand as the latest file that said them."""
    merged: dict[UUID, CoverageTold] = {}
    for told in coverages:
        standing = merged.get(told.id)
        merged[told.id] = later(standing, told) if standing else told
    rows = [{name: getattr(told, name) for name in COVERED} for told in merged.values()]
    with connection.cursor() as cursor:
        cursor.execute(COVERAGE, [collected_under, as_json(rows)])


def later(standing: CoverageTold, told: CoverageTold) -> CoverageTold:
    """Two tellings of one coverage as one."""
    words, begins, ends = (
        max(standing, told, key=lambda c: c.told),
        max(standing, told, key=lambda c: c.begins_told),
        max(standing, told, key=lambda c: c.ends_told),
    )
    return CoverageTold(
        id=told.id, person_id=told.person_id, plan_id=told.plan_id, line=told.line, description=words.description,
        level=words.level, told=words.told, begins_on=begins.begins_on, ends_on=ends.ends_on,
        begins_told=begins.begins_told, ends_told=ends.ends_told, file_id=words.file_id, set_number=words.set_number,
    )  # fmt: skip


def cancel_coverage(cancelled: Sequence[Cancelled]) -> None:
    """End every coverage of people whom a file cancels without naming any coverage."""
    latest = {one.person_id: one for one in sorted(cancelled, key=lambda one: one.told)}
    with connection.cursor() as cursor:
        cursor.execute(CANCELLED, [as_json(asdict(one) for one in latest.values())])


def settle_absences(absences: Sequence[Absence]) -> None:
    """Let full files end what they name no more, and what is named again go on. Last days follow from both."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLED, [as_json(asdict(one) for one in absences)])


def last_days(people: Collection[UUID]) -> dict[UUID, LastDay]:
    """The last day of each coverage of these people, by the coverage's id."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_DAYS, [uuids(dict.fromkeys(people))])
        return {row[0]: LastDay(*row[1:]) for row in cursor.fetchall()}


def standing(people: Collection[UUID]) -> dict[UUID, dict[UUID, Standing]]:
    """Every coverage of these people as it stands, by person and id."""
    found: dict[UUID, dict[UUID, Standing]] = {}
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [uuids(dict.fromkeys(people))])
        for person, row, *said in cursor.fetchall():
            found.setdefault(person, {})[row] = Standing(*said)
    return found


def served_after(days: Mapping[UUID, str]) -> list[UUID]:
    """Who of these people has a decided claim for care after the day that is given for them."""
    with connection.cursor() as cursor:
        rows = ({"person_id": person, "day": day} for person, day in days.items())
        cursor.execute(SERVED_AFTER, [as_json(rows)])
        return [person for (person,) in cursor.fetchall()]


def decided_after_the_end(people: Collection[UUID]) -> list[Served]:
    """Decided claims of these people for care after coverage in the claim's plan had ended. Nothing changes them."""
    with connection.cursor() as cursor:
        cursor.execute(UNCOVERED, [uuids(dict.fromkeys(people))])
        return [Served(*row) for row in cursor.fetchall()]


COVERAGE = f"""
insert into wellkept.benefits_coverage as c (id, person_id, category, plan_id, collected_under, restricted, line,
  description, level, told,
  begins_on, ends_on, said_ends_on, begins_told, ends_told, file_id, set_number)
select id, person_id, '{Category.COVERAGE}', plan_id, %s, false, line, description, level, told, begins_on, ends_on,
  ends_on, begins_told, ends_told, file_id, set_number
from json_to_recordset(%s::json) as r(id uuid, person_id uuid, plan_id uuid, line text, description text,
  level text, told text, begins_on date,
  ends_on date, begins_told text, ends_told text, file_id uuid, set_number text)
on conflict (person_id, id) do update set
  description = case when c.told collate "C" < excluded.told then excluded.description else c.description end,
  level = case when c.told collate "C" < excluded.told then excluded.level else c.level end,
  file_id = case when c.told collate "C" < excluded.told then excluded.file_id else c.file_id end,
  set_number = case when c.told collate "C" < excluded.told then excluded.set_number else c.set_number end,
  told = greatest(c.told collate "C", excluded.told),
  begins_on = case when c.begins_told collate "C" < excluded.begins_told then excluded.begins_on else c.begins_on end,
  begins_told = greatest(c.begins_told collate "C", excluded.begins_told),
  said_ends_on =
    case when c.ends_told collate "C" < excluded.ends_told then excluded.said_ends_on else c.said_ends_on end,
  ends_on = case when c.absent_on is null and c.ends_told collate "C" < excluded.ends_told then excluded.ends_on
    else c.ends_on end,
  ends_told = greatest(c.ends_told collate "C", excluded.ends_told)
where c.told collate "C" < excluded.told or c.begins_told collate "C" < excluded.begins_told
  or c.ends_told collate "C" < excluded.ends_told
"""  # noqa: S608  (the category is a word of ours)

CANCELLED = """
update wellkept.benefits_coverage c set said_ends_on = r.ends_on, ends_told = r.told,
  ends_on = case when c.absent_on is null then r.ends_on else c.ends_on end
from json_to_recordset(%s::json) as r(person_id uuid, ends_on date, told text)
where c.person_id = r.person_id and c.ends_told collate "C" < r.told
"""

SETTLED = """
update wellkept.benefits_coverage c set absent_on = r.absent_on, absent_file_id = r.file_id,
  ends_on = coalesce(r.absent_on, c.said_ends_on)
from json_to_recordset(%s::json) as r(id uuid, person_id uuid, absent_on date, file_id uuid)
where c.person_id = r.person_id and c.id = r.id
"""

LAST_DAYS = """
select id, person_id, plan_id, ends_on from wellkept.benefits_coverage where person_id = any(%s::uuid[])
"""

STANDING = """
select person_id, id, description, level, told, begins_on::text, ends_on::text, said_ends_on::text,
  begins_told, ends_told
from wellkept.benefits_coverage where person_id = any(%s::uuid[])
"""

SERVED_AFTER = """
select distinct r.person_id from json_to_recordset(%s::json) as r(person_id uuid, day date)
join wellkept.benefits_claim c on c.person_id = r.person_id and c.served_from > r.day
where c.decided_on is not null and c.status <> 'reversed'
"""

UNCOVERED = """
select c.id, c.person_id, c.plan_id, c.category, c.served_from from wellkept.benefits_claim c
where c.person_id = any(%s::uuid[]) and c.decided_on is not null and c.status <> 'reversed'
  and exists (select from wellkept.benefits_coverage v
    where v.person_id = c.person_id and v.plan_id = c.plan_id and v.ends_on < c.served_from)
  and not exists (select from wellkept.benefits_coverage v
    where v.person_id = c.person_id and v.plan_id = c.plan_id and coalesce(v.begins_on <= c.served_from, true)
      and coalesce(v.ends_on >= c.served_from, true))
order by c.person_id, c.served_from, c.id
"""
