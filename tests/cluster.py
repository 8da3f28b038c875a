"""One PostgreSQL cluster for the tests of a run, private to it, with both operators prepared."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from wellkept.cli import cluster as server

OPERATORS = ("umr", "pwer")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster. ``WELLKEPT_STATE`` names its folder for as long as it is lent."""

    state: Path

    def connect(
        self, operator: str, role: str, database: str = "records", *, autocommit: bool = False
    ) -> psycopg.Connection:
        """A connection as that role, over its own password, as in production."""
        return server.connect(operator=operator, role=role, database=database, state=self.state, autocommit=autocommit)

    def administer(self, database: str = "postgres") -> psycopg.Connection:
        """A connection as the administrator, for what no role of ours may do."""
        return server.administer(database, state=self.state)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A prepared cluster in the run's own state folder, or the one that ``WELLKEPT_TEST_STATE`` names."""
    named = os.environ.get("WELLKEPT_TEST_STATE")
    ours = named or os.environ.get("WELLKEPT_TEST_STATE_IS_OURS")
    state = Path(ours) if ours else temporary_state()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WELLKEPT_STATE", str(state))
        patch.delenv("DATABASE_URL", raising=False)
        server.ensure_running(state)
        for operator in OPERATORS:
            server.prepare(operator)
        yield Cluster(state)
        if not named:
            server.stop(state)
            shutil.rmtree(state)


def temporary_state() -> Path:
    """A folder with a short name, so that a unix socket fits, which PostgreSQL's user may walk through."""
    folder = Path(tempfile.mkdtemp(prefix="wellkept-"))
    folder.chmod(0o711)
    return folder
