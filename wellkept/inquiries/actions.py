"""An inquiry is asked by anybody, taken by one representative, answered, and destroyed.

Serves P-16, U-03, U-08, P-12. Asking runs as the role of the entrance, which cannot read what it wrote; the desk's part
as ``web``; the end as ``jobs``.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection, connections

from wellkept.clocks.business import business_day_after
from wellkept.policy import packs, practices
from wellkept.policy.shapes import Pack
from wellkept.policy.words import Key, Retention
from wellkept.vault.actions import destroy
from wellkept.vault.queries import Ring

DOOR: Final = "entrance"
TOLD: Final = "inquiry.body"
# Bytes: more than any of the forms takes, so that every sealed inquiry has the same length.
TOLD_LENGTH: Final = 24_000


def ask(pack: Pack, *, kind: str, topic: str, reply: str, told: Mapping[str, str]) -> bool:
    """Write one inquiry down, sealed under a key of its own; False where more waits than we could answer.

    ``kind`` is question or materials; ``told`` is what was typed, by the name of its field.
    """
    inquiry = uuid4()
    with Ring(subjects=[inquiry]) as ring:
        sealed = ring.seal(subject=inquiry, retention=Retention.INQUIRY, field=TOLD, row=inquiry, text=padded(told))
    arguments: list[Any] = [inquiry, kind, topic, reply, sealed, due(pack), packs.now_in_force(pack).version]
    with connections[DOOR].cursor() as cursor:
        cursor.execute("select wellkept.inquiries_ask(%s, %s, %s, %s, %s, %s, %s)", arguments)
        return bool(cursor.fetchone()[0])


def due(pack: Pack) -> date:
    """The last day on which an answer to what comes in now is in time."""
    return business_day_after(packs.today(pack), practices.number(pack, "inquiries_in_business_days"))


def padded(told: Mapping[str, str]) -> str:
    """What was typed as JSON of one length, so that its sealed length says nothing."""
    text = json.dumps(dict(told), ensure_ascii=False)
    return text + " " * (TOLD_LENGTH - len(text.encode("utf-8", "surrogatepass")))


def take(secret: bytes, inquiry: UUID) -> bool:
    """The session's own account answers it from now on; False where somebody else was quicker or it is answered."""
    return _done("select wellkept.inquiries_take(%s, %s, %s)", [secret, inquiry, uuid4()])


def give_back(secret: bytes, inquiry: UUID) -> bool:
    """Somebody else may take it; False where it is not one's own."""
    return _done("select wellkept.inquiries_give_back(%s, %s)", [secret, inquiry])


def close(secret: bytes, key: Key, *, how: str) -> bool:
    """End the inquiry that is open, for one of ``words.ENDS``: what was typed is emptied; its key goes with a job."""
    (inquiry,) = key.subjects
    return _done("select wellkept.inquiries_close(%s, %s, %s)", [secret, inquiry, how])


def discard(inquiry: UUID) -> None:
    """Destroy the key of an inquiry that is done, and its row. One that is not done stays. Safe to repeat."""
    if _rows("select 1 from wellkept.inquiries_inquiry where id = %s and state = 'done'", [inquiry]):
        destroy(inquiry, Retention.INQUIRY)
        with connection.cursor() as cursor:
            cursor.execute("delete from wellkept.inquiries_inquiry where id = %s", [inquiry])


def sweep() -> int:
    """Discard whatever is done and still there; returns how many. Runs as ``jobs``."""
    done = [row[0] for row in _rows("select id from wellkept.inquiries_inquiry where state = 'done' limit 500", [])]
    for inquiry in done:
        discard(inquiry)
    return len(done)


def _done(statement: str, arguments: list[Any]) -> bool:
    return bool(_rows(statement, arguments)[0][0])


def _rows(statement: str, arguments: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
