"""A house of this folder's own, which goes when its tests are over: nobody else's rows change."""

import shutil
from collections.abc import Iterator

import pytest

from tests.cluster import OPERATORS, Cluster, temporary_state
from wellkept.cli import cluster as server
from wellkept.cli import migrations


@pytest.fixture(scope="module")
def house() -> Iterator[Cluster]:
    """A private cluster with both operators migrated and their rules loaded."""
    state = temporary_state()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WELLKEPT_STATE", str(state))
        patch.delenv("DATABASE_URL", raising=False)
        server.ensure_running(state)
        for operator in OPERATORS:
            server.prepare(operator)
            migrations.run(operator)
        yield Cluster(state)
        server.stop(state)
        shutil.rmtree(state)
