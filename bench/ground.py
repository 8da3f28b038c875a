"""What every figure stands on: the machine's name, a private cluster, a book in it, and signed-in sessions."""

import hashlib
import os
import platform
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from tests.cluster import temporary_state
from wellkept.cli import cluster
from wellkept.cli.db import migrate_operator
from wellkept.demo.book import Book, book
from wellkept.demo.scenes import LAKES

OPERATOR = "umr"
WELLKEPT = [sys.executable, "-c", "from wellkept.cli import main; main(prog_name='wellkept')"]


def machine() -> str:
    """The processor, its cores and the system, as a table names them."""
    model = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


@contextmanager
def house() -> Iterator[Path]:
    """A migrated private cluster in a temporary state folder."""
    state = temporary_state()
    os.environ["WELLKEPT_STATE"] = str(state)
    try:
        cluster.ensure_running(state)
        migrate_operator(OPERATOR, state=state)
        yield state
    finally:
        cluster.stop(state)
        shutil.rmtree(state)


def loaded(state: Path, *, members: int, claims_a_member: float) -> Book:
    """A book of that many members, imported, vacuumed; the server is restarted afterwards."""
    folder = state / "book"
    folder.mkdir()
    written = book(
        folder, scene=LAKES, members=members, claims_a_member=claims_a_member, seed=7, today=datetime.now(UTC).date()
    )
    command = [*WELLKEPT, "import", "x12", "--quiet", "--operator", OPERATOR, *map(str, written.files)]
    subprocess.run(command, check=True, capture_output=True)
    with cluster.administer(f"wellkept_{OPERATOR}") as connection:
        connection.execute("vacuum (analyze)")
    cluster.stop(state)
    cluster.ensure_running(state)
    return written


def signed_in(*, sessions: int) -> list[str]:
    """Cookies of that many members who have claims, each with an open session and every text agreed to."""
    cookies = []
    with cluster.administer(f"wellkept_{OPERATOR}") as connection:
        connection.execute("set search_path = wellkept")
        asked = "select person_id from benefits_claim group by 1 having count(*) >= 3 order by 1 limit %s"
        for (person,) in connection.execute(asked, [sessions]).fetchall():
            secret, account, visit = secrets.token_urlsafe(32), uuid4(), uuid4()
            connection.execute(
                "insert into accounts_account"
                " (id, role, person_id, holder, login, password, created_at, failures, collected_under)"
                " values (%s, 'member', %s, %s, %s, '!', now(), 0, 'x')",
                [account, person, person, account.bytes],
            )
            connection.execute(
                "insert into ledger_occasion (id, kind, account, role) values (%s, 'visit', %s, 'member')",
                [visit, account],
            )
            connection.execute(
                "insert into accounts_session"
                " (secret_hash, account_id, person_id, holder, role, occasion, began, seen, idle, expires)"
                " values (%s, %s, %s, %s, 'member', %s, now(), now(), '1 hour', now() + interval '1 day')",
                [hashlib.sha256(secret.encode()).digest(), account, person, person, visit],
            )
            agree(connection, account)
            cookies.append(f"{OPERATOR}_session={secret}")
    return cookies


def agree(connection: object, account: UUID) -> None:
    """The account has agreed to every document its role owes."""
    connection.execute(  # type: ignore[attr-defined]
        "insert into consent_acknowledgement (account_id, document, version, at)"
        " select %s, name, version, now() from consent_document where audience = 'member' on conflict do nothing",
        [account],
    )
