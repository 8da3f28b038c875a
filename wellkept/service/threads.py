"""Threads about claims: sent, answered, withdrawn and read, with their papers (R-15, U-33).

The database knows who may: the person, whoever may act for them, and the one at the desk who took it. The clocks of
29 CFR 2560.503-1 run there too, so that no page can lengthen them.
"""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

from wellkept.files.actions import Prepared, places
from wellkept.policy.words import Category, Key, Retention
from wellkept.service.cases import checked, new_number
from wellkept.service.thread_values import Draft, Message, Paper, ThreadLine

SEND: Final = "select wellkept.service_send_thread(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
FULL: Final = 100
WRITE: Final = "select wellkept.service_write_thread(%s, %s, %s, %s)"
ANSWER: Final = "select wellkept.service_answer_thread(%s, %s, %s, %s, %s)"
KEEP: Final = "select wellkept.service_keep_paper(%s, %s, %s, %s, %s, %s, %s, %s::uuid[], %s::bytea[])"
LINES: Final = (
    "select id, kind, coalesce(setting, ''), claim_id, before_id, decided_on, sent_at, due_at, coalesce(tie, ''),"
    " category, case_id, number, state, due_on, coalesce(actor, ''), closed_at, asked_at, extended_on, still,"
    " passed_at"
    " from wellkept.service_threads(%s)"
)
STEPS: Final = (
    "select id, at, what, coalesce(actor, ''), words, acting, name from wellkept.service_thread_steps(%s, %s)"
)
PAPERS: Final = "select id, step, name, kind, size, parts, attached_at from wellkept.service_papers(%s, %s)"


def send(
    key: Key, draft: Draft, *, words: str, papers: Sequence[Prepared], collected_under: str
) -> tuple[str, UUID]:  # fmt: skip
    """Send a thread with its first words and papers; returns what came of it, and the thread.

    "sent", "waits" (one about the same is open), "decided" (one was), "late" (its time ended) or "no". Raises
    ``ValidationError`` for words that are missing.
    """
    (person,) = key.subjects
    thread, step = uuid4(), uuid4()
    sealed = key.seal(person, Retention.BENEFITS, "case.note", step, checked(words))
    given = [
        thread, person, draft.category.value, collected_under, new_number(), draft.kind, draft.setting or None,
        draft.claim, draft.before, draft.decided_on, draft.due_on, step, sealed,
    ]  # fmt: skip
    came = str(_rows(SEND, given)[0][0])
    if came == "sent":
        keep(key, thread, step, papers)
    return came, thread


def write(key: Key, thread: UUID, *, words: str, papers: Sequence[Prepared]) -> bool:
    """The person, or whoever acts for them, writes once more. What we asked is answered by it.

    False where it is closed or full: ``FULL`` messages of theirs stand in it (kept by ``service_write_thread``).
    """
    (person,) = key.subjects
    step = uuid4()
    sealed = key.seal(person, Retention.BENEFITS, "case.note", step, checked(words))
    if not _rows(WRITE, [person, thread, step, sealed])[0][0]:
        return False
    keep(key, thread, step, papers)
    return True


def withdraw(key: Key, thread: UUID) -> bool:
    """Take back what is open; False where it is closed."""
    (person,) = key.subjects
    return bool(_rows("select wellkept.service_withdraw_thread(%s, %s)", [person, thread])[0][0])


def answer(
    secret: bytes, key: Key, line: ThreadLine, *, what: str, words: str, papers: Sequence[Prepared]
) -> tuple[str, UUID]:  # fmt: skip
    """Whoever works on it says what comes of it; returns "done", "no", "self" or "unsent", and the step.

    "self" is who decided before: a colleague must look again. "unsent" is a review that did not leave by a release
    in the same transaction. Raises ``ValidationError`` for words that are missing.
    """
    (person,) = key.subjects
    step = uuid4()
    sealed = key.seal(person, Retention.BENEFITS, "case.note", step, checked(words))
    came = str(_rows(ANSWER, [secret, line.case, step, what, sealed])[0][0])
    if came == "done":
        keep(key, line.id, step, papers)
    return came, step


def hurry(secret: bytes, line: ThreadLine) -> UUID | None:
    """Whoever works on it treats as urgent what was sent as not; the step, or None where it may not be.

    It only ever becomes due sooner. Source: 29 CFR 2560.503-1(f)(2)(i), (i)(2)(i) and (m)(1).
    """
    step = uuid4()
    return step if _rows("select wellkept.service_hurry_case(%s, %s, %s)", [secret, line.case, step])[0][0] else None


def acts(key: Key) -> bool:
    """Whether who has the record open is the person, or may act for them."""
    del key  # the opening it stands for is what the database asks
    return bool(_rows("select wellkept.service_side_of_person()", [])[0][0])


def threads(key: Key) -> tuple[ThreadLine, ...]:
    """The threads of the one person who is open, in the categories that are, newest first."""
    (person,) = key.subjects
    return tuple(_line([*row]) for row in _rows(LINES, [person]))


def thread(key: Key, number: UUID) -> ThreadLine | None:
    """One of them; None where the person has none with this id."""
    return next((line for line in threads(key) if line.id == number), None)


def messages(key: Key, number: UUID) -> tuple[Message, ...]:
    """The steps of a thread of the one person who is open, oldest first, each with its papers."""
    (person,) = key.subjects
    kept = papers(key, number)
    return tuple(
        Message(
            step,
            at,
            what,
            actor,
            _said(key, person, step, words),
            tuple(one for one in kept if one.step == step),
            _opened(key, person, "appointment.name", acting, name) if name else "",
        )
        for step, at, what, actor, words, acting, name in _rows(STEPS, [person, number])
    )


def papers(key: Key, number: UUID) -> tuple[Paper, ...]:
    """The papers of a thread of the one person who is open, in the order they came."""
    (person,) = key.subjects
    return tuple(
        Paper(paper, step, _opened(key, person, "file.name", paper, name), *rest)
        for paper, step, name, *rest in _rows(PAPERS, [person, number])
    )


def content(key: Key, number: UUID, paper: Paper) -> bytes:
    """The bytes of a paper, part by part. Raises ``LookupError`` where a part is missing or its key was destroyed."""
    (person,) = key.subjects
    found = []
    for place in places(paper.id, paper.parts):
        sealed = _rows("select wellkept.service_paper_part(%s, %s, %s, %s)", [person, number, paper.id, place])[0][0]
        if sealed is None:
            raise LookupError
        found.append(key.unseal_bytes(person, Retention.BENEFITS, "file.bytes", place, bytes(sealed)))
    return b"".join(found)


def keep(key: Key, thread: UUID, step: UUID, papers: Sequence[Prepared]) -> None:
    """Keep papers with the step they came with, in the same transaction."""
    (person,) = key.subjects
    for one in papers:
        at, parts = [place for place, _part in one.parts], [part for _place, part in one.parts]
        given = [person, thread, step, one.id, one.name, one.kind, one.size, at, parts]
        if not _rows(KEEP, given)[0][0]:
            raise RuntimeError("A paper belongs to what was just written.")


def _line(row: list[Any]) -> ThreadLine:
    row[9] = Category(row[9])
    return ThreadLine(*row)


def _said(key: Key, person: UUID, step: UUID, sealed: bytes | memoryview | None) -> str:
    return _opened(key, person, "case.note", step, sealed) if sealed else ""


def _opened(key: Key, person: UUID, field: str, row: UUID, sealed: bytes | memoryview) -> str:
    try:
        return key.unseal(person, Retention.BENEFITS, field, row, bytes(sealed))
    except LookupError:
        return ""


def _rows(statement: str, given: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
