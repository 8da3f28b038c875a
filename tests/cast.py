"""The standing cast: one family, a stranger, staff. Written by the administrator: no test of the lock leans on it."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg

from tests.cluster import Cluster

PEOPLE = ("subscriber", "spouse", "teenager", "child", "stranger")
STAFF = ("representative", "nurse", "privacy_officer")


@dataclass(slots=True)
class Cast:
    """Ids by name. ``secret`` holds the hash of each open session's secret."""

    people: dict[str, UUID] = field(default_factory=dict)
    accounts: dict[str, UUID] = field(default_factory=dict)
    secret: dict[str, bytes] = field(default_factory=dict)
    plan: UUID = field(default_factory=uuid4)
    household: UUID = field(default_factory=uuid4)


def installed(house: Cluster, operator: str) -> Cast:
    """Write the cast into that operator's records and return it."""
    cast = Cast()
    with house.administer(f"wellkept_{operator}") as connection:
        connection.execute("set search_path = wellkept")
        for name in PEOPLE:
            cast.people[name] = uuid4()
            claims(connection, cast.people[name], cast.plan)
        for name in ("subscriber", "spouse", "stranger"):
            sign_in(connection, cast, name, role="member", person=cast.people[name], actor=None)
        for name in STAFF:
            sign_in(connection, cast, name, role=name, person=None, actor=name.title())
        agree(connection, cast)
        connection.commit()
    return cast


def claims(connection: psycopg.Connection, person: UUID, plan: UUID, *, ordinary: int = 10, sensitive: int = 1) -> None:
    """Give a person some claims, of which some are sensitive care."""
    for number in range(ordinary + sensitive):
        category = "claims" if number < ordinary else "sensitive_claims"
        served = date(2026, 3, 1) + timedelta(days=number)
        connection.execute(
            "insert into benefits_claim (id, person_id, category, plan_id, collected_under, restricted, number,"
            " served_from, status, billed, kind)"
            " values (%s, %s, %s, %s, '2026-11-01', false, ''::bytea, %s, 'filed', %s, 'professional')",
            [uuid4(), person, category, plan, served, 100 + number],
        )


def account(connection: psycopg.Connection, *, role: str, person: UUID | None, actor: str | None) -> UUID:
    """Make an account whose password nobody knows."""
    made = uuid4()
    connection.execute(
        "insert into accounts_account"
        " (id, role, person_id, holder, login, password, actor, created_at, failures, collected_under)"
        " values (%s, %s, %s, %s, %s, '!', %s, now(), 0, '2026-11-01')",
        [made, role, person, person or uuid4(), made.bytes, actor],
    )
    return made


def session(
    connection: psycopg.Connection, account_id: UUID, *, role: str, person: UUID | None, actor: str | None, secret: str
) -> bytes:
    """Open a session and return the hash of its secret."""
    digest = hashlib.sha256(secret.encode()).digest()
    visit = uuid4()
    connection.execute(
        "insert into ledger_occasion (id, kind, account, role, actor) values (%s, 'visit', %s, %s, %s)",
        [visit, account_id, role, actor],
    )
    connection.execute(
        "insert into accounts_session"
        " (secret_hash, account_id, person_id, holder, organisation_id, role, actor, occasion, began, seen, idle,"
        " expires, proved_at)"
        " select %s, a.id, %s, a.holder, a.organisation_id, %s, %s, %s, now(), now(), '1 hour',"
        " now() + interval '1 day', now() + interval '1 day'"
        " from accounts_account a where a.id = %s",
        [digest, person, role, actor, visit, account_id],
    )
    return digest


def sign_in(
    connection: psycopg.Connection, cast: Cast, name: str, *, role: str, person: UUID | None, actor: str | None
) -> None:
    """An account with an open session, by name."""
    cast.accounts[name] = account(connection, role=role, person=person, actor=actor)
    cast.secret[name] = session(
        connection, cast.accounts[name], role=role, person=person, actor=actor, secret=f"{name} {uuid4()}"
    )


def agree(connection: psycopg.Connection, cast: Cast) -> None:
    """Everybody has acknowledged every document in force for their role."""
    connection.execute(
        "insert into consent_acknowledgement (account_id, document, version, at)"
        " select a.id, d.name, d.version, now() from accounts_account a join consent_document d on d.audience = a.role"
        " where a.id = any(%s) on conflict do nothing",
        [list(cast.accounts.values())],
    )


def on_a_call(connection: psycopg.Connection, cast: Cast, person: UUID, *, verified: bool = True) -> UUID:
    """The representative is on a call with that person; returns the call, which is the occasion."""
    call = uuid4()
    representative = cast.accounts["representative"]
    connection.execute(
        "insert into wellkept.ledger_occasion (id, kind, account, role, actor, label)"
        " values (%s, 'call', %s, 'representative', 'Representative', 'claim')",
        [call, representative],
    )
    connection.execute(
        "insert into wellkept.service_call (id, account_id, person_id, purpose, about, began, verified)"
        " values (%s, %s, %s, 'MEMADMIN', 'claim', now(), case when %s then now() end)",
        [call, representative, person, verified],
    )
    return call
