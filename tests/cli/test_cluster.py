"""The roles and databases are made as they should be, and stay so."""

import os
import stat
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.cluster import Cluster
from wellkept.cli import cluster as server
from wellkept.cli.cluster import reach, roles

pytestmark = pytest.mark.database
REFUSED = psycopg.errors.InsufficientPrivilege


def test_it_lets_each_role_reach_its_own_operator(cluster: Cluster) -> None:
    for role in server.LOGIN_ROLES:
        for database in ("records", "keys"):
            with cluster.connect("umr", role, database) as connection:
                assert connection.execute("select current_user").fetchone() == (f"umr_{role}",)


@pytest.mark.parametrize("database", ["wellkept_pwer", "wellkept_pwer_keys", "postgres", "template1"])
def test_it_lets_no_role_reach_another_operator_or_the_servers_own_databases(cluster: Cluster, database: str) -> None:
    for role in server.LOGIN_ROLES:
        stranger = server.parameters(operator="umr", role=role, state=cluster.state) | {"dbname": database}
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(**stranger)


def test_it_asks_everyone_for_a_password_the_administrator_too(cluster: Cluster) -> None:
    for user in ("wellkept", "umr_web"):
        parts = server.parameters(operator="umr", role="web", state=cluster.state) | {"user": user, "password": "wrong"}
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(**parts)


def test_it_keeps_each_secret_in_a_file_of_its_own_that_nobody_else_reads(cluster: Cluster) -> None:
    secrets = cluster.state / "umr" / "secrets"
    assert {path.name for path in secrets.iterdir()} == set(server.LOGIN_ROLES)
    assert len({path.read_text() for path in secrets.iterdir()}) == len(server.LOGIN_ROLES)
    for path in (*secrets.iterdir(), cluster.state / "administrator"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in (secrets, cluster.state / "umr", cluster.state / "postgres"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_it_lets_owner_and_gate_and_idle_commands_log_in_with_nothing(cluster: Cluster) -> None:
    with cluster.administer() as connection:
        query = "select rolname from pg_roles where rolname like 'umr\\_%' and rolcanlogin"
        able = {row[0] for row in connection.execute(query).fetchall()}
    assert able == {f"umr_{role}" for role in server.LOGIN_ROLES}
    with pytest.raises(server.ClusterError, match="only while a command"):
        server.connect(operator="umr", role="migrate", state=cluster.state)


def test_it_lets_only_the_commands_bypass_row_security_and_nobody_be_superuser(cluster: Cluster) -> None:
    with cluster.administer() as connection:
        query = (
            "select rolname from pg_roles where rolname like 'umr\\_%' and (rolbypassrls or rolsuper or rolcreaterole)"
        )
        assert {row[0] for row in connection.execute(query).fetchall()} == {"umr_migrate", "umr_backup"}


def test_a_command_may_log_in_while_it_runs_and_not_after_an_error(cluster: Cluster) -> None:
    def fail() -> None:
        with server.for_command("umr", "migrate", state=cluster.state) as word:
            parts = server.parameters(operator="umr", role="migrate", state=cluster.state, word=word)
            words.append(word)
            connections.append(psycopg.connect(**parts))
            assert connections[0].execute("select session_user, current_user").fetchone() == (
                "umr_migrate",
                "umr_owner",
            )
            raise RuntimeError

    words: list[str] = []
    connections: list[psycopg.Connection] = []
    with pytest.raises(RuntimeError):
        fail()
    with pytest.raises(psycopg.OperationalError):
        connections[0].execute("select 1")
    with pytest.raises(psycopg.OperationalError, match=r"authentication failed|not permitted to log in"):
        server.connect(operator="umr", role="migrate", state=cluster.state, word=words[0])


def test_two_commands_of_one_role_do_not_run_at_once(cluster: Cluster) -> None:
    with (
        server.for_command("umr", "backup", state=cluster.state) as word,
        pytest.raises(server.ClusterError, match="Another command"),
        server.for_command("umr", "backup", state=cluster.state),
    ):
        pass
    with server.for_command("umr", "backup", state=cluster.state) as again:
        assert again != word


def test_a_command_comes_after_another_whose_connection_the_server_has_not_ended(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = []

    def lingering(database: str = "postgres", *, state: Path | None = None) -> AbstractContextManager[Any]:
        kept.append(reach.administer(database, state=state))
        return nullcontext(kept[-1])

    monkeypatch.setattr(roles, "administer", lingering)
    with server.for_command("umr", "backup", state=cluster.state) as word:
        assert word
    with server.for_command("umr", "backup", state=cluster.state) as again:
        assert again != word
    for connection in kept:
        connection.close()


def test_preparing_again_leaves_a_running_command_alone(cluster: Cluster) -> None:
    with server.for_command("umr", "migrate", state=cluster.state) as word:
        server.prepare("umr", state=cluster.state)
        with server.connect(operator="umr", role="migrate", state=cluster.state, word=word) as connection:
            assert connection.execute("select 1").fetchone() == (1,)


def test_preparing_takes_away_the_login_that_a_killed_command_left(cluster: Cluster) -> None:
    with cluster.administer() as connection:
        connection.execute("alter role umr_migrate login password 'left behind'")
    assert server.prepare("umr", state=cluster.state) == ()
    with pytest.raises(psycopg.OperationalError):
        server.connect(operator="umr", role="migrate", state=cluster.state, word="left behind")


@pytest.mark.parametrize(
    "attack",
    [
        "create temporary table pretence (x int)",
        "create table wellkept.pretence (x int)",
        "create schema pretence",
        "create function wellkept.pretence() returns int language sql as 'select 1'",
        "select lo_creat(-1)",
        "select lo_from_bytea(0, 'x')",
        "select lo_get(1)",
        "select pg_read_file('postgresql.conf')",
        "select pg_ls_dir('.')",
        "set role umr_owner",
        "set role umr_gate",
        "set session authorization umr_owner",
        "select pg_reload_conf()",
        "copy (select 1) to '/tmp/pretence'",
        "copy (select 1) to program 'true'",
        "set track_activities = on",
        "set log_min_messages = debug5",
        "alter role umr_web bypassrls",
        "create role pretence",
        "create database pretence",
    ],
)
def test_it_refuses_a_login_role_what_no_page_needs(cluster: Cluster, attack: str) -> None:
    for role in ("web", "jobs", "intake", "watch"):
        with cluster.connect("umr", role, autocommit=True) as connection, pytest.raises(REFUSED):
            connection.execute(attack)


def test_every_role_looks_into_its_own_schema_alone(cluster: Cluster) -> None:
    for role in server.LOGIN_ROLES:
        with cluster.connect("umr", role) as connection:
            assert connection.execute("show search_path").fetchone() == ("wellkept, pg_temp",)
            assert connection.execute("show track_activities").fetchone() == ("off",)
            assert connection.execute("select to_regnamespace('public')").fetchone() == (None,)


def test_pages_wait_five_seconds_and_no_longer(cluster: Cluster) -> None:
    for role in ("web", "entrance"):
        with cluster.connect("umr", role) as connection:
            for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
                assert connection.execute(f"show {limit}").fetchone() == ("5s",)


def test_the_servers_log_holds_no_value(cluster: Cluster) -> None:
    canary = "123-45-6789"
    with cluster.connect("umr", "web", autocommit=True) as connection:
        for attempt in (f"select '{canary}'::date", f"select from {canary!r}", f"select 1 / 0 -- {canary}"):
            with pytest.raises(psycopg.Error):
                connection.execute(attempt)
        with pytest.raises(psycopg.Error):
            connection.execute("select %s::int", [canary])
    assert canary not in (cluster.state / "postgres" / "postgres.log").read_text()


def test_the_cluster_is_durable_and_checksummed(cluster: Cluster) -> None:
    wanted = {
        "fsync": "on",
        "synchronous_commit": "on",
        "data_checksums": "on",
        "jit": "off",
        "password_encryption": "scram-sha-256",
        "max_prepared_transactions": "0",
        "wal_writer_delay": "10ms",
        "listen_addresses": "",
    }
    with cluster.administer() as connection:
        assert {name: connection.execute(f"show {name}").fetchone() for name in wanted} == {
            name: (value,) for name, value in wanted.items()
        }


def test_the_address_is_one_that_other_programs_understand(cluster: Cluster) -> None:
    with psycopg.connect(server.url("umr", "watch", "keys", state=cluster.state)) as connection:
        assert connection.info.user == "umr_watch"
        assert connection.info.dbname == "wellkept_umr_keys"


def test_a_process_uses_the_secret_of_its_environment(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_OPERATOR", "umr")
    monkeypatch.setenv("WELLKEPT_ROLE", "seal")
    monkeypatch.setenv("WELLKEPT_SECRET", "given")
    monkeypatch.setenv("WELLKEPT_SECRET_ENTRANCE", "given too")
    assert server.secret(operator="umr", role="seal", state=cluster.state) == "given"
    assert server.secret(operator="umr", role="entrance", state=cluster.state) == "given too"
    assert server.secret(operator="pwer", role="seal", state=cluster.state) != "given"
    assert server.secret(operator="umr", role="web", state=cluster.state) != "given"
    assert "WELLKEPT_SECRET" in os.environ
