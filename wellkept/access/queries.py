"""Ways to a record: enter, which commits who looks and why, then hold, in the transaction that reads."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction

from wellkept.access.cut import Opening
from wellkept.access.refusals import refused
from wellkept.policy.words import Category, Key, Purpose
from wellkept.vault.queries import Ring

REFUSED = "WK001"
NOT_ON_DISK = "WK003"


@dataclass(frozen=True, slots=True)
class Who:
    """Whose session it is. ``actor`` is the display name of whoever is no member, None for members.

    ``holder`` is the subject under which the account's own contact data lie: a member's person. ``organisation`` is
    None for members and staff.
    """

    account: UUID
    role: str
    actor: str | None
    visit: UUID
    holder: UUID
    organisation: UUID | None


def who(secret: bytes) -> Who | None:
    """The holder of the session whose secret has this SHA-256 hash; None when there is none or it has ended."""
    row = _ask("select account, role, actor, occasion, holder, organisation from wellkept.gate_who(%s)", [secret])
    return Who(*row) if row and row[0] else None


@contextmanager
def enter(
    secret: bytes,
    *,
    purpose: Purpose,
    categories: Sequence[Category],
    subjects: Sequence[UUID] | None = None,
    occasion: UUID | None = None,
) -> Iterator[Opening]:
    """Open ``subjects`` (None: whoever holds the account) for the length of the block, which is one transaction.

    The entry is committed and on disk before the block begins. Raises ``Refused``, which is in the ledger by then.
    """
    arguments = [
        secret,
        list(subjects) if subjects is not None else None,
        purpose.value,
        [c.value for c in categories],
        occasion,
    ]
    entry = _entered("select wellkept.gate_enter(%s, %s::uuid[], %s, %s::text[], %s::uuid)", arguments)
    with held(entry, purpose=purpose) as opening:
        yield opening


@contextmanager
def search(secret: bytes, *, kind: str, index: bytes, purpose: Purpose) -> Iterator[Opening]:
    """Open the identity of whom a blind index finds, at most five people; ``subjects`` is empty when it is nobody."""
    entry = _entered("select wellkept.gate_search(%s, %s, %s, %s)", [secret, kind, index, purpose.value])
    with held(entry, purpose=purpose) as opening:
        yield opening


@contextmanager
def enter_as_machine(
    *, subjects: Sequence[UUID], purpose: Purpose, categories: Sequence[Category], occasion: UUID, relationship: str
) -> Iterator[Opening]:
    """The same for a job: who it is, is the login role of its connection, and its occasion was begun by ``begin``."""
    arguments = [list(subjects), purpose.value, [c.value for c in categories], occasion, relationship]
    entry = _entered("select wellkept.gate_enter_machine(%s::uuid[], %s, %s::text[], %s::uuid, %s)", arguments)
    with held(entry, purpose=purpose) as opening:
        yield opening


def changed(key: Key, *categories: Category) -> int:
    """Enter, in the transaction of ``key``, that whoever opened it changed these kinds of data; returns the entry.

    Call it beside each write that a person or a member of staff makes. What is rolled back leaves no such entry.
    """
    del key  # it is proof that something is open; the database knows what
    return int(_ask("select wellkept.gate_changed(%s::text[])", [[category.value for category in categories]])[0])


def may(secret: bytes, subject: UUID, *categories: Category) -> frozenset[Category]:
    """Which of these the session's person may open of somebody now, at their own request; an opening decides again.

    Nothing for staff and for whoever is signed out.
    """
    (found,) = _ask("select wellkept.gate_may(%s, %s::uuid, %s::text[])", [secret, subject, [*categories]])
    return frozenset(Category(one) for one in found)


def begin(occasion: UUID, *, kind: str, label: str | None = None) -> None:
    """Begin what a machine's entries belong to: a ``file`` or a ``job``."""
    _ask("select wellkept.gate_begin(%s::uuid, %s, %s)", [occasion, kind, label])


@contextmanager
def held(entry: int, *, purpose: Purpose) -> Iterator[Opening]:
    """The transaction in which a committed entry is open.

    Where the entry is not on disk yet and nobody else's commit flushes it, a commit of ours does; then it is held.
    """
    with ExitStack() as stack:
        try:
            row = _held_in(stack, entry)
        except NotOnDiskError:
            _ask("select wellkept.gate_flush()", [])
            row = _held_in(stack, entry)
        subjects, categories, account, role, actor, occasion = row
        ring = stack.enter_context(Ring(subjects=tuple(subjects)))
        yield Opening(
            entry=entry, subjects=tuple(subjects), categories=frozenset(categories), purpose=purpose.value,
            account=account, role=role, actor=actor, occasion=occasion, ring=ring,
        )  # fmt: skip


class NotOnDiskError(Exception):
    """The entry was committed, and its commit is not flushed yet."""


def _held_in(stack: ExitStack, entry: int) -> Any:  # noqa: ANN401  (the row of gate_hold)
    """Begin a transaction in ``stack`` and hold the entry in it; nothing is left open when it cannot be held."""
    with ExitStack() as attempt:
        attempt.enter_context(transaction.atomic())
        row = _hold(entry)
        stack.push(attempt.pop_all())
        return row


def _hold(entry: int) -> Any:  # noqa: ANN401  (the row of gate_hold)
    try:
        return _ask("select subjects, categories, account, role, actor, occasion from wellkept.gate_hold(%s)", [entry])
    except Error as error:
        cause = error.__cause__
        state = cause.sqlstate if isinstance(cause, psycopg.Error) else None
        if state == NOT_ON_DISK:
            raise NotOnDiskError from None
        if state == REFUSED and isinstance(cause, psycopg.Error):
            diagnosis = cause.diag
            raise refused(diagnosis.message_primary or "", clause=diagnosis.message_detail or "", entry=entry) from None
        raise


def _entered(statement: str, arguments: list[Any]) -> int:
    """Run step one in a transaction of its own and return its entry."""
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        raise RuntimeError("An opening begins outside any transaction.")
    return int(_ask(statement, arguments)[0])


def _ask(statement: str, arguments: list[Any]) -> Any:  # noqa: ANN401  (one row of what the statement returns)
    """One row, over the driver itself: these stand before every page, and Django's cursor costs as much."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return connection.connection.execute(statement, arguments).fetchone()
