"""Plans and providers as files name them."""

from collections.abc import Mapping
from uuid import UUID

from django.db import connection

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
