"""Many rows in one statement: as JSON that PostgreSQL unfolds, quicker than a parameter for each value."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson


def as_json(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows for ``json_to_recordset``. Bytes become the hexadecimal form that casts to bytea."""
    return orjson.dumps(list(rows), default=plain).decode()


def plain(value: object) -> str:
    """What orjson does not know: bytes."""
    if isinstance(value, bytes | memoryview):
        return "\\x" + bytes(value).hex()
    raise TypeError(f"{type(value).__name__} is no value of a row")
