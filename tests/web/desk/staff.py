"""Staff with open sessions beside the people whom files brought, and what the ledger says of them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.test import Client

from tests.cast import account, session
from tests.cluster import Cluster
from tests.web.member.world import World
from wellkept.web.shell.visitor import token

WORK = {"dana": "representative", "paul": "representative", "nora": "nurse", "priya": "privacy_officer"}
AGREED = (
    "insert into consent_acknowledgement (account_id, document, version, at)"
    " select %s, d.name, d.version, now() from consent_document d where d.audience = %s"
)
ENTRIES = (
    "select id, kind, occasion, subjects, purpose, categories, reason from ledger_entry"
    " where account = %s and id > %s order by id"
)


@dataclass(slots=True)
class Staff:
    """Accounts and secrets by name; members sign in under their own."""

    house: Cluster
    world: World
    accounts: dict[str, UUID] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    def ask(self, statement: str, values: list[Any] | None = None) -> list[Any]:
        """Asked of the administrator."""
        with self.house.administer(f"wellkept_{self.world.operator}") as connection:
            connection.execute("set search_path = wellkept")
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def newest(self) -> int:
        """The number of the newest entry."""
        return int(self.ask("select coalesce(max(id), 0) from ledger_entry")[0][0])

    def entries(self, name: str, after: int) -> list[dict[str, Any]]:
        """What the ledger says of somebody's account since an entry."""
        names = ("id", "kind", "occasion", "subjects", "purpose", "categories", "reason")
        return [dict(zip(names, row, strict=True)) for row in self.ask(ENTRIES, [self.accounts[name], after])]

    def post(self, client: Client, address: str, /, **told: Any) -> Any:
        """Send a form with the token of the client's own session."""
        cookie = client.cookies.get(f"{self.world.operator}_session")
        return client.post(address, told | {"token": token(cookie.value) if cookie else "x"})


def hired(house: Cluster, world: World) -> Staff:
    """One of each, everything signed, with the members among them."""
    staff = Staff(house, world, accounts=dict(world.accounts), secrets=dict(world.secrets))
    with house.administer(f"wellkept_{world.operator}") as connection:
        connection.execute("set search_path = wellkept")
        for name, role in WORK.items():
            hire(connection, staff, name, role=role)
        connection.commit()
    return staff


def hire(connection: psycopg.Connection, staff: Staff, name: str, *, role: str, signed: bool = True) -> None:
    """An account with an open session; without ``signed`` nothing is agreed to."""
    actor = f"{name.title()} R."
    staff.accounts[name] = account(connection, role=role, person=None, actor=actor)
    staff.secrets[name] = f"{name} {uuid4()}"
    session(connection, staff.accounts[name], role=role, person=None, actor=actor, secret=staff.secrets[name])
    if signed:
        connection.execute(AGREED, [staff.accounts[name], role])
