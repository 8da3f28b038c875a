"""What can happen to keys: made, destroyed, wrapped anew under another key-encryption key."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from wellkept.policy.words import Retention
from wellkept.vault import store
from wellkept.vault.envelope import new_key
from wellkept.vault.kek import KekError, Provider, owner_named, owner_of
from wellkept.vault.keks import Keks
from wellkept.vault.queries import EVERY, keks_here, keys_database

# index: blind indexes of records; roster: who may register; entrance: sign-in names and codes; intake: what waits;
# factors: secrets of authenticator apps, names of passkeys.
OPERATOR_KEYS: Final = ("entrance", "factors", "index", "intake", "roster")
BACKUP_DAYS: Final = 7
BATCH: Final = 1000
_FIRST: Final = (UUID(int=0), "")


def prepare(*, connection: store.Connection | None = None, keks: Keks | None = None) -> None:
    """Make the first key-encryption key and the operator keys that are missing. Safe to repeat; as the migrate role."""
    database, kept = connection or keys_database(), keks or keks_here()
    known = {name for name, _, _ in store.ask(database, "select * from wellkept.vault_operators()")}
    provider = kept.current() if kept.exists() else _first(database, kept, known=known)
    for name in sorted(set(OPERATOR_KEYS) - known):
        wrapped = provider.wrap(new_key(), owner=owner_named(name))
        store.ask(database, "select wellkept.vault_operator_make(%s, %s, %s)", name, wrapped, provider.id)


def make_keys(
    subjects: Iterable[UUID],
    retentions: Iterable[str] = EVERY,
    *,
    connection: store.Connection | None = None,
    keks: Keks | None = None,
) -> dict[tuple[UUID, str], bytes]:
    """The data keys of every subject in every class, made where they are missing, 10,000 at a time.

    Two who make the same one at once get the same key. A key that was destroyed is not made again and is left out. More
    than one subject takes the intake role. On a connection without autocommit they stand when the caller commits.
    """
    classes = [str(Retention(one)) for one in retentions]
    pairs = [(subject, held) for subject in dict.fromkeys(subjects) for held in classes]
    kept = keks or keks_here()
    keys: dict[tuple[UUID, str], bytes] = {}
    for start in range(0, len(pairs), store.MADE_AT_ONCE):
        some = pairs[start : start + store.MADE_AT_ONCE]
        rows = store.made(connection or keys_database(), pairs=some, keks=kept)
        keys |= store.unwrapped(rows, keks=kept)
    return keys


def destroy(subject: UUID, retention: str, *, connection: store.Connection | None = None) -> datetime | None:
    """End a key, and with it everything it sealed; returns when it ended, None when there was none (B-04).

    The wrapped bytes are overwritten in the row. Older copies of them lie in the server's files until they are reused,
    and in backups of the keys for seven days; both open only with the key-encryption key of their time, which
    ``rotate`` replaces and ``discard`` ends.
    """
    asked = "select wellkept.vault_destroy(%s, %s)"
    ended: datetime | None = store.ask(connection or keys_database(), asked, subject, str(Retention(retention)))[0][0]
    return ended


def rewrap(
    new_kek: Provider, *, connection: store.Connection | None = None, keks: Keks | None = None, batch: int = BATCH
) -> int:
    """Wrap every key under ``new_kek``; returns how many were not. The keys themselves, and so all data, stay.

    Each batch commits by itself (give a connection in autocommit), so it may be killed and started again. Meanwhile old
    and new key-encryption keys are both needed, and both read. Raises ``KekError`` when an old one is missing.
    """
    database, kept = connection or keys_database(), keks or keks_here()
    changed = _rewrap_operator_keys(database, kept, new_kek)
    for rows in _behind(database, kek=new_kek.id, batch=batch):
        keys = store.unwrapped(rows, keks=kept)
        fresh = [new_kek.wrap(keys[row[0], row[1]], owner=owner_of(row[0], row[1])) for row in rows]
        subjects, retention, before, _ = (list(column) for column in zip(*rows, strict=True))
        asked = "select wellkept.vault_rewrap(%s::uuid[], %s::text[], %s::bytea[], %s::bytea[], %s)"
        changed += store.ask(database, asked, subjects, retention, before, fresh, new_kek.id)[0][0]
    return changed


def rotate(*, connection: store.Connection | None = None, keks: Keks | None = None) -> tuple[str, int]:
    """Replace the key-encryption key, or finish what was begun; returns the new one's id and how many keys moved to it.

    The new key is a new file; a key given by environment or credential is replaced there, beside the one before. What
    was replaced wraps nothing again. ``KekError`` when there is nothing to move to.
    """
    database, kept = connection or keys_database(), keks or keks_here()
    before = in_use(connection=database)
    target = kept.current()
    if before <= {target.id}:
        if not kept.in_files():
            raise KekError(
                "Every key is wrapped under WELLKEPT_KEK: give a new one there and this as WELLKEPT_KEK_BEFORE."
            )
        target = kept.make()
    changed = rewrap(target, connection=database, keks=kept)
    for old in sorted(before - {target.id}):
        if not store.ask(database, "select wellkept.vault_retire(%s)", old)[0][0]:
            raise KekError(f"Keys were made under {old} meanwhile: say `wellkept vault rotate` again.")
    return target.id, changed


def discard(*, connection: store.Connection | None = None, keks: Keks | None = None) -> tuple[str, ...]:
    """Remove key-encryption keys retired for longer than a backup of the keys lives; returns their ids.

    From here on no copy anywhere of a key destroyed before the rotation can be opened.
    """
    database, kept = connection or keys_database(), keks or keks_here()
    old = [kek for (kek,) in store.ask(database, "select * from wellkept.vault_retired(%s)", BACKUP_DAYS)]
    return tuple(kek for kek in old if kept.discard(kek))


def in_use(*, connection: store.Connection | None = None) -> set[str]:
    """The ids of the key-encryption keys that wrap something."""
    database = connection or keys_database()
    subjects = store.ask(database, "select distinct kek from wellkept.vault_status() where living > 0")
    operator = store.ask(database, "select distinct kek from wellkept.vault_operators()")
    return {kek for (kek,) in (*subjects, *operator)}


def try_all(provider: Provider | None = None, *, connection: store.Connection, keks: Keks) -> tuple[int, int]:
    """How many wrapped keys open, and how many do not: with ``provider`` alone, else with what this machine has."""
    opened = failed = 0
    for name, wrapped, kek in store.ask(connection, "select * from wellkept.vault_operators()"):
        good = _opens(provider, keks, kek=kek, wrapped=bytes(wrapped), owner=owner_named(name))
        opened, failed = opened + good, failed + (not good)
    for rows in _behind(connection, kek=None, batch=BATCH):
        for subject, retention, wrapped, kek in rows:
            good = _opens(provider, keks, kek=kek, wrapped=wrapped, owner=owner_of(subject, retention))
            opened, failed = opened + good, failed + (not good)
    return opened, failed


def _opens(provider: Provider | None, keks: Keks, *, kek: str, wrapped: bytes, owner: bytes) -> bool:
    try:
        return bool((provider or keks.named(kek)).unwrap(wrapped, owner=owner))
    except KekError:
        return False


def _first(database: store.Connection, keks: Keks, *, known: set[str]) -> Provider:
    """The first key-encryption key: never where keys are wrapped already, since then the right one is only missing."""
    if known or in_use(connection=database):
        raise KekError(f"Keys are wrapped, and no key-encryption key is in {keks.folder}: put its file back.")
    return keks.make()


def _rewrap_operator_keys(database: store.Connection, keks: Keks, new_kek: Provider) -> int:
    changed = 0
    for name, wrapped, kek in store.ask(database, "select * from wellkept.vault_operators()"):
        if kek != new_kek.id:
            owner, before = owner_named(name), bytes(wrapped)
            fresh = new_kek.wrap(keks.named(kek).unwrap(before, owner=owner), owner=owner)
            asked = "select wellkept.vault_operator_rewrap(%s, %s, %s, %s)"
            store.ask(database, asked, name, before, fresh, new_kek.id)
            changed += 1
    return changed


def _behind(database: store.Connection, *, kek: str | None, batch: int) -> Iterator[list[store.Wrapped]]:
    """The living keys that ``kek`` does not wrap, all with None, in the order of their subjects."""
    last: tuple[UUID, str] = _FIRST
    asked = "select * from wellkept.vault_behind(%s::text, %s::uuid, %s, %s::int)"
    while rows := store.ask(database, asked, kek, *last, batch):
        yield [(subject, held, bytes(wrapped), name) for subject, held, wrapped, name in rows]
        last = (rows[-1][0], rows[-1][1])
