"""The house as an administrator sees it: emptied, run, and written down in one canonical form."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.cluster import Cluster
from wellkept.vault import envelope
from wellkept.vault.keks import Keks
from wellkept.vault.queries import data_keys

COMMAND = "from wellkept.cli import main; main(prog_name='wellkept')"
TABLES = (
    "people_person", "people_contact", "people_identity", "people_finder", "benefits_coverage", "benefits_claim",
    "benefits_filing", "benefits_decision", "organisations_plan", "organisations_provider", "intake_file", "intake_set",
    "intake_setaside", "intake_staged", "intake_mark", "intake_total", "intake_control", "benefits_balance",
    "organisations_terms", "organisations_organisation", "organisations_finder",
    "intake_fullfile", "intake_covered", "intake_late", "intake_payment", "intake_premium", "intake_acknowledged",
)  # fmt: skip
# Sealed columns: the field's code and the retention class of its key.
SEALED = {
    "people_person": {
        "name": "person.name",
        "birth_date": "person.birth_date",
        "member_number": "person.member_number",
    },
    "people_contact": {"address": "contact.address", "phone": "contact.phone", "email": "contact.email"},
    "benefits_claim": {"number": "claim.number"},
}
# What is kept of files, and not of people: two ways to one state may have come in other files.
COUNTED = (
    "intake_file", "intake_set", "intake_total", "intake_control", "intake_full", "intake_late", "intake_pay",
    "intake_ack",
)  # fmt: skip
# Where a row came from, and numbers of rows: two ways to one state may differ in these.
PROVENANCE = ("file_id", "absent_file_id", "set_number")


@dataclass(frozen=True, slots=True)
class House:
    """A cluster with one operator."""

    cluster: Cluster

    @property
    def state(self) -> Path:
        """Its state folder."""
        return self.cluster.state

    def remove(self) -> None:
        """Remove its folder."""
        shutil.rmtree(self.state.parent)

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows as the administrator reads them, past the lock."""
        with self.cluster.administer("wellkept_umr") as connection:
            connection.execute("set search_path = wellkept")
            return connection.execute(statement, values).fetchall()

    def do(self, statement: str, *values: object) -> None:
        """A statement of the administrator that returns nothing."""
        with self.cluster.administer("wellkept_umr") as connection:
            connection.execute("set search_path = wellkept")
            connection.execute(statement, values)

    def count(self, table: str, where: str = "true") -> int:
        """How many rows."""
        return int(self.rows(f"select count(*) from {table} where {where}")[0][0])

    def empty(self) -> None:
        """Nobody in it, no file, and nobody whose record was removed."""
        self.do(f"truncate {', '.join(TABLES)} cascade")
        with self.cluster.administer("wellkept_umr_keys") as connection:
            connection.execute("delete from wellkept.vault_key where destroyed_at is not null")

    def keys(self, people: Iterable[UUID]) -> dict[tuple[UUID, str], bytes]:
        """The data keys of some people."""
        with self.cluster.connect("umr", "web", "keys", autocommit=True) as connection:
            return data_keys(people, connection=connection, keks=Keks(self.state / "umr" / "kek"))

    def written(self) -> dict[str, list[str]]:
        """Everything the house knows, table by table, unsealed, without provenance, in an order of its own."""
        return {table: self.table(table) for table in TABLES if not table.startswith(COUNTED)}

    def table(self, table: str) -> list[str]:
        """The rows of one table as sorted JSON."""
        found = [row[0] for row in self.rows(f"select to_jsonb(t) from {table} t")]
        keys = self.keys({UUID(row["person_id"]) for row in found}) if table in SEALED else {}
        for row in found:
            for column, code in SEALED.get(table, {}).items():
                row[column] = unsealed(row, row[column], code, keys)
            for name in PROVENANCE:
                row.pop(name, None)
        if table == "intake_staged":
            found = [{name: row[name] for name in ("kind", "finder", "digest", "apart")} for row in found]
        return sorted(json.dumps(row, sort_keys=True) for row in found)


def unsealed(row: dict[str, Any], sealed: str, code: str, keys: dict[tuple[UUID, str], bytes]) -> str:
    """The text of one sealed column."""
    if sealed == "\\x":
        return ""
    person = UUID(row["person_id"])
    key = keys[person, "contact" if code.startswith("contact") else "benefits"]
    whole = bytes.fromhex(sealed.removeprefix("\\x"))
    return envelope.unseal(data_key=key, field=code, subject=person, row=UUID(row["id"]), sealed=whole)


def environment(house: House) -> dict[str, str]:
    """What a command is started with."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("WELLKEPT_", "DJANGO_", "DATABASE_"))
    }
    return kept | {"WELLKEPT_STATE": str(house.state), "WELLKEPT_OPERATOR": "umr", "PYTHONWARNINGS": "error"}


def wellkept(house: House, *arguments: str | Path, script: str = COMMAND) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        env=environment(house), capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def bring(house: House, *files: Path, expect: int = 0, **options: str) -> str:
    """Import files and return what was printed, on both channels."""
    more = [part for name, value in options.items() for part in (f"--{name}", value) if part]
    done = wellkept(house, "import", "x12", *more, *files)
    assert done.returncode == expect, done.stdout + done.stderr
    return done.stdout + done.stderr
