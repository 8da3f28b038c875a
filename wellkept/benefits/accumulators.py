"""Balances as a plan's claims system tells them. An opening of the people they are about must be held."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection

from wellkept.policy.rows import as_json, uuids
from wellkept.policy.words import Category


@dataclass(frozen=True, slots=True)
class BalanceTold:
    """One figure of one person's row as a file told it; a family's figure is told once for each of its people.

    ``told`` orders what several files say of it: the day of which it is true, then a hash of what it says.
    """

    id: UUID
    person_id: UUID
    plan_id: UUID
    name: str
    network: str
    year_begins: date
    kind: str
    scope: str
    amount: Decimal
    as_of: date
    told: str
    file_id: UUID
    line: int


def household(people: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Who is of one household with each of these people, themselves among them. Ids alone: nobody is opened."""
    found: dict[UUID, list[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select asked, person from wellkept.benefits_household(%s::uuid[])", [uuids(people)])
        for asked, person in cursor.fetchall():
            found.setdefault(asked, []).append(person)
    return found


def bring_balances(told: Sequence[BalanceTold], *, collected_under: str) -> int:
    """Write balances; of two tellings the one of the later day stands. Returns how many rows that changed.

    Each row is its person's alone to read: a sum holds sensitive care too, and tells it by subtraction.

    A family's figure is written for those of its people whom the plan covered on the day of which it is true: somebody
    who left is told nothing of the family from then on.
    """
    latest: dict[tuple[UUID, UUID], BalanceTold] = {}
    for one in told:
        place = (one.person_id, one.id)
        latest[place] = max(one, latest.get(place, one), key=lambda row: row.told)
    rows = [asdict(one) | {"amount": str(one.amount)} for one in latest.values()]
    with connection.cursor() as cursor:
        cursor.execute(BALANCES, [collected_under, as_json(rows)])
        return int(cursor.rowcount)


BALANCES = f"""
insert into wellkept.benefits_balance as b (id, person_id, category, plan_id, collected_under, restricted, name,
  network, year_begins, kind, scope, amount, as_of, source, told, file_id, line)
select r.id, r.person_id, '{Category.CLAIMS}', r.plan_id, %s, true, r.name, r.network, r.year_begins, r.kind,
  r.scope, r.amount, r.as_of, 'told', r.told, r.file_id, r.line
from json_to_recordset(%s::json) as r(id uuid, person_id uuid, plan_id uuid, name text, network text, year_begins date,
  kind text, scope text, amount numeric, as_of date, told text, file_id uuid, line bigint)
where r.scope = 'person' or exists (
  select from wellkept.benefits_coverage c where c.person_id = r.person_id and c.plan_id = r.plan_id
     and coalesce(c.begins_on, r.as_of) <= r.as_of and coalesce(c.ends_on, r.as_of) >= r.as_of)
on conflict (person_id, id) do update set name = excluded.name, amount = excluded.amount, as_of = excluded.as_of,
  told = excluded.told, file_id = excluded.file_id, line = excluded.line, collected_under = excluded.collected_under
where b.told collate "C" < excluded.told
"""  # noqa: S608  (the category is a word of ours)
