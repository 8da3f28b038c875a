"""How much of what came in waits, and how much is kept apart. Numbers alone: what it says opens to nobody."""

from uuid import UUID

from django.db import connection

from wellkept.intake.models import File


def next_file() -> tuple[UUID, str] | None:
    """The oldest file of which something waits, and the organisation it came from."""
    return (
        File.objects.exclude(read_at=None).filter(applied_at=None).order_by("began", "id").values_list("id", "sender")
    ).first()


def waiting() -> int:
    """How many statements wait to be applied."""
    return _count("not apart")


def kept_apart() -> int:
    """How many statements are kept apart, because nobody on an 834 is meant by them."""
    return _count("apart")


def _count(which: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from wellkept.intake_staged where {which}")  # noqa: S608  (one of two words of ours)
        return int(cursor.fetchone()[0])
