"""B-04, U-32: one key for each subject and class, made once whoever races, ended for good; as the real roles."""

import threading
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.vault.conftest import Vault
from wellkept.policy.words import Retention
from wellkept.vault import actions, envelope, queries, store
from wellkept.vault.kek import KekError, owner_of
from wellkept.vault.keks import Keks

pytestmark = pytest.mark.database
ROW = uuid4()
CLASSES = [str(one) for one in Retention]


def make(vault: Vault, *subjects: UUID, role: str = "intake") -> dict[tuple[UUID, str], bytes]:
    with vault.connect(role) as connection:
        return actions.make_keys(subjects, connection=connection, keks=vault.keks)


def test_keys_once_made_are_read_again_by_every_role_that_reads(vault: Vault) -> None:
    one, other = uuid4(), uuid4()
    made = make(vault, one, other)
    assert len(made) == 10
    assert len(set(made.values())) == 10
    assert make(vault, one, other) == made
    for role in ("web", "entrance", "jobs", "intake", "release"):
        with vault.connect(role) as connection:
            assert queries.data_keys([one, other], connection=connection, keks=vault.keks) == made
            some = queries.data_keys([one], [Retention.CONTACT], connection=connection, keks=vault.keks)
            assert some == {(one, "contact"): made[one, "contact"]}


def test_two_who_race_end_with_one_key(vault: Vault) -> None:
    subjects = [uuid4() for _ in range(200)]
    results: list[dict[tuple[UUID, str], bytes]] = []
    gate = threading.Barrier(4)

    def race(order: list[UUID]) -> None:
        with vault.connect("intake") as connection:
            gate.wait()
            results.append(actions.make_keys(order, connection=connection, keks=vault.keks))

    racers = [threading.Thread(target=race, args=[subjects[:: 1 if n % 2 else -1]]) for n in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert len(results) == 4
    assert results[0] == results[1] == results[2] == results[3]


def test_a_destroyed_key_opens_nothing_and_is_never_made_again(vault: Vault) -> None:
    subject = uuid4()
    made = make(vault, subject)
    with vault.connect("release") as connection:
        ended = actions.destroy(subject, Retention.WELLNESS, connection=connection)
        assert ended is not None
        assert actions.destroy(subject, Retention.WELLNESS, connection=connection) == ended
        assert actions.destroy(uuid4(), Retention.WELLNESS, connection=connection) is None
    left = {pair: key for pair, key in made.items() if pair[1] != Retention.WELLNESS}
    assert make(vault, subject) == left
    with vault.connect("web") as connection:
        assert queries.data_keys([subject], connection=connection, keks=vault.keks) == left
    with vault.cluster.administer(f"wellkept_{vault.operator}_keys") as administrator:
        row = administrator.execute(
            "select wrapped, destroyed_at from wellkept.vault_key where subject = %s and retention = 'wellness'",
            [subject],
        ).fetchone()
    assert row == (b"", ended)


def test_no_more_than_500_subjects_are_read_in_one_call(vault: Vault) -> None:
    subjects = [uuid4() for _ in range(501)]
    make(vault, *subjects)
    with vault.connect("web") as connection:
        with pytest.raises(psycopg.errors.ProgramLimitExceeded):
            store.wrapped_keys(connection, subjects=subjects, retention=["contact"])
        found = queries.data_keys(subjects, ["contact"], connection=connection, keks=vault.keks)
    assert len(found) == 501


def test_a_wrapped_key_moved_to_another_subject_does_not_open(vault: Vault) -> None:
    thief, victim = uuid4(), uuid4()
    make(vault, thief, victim)
    with vault.cluster.administer(f"wellkept_{vault.operator}_keys") as administrator:
        administrator.execute(
            "update wellkept.vault_key k set wrapped = v.wrapped from wellkept.vault_key v"
            " where k.subject = %s and v.subject = %s and k.retention = v.retention",
            [thief, victim],
        )
    with vault.connect("web") as connection, pytest.raises(KekError, match="damaged or moved"):
        queries.data_keys([thief], connection=connection, keks=vault.keks)


def test_operator_keys_are_made_once_and_survive_preparing_again(vault: Vault) -> None:
    with vault.connect("web") as connection:
        before = [queries.operator_key(name, connection=connection, keks=vault.keks) for name in actions.OPERATOR_KEYS]
        actions.prepare(connection=vault.migrate, keks=vault.keks)
        after = [queries.operator_key(name, connection=connection, keks=vault.keks) for name in actions.OPERATOR_KEYS]
        assert before == after
        assert len(set(before)) == len(actions.OPERATOR_KEYS)
        with pytest.raises(LookupError, match="no key 'unheard'"):
            queries.operator_key("unheard", connection=connection, keks=vault.keks)


def test_a_lost_key_encryption_key_is_never_replaced_by_a_new_one(vault: Vault) -> None:
    make(vault, uuid4())
    empty = Keks(vault.keks.folder / "elsewhere", environment={})
    with pytest.raises(KekError, match="put its file back"):
        actions.prepare(connection=vault.migrate, keks=empty)
    assert not empty.exists()


def test_a_ring_opens_what_was_sealed_and_nothing_after_it_closed(vault: Vault) -> None:
    subject = uuid4()
    with vault.connect("web") as connection:
        with queries.Ring(connection=connection, keks=vault.keks) as ring:
            what: dict[str, Any] = {"subject": subject, "retention": "wellness", "field": "diary.note", "row": ROW}
            sealed = ring.seal(**what, text="slept well")
            assert ring.unseal(**what, sealed=sealed) == "slept well"
        with pytest.raises(RuntimeError, match="closed"):
            ring.unseal(**what, sealed=sealed)
        with queries.Ring(connection=connection, keks=vault.keks) as later:
            assert later.unseal(**what, sealed=sealed) == "slept well"
            with pytest.raises(ValueError, match="kept under wellness"):
                later.unseal(**(what | {"retention": "contact"}), sealed=sealed)
            with pytest.raises(envelope.CannotOpenError):
                later.unseal(**(what | {"row": uuid4()}), sealed=sealed)
            with pytest.raises(LookupError, match="destroyed"):
                later.unseal(**(what | {"subject": uuid4()}), sealed=sealed)


def test_a_ring_seals_nothing_for_a_class_that_was_ended(vault: Vault) -> None:
    subject = uuid4()
    make(vault, subject)
    with vault.connect("release") as connection:
        actions.destroy(subject, "wellness", connection=connection)
    with vault.connect("web") as connection:
        ring = queries.Ring(connection=connection, keks=vault.keks)
        with pytest.raises(LookupError, match="destroyed"):
            ring.seal(subject=subject, retention="wellness", field="diary.note", row=ROW, text="again")


def test_a_ring_asks_once_for_all_it_was_told_of(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    subjects = [uuid4() for _ in range(20)]
    made = make(vault, *subjects)
    asked: list[str] = []
    real = store.ask

    def counted(connection: store.Connection, statement: str, *values: object) -> list[tuple[Any, ...]]:
        asked.append(statement)
        return real(connection, statement, *values)

    monkeypatch.setattr(store, "ask", counted)
    with vault.connect("web") as connection:
        with queries.Ring(subjects=subjects, connection=connection, keks=vault.keks) as ring:
            assert all(ring.key(one, held) == made[one, held] for one in subjects for held in CLASSES)
        assert len(asked) == 1
        with queries.Ring(connection=connection, keks=vault.keks) as ring:
            assert all(ring.key(subjects[0], held) for held in CLASSES)
        assert len(asked) == 2


def test_a_key_is_not_wrapped_under_a_retired_key_encryption_key(vault: Vault, tmp_path: Path) -> None:
    old = vault.keks.current()
    actions.rotate(connection=vault.migrate, keks=vault.keks)
    subject = uuid4()
    with vault.connect("intake") as connection:
        wrapped = old.wrap(envelope.new_key(), owner=owner_of(subject, "contact"))
        asked = "select * from wellkept.vault_make_for(%s::uuid, %s::text[], %s::bytea[], %s)"
        assert store.ask(connection, asked, subject, ["contact"], [wrapped], old.id) == []
    stale = Keks(tmp_path / "stale", environment={})
    stale.make()
    vault.migrate.execute("select wellkept.vault_retire(%s)", [stale.current().id])
    with vault.connect("intake") as connection, pytest.raises(KekError, match="was retired"):
        actions.make_keys([subject], connection=connection, keks=stale)
