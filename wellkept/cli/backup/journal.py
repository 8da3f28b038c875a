"""The removal journal: what was removed since a backup was taken must be removed again after it is restored.

It lies beside the backups as ``removals.jsonl``: one JSON object a line, appended when a removal is done, with ``at``
(an instant with its offset), ``subject`` (a UUID) and ``retention`` (the class whose key was destroyed).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from wellkept.cli.backup.head import Connection, exists
from wellkept.cli.cluster import ClusterError
from wellkept.policy.words import Retention

NAME = "removals.jsonl"
REPLAYS = {
    "keys": "wellkept.vault_destroy(uuid, text)",
    "records": "wellkept.removal_replay(uuid, text)",
}


@dataclass(frozen=True, slots=True)
class Removal:
    """One class of one subject that was removed, and when."""

    at: datetime
    subject: UUID
    retention: Retention


def read(path: Path) -> list[Removal]:
    """The removals in the journal, in its order; none when there is no journal.

    Raises ``ClusterError`` at a line that is not one: a journal that cannot be read whole must not be half replayed.
    """
    return list(removals(path)) if path.exists() else []


def removals(path: Path) -> Iterator[Removal]:
    """The lines of the journal, read one by one."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield removal(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise ClusterError(
                f"Line {number} of {path} is not a removal: mend or remove it, then restore again."
            ) from error


def removal(facts: dict[str, str]) -> Removal:
    """A removal from its line; raises ``ValueError``, ``KeyError`` or ``TypeError`` when it is not one."""
    at = datetime.fromisoformat(facts["at"])
    if at.tzinfo is None:
        raise ValueError("an instant names its offset")
    return Removal(at=at, subject=UUID(facts["subject"]), retention=Retention(facts["retention"]))


def replay(connection: Connection, *, database: str, lines: list[Removal]) -> None:
    """Do the removals again in one database, in one transaction; doing one twice changes nothing."""
    if not lines:
        return
    signature = REPLAYS[database]
    if not exists(connection, f"to_regprocedure('{signature}')"):
        raise ClusterError(
            f"The backup is older than removals ({signature} is missing): it cannot be restored lawfully."
        )
    call = f"select {signature.split('(', maxsplit=1)[0]}(%s, %s)"
    with connection.cursor() as cursor:
        cursor.executemany(call, [(line.subject, str(line.retention)) for line in lines])
    connection.commit()
