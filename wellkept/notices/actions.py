"""A letter is written, sealed, for the mail room to print. A paper asked for stands in the queue once at a time.

A body is JSON: the ``template`` and the ``data`` of a paper. Its data may have ``attention``, the name of whoever a
letter to an organisation is for. Where it goes is read when it is printed.
"""

from uuid import UUID, uuid4

from wellkept.notices.models import Letter
from wellkept.notices.queries import order
from wellkept.policy.words import Category, Key, Retention


def write(key: Key, *, person: UUID, plan: UUID | None, kind: str, body: str, collected_under: str) -> UUID:
    """Put a letter to one person into the print queue; returns its id. The opening names the category ``contact``."""
    letter = uuid4()
    _put(
        key, letter, person=person, plan=plan, kind=kind, body=body, collected_under=collected_under,
        category=Category.CONTACT,
    )  # fmt: skip
    return letter


def ask_for(
    key: Key, *, kind: str, about: UUID, body: str, category: Category, plan: UUID | None, collected_under: str
) -> bool:
    """Put a paper to the one person who is open into the queue; False where it waits there already, or went too often.

    ``about`` is what the paper is of, a plan or a claim, and ``category`` the most that it tells. Two tries at once
    name the same letter, so that one of them writes it.
    """
    (person,) = key.subjects
    standing = order(key, kind=kind, about=about)
    if standing.waits_since is not None or standing.next is None:
        return False
    _put(
        key, standing.next, person=person, plan=plan, kind=kind, body=body, collected_under=collected_under,
        category=category,
    )  # fmt: skip
    return True


def _put(
    key: Key, letter: UUID, *, person: UUID, plan: UUID | None, kind: str, body: str, collected_under: str,
    category: Category,
) -> None:  # fmt: skip
    sealed = key.seal(person, Retention.BENEFITS, "letter.body", letter, body)
    row = Letter(
        id=letter, person_id=person, category=category.value, plan_id=plan, collected_under=collected_under, kind=kind,
        body=sealed,
    )  # fmt: skip
    Letter.objects.bulk_create([row], ignore_conflicts=True)
