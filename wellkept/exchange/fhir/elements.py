"""Single elements of a resource. Whatever is not of the expected shape is not there."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from wellkept.exchange.fhir.lines import NotReadError

Resource = Mapping[str, Any]
DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T.*)?", re.ASCII | re.DOTALL)
LONGEST: Final = 500
CENTS: Final = Decimal("0.01")
HIGHEST: Final = Decimal(10) ** 11


def inner(resource: object, *path: str) -> Resource:
    """The object at a path; an empty one where there is none."""
    found: object = resource
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def each(resource: object, *path: str) -> list[Resource]:
    """The objects of the list at a path; one object stands for a list of it."""
    *before, last = path
    found = inner(resource, *before).get(last)
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]


def text(resource: object, *path: str) -> str:
    """The text at a path, without signs that are none, empty where there is none."""
    *before, last = path
    return cleaned(inner(resource, *before).get(last))


def texts(resource: object, name: str) -> list[str]:
    """The texts of a list."""
    found = inner(resource).get(name)
    return [told for one in found if (told := cleaned(one))] if isinstance(found, list) else []


def cleaned(found: object) -> str:
    """A text without signs that are none; empty for what is no text."""
    if not isinstance(found, str):
        return ""
    return "".join(sign for sign in found[:LONGEST] if sign.isprintable() and not "\ud800" <= sign <= "\udfff").strip()


def codes(concept: object) -> Iterator[tuple[str, str]]:
    """System and code of each coding of a concept; of a code that is an address, what follows its last stroke."""
    for coding in each(concept, "coding"):
        yield text(coding, "system"), text(coding, "code").rpartition("/")[2]


def code(concept: object, *systems: str) -> str:
    """The first code, of one of the systems (their ends) where they are named."""
    return next((c for system, c in codes(concept) if c and (not systems or system.endswith(systems))), "")


def day(resource: object, *path: str) -> str:
    """A day as ISO text, the day of a moment too; empty where there is none."""
    match = DAY.fullmatch(text(resource, *path))
    if not match:
        return ""
    try:
        return date.fromisoformat(match[1]).isoformat()
    except ValueError:
        raise NotReadError("This is not a day.") from None


def amount(money: object) -> Decimal | None:
    """Dollars; None where none are told. Raises ``NotReadError`` for another currency."""
    value = inner(money).get("value")
    if not isinstance(value, Decimal):
        if value is not None:
            raise NotReadError("This is not an amount.")
        return None
    if (text(money, "currency") or text(money, "code")) not in ("", "USD"):
        raise NotReadError("This amount is not in US dollars.")
    if abs(value) >= HIGHEST:
        raise NotReadError("This amount is too high.")
    return value.quantize(CENTS)
