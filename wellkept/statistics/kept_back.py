"""How many openings were kept back when today began, as the database counts them. No record comes this far.

Serves B-03.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection


@dataclass(frozen=True, slots=True)
class KeptBack:
    """Inquiries in force when today began, and their openings; ``last``: the last day of the longest, or None."""

    inquiries: int
    openings: int
    last: date | None


def kept_back() -> KeptBack:
    """The count of today, the same for everybody."""
    with connection.cursor() as cursor:
        cursor.execute("select inquiries, openings, until_at_most from wellkept.unseen_counted()")
        return KeptBack(*cursor.fetchone())
