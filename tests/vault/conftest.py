"""A keys' database of its own operator, so that keys can be rotated and lost without harm to any other test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest

from tests.cluster import Cluster
from wellkept.cli import cluster as server
from wellkept.policy.database import GATE_MAY_CREATE, GATE_MAY_NOT, SqlFile, with_roles
from wellkept.vault import actions
from wellkept.vault.keks import Keks

OPERATOR = "vaulted"
FILES = ("vault.sql", "rotation.sql")
TABLES = "wellkept.vault_key, wellkept.vault_operator_key, wellkept.vault_kek_retired"


@dataclass(frozen=True, slots=True)
class Vault:
    """An empty, prepared vault: its operator, its key-encryption keys, and connections as each real role."""

    operator: str
    keks: Keks
    cluster: Cluster
    migrate: psycopg.Connection

    def connect(self, role: str) -> psycopg.Connection:
        """A connection to the keys as that role, in autocommit."""
        return self.cluster.connect(self.operator, role, "keys", autocommit=True)


@contextmanager
def as_migrate(cluster: Cluster) -> Iterator[psycopg.Connection]:
    """The keys as the migrate role, which can log in only meanwhile."""
    with (
        server.for_command(OPERATOR, "migrate", state=cluster.state) as word,
        server.connect(
            operator=OPERATOR, role="migrate", database="keys", state=cluster.state, word=word, autocommit=True
        ) as connection,
    ):
        yield connection


@pytest.fixture(scope="session")
def tables(cluster: Cluster) -> str:
    server.prepare(OPERATOR, state=cluster.state)
    with as_migrate(cluster) as connection:
        for name in FILES:
            text = GATE_MAY_CREATE + SqlFile("vault", name).text() + GATE_MAY_NOT
            connection.execute(with_roles(text, operator=OPERATOR))
    return OPERATOR


@pytest.fixture
def idle(cluster: Cluster, tables: str) -> Vault:
    """The vault with nobody in it: the migrate role has ended its work, and a command may take it up."""
    keks = Keks(cluster.state / tables / "kek", environment={})
    for file in keks.folder.glob("*"):
        file.unlink()
    with cluster.administer(f"wellkept_{tables}_keys") as administrator:
        administrator.execute(f"truncate {TABLES}")
    with as_migrate(cluster) as migrate:
        actions.prepare(connection=migrate, keks=keks)
    return Vault(operator=tables, keks=keks, cluster=cluster, migrate=migrate)


@pytest.fixture
def vault(idle: Vault) -> Iterator[Vault]:
    """The vault with a connection of the migrate role."""
    with as_migrate(idle.cluster) as migrate:
        yield replace(idle, migrate=migrate)


@pytest.fixture
def kek_file(tmp_path: Path) -> Callable[[], Path]:
    """Makes the file of a new key-encryption key and returns it."""

    def make() -> Path:
        keks = Keks(tmp_path / "kek", environment={})
        keks.make()
        return max(keks.folder.iterdir())

    return make
