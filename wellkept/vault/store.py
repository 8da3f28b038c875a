"""What the keys' database answers, unwrapped. Works over Django's connection or over a psycopg connection handed in."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol
from uuid import UUID

from wellkept.vault.envelope import new_key
from wellkept.vault.kek import KekError, Provider, owner_of
from wellkept.vault.keks import Keks

AT_ONCE: Final = 500
MADE_AT_ONCE: Final = 10_000

Pair = tuple[UUID, str]
Wrapped = tuple[UUID, str, bytes, str]


class Connection(Protocol):
    """What Django's and psycopg's connections have in common."""

    def cursor(self) -> Any:  # noqa: ANN401  (their cursors share no type)
        """A cursor that is closed by ``with``."""


def ask(connection: Connection, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows of one statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def wrapped_keys(connection: Connection, *, subjects: Sequence[UUID], retention: Sequence[str]) -> list[Wrapped]:
    """The wrapped keys of at most 500 subjects, in one query. A destroyed key comes empty."""
    rows = ask(
        connection,
        "select subject, retention, wrapped, kek from wellkept.vault_read(%s::uuid[], %s::text[])",
        list(subjects),
        [str(one) for one in retention],
    )
    return [(subject, held, bytes(wrapped), kek) for subject, held, wrapped, kek in rows]


def unwrapped(
    rows: Iterable[Wrapped], *, keks: Keks, providers: dict[str, Provider] | None = None
) -> dict[Pair, bytes]:
    """The data keys in these rows; destroyed ones are left out.

    Each key-encryption key is looked up once, and kept in ``providers`` for a caller who comes again.
    """
    providers = {} if providers is None else providers
    keys: dict[Pair, bytes] = {}
    for subject, retention, wrapped, kek in rows:
        if wrapped:
            if kek not in providers:
                providers[kek] = keks.named(kek)
            keys[subject, retention] = providers[kek].unwrap(wrapped, owner=owner_of(subject, retention))
    return keys


def made(connection: Connection, *, pairs: Sequence[Pair], keks: Keks) -> list[Wrapped]:
    """The wrapped keys that stand for ``pairs`` once missing ones were made. A destroyed key stays so, and empty."""
    for _attempt in range(2):
        rows = _offered(connection, pairs=pairs, provider=keks.current())
        if rows:
            return rows
    # An empty answer says that the key-encryption key was retired between looking and offering; the second look finds
    # the new one. Twice in a row, something else is wrong.
    raise KekError(
        "The current key-encryption key was retired: put the newest one back, or say `wellkept vault rotate`."
    )


def _offered(connection: Connection, *, pairs: Sequence[Pair], provider: Provider) -> list[Wrapped]:
    subjects = [subject for subject, _ in pairs]
    retention = [str(held) for _, held in pairs]
    fresh = [provider.wrap(new_key(), owner=owner_of(subject, str(held))) for subject, held in pairs]
    if len(set(subjects)) == 1:
        call, first = "vault_make_for(%s::uuid, %s::text[], %s::bytea[], %s)", subjects[0]
        rows = ask(connection, f"select * from wellkept.{call}", first, retention, fresh, provider.id)  # noqa: S608
    else:
        call = "vault_make(%s::uuid[], %s::text[], %s::bytea[], %s)"
        rows = ask(connection, f"select * from wellkept.{call}", subjects, retention, fresh, provider.id)  # noqa: S608
    return [(subject, held, bytes(wrapped), kek) for subject, held, wrapped, kek in rows]
