"""Plans, their terms and providers as files tell them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from uuid import UUID

from django.db import connection

from wellkept.organisations.terms import TermsTold
from wellkept.policy.rows import as_json


def bring_plans(plans: Mapping[UUID, tuple[str, str]], *, collected_under: str) -> None:
    """Plans by id, each its sponsor and group number. Of two spellings the first in the alphabet stands."""
    rows = [{"id": plan, "sponsor": sponsor, "group_number": group} for plan, (sponsor, group) in plans.items()]
    statement = (
        "insert into wellkept.organisations_plan as p (id, sponsor, group_number, collected_under)"
        " select id, sponsor, group_number, %s"
        " from json_to_recordset(%s::json) as r(id uuid, sponsor text, group_number text)"
        ' on conflict (id) do update set sponsor = excluded.sponsor where excluded.sponsor collate "C" < p.sponsor'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [collected_under, as_json(rows)])


def bring_providers(providers: Mapping[UUID, tuple[str, str]], *, collected_under: str) -> None:
    """Providers by id, each its NPI and name. Of two spellings the first in the alphabet stands."""
    rows = [{"id": provider, "npi": npi, "name": name} for provider, (npi, name) in providers.items()]
    statement = (
        "insert into wellkept.organisations_provider as p (id, npi, name, collected_under)"
        " select id, npi, name, %s from json_to_recordset(%s::json) as r(id uuid, npi text, name text)"
        ' on conflict (id) do update set name = excluded.name where excluded.name collate "C" < p.name'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [collected_under, as_json(rows)])


def bring_terms(told: Sequence[TermsTold], *, collected_under: str) -> int:
    """Write terms; of two tellings of a row the one of the later day stands. Returns how many rows that changed."""
    latest: dict[UUID, TermsTold] = {}
    for one in told:
        latest[one.id] = max(one, latest.get(one.id, one), key=lambda row: row.told)
    with connection.cursor() as cursor:
        cursor.execute(TERMS, [collected_under, as_json(_plain(one) for one in latest.values())])
        return int(cursor.rowcount)


def _plain(told: TermsTold) -> dict[str, object]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(told).items()}


TERMS = """
insert into wellkept.organisations_terms as t (id, plan_id, name, network, year_begins, service, covered, copay,
  coinsurance, note, deductible_person, deductible_family, out_of_pocket_person, out_of_pocket_family, as_of, told,
  collected_under)
select id, plan_id, name, network, year_begins, service, covered, copay, coinsurance, note, deductible_person,
  deductible_family, out_of_pocket_person, out_of_pocket_family, as_of, told, %s
from json_to_recordset(%s::json) as r(id uuid, plan_id uuid, name text, network text, year_begins date, service text,
  covered boolean, copay numeric, coinsurance numeric, note text, deductible_person numeric, deductible_family numeric,
  out_of_pocket_person numeric, out_of_pocket_family numeric, as_of date, told text)
on conflict (id) do update set name = excluded.name, covered = excluded.covered, copay = excluded.copay,
  coinsurance = excluded.coinsurance, note = excluded.note, deductible_person = excluded.deductible_person,
  deductible_family = excluded.deductible_family, out_of_pocket_person = excluded.out_of_pocket_person,
  out_of_pocket_family = excluded.out_of_pocket_family, as_of = excluded.as_of, told = excluded.told,
  collected_under = excluded.collected_under
where t.told collate "C" < excluded.told
"""
