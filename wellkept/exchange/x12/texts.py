"""Values of X12 as the text that statements keep."""

from datetime import date
from decimal import Decimal

from wellkept.exchange.x12.values import Adjustment, Name


def adjusted(adjustment: Adjustment) -> list[str]:
    """Group, reason and amount of a CAS triplet."""
    return [adjustment.group, adjustment.reason, money(adjustment.amount)]


def parts(name: Name) -> list[str]:
    """First, middle, last, suffix."""
    return [name.first, name.middle, name.last, name.suffix]


def written(name: Name) -> str:
    """A name as one writes it: first, middle, last, suffix."""
    return " ".join(part for part in parts(name) if part)


def day(value: date | None) -> str:
    """ISO 8601, or empty."""
    return value.isoformat() if value else ""


def money(value: Decimal | None) -> str:
    """Decimal text, or empty."""
    return "" if value is None else format(value, "f")
