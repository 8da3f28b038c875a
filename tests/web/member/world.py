"""Invented people brought by real files, each with an account and an open session.

Each lives in a state of their own, the column that tells them apart where everything else is sealed.
"""

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from tests.cast import account, session
from tests.cluster import Cluster

# Others of the run may bring people of the same state: these came with our own files.
BROUGHT = (
    "select p.person_id from people_person p join intake_file f on f.id = p.file_id"
    " where p.state = %s and f.name like 'member-%%'"
)
FILES = Path(__file__).parents[2] / "data" / "x12"
LIVES = {
    "maria": "WI",
    "tom": "MN",
    "stella": "IA",
    "long": "MI",
    "nora": "OH",
    "uma": "IN",
    "fred": "IL",
    "many": "TX",
    "cora": "KS",
}


@dataclass(slots=True)
class World:
    """People, accounts and the secrets of their sessions, by name; claims by the number the office gave them."""

    operator: str
    people: dict[str, UUID] = field(default_factory=dict)
    accounts: dict[str, UUID] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    claims: dict[str, UUID] = field(default_factory=dict)


def brought(house: Cluster, operator: str) -> World:
    """Import the files, give everybody an account and a session, and name the claims."""
    files = [str(FILES / name) for name in sorted(path.name for path in FILES.glob("member-*"))]
    command = "import sys; from wellkept.cli import main; main(sys.argv[1:], prog_name='wellkept')"
    for _twice in range(2):
        done = subprocess.run(
            [sys.executable, "-c", command, "import", "x12", "--quiet", "--operator", operator, *files],
            env=os.environ | {"WELLKEPT_STATE": str(house.state), "WELLKEPT_ROLE": "intake"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    world = World(operator)
    with house.administer(f"wellkept_{operator}") as connection:
        connection.execute("set search_path = wellkept")
        for name, state in LIVES.items():
            found = connection.execute(BROUGHT, [state]).fetchone()
            assert found is not None, name
            world.people[name] = found[0]
            sign_in(connection, world, name)
        sign_in(connection, world, "nobody", person=uuid4())
        world.claims = named(connection)
        connection.commit()
    return world


def sign_in(connection: psycopg.Connection, world: World, name: str, *, person: UUID | None = None) -> None:
    """An account with an open session and everything acknowledged. A second one uses their account."""
    person = person or world.people[name]
    world.people[name] = person
    found = connection.execute("select id from accounts_account where person_id = %s", [person]).fetchone()
    world.accounts[name] = found[0] if found else account(connection, role="member", person=person, actor=None)
    world.secrets[name] = f"{name}-{uuid4()}"
    session(connection, world.accounts[name], role="member", person=person, actor=None, secret=world.secrets[name])
    connection.execute(
        "insert into consent_acknowledgement (account_id, document, version, at)"
        " select %s, d.name, d.version, now() from consent_document d where d.audience = 'member'"
        " on conflict do nothing",
        [world.accounts[name]],
    )


def named(connection: psycopg.Connection) -> dict[str, UUID]:
    """The claims by day of care and person's state: what stands in clear."""
    rows = connection.execute(
        "select p.state, c.served_from, c.id from benefits_claim c join people_person p on p.person_id = c.person_id"
        " join intake_file f on f.id = p.file_id where f.name like 'member-%'"
    ).fetchall()
    days = {
        ("WI", "2026-10-28"): "paid",
        ("WI", "2026-09-30"): "part",
        ("WI", "2026-10-19"): "filed",
        ("WI", "2026-08-11"): "denied",
        ("WI", "2026-07-02"): "reversed",
        ("WI", "2026-06-15"): "codes",
        ("WI", "2026-05-05"): "sensitive",
        ("WI", "2026-04-04"): "corrected",
        ("MN", "2026-10-01"): "tom",
        ("IA", "2026-10-02"): "stella",
        ("KS", "2026-08-20"): "changed",
        ("KS", "2026-08-21"): "withdrawn",
        ("KS", "2026-08-22"): "by tax number",
        ("KS", "2026-08-23"): "two insurers",
        ("KS", "2026-08-24"): "sent on",
    }
    return {days[state, str(day)]: number for state, day, number in rows if (state, str(day)) in days}


def hashed(secret: str) -> bytes:
    """What the database knows of a session's secret."""
    return hashlib.sha256(secret.encode()).digest()
