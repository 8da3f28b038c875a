"""Plans and providers by id. They stand in directories: no key is needed."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from wellkept.organisations.models import Plan, Provider


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan of one employer's group."""

    id: UUID
    sponsor: str
    group_number: str


def plans(ids: Collection[UUID]) -> dict[UUID, PlanLine]:
    """The plans with these ids."""
    rows = Plan.objects.filter(id__in=ids).values_list("id", "sponsor", "group_number")
    return {row[0]: PlanLine(*row) for row in rows}


def providers(ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of the providers with these ids."""
    return dict(Provider.objects.filter(id__in=ids).values_list("id", "name"))
