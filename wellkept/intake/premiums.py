"""Premium payments (820): what organisations paid, as business data; what was paid for one person, under the lock."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Final
from uuid import UUID

from django.db import connection

from wellkept.intake import naming as named
from wellkept.intake.models import Payment
from wellkept.intake.steps import Prepared, Step
from wellkept.intake.waiting import Waiting
from wellkept.people import finders
from wellkept.policy.rows import as_json
from wellkept.policy.words import Category, Purpose

INSERT: Final = f"""
insert into wellkept.intake_premium (id, person_id, category, plan_id, collected_under, restricted, payment_id,
  reference,
  begins_on, ends_on, amount, adjusted, file_id, set_number)
select id, person_id, '{Category.COVERAGE}', plan_id, %s, false, payment_id, reference, begins_on, ends_on, amount,
  adjusted, file_id, set_number
from json_to_recordset(%s::json) as r(id uuid, person_id uuid, plan_id uuid, payment_id uuid, reference text,
  begins_on date, ends_on date, amount numeric, adjusted numeric, file_id uuid,
  set_number text)
on conflict (person_id, id) do nothing
"""  # noqa: S608  (the category is a word of ours)


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment and what its parts come to. Days are ISO text, amounts US dollars."""

    id: UUID
    payer: str
    payee: str
    trace_number: str
    paid_on: str
    amount: Decimal
    told: Decimal
    parts: int
    people: int


def keep(file_id: UUID, payments: Collection[Paid]) -> None:
    """Keep payments; one that was told before is kept once."""
    rows = [
        Payment(
            id=paid.id, payer=paid.payer, payee=paid.payee, trace_number=paid.trace_number,
            paid_on=paid.paid_on or None, amount=paid.amount, told=paid.told, parts=paid.parts, people=paid.people,
            file_id=file_id,
        )
        for paid in payments
    ]  # fmt: skip
    Payment.objects.bulk_create(rows, ignore_conflicts=True)


def prepare(waiting: Sequence[Waiting], *, file_id: UUID, collected_under: str) -> Prepared:
    """Find the person of each premium. One that finds nobody, or more than one, is kept apart."""
    prepared = Prepared()
    found = finders.found(named.BY_NAME, {one.finder for one in waiting})
    origins = finders.origins({person for meant in found.values() for person, _plan in meant})
    rows: list[dict[str, object]] = []
    taken: list[int] = []
    for one in waiting:
        meant = found.get(one.finder, [])
        if len(meant) != 1:
            prepared.apart.append(one.id)
            continue
        taken.append(one.id)
        ((person, plan),) = meant
        rows.append(row(one, person=person, origin=origins.get(person, person), plan=plan, file_id=file_id))
    if rows:
        people = list(dict.fromkeys(found[one.finder][0][0] for one in waiting if one.id in set(taken)))
        brought = partial(write, rows, collected_under=collected_under)
        prepared.steps.append(Step(people, Purpose.PAYMENT, (Category.COVERAGE,), taken, brought))
    return prepared


def row(one: Waiting, *, person: UUID, origin: UUID, plan: UUID, file_id: UUID) -> dict[str, object]:
    """One row of intake_premium, named by its content, so that saying it again changes nothing, after a split too."""
    said = one.content
    return {
        "id": named.statement_id(origin, one.digest),
        "person_id": person,
        "plan_id": plan,
        "payment_id": said["payment"],
        "reference": said["reference"],
        "begins_on": said["begins"] or None,
        "ends_on": said["ends"] or None,
        "amount": said["paid"],
        "adjusted": said["adjusted"],
        "file_id": file_id,
        "set_number": one.set_number,
    }


def write(rows: Sequence[dict[str, object]], *, collected_under: str) -> None:
    """Write premiums. An opening of their people is held."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [collected_under, as_json(rows)])


def move(one: UUID, other: UUID, *, file_id: UUID, set_number: str) -> None:
    """Premiums that a set told of one record go to the other. Both are open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update wellkept.intake_premium set person_id = %s"
            " where person_id = %s and file_id = %s and set_number = %s",
            [other, one, file_id, set_number],
        )
