"""Many rows in one statement: as JSON that PostgreSQL unfolds, quicker than a parameter for each value."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import orjson


def as_json(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows for ``json_to_recordset``. Bytes become the hexadecimal form that casts to bytea."""
    return orjson.dumps(list(rows), default=plain).decode()


def uuids(values: Iterable[UUID]) -> str:
    """For ``%s::uuid[]``: one text, which is quicker than a parameter that is a list."""
    return "{" + ",".join([f"{value.int:032x}" for value in values]) + "}"


def numbers(values: Iterable[int]) -> str:
    """For ``%s::bigint[]``."""
    return "{" + ",".join(map(str, values)) + "}"


def hexes(values: Iterable[bytes]) -> str:
    """For ``%s::bytea[]``."""
    return "{" + ",".join([f'"\\\\x{value.hex()}"' for value in values]) + "}"


def plain(value: object) -> str:
    """What orjson does not know: bytes."""
    if isinstance(value, bytes | memoryview):
        return "\\x" + bytes(value).hex()
    raise TypeError(f"{type(value).__name__} is no value of a row")
