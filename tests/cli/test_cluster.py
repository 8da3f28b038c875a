"""The database server is found, started and prepared, whoever runs it and whatever lies in its folder."""

import psycopg
import pytest

from tests.cluster import Cluster
from tests.cluster import cluster as cluster  # noqa: PLC0414  (a fixture is found by its name here)
from wellkept.cli import cluster as server


def test_it_lets_a_role_reach_its_own_operator_and_no_other(cluster: Cluster) -> None:
    with cluster.connect("umr", "web") as connection:
        assert connection.execute("select current_user").fetchone() == ("umr_web",)
    with cluster.connect("umr", "web", "keys") as connection:
        assert connection.info.dbname == "wellkept_umr_keys"
    stranger = {**server.parameters(operator="umr", role="web"), "dbname": "wellkept_pwer"}
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(**stranger)
