"""A zone for the operator whose clock changes when a test wants it to."""

from datetime import UTC, datetime, timedelta


def zone(days: int) -> str:
    """A POSIX zone in which, so many days from now, this hour and the next do not exist: the clock goes forward."""
    now = datetime.now(UTC)
    west = 4 if now.hour > 19 else 0
    here = now - timedelta(hours=west)
    forward = here.timetuple().tm_yday - 1 + days
    back = (forward + 120) % 365
    return f"AAA{west}BBB{west - 2},{forward % 365}/{here.hour},{back}/2"
