"""Replacing the key-encryption key: nothing is lost, indexes stay, a killed one is finished, the old one ends."""

import os
from contextlib import suppress
from datetime import timedelta
from itertools import islice
from uuid import UUID, uuid4

import pytest

from tests.vault.conftest import Vault
from wellkept.vault import actions, queries, store
from wellkept.vault.kek import KekError, LocalKek
from wellkept.vault.keks import Keks

pytestmark = pytest.mark.database


@pytest.fixture
def made(vault: Vault) -> dict[tuple[UUID, str], bytes]:
    with vault.connect("intake") as connection:
        return actions.make_keys([uuid4() for _ in range(50)], connection=connection, keks=vault.keks)


def read(vault: Vault, made: dict[tuple[UUID, str], bytes], keks: Keks | None = None) -> dict[tuple[UUID, str], bytes]:
    with vault.connect("web") as connection:
        return queries.data_keys([pair[0] for pair in made], connection=connection, keks=keks or vault.keks)


def index_key(vault: Vault) -> bytes:
    with vault.connect("web") as connection:
        return queries.operator_key("index", connection=connection, keks=vault.keks)


def test_every_key_stays_what_it_was(vault: Vault, made: dict[tuple[UUID, str], bytes]) -> None:
    old, index = vault.keks.current().id, index_key(vault)
    kek, changed = actions.rotate(connection=vault.migrate, keks=vault.keks)
    assert kek != old
    assert changed == len(made) + len(actions.OPERATOR_KEYS)
    assert actions.in_use(connection=vault.migrate) == {kek}
    assert read(vault, made) == made
    assert index_key(vault) == index


def test_a_killed_replacement_leaves_all_readable_and_is_finished(
    vault: Vault, made: dict[tuple[UUID, str], bytes]
) -> None:
    old, fresh = vault.keks.current().id, vault.keks.make()
    killed = Killed(vault.migrate, after=9)
    with suppress(KeyboardInterrupt):
        actions.rewrap(fresh, connection=killed, keks=vault.keks, batch=20)
    assert actions.in_use(connection=vault.migrate) == {old, fresh.id}
    assert read(vault, made) == made
    kek, changed = actions.rotate(connection=vault.migrate, keks=vault.keks)
    assert kek == fresh.id
    assert 0 < changed < len(made)
    assert actions.in_use(connection=vault.migrate) == {fresh.id}
    assert read(vault, made) == made
    assert actions.rewrap(fresh, connection=vault.migrate, keks=vault.keks) == 0


def test_a_key_destroyed_while_it_is_wrapped_anew_stays_destroyed(
    vault: Vault, made: dict[tuple[UUID, str], bytes]
) -> None:
    subject, retention = next(iter(made))
    fresh = vault.keks.make()
    batches = actions._behind(vault.migrate, kek=fresh.id, batch=1000)
    rows = [row for rows in islice(batches, 1) for row in rows]
    with vault.connect("release") as connection:
        actions.destroy(subject, retention, connection=connection)
    asked = "select wellkept.vault_rewrap(%s::uuid[], %s::text[], %s::bytea[], %s::bytea[], %s)"
    columns = [list(column) for column in zip(*rows, strict=True)]
    changed = store.ask(vault.migrate, asked, columns[0], columns[1], columns[2], [b"new"] * len(rows), fresh.id)
    assert changed[0][0] == len(rows) - 1
    with vault.connect("web") as connection:
        wrapped = store.wrapped_keys(connection, subjects=[subject], retention=[retention])
    assert wrapped[0][2] == b""


@pytest.mark.usefixtures("made")
def test_the_old_one_is_not_retired_while_it_wraps_a_subjects_key(vault: Vault) -> None:
    old, fresh = vault.keks.current().id, vault.keks.make()
    actions._rewrap_operator_keys(vault.migrate, vault.keks, fresh)
    assert store.ask(vault.migrate, "select wellkept.vault_retire(%s)", old) == [(False,)]


def test_the_old_one_is_not_retired_while_it_wraps_an_operator_key(vault: Vault) -> None:
    assert store.ask(vault.migrate, "select wellkept.vault_retire(%s)", vault.keks.current().id) == [(False,)]


def test_the_old_one_is_removed_when_no_backup_needs_it(vault: Vault, made: dict[tuple[UUID, str], bytes]) -> None:
    old = vault.keks.current().id
    actions.rotate(connection=vault.migrate, keks=vault.keks)
    assert actions.discard(connection=vault.migrate, keks=vault.keks) == ()
    assert vault.keks.named(old).id == old
    with vault.cluster.administer(f"wellkept_{vault.operator}_keys") as administrator:
        administrator.execute("update wellkept.vault_kek_retired set retired_at = retired_at - %s", [timedelta(days=7)])
    assert actions.discard(connection=vault.migrate, keks=vault.keks) == (old,)
    with pytest.raises(KekError, match="is missing"):
        vault.keks.named(old)
    assert read(vault, made) == made


def test_it_moves_from_a_file_to_the_environment(vault: Vault, made: dict[tuple[UUID, str], bytes]) -> None:
    text = {"WELLKEPT_KEK": "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="}
    moved = Keks(vault.keks.folder, environment=text)
    kek, _ = actions.rotate(connection=vault.migrate, keks=moved)
    assert kek == moved.current().id
    assert read(vault, made, moved) == made
    assert read(vault, made, Keks(vault.keks.folder / "none", environment=text)) == made
    with pytest.raises(KekError, match="give a new one there"):
        actions.rotate(connection=vault.migrate, keks=moved)


def test_a_copy_is_tried_on_every_key(vault: Vault, made: dict[tuple[UUID, str], bytes]) -> None:
    every = len(made) + len(actions.OPERATOR_KEYS)
    right, wrong = vault.keks.current(), LocalKek.of(os.urandom(32))
    assert actions.try_all(right, connection=vault.migrate, keks=vault.keks) == (every, 0)
    assert actions.try_all(wrong, connection=vault.migrate, keks=vault.keks) == (0, every)
    assert actions.try_all(connection=vault.migrate, keks=vault.keks) == (every, 0)


class Killed:
    """A connection whose process is killed at its n-th statement."""

    def __init__(self, connection: store.Connection, *, after: int) -> None:
        self.connection = connection
        self.left = after

    def cursor(self) -> object:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return self.connection.cursor()
