"""How keys are read: data keys of subjects, operator keys, and the ring that one request holds."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import connections

from wellkept.policy.words import Retention
from wellkept.vault import envelope, fields, store
from wellkept.vault.kek import Provider, owner_named
from wellkept.vault.keks import Keks

EVERY = tuple(Retention)


class KeyDestroyedError(LookupError):
    """There is no such key: it was destroyed, or never made. What it sealed opens for nobody."""

    def __init__(self) -> None:
        super().__init__("The key of this value was destroyed")


def keks_here() -> Keks:
    """The key-encryption keys of the operator this process serves."""
    return Keks(Path(settings.WELLKEPT_STATE) / settings.WELLKEPT_OPERATOR / "kek")


def keys_database() -> store.Connection:
    """Django's connection to the wrapped keys."""
    connection: store.Connection = connections["keys"]
    return connection


def data_keys(
    subjects: Iterable[UUID],
    retention: Iterable[str] = EVERY,
    *,
    connection: store.Connection | None = None,
    keks: Keks | None = None,
) -> dict[tuple[UUID, str], bytes]:
    """The data keys of these subjects and classes, one query for each 500 subjects. Without those that do not exist.

    Raises ``KekError`` when a key-encryption key is missing.
    """
    classes = [str(one) for one in retention]
    remaining = iter(dict.fromkeys(subjects))
    found: dict[tuple[UUID, str], bytes] = {}
    while some := list(islice(remaining, store.AT_ONCE)):
        rows = store.wrapped_keys(connection or keys_database(), subjects=some, retention=classes)
        found |= store.unwrapped(rows, keks=keks or keks_here())
    return found


def operator_key(name: str, *, connection: store.Connection | None = None, keks: Keks | None = None) -> bytes:
    """An operator key, 32 bytes, by its name (``actions.OPERATOR_KEYS``).

    Raises ``LookupError`` when ``actions.prepare`` has not made it yet.
    """
    asked = "select wrapped, kek from wellkept.vault_operator(%s)"
    for wrapped, kek in store.ask(connection or keys_database(), asked, name):
        return (keks or keks_here()).named(kek).unwrap(bytes(wrapped), owner=owner_named(name))
    raise LookupError(f"The operator has no key {name!r} yet: say `wellkept db migrate`.")


class Ring:
    """The keys one request holds: fetched when first needed, opened one by one, dropped when it is closed.

    All classes of one subject come in one query; with ``subjects``, all of those come with the first. Nothing is kept
    from one request to the next.
    """

    def __init__(
        self,
        *,
        subjects: Sequence[UUID] = (),
        connection: store.Connection | None = None,
        keks: Keks | None = None,
    ) -> None:
        self._ahead = tuple(subjects)[: store.AT_ONCE - 1]
        self._connection = connection
        self._keks = keks
        self._fetched: set[UUID] = set()
        self._wrapped: dict[tuple[UUID, str], store.Wrapped] = {}
        self._open: dict[tuple[UUID, str], bytes] = {}
        self._providers: dict[str, Provider] = {}
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return "Ring()"

    def close(self) -> None:
        """Drop every key. Afterwards the ring opens nothing."""
        self._closed = True
        self._wrapped.clear()
        self._open.clear()
        self._providers.clear()

    def key(self, subject: UUID, retention: str) -> bytes:
        """A data key; raises ``KeyDestroyedError`` (a ``LookupError``) when there is none."""
        self._fetch(subject)
        pair = (subject, str(retention))
        if pair not in self._open and pair in self._wrapped:
            self._open |= store.unwrapped([self._wrapped[pair]], keks=self._keks_now(), providers=self._providers)
        if pair not in self._open:
            raise KeyDestroyedError
        return self._open[pair]

    def unseal(self, *, subject: UUID, retention: str, field: str, row: UUID, sealed: bytes) -> str:
        """The text that was sealed for ``field`` of ``row``.

        Raises ``KeyDestroyedError`` when its key was destroyed, ``CannotOpenError`` when the value is not this one, and
        ``ValueError`` when the field is kept under another class.
        """
        fields.check(field, retention=retention)
        key = self.key(subject, retention)
        return envelope.unseal(data_key=key, field=field, subject=subject, row=row, sealed=sealed)

    def unseal_bytes(self, *, subject: UUID, retention: str, field: str, row: UUID, sealed: bytes) -> bytes:
        """The same of bytes, such as a part of a file."""
        fields.check(field, retention=retention)
        key = self.key(subject, retention)
        return envelope.unseal_bytes(data_key=key, field=field, subject=subject, row=row, sealed=sealed)

    def seal(self, *, subject: UUID, retention: str, field: str, row: UUID, text: str) -> bytes:
        """``text`` sealed under the subject's key, which is made when this is the first value of its class.

        Raises ``KeyDestroyedError`` when the class was ended: nothing is written for it again.
        """
        fields.check(field, retention=retention)
        key = self._made(subject, retention)
        return envelope.seal(data_key=key, field=field, subject=subject, row=row, text=text)

    def seal_bytes(self, *, subject: UUID, retention: str, field: str, row: UUID, content: bytes) -> bytes:
        """The same of bytes."""
        fields.check(field, retention=retention)
        key = self._made(subject, retention)
        return envelope.seal_bytes(data_key=key, field=field, subject=subject, row=row, content=content)

    def _made(self, subject: UUID, retention: str) -> bytes:
        """The data key, made where the subject has none of this class yet."""
        self._fetch(subject)
        pair = (subject, str(retention))
        if pair not in self._wrapped:
            rows = store.made(self._connection or keys_database(), pairs=[pair], keks=self._keks_now())
            self._wrapped |= {(row[0], row[1]): row for row in rows}
        return self.key(subject, retention)

    def _fetch(self, subject: UUID) -> None:
        if self._closed:
            raise RuntimeError("This ring is closed.")
        if subject not in self._fetched:
            wanted = list(dict.fromkeys((subject, *self._ahead)))
            self._ahead = ()
            connection = self._connection or keys_database()
            rows = store.wrapped_keys(connection, subjects=wanted, retention=EVERY)
            self._fetched.update(wanted)
            self._wrapped |= {(row[0], row[1]): row for row in rows}

    def _keks_now(self) -> Keks:
        self._keks = self._keks or keks_here()
        return self._keks
