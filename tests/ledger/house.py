"""A ledger of its own for each test: the room's own SQL in a fresh database, reached as the real roles."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import sql

from tests.cluster import Cluster
from wellkept.cli import cluster as server
from wellkept.ledger.checkpoint import Signer
from wellkept.policy.database import with_roles

ROOM = Path(__file__).parents[2] / "wellkept" / "ledger" / "sql"
TEMPLATE = "ledger_template"
SIGNER = Signer("portal.example/ledger", Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))
NUMBERS = count(1)
FIELDS = "kind, occasion, account, role, actor, subjects, purpose, categories, own, reason, clause"


@dataclass(frozen=True, slots=True)
class Ledger:
    """One database and its folder of published files."""

    cluster: Cluster
    name: str
    folder: Path

    def connect(self, role: str = "seal") -> psycopg.Connection:
        parts = server.parameters(operator="umr", role=role, state=self.cluster.state)
        return psycopg.connect(**(parts | {"dbname": self.name}), autocommit=True)

    @contextmanager
    def attack(self) -> Iterator[psycopg.Connection]:
        """The database's administrator, whom no grant holds back."""
        with self.cluster.administer(self.name) as connection:
            connection.execute("set search_path = wellkept")
            yield connection

    def enter(self, *people: UUID, connection: psycopg.Connection | None = None, **fields: Any) -> int:
        """Write an entry as the gate's functions do, and return its id."""
        values: dict[str, Any] = {
            "kind": "opened",
            "occasion": uuid4(),
            "account": uuid4(),
            "role": "representative",
            "actor": "R. Okafor",
            "subjects": list(people or [uuid4()]),
            "purpose": "MEMADMIN",
            "categories": ["claims"],
            "own": False,
            "reason": None,
            "clause": "U-12",
        } | fields
        if connection is None:
            with self.attack() as gate:
                return self.enter(connection=gate, **values)
        marks = ", ".join(f"%({name})s" for name in FIELDS.split(", "))
        row = connection.execute(f"insert into wellkept.ledger_entry ({FIELDS}) values ({marks}) returning id", values)
        return int(row.fetchone()[0])  # type: ignore[index]

    def enter_many(self, many: int) -> None:
        with self.attack() as gate:
            gate.execute(
                f"insert into wellkept.ledger_entry ({FIELDS}) select 'opened', gen_random_uuid(), gen_random_uuid(),"
                " 'representative', 'R. Okafor', array[gen_random_uuid()], 'MEMADMIN', '{claims}', false, null, 'U-12'"
                " from generate_series(1, %s)",
                (many,),
            )

    def copy(self) -> "Ledger":
        """The same database as it is now, as a restore would bring it back; the published files stay one."""
        return Ledger(self.cluster, make(self.cluster, self.name), self.folder)


def make(cluster: Cluster, template: str) -> str:
    name = f"ledger_{next(NUMBERS)}"
    with cluster.administer() as connection:
        text = sql.SQL("create database {} template {}")
        connection.execute(text.format(sql.Identifier(name), sql.Identifier(template)))
        close(connection, name)
    return name


def close(connection: psycopg.Connection, name: str) -> None:
    """Let the operator's own roles into a database and nobody else, as the house's own databases do."""
    connection.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(name)))
    own = sql.SQL(", ").join(sql.Identifier(f"umr_{role}") for role in server.LOGIN_ROLES)
    connection.execute(sql.SQL("grant connect on database {} to {}").format(sql.Identifier(name), own))


def make_template(cluster: Cluster) -> None:
    with cluster.administer() as connection:
        connection.execute(f"create database {TEMPLATE} template template0")
        close(connection, TEMPLATE)
    with cluster.administer(TEMPLATE) as connection:
        connection.execute(with_roles("create schema wellkept authorization {owner}", operator="umr"))
        everyone = ", ".join("{" + role + "}" for role in server.ROLES if role != "owner")
        connection.execute(with_roles("grant usage on schema wellkept to " + everyone, operator="umr"))
        connection.execute(with_roles("grant create on schema wellkept to {gate}", operator="umr"))
        connection.execute(with_roles("set role {owner}", operator="umr"))
        for name in ("entry.sql", "lock.sql", "openings.sql", "seal.sql"):
            connection.execute(with_roles((ROOM / name).read_text(), operator="umr"))
        connection.execute("reset role")
        connection.execute(with_roles("revoke create on schema wellkept from {gate}", operator="umr"))


def one(connection: psycopg.Connection, text: str, *parameters: object) -> Any:
    """The single value a statement gives."""
    row = connection.execute(text, parameters).fetchone()
    assert row is not None
    return row[0]


def parsed(path: Path) -> Any:
    return json.loads(path.read_text())
