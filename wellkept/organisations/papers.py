"""Papers between an organisation and us: proposals, contracts, accounting, credit papers; sealed, and never changed.

Serves U-42. The subject of a key is the organisation; the database finds who sends, and refuses a customer of before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from wellkept.files.actions import Clean
from wellkept.organisations.paper_models import Paper, PaperPart, part_id
from wellkept.policy.shapes import Pack
from wellkept.policy.words import Category, Key, Retention

KINDS: Final[Mapping[str, Promise]] = {
    "proposal": gettext_lazy("Proposal"),
    "contract": gettext_lazy("Contract"),
    "accounting": gettext_lazy("Accounting"),
    "credit": gettext_lazy("Credit paper"),
}
"""The kinds of papers of U-42, in the order in which people look for them."""
PAGE: Final = 50
PART: Final = 256 * 1024
_TITLE: Final = "organisation.paper"
_FIELDS: Final = (
    "id", "kind", "ours", "by_name", "title", "name", "media_type", "size", "parts", "with_agent", "sent_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper. ``size`` in bytes; ``title`` and ``name`` are empty once their key was destroyed.

    ``ours``: we sent it. ``by`` is who, by name.
    """

    id: UUID
    kind: str
    ours: bool
    by: str
    title: str
    name: str
    media_type: str
    size: int
    parts: int
    with_agent: bool
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sends: its kind, what they call it, its file as it was found, whether the agent may read."""

    kind: str
    title: str
    file: Clean
    with_agent: bool = False


def papers(key: Key, *, page: int = 1) -> tuple[PaperLine, ...]:
    """A page of the papers of the one organisation that is open, the newest first. An agent sees what it is let see."""
    (organisation,) = key.subjects
    rows = Paper.objects.filter(person_id=organisation).order_by("-sent_at", "id").values_list(*_FIELDS)
    return tuple(_line(key, organisation, row) for row in rows[(page - 1) * PAGE : page * PAGE])


def count(key: Key) -> int:
    """How many papers of the one organisation that is open the reader may see."""
    (organisation,) = key.subjects
    return Paper.objects.filter(person_id=organisation).count()


def paper(key: Key, number: UUID) -> PaperLine | None:
    """One paper of the one organisation that is open; None where there is none, or none for the reader."""
    (organisation,) = key.subjects
    row = Paper.objects.filter(person_id=organisation, id=number).values_list(*_FIELDS).first()
    return _line(key, organisation, row) if row else None


def content(key: Key, line: PaperLine) -> bytes:
    """The bytes of a paper, part by part.

    Raises ``LookupError`` where a part is missing or its key was destroyed, and ``CannotOpenError`` where one is not
    the part that was sealed there.
    """
    (organisation,) = key.subjects
    places = [part_id(line.id, number=number, of=line.parts) for number in range(line.parts)]
    return b"".join(_part(key, organisation, place) for place in places)


def send(key: Key, sent: Sent, *, number: str, due: date, collected_under: str) -> UUID:
    """Keep a paper of the one organisation that is open, with its entry; returns it.

    From the organisation's own people it becomes a case of the desk, with that ``number``, to be answered by ``due``.
    Raises ``ValidationError`` with a sentence for the sender: too many today, or none.
    """
    (organisation,) = key.subjects
    kind, kept = sent.file.kind, sent.file.content
    row, parts = uuid4(), [kept[at : at + PART] for at in range(0, len(kept), PART)]
    title = key.seal(organisation, Retention.BENEFITS, _TITLE, row, sent.title)
    name = key.seal(organisation, Retention.BENEFITS, "file.name", row, sent.file.name)
    answer = _ask(
        "select wellkept.organisations_keep_paper(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            row, organisation, collected_under, sent.kind, title, name, kind.media_type, len(kept), len(parts),
            sent.with_agent, number, due,
        ],
    )  # fmt: skip
    if answer != "yes":
        raise ValidationError(str(_WHY_NOT[str(answer)]))
    for at, part in enumerate(parts):
        place = part_id(row, number=at, of=len(parts))
        sealed = key.seal_bytes(organisation, Retention.BENEFITS, "file.bytes", place, part)
        arguments = [place, row, organisation, collected_under, at, sealed]
        if not _ask("select wellkept.organisations_keep_part(%s, %s, %s, %s, %s, %s)", arguments):
            raise RuntimeError("A part belongs to a paper of the same transaction.")
    return row


def sweep(pack: Pack) -> int:
    """Remove the papers of customers of before whose time is over, as the pack says it; returns how many. As ``jobs``.

    None where the pack keeps papers without end.
    """
    years = pack.retention[Category.PAPERS].years
    return 0 if years is None else int(str(_ask("select wellkept.organisations_sweep_papers(%s)", [years])))


def _line(key: Key, organisation: UUID, row: tuple[Any, ...]) -> PaperLine:
    number, kind, ours, by, title, name, *rest = row
    return PaperLine(
        number,
        kind,
        ours,
        by,
        _text(key, organisation, _TITLE, number, title),
        _text(key, organisation, "file.name", number, name),
        *rest,
    )


def _text(key: Key, organisation: UUID, field: str, row: UUID, sealed: bytes | memoryview) -> str:
    try:
        return key.unseal(organisation, Retention.BENEFITS, field, row, bytes(sealed))
    except LookupError:
        return ""


def _part(key: Key, organisation: UUID, place: UUID) -> bytes:
    sealed = PaperPart.objects.filter(person_id=organisation, id=place).values_list("content", flat=True).first()
    if sealed is None:
        raise LookupError
    return key.unseal_bytes(organisation, Retention.BENEFITS, "file.bytes", place, bytes(sealed))


def _ask(statement: str, arguments: list[Any]) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        (answer,) = cursor.fetchone()
        return answer


_WHY_NOT: Final[Mapping[str, Promise]] = {
    "prior": gettext_lazy("You were our customer before. You can read your papers here; to send one, call us."),
    "full": gettext_lazy("Twenty papers were sent today. Send the rest tomorrow, or call us."),
    "no": gettext_lazy("This paper cannot be kept here. Nothing was sent."),
}
