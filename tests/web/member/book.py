"""What the ledger says, read by the administrator."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.cluster import Cluster


@dataclass(frozen=True, slots=True)
class Entry:
    number: int
    kind: str
    account: UUID | None
    subjects: list[UUID]
    purpose: str | None
    categories: list[str]
    own: bool


def last(house: Cluster) -> int:
    """The number of the newest entry."""
    with house.administer("wellkept_umr") as connection:
        row = connection.execute("select coalesce(max(id), 0) from wellkept.ledger_entry").fetchone()
    assert row is not None
    return int(row[0])


def since(house: Cluster, number: int) -> list[Entry]:
    """Every entry after that one."""
    columns = "id, kind, account, subjects, purpose, categories, own"
    asked = f"select {columns} from wellkept.ledger_entry where id > %s order by id"
    with house.administer("wellkept_umr") as connection:
        return [Entry(*row) for row in connection.execute(asked, [number]).fetchall()]


def administered(house: Cluster, statement: str, *arguments: Any) -> list[tuple[Any, ...]]:
    """What a statement of the administrator gives, in the schema of the house."""
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        found = connection.execute(statement, list(arguments))
        return found.fetchall() if found.description else []
