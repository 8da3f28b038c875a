"""One statement over the connection of the process, where a room speaks SQL of its own."""

from typing import Any

from django.db import connection


def ask(statement: str, *values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401  (whatever the statement takes)
    """The rows of a statement; none of one that returns nothing."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall() if cursor.description else []
        return rows


def do(statement: str, *values: Any) -> None:  # noqa: ANN401  (whatever the statement takes)
    """Carry a statement out."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
