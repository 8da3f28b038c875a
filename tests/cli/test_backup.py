"""A backup holds every row under the lock; a restore brings back rows, lock, and the truth about what is lost."""

import json
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from click.testing import CliRunner

from tests.cast import Cast, installed
from tests.cli.conftest import lent
from tests.cluster import Cluster, temporary_state
from wellkept.cli import cluster as server
from wellkept.cli import main
from wellkept.cli.backup import dump, journal, restore, seal
from wellkept.cli.cluster.binaries import find
from wellkept.cli.db import migrate_operator

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def own(patch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """A migrated cluster of this file alone, since a restore takes databases away."""
    parent = temporary_state()
    for state in lent(parent / "state", parent=parent, monkeypatch=patch):
        server.ensure_running(state)
        assert migrate_operator("umr", state=state) == ()
        yield Cluster(state)


@pytest.fixture(scope="module")
def people(own: Cluster) -> Cast:
    return installed(own, "umr")


def run(*arguments: str) -> str:
    """What a command prints; its failure fails the test."""
    done = CliRunner().invoke(main, [*arguments], env={"WELLKEPT_OPERATOR": "umr"}, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def count(own: Cluster, table: str) -> int:
    with own.administer("wellkept_umr") as connection:
        row = connection.execute(f"select count(*) from wellkept.{table}").fetchone()
    return int(row[0]) if row else -1


def plan_of(own: Cluster, database: str) -> set[str]:
    """Every definition and grant of a database, as text."""
    with server.for_command("umr", "backup", state=own.state) as word:
        parts = server.parameters(operator="umr", role="backup", database=database, state=own.state, word=word)
        command = [find().program("pg_dump"), "--schema-only", "--schema=wellkept", "--no-password"]
        text = subprocess.run(command, env=dump.libpq(parts), capture_output=True, text=True, check=True).stdout
    return {normal(line) for line in text.splitlines() if line and not re.match(r"--|\\(un)?restrict", line)}


def normal(line: str) -> str:
    """A line with its words sorted and without parentheses: both come back in another order after a reading."""
    return " ".join(sorted(re.sub(r"[(),;]", " ", line).split()))


def test_the_rows_under_the_lock_are_in_the_dump(own: Cluster, people: Cast) -> None:
    written = dump.backup(operator="umr", state=own.state)
    with written.open("rb") as file:
        archive = b"".join(seal.decrypt(file, key=seal.kept_key(own.state / "umr" / "backup.key")))
    command = [find().program("pg_restore"), "--data-only", "--table=benefits_claim", "--file=-"]
    text = subprocess.run(command, input=archive, capture_output=True, check=True).stdout.decode()
    with own.administer("wellkept_umr") as connection:
        query = (
            "select relrowsecurity, relforcerowsecurity from pg_class where oid = 'wellkept.benefits_claim'::regclass"
        )
        assert connection.execute(query).fetchone() == (True, True)
    assert text.count(str(people.people["subscriber"])) == 11
    assert len(re.findall(r"^[0-9a-f-]{36}\t", text, re.MULTILINE)) == count(own, "benefits_claim")


def test_the_file_is_private_and_shows_nothing(own: Cluster, people: Cast) -> None:
    written = dump.backup(operator="umr", state=own.state)
    for path in (written, written.with_name(written.name + ".keys"), written.with_name(written.name + ".json")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        held = path.read_bytes()
        assert b"PGDMP" not in held
        assert str(people.people["subscriber"]).encode() not in held
    assert not list(written.parent.glob(".*"))


def test_the_manifest_says_what_was_taken(own: Cluster) -> None:
    run("ledger", "seal")
    written = dump.backup(operator="umr", state=own.state)
    facts = json.loads(written.with_name(written.name + ".json").read_text())
    assert facts["sealed_entries"] == count(own, "ledger_leaf")
    assert facts["records"]["sha256"] == dump.sha256(written)
    assert facts["operator"] == "umr"


def test_a_backup_leaves_an_entry_of_its_role(own: Cluster) -> None:
    dump.backup(operator="umr", state=own.state)
    with own.administer("wellkept_umr") as connection:
        query = "select kind, role, reason from wellkept.ledger_entry order by id desc limit 1"
        assert connection.execute(query).fetchone() == ("maintenance", "backup", "a backup was taken")


def test_a_backup_that_fails_leaves_no_file(own: Cluster, tmp_path: Path) -> None:
    with own.administer() as connection:
        connection.execute("alter role umr_backup nobypassrls")
    with pytest.raises(server.ClusterError, match=r"row-level security|row security"):
        dump.backup(operator="umr", state=own.state, file=tmp_path / "half.backup")
    assert list(tmp_path.iterdir()) == []
    server.prepare("umr", state=own.state)


def test_a_restore_brings_back_rows_lock_and_grants_and_says_what_is_lost(own: Cluster, people: Cast) -> None:
    run("ledger", "seal")
    before = {table: count(own, table) for table in ("benefits_claim", "accounts_account", "ledger_leaf")}
    plans = {database: plan_of(own, database) for database in ("records", "keys")}
    assert count(own, "accounts_session") > 0
    path = own.state / "kept.backup"
    run("db", "backup", str(path))
    with own.administer("wellkept_umr") as connection:
        connection.execute("delete from wellkept.benefits_claim")
    for _entry in range(3):
        dump.backup(operator="umr", state=own.state)
    run("ledger", "seal")
    # The entry of the backup itself came back unsealed and is sealed again; the three after it are gone.
    said = run("db", "restore", "--replace", str(path))
    assert "3 sealed entries" in said
    assert {table: count(own, table) for table in ("benefits_claim", "accounts_account")} == {
        table: before[table] for table in ("benefits_claim", "accounts_account")
    }
    assert count(own, "accounts_session") == 0
    for database, plan in plans.items():
        assert plan_of(own, database) == plan
    assert "whole" in run("ledger", "verify").lower() or "leaves" in run("ledger", "verify")
    with own.connect("umr", "web") as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute("select * from benefits_claim where person_id = %s", [people.people["subscriber"]])
    with own.administer("wellkept_umr") as connection:
        query = "select role, reason from wellkept.ledger_entry where kind = 'maintenance' order by id desc limit 1"
        assert connection.execute(query).fetchone() == ("migrate", "a backup was restored; 0 removals were done again")


def test_what_was_there_before_a_restore_is_put_aside_and_closed(own: Cluster) -> None:
    path = dump.backup(operator="umr", state=own.state, file=own.state / "aside.backup")
    run("ledger", "seal")
    done = restore.restore(operator="umr", state=own.state, file=path, replace=True)
    assert [name.split("_2")[0] for name in done.aside] == ["wellkept_umr", "wellkept_umr_keys"]
    parts = server.parameters(operator="umr", role="web", state=own.state) | {"dbname": done.aside[0]}
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(**parts)


def test_a_restore_over_tables_needs_a_word(own: Cluster) -> None:
    path = dump.backup(operator="umr", state=own.state)
    with pytest.raises(server.ClusterError, match="--replace"):
        restore.restore(operator="umr", state=own.state, file=path)


def test_a_restore_while_a_page_is_served_is_refused(own: Cluster) -> None:
    path = dump.backup(operator="umr", state=own.state)
    with own.connect("umr", "web"), pytest.raises(server.ClusterError, match="umr_web is still connected"):
        restore.restore(operator="umr", state=own.state, file=path, replace=True)


def test_a_restore_that_fails_puts_back_what_was_there(own: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    path = dump.backup(operator="umr", state=own.state)
    line = {"at": "2026-11-01T10:00:00+00:00", "subject": str(uuid4()), "retention": "contact"}
    kept = path.with_name(journal.NAME)
    kept.write_text(json.dumps(line) + "\n")
    before = count(own, "benefits_claim")
    with own.administer("wellkept_umr") as connection:
        connection.execute("set role umr_owner")
        connection.execute("create table wellkept.mark ()")
    monkeypatch.setitem(journal.REPLAYS, "records", "wellkept.removal_of_an_older_day(uuid, text)")
    with pytest.raises(server.ClusterError, match="older than removals"):
        restore.restore(operator="umr", state=own.state, file=path, replace=True)
    kept.unlink()
    assert count(own, "benefits_claim") == before
    assert count(own, "mark") == 0


def test_a_removal_is_done_again_in_the_restored_keys(own: Cluster) -> None:
    subject = uuid4()
    with own.administer("wellkept_umr_keys") as connection:
        columns = "(subject, retention, wrapped, kek)"
        connection.execute(f"insert into wellkept.vault_key {columns} values (%s, 'contact', 'w', 'k')", [subject])
        connection.execute(f"insert into wellkept.vault_key {columns} values (%s, 'messages', 'w', 'k')", [subject])
    facts = {"at": "2026-11-01T10:00:00+00:00", "subject": str(subject), "retention": "contact"}
    with (
        server.for_command("umr", "migrate", state=own.state) as word,
        restore.connected(operator="umr", state=own.state, database="keys", word=word) as connection,
    ):
        journal.replay(connection, database="keys", lines=[journal.removal(facts)])
        journal.replay(connection, database="keys", lines=[journal.removal(facts)])
    with own.administer("wellkept_umr_keys") as connection:
        query = "select retention, wrapped = '' from wellkept.vault_key where subject = %s order by 1"
        assert connection.execute(query, [subject]).fetchall() == [("contact", True), ("messages", False)]


def test_a_removal_is_done_again_in_the_restored_records(own: Cluster) -> None:
    subject, other = uuid4(), uuid4()
    with own.administer("wellkept_umr") as connection:
        for number, person in (("AAAA-AAAA", subject), ("BBBB-BBBB", other)):
            add = "insert into wellkept.service_number (number, person_id) values (%s, %s)"
            connection.execute(add, [number, person])
    facts = {"at": "2026-11-01T10:00:00+00:00", "subject": str(subject), "retention": "benefits"}
    with (
        server.for_command("umr", "migrate", state=own.state) as word,
        restore.connected(operator="umr", state=own.state, database="records", word=word) as connection,
    ):
        journal.replay(connection, database="records", lines=[journal.removal(facts)] * 2)
    with own.administer("wellkept_umr") as connection:
        query = "delete from wellkept.service_number where person_id = any (%s) returning person_id"
        assert connection.execute(query, [[subject, other]]).fetchall() == [(other,)]


def test_a_drill_on_another_server_needs_copies_of_four_things_alone(own: Cluster) -> None:
    path = dump.backup(operator="umr", state=own.state)
    run("ledger", "seal")
    parent = temporary_state()
    with pytest.MonkeyPatch.context() as inner:
        for fresh in lent(parent / "state", parent=parent, monkeypatch=inner):
            (fresh / "umr").mkdir(parents=True)
            for name in ("kek", "ledger"):
                shutil.copytree(own.state / "umr" / name, fresh / "umr" / name)
            shutil.copy(own.state / "umr" / "backup.key", fresh / "umr")
            said = run("db", "restore", str(path))
            assert "restored" in said
            run("ledger", "verify")
            elsewhere = Cluster(fresh)
            assert count(elsewhere, "benefits_claim") == count(own, "benefits_claim")
            run("ledger", "seal")
