"""Organisations on the lists of the real house, each found by what one of its people types."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from tests.accounts.asking import rows
from tests.cluster import Cluster
from wellkept.accounts import actions
from wellkept.organisations import finders

BORN = date(1979, 2, 3)
NUMBERS: Mapping[str, dict[str, str]] = {
    "provider": {"npi": "1234567893", "tax_number": "001234567"},
    "employer": {"group_number": "76-410035", "tax_number": "001234567"},
    "agent": {"producer_number": "P-2210", "tax_number": "001234567"},
    "partner": {"agreement_number": "BA-2024-17", "tax_number": "001234567"},
}
ROSTERED = (
    "insert into organisations_organisation (id, kind, name, street, city, state, postal_code, npi, group_numbers,"
    " agreement_number, producer_number, tax_number, standing, roster_on, told, file_id, collected_under)"
    " values (%s, %s, %s, '12 Mill Road', 'Wausau', 'WI', '54403', %s, %s, %s, %s, '', %s, current_date, '',"
    " gen_random_uuid(), '2026-11-01')"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation of a list, with what its people type."""

    id: UUID
    kind: str
    name: str

    def presented(self) -> bytes:
        """What finds it."""
        return finders.presented(self.kind, name=self.name, **NUMBERS[self.kind])

    def ask(self, *, email: str = "", name: str = "Ana Ortiz") -> None:
        """One of its people asks to register."""
        told = {"name": name, "organisation": self.name, "email": email} | NUMBERS[self.kind]
        actions.ask(audience=self.kind, roster=self.presented(), born=BORN, told=told)


def listed(house: Cluster, kind: str = "provider", *, standing: str = "current") -> Listed:
    """A new organisation on its list."""
    made = Listed(uuid4(), kind, f"Office of {uuid4().hex}")
    numbers = NUMBERS[kind]
    groups = [numbers["group_number"]] if "group_number" in numbers else []
    change(
        house, ROSTERED, made.id, kind, made.name, numbers.get("npi", ""), groups,
        numbers.get("agreement_number", ""), numbers.get("producer_number", ""), standing,
    )  # fmt: skip
    change(
        house, "insert into organisations_finder (index, organisation_id) values (%s, %s)", made.presented(), made.id
    )
    return made


def change(house: Cluster, statement: str, *given: object) -> None:
    """Let something be so, as no role of ours could."""
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        connection.execute(statement, given)


def one(house: Cluster, statement: str, *given: object) -> tuple[object, ...]:
    """The one row of a statement, behind the lock."""
    (row,) = rows(house, statement, *given)
    return row
