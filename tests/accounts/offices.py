"""Organisations whose people come in: accounts with open sessions, agreed to what they owe, in the real house."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import psycopg

from tests.cast import account, session
from tests.cluster import Cluster

AGREED = (
    "insert into wellkept.consent_acknowledgement (account_id, document, version, at)"
    " select %s, d.name, d.version, now() from wellkept.consent_document d"
    " where d.audience = %s and d.effective <= now() on conflict do nothing"
)
NAMES = {
    "provider": "Mill Road Clinic",
    "employer": "Hartwell Manufacturing",
    "agent": "Prairie Benefits",
    "partner": "Northern Print",
}
NUMBERS: dict[str, tuple[str, list[str], str, str]] = {
    "provider": ("1234567893", [], "", ""),
    "employer": ("", ["76-410035"], "", ""),
    "agent": ("", ["76-410035", "76-410036"], "", "P-2210"),
    "partner": ("", [], "BA-2024-17", ""),
}
"""NPI, groups, agreement and producer number as the roster of each kind has them."""
ROSTERED = (
    "insert into wellkept.organisations_organisation (id, kind, name, street, city, state, postal_code, npi,"
    " group_numbers, agreement_number, producer_number, tax_number, standing, roster_on, told, file_id,"
    " collected_under) values (%s, %s, %s, '12 Mill Road', 'Wausau', 'WI', '54403', %s, %s, %s, %s, '', 'current',"
    " current_date, '', gen_random_uuid(), '2026-11-01')"
)
PLACE = (
    "update wellkept.accounts_account set organisation_id = %s, administers = %s,"
    " renewed_at = now() - make_interval(days => %s) where id = %s"
)


@dataclass(slots=True)
class Office:
    """One organisation: the ids of its accounts, and the secrets of their open sessions, by name."""

    house: Cluster
    id: UUID
    role: str
    operator: str = "umr"
    accounts: dict[str, UUID] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    hashes: dict[str, bytes] = field(default_factory=dict)

    def joins(self, name: str, *, administers: bool = False, agreed: bool = True, days: int = 0) -> UUID:
        """Somebody comes in, renewed so many days ago, with an open session."""
        with self.house.administer(f"wellkept_{self.operator}") as connection:
            connection.execute("set search_path = wellkept")
            made = account(connection, role=self.role, person=None, actor=name)
            connection.execute(PLACE, [self.id, administers, days, made])
            if agreed:
                connection.execute(AGREED, [made, self.role])
            self.accounts[name] = made
            self.sits(connection, name)
        return made

    def sits(self, connection: psycopg.Connection, name: str) -> None:
        """A new session of somebody's."""
        self.secrets[name] = f"{name} {uuid4()}"
        self.hashes[name] = session(
            connection, self.accounts[name], role=self.role, person=None, actor=name, secret=self.secrets[name]
        )

    def change(self, statement: str, *given: object) -> None:
        """Let something be so, as no role of ours could."""
        with self.house.administer(f"wellkept_{self.operator}") as connection:
            connection.execute("set search_path = wellkept")
            connection.execute(statement, given)

    def ask(self, statement: str, *given: object) -> list[tuple[object, ...]]:
        """Look behind the lock."""
        with self.house.administer(f"wellkept_{self.operator}") as connection:
            connection.execute("set search_path = wellkept")
            return connection.execute(statement, given).fetchall()


def opened(house: Cluster, role: str = "provider", *, operator: str = "umr", id_: UUID | None = None) -> Office:
    """An organisation of one administrator, Ana, and one colleague, Ben."""
    office = Office(house, id_ or uuid4(), role, operator)
    office.change(ROSTERED, office.id, role, NAMES[role], *NUMBERS[role])
    office.joins("Ana Ortiz", administers=True)
    office.joins("Ben Lund")
    return office
