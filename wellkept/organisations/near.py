"""Organisations whose name or number is near what somebody typed, for whoever decides about a request to register."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Near:
    """An organisation of a list. ``administered`` says that somebody already decides who comes in for it.

    ``standing`` is current, prospective or prior.
    """

    id: UUID
    name: str
    street: str
    city: str
    state: str
    postal_code: str
    administered: bool
    standing: str

    @property
    def place(self) -> str:
        """Its address on one line."""
        return f"{self.street}, {self.city}, {self.state} {self.postal_code}"


def near(secret: bytes, *, kind: str, words: str, prior: bool = False) -> list[Near]:
    """At most eight of that kind, the nearest first; none for anybody but a representative.

    A number counts before words of the name. Those that have left are found with ``prior`` alone.
    """
    statement = (
        "select id, name, street, city, state, postal_code, administered, standing"
        " from wellkept.organisations_near(%s, %s, %s, %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [secret, kind, words, prior])
        return [Near(*row) for row in cursor.fetchall()]
