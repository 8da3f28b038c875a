"""A helper named, taken on and sent away, as the pages do it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg

from tests.access.opening import entered, held, number, refusal
from tests.web.member.world import World, hashed

APPOINT = (
    "select wellkept.consent_appoint(%s, %s, 'x'::bytea, 'Ana R.', %s::text[], %s, %s, %s, %s, 14, '2026-11-01',"
    " 'x', '', 'en')"
)
CLAIM = "select wellkept.consent_claim(%s, %s, %s)"
REDEEM = "select wellkept.accounts_redeem(%s, %s, %s, 'unknown', '2026-11-01')"
BORN = b"born"
EVERYTHING = ("coverage", "claims", "sensitive_claims")


def later(**many: float) -> datetime:
    return datetime.now(UTC) + timedelta(**many)


def named(
    web: psycopg.Connection, world: World, who: str, *opens: str, since: datetime | None = None,
    until: datetime | None = None, person: UUID | None = None,
) -> tuple[UUID, bytes, str]:  # fmt: skip
    """A helper named, as a page does it: the row, its code, and the answer."""
    made, code = uuid4(), uuid4().bytes
    values: list[Any] = [
        person or world.people[who],
        made,
        list(opens),
        since or later(seconds=-1),
        until or later(days=30),
        code,
        BORN,
    ]
    with held(web, entered(web, hashed(world.secrets[who]), None, "identity", "requests")):
        row = web.execute(APPOINT, values).fetchone()
    assert row
    return made, code, row[0]


def helping(web: psycopg.Connection, world: World, who: str, helper: str, *opens: str, **dates: Any) -> UUID:
    """The same, taken on by somebody who has an account."""
    made, code, said = named(web, world, who, *opens, **dates)
    assert said == "yes"
    assert number(web, CLAIM, [hashed(world.secrets[helper]), code, BORN])
    return made


def opens(web: psycopg.Connection, world: World, reader: str, subject: str, *categories: str) -> int:
    """How many claims somebody opens of somebody."""
    with held(web, entered(web, hashed(world.secrets[reader]), [world.people[subject]], "identity", *categories)):
        return number(web, "select count(*) from wellkept.benefits_claim")


def why_not(
    web: psycopg.Connection, world: World, reader: str, subject: str, *categories: str, why: str = "PATRQT"
) -> str:
    return refusal(web, entered(web, hashed(world.secrets[reader]), [world.people[subject]], *categories, why=why))


def dismissed(web: psycopg.Connection, world: World, who: str, made: UUID, person: str = "") -> bool:
    with held(web, entered(web, hashed(world.secrets[who]), None, "identity", "requests")):
        row = web.execute("select wellkept.consent_dismiss(%s, %s)", [world.people[person or who], made]).fetchone()
    return bool(row and row[0])
