"""JSON as files hold it: a resource a line (NDJSON), or one document. Hostile JSON is refused by its line.

Numbers are exact decimals. Names that stand twice in one object, nesting beyond 100 levels, numbers beyond 30 digits,
and what is no UTF-8 are refused: two readers could otherwise take the same bytes for two things.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

LINE_LIMIT: Final = 8 << 20
DOCUMENT_LIMIT: Final = 64 << 20
DEPTH: Final = 100
DIGITS: Final = 30
MARK: Final = b"\xef\xbb\xbf"


class NotReadError(ValueError):
    """Why some JSON is not taken: a sentence without anything that stands in it."""


# What a resource of another shape than the standard gives it may raise. ``NotReadError`` is one of them.
ERRORS: Final = (TypeError, ValueError, ArithmeticError, AttributeError, LookupError)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that was not taken: where it stands, and why in a sentence without its values."""

    line: int
    element: str
    sentence: str


def documents(path: Path) -> Iterator[tuple[int, dict[str, Any] | Wrong]]:
    """Every JSON object of a file with its line, counted from 1; one document stands on line 1."""
    if one_document(path):
        yield 1, told(path.read_bytes().removeprefix(MARK).strip(), line=1)
        return
    with path.open("rb") as file:
        yield from lines(file)


def one_document(path: Path) -> bool:
    """Whether the file is one document: its first line does not hold a whole object, and it is not too long."""
    with path.open("rb") as file:
        first = file.readline(LINE_LIMIT).removeprefix(MARK).strip()
        more = file.read(1)
    if path.stat().st_size > DOCUMENT_LIMIT:
        return False
    return not more or not first.endswith(b"}") or not isinstance(told(first, line=1), dict)


def lines(file: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | Wrong]]:
    """The objects of NDJSON; blank lines are passed over."""
    number = 0
    while line := file.readline(LINE_LIMIT):
        number += 1
        whole = line.endswith(b"\n") or len(line) < LINE_LIMIT
        while not whole and (rest := file.readline(LINE_LIMIT)):
            whole = rest.endswith(b"\n")
        if len(line) == LINE_LIMIT and not line.endswith(b"\n"):
            yield number, Wrong(number, "", "This line is too long.")
        elif text := line.removeprefix(MARK).strip():
            yield number, told(text, line=number)


def told(text: bytes, *, line: int) -> dict[str, Any] | Wrong:
    """One object, or why it is none."""
    try:
        return parsed(text)
    except NotReadError as error:
        return Wrong(line, "", str(error))


def parsed(text: bytes) -> dict[str, Any]:
    """One JSON object; raises ``NotReadError``."""
    try:
        quick = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise NotReadError("This is not JSON, or it is cut off.") from None
    if not isinstance(quick, dict):
        raise NotReadError("This is not a JSON object.")
    try:
        found = json.loads(text, object_pairs_hook=once, parse_float=exact, parse_int=exact, parse_constant=exact)
    except RecursionError:
        raise NotReadError("This is nested too deeply.") from None
    except (ValueError, ArithmeticError) as error:
        raise NotReadError(str(error) if isinstance(error, NotReadError) else "This is not JSON.") from None
    if deeper(found, DEPTH):
        raise NotReadError("This is nested too deeply.")
    return dict(found)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names stand once."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotReadError("A name stands twice in one object.")
    return found


def exact(number: str) -> Decimal:
    """A number as it is written."""
    if len(number) > DIGITS or not (found := Decimal(number)).is_finite() or abs(found.adjusted()) > DIGITS:
        raise NotReadError("A number is too long.")
    return found


def deeper(value: object, levels: int) -> bool:
    """Whether something is nested beyond so many levels."""
    rows = [value]
    for _ in range(levels):
        rows = [inner for row in rows for inner in within(row)]
        if not rows:
            return False
    return True


def within(value: object) -> list[object]:
    """What an object or a list holds that holds more."""
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [inner for inner in held if isinstance(inner, dict | list)]
