"""People with an access code in their hand, or an account of their own, in the real house."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pyotp
from django.conf import settings

from tests.cluster import Cluster
from wellkept.accounts import actions, codes, hashes, seconds
from wellkept.cli import cluster, hiring

BORN = date(1986, 4, 28)
PASSWORD = "seven otters paint the barn"
_NUMBERS = count(1)
SEEDS: dict[str, str] = {}
"""The secret of each authenticator app, by sign-in name."""


@dataclass(frozen=True, slots=True)
class Card:
    """A person, the birth date their code is bound to, the code, and the sign-in name they will choose."""

    person: UUID
    born: date
    code: str
    login: str


def issued(house: Cluster, *, person: UUID | None = None, life: str = "14 days", operator: str = "umr") -> Card:
    """A person with a fresh access code."""
    card = Card(person or uuid4(), BORN, codes.new(), f"otter-{next(_NUMBERS)}-{uuid4().hex[:8]}")
    with house.administer(f"wellkept_{operator}") as connection:
        connection.execute(
            "insert into wellkept.accounts_accesscode (code_hash, person_id, birth_date, issued_at, expires_at, tries)"
            " values (%s, %s, %s, now(), now() + %s::interval, 0)",
            [hashes.code(card.code), card.person, hashes.birth_date(card.born), life],
        )
    return card


def redeem(card: Card, *, born: date | None = None, login: str = "", password: str = PASSWORD, code: str = "") -> str:
    """Use the code of a card."""
    return actions.redeem(code=code or card.code, born=born or card.born, login=login or card.login, password=password)


def registered(house: Cluster) -> Card:
    """A person with an account."""
    card = issued(house)
    assert redeem(card) == "yes"
    return card


def staff(role: str, actor: str = "Dana R.") -> str:
    """The sign-in name of a new member of staff, who came by an invitation and has an authenticator app."""
    login = f"staff-{next(_NUMBERS)}-{uuid4().hex[:8]}"
    SEEDS[login] = hiring.begun(code=invitation(role, login, actor), login=login, password=PASSWORD)[0]
    return login


def invitation(role: str, login: str, actor: str = "Dana R.") -> str:
    """The code of an invitation, made as the terminal makes it."""
    code = codes.new()
    given = [role, hashes.login(login), actor, hashes.code(code), 7]
    with as_jobs() as connection:
        asked = connection.execute("select wellkept.accounts_invite_staff(%s, %s, %s, %s, %s)", given)
        assert asked.fetchone() == ("yes",)
    return code


def as_jobs() -> psycopg.Connection:
    """A connection of the role that invites at the terminal."""
    state = Path(settings.WELLKEPT_STATE)
    parts = cluster.parameters(operator=settings.WELLKEPT_OPERATOR, role="jobs", database="records", state=state)
    return psycopg.connect(**parts)


def typed(login: str) -> str:
    """What the authenticator app of somebody shows now."""
    return pyotp.TOTP(SEEDS[login]).now()


def change(house: Cluster, statement: str, *given: object) -> None:
    """Let something be so, as no role of ours could: time that passed, a text that came into force."""
    with house.administer("wellkept_umr") as connection:
        connection.execute(statement, given)


def ask(house: Cluster, statement: str, *given: object) -> list[tuple[object, ...]]:
    """Look behind the lock."""
    with house.administer("wellkept_umr") as connection:
        return connection.execute(statement, given).fetchall()


def entered(login: str, password: str = PASSWORD, *, before: bytes | None = None) -> str:
    """The secret of a session begun by password alone."""
    begun = actions.sign_in(login=login, password=password, before=before)
    assert begun
    if login in SEEDS:
        begun = seconds.by_code(actions.secret_hash(begun.secret), typed(login))
        assert begun
    assert begun.complete
    return begun.secret
