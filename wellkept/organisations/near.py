"""Organisations whose name or number is near what somebody typed, for whoever decides about a request to register."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Near:
    """An organisation of a list. ``administered`` says that somebody already decides who comes in for it."""

    id: UUID
    name: str
    street: str
    city: str
    state: str
    postal_code: str
    administered: bool

    @property
    def place(self) -> str:
        """Its address on one line."""
        return f"{self.street}, {self.city}, {self.state} {self.postal_code}"


def near(secret: bytes, *, kind: str, words: str) -> list[Near]:
    """At most eight of that kind, the nearest first; none for anybody but a representative, and none that has left.

    A number counts before words of the name.
    """
    statement = (
        "select id, name, street, city, state, postal_code, administered from wellkept.organisations_near(%s, %s, %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [secret, kind, words])
        return [Near(*row) for row in cursor.fetchall()]
