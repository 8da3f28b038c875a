"""A letter is written, sealed; printed, it is emptied."""

from uuid import UUID, uuid4

from django.utils import timezone

from wellkept.notices.models import Letter
from wellkept.policy.words import Category, Key, Retention


def write(key: Key, *, person: UUID, plan: UUID | None, kind: str, body: str, collected_under: str) -> UUID:
    """Put a letter to one person into the print queue; returns its id. The opening names the category ``contact``."""
    letter = uuid4()
    sealed = key.seal(person, Retention.BENEFITS, "letter.body", letter, body)
    Letter.objects.create(
        id=letter,
        person_id=person,
        category=Category.CONTACT.value,
        plan_id=plan,
        collected_under=collected_under,
        kind=kind,
        body=sealed,
    )
    return letter


def printed(key: Key, *, person: UUID, letter: UUID) -> None:
    """Empty a letter that is on paper now: nothing of its text is kept."""
    del key  # the opening it stands for is what lets the row be changed
    Letter.objects.filter(person_id=person, id=letter, printed_at=None).update(body=b"", printed_at=timezone.now())
