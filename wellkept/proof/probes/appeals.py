"""Tries against questions and appeals: by when they are decided, who may send and answer one, what a paper may be."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final
from uuid import uuid4

import psycopg

from wellkept.policy.words import Category, Purpose
from wellkept.proof.ground import Ground, Member, Try
from wellkept.proof.probes.lock import HOLD, entered, refused, secret

HOURS: Final = {
    ("request", "urgent"): 72,
    ("request", "before"): 15 * 24,
    ("appeal", "urgent"): 72,
    ("appeal", "before"): 30 * 24,
    ("appeal", "after"): 60 * 24,
}
"""29 CFR 2560.503-1(f)(2) and (i)(2), in hours."""
DAYS: Final = 180
POST: Final = 5
"""Days after a decision by which its letter is there at the latest: the law's time runs from then."""
CLAIM: Final = re.compile(r"/member/claims/([0-9a-f-]{36})/")
THREAD: Final = re.compile(r"/member/appeals/([0-9a-f-]{36})/")
SEND: Final = (
    "select wellkept.service_send_thread(%s, %s, 'claims', 'probe', %s, %s, %s, null, null, current_date - %s::int,"
    " current_date, %s, 'x')"
)
DUE: Final = (
    "select case when setting = 'urgent' then extract(epoch from due_at - sent_at) / 3600"
    " else 24 * ((due_at at time zone a.zone)::date - (sent_at at time zone a.zone)::date) end"
    " from wellkept.service_threads(%s), wellkept.access_place a where id = %s"
)
"""In hours. Days are the calendar's, at the operator's clock: one has 23 or 25 hours where the clock changes."""
ANSWER: Final = "select wellkept.service_answer_thread(%s, %s, %s, 'accepted', 'x')"
EXTEND: Final = "select wellkept.service_extend_case(%s, %s, %s, 'x')"
LINE: Final = "a-made-up-boundary"
PROGRAM: Final = "MZ" + "program" * 20


class TakenBackError(Exception):
    """Ends a try, so that nothing of it stays."""


def the_clocks_of_the_law_run(ground: Ground) -> list[Try]:
    """Send each sort as a made-up member, read by when it is due, and take it back before it stands."""
    sorts = [(sort, 1) for sort in HOURS] + [(("appeal", "after"), days) for days in (DAYS - 2, DAYS + POST + 2)]
    found = sent(ground, sorts)
    wrong = [sort for sort, (_came, hours) in zip(HOURS, found, strict=False) if hours != HOURS[sort]]
    came = [one for one, _hours in found[len(HOURS) :]]
    held = came == ["sent", "late"]
    return [
        Try(
            "Find a decision due later than the law says",
            "A made-up member sent each sort of request and appeal, and we read by when it is due.",
            "Wrong" if wrong else "As the law says",
            held=not wrong,
        ),
        Try(
            "Appeal within 180 days, and later",
            "The same member appealed 178 days after a decision, and a week after its letter's 180.",
            "Taken, then too late" if held else "Otherwise",
            held=held,
        ),
    ]


def sent(ground: Ground, sorts: list[tuple[tuple[str, str], int]]) -> list[tuple[str, float]]:
    """What comes of each sort about a decision so many days ago, and in how many hours it is due. Then rolled back."""
    one, found = ground.members["one"], list[tuple[str, float]]()
    with suppress(TakenBackError), ground.connect("web") as web, opened(ground, web, one):
        for sort, days in sorts:
            thread = uuid4()
            row = web.execute(SEND, [thread, one.person, uuid4().hex[:9], *sort, days, uuid4()]).fetchone()
            due = web.execute(DUE, [one.person, thread]).fetchone()
            found.append((str(row[0]) if row else "", float(due[0]) if due else -1.0))
        raise TakenBackError
    return found


@contextmanager
def opened(ground: Ground, web: psycopg.Connection[Any], one: Member) -> Iterator[None]:
    """A transaction in which somebody's own claims are open."""
    entry = entered(web, secret(ground, one), None, Purpose.PATIENT_REQUEST, Category.CLAIMS)
    with web.transaction():
        web.execute(HOLD, [entry])
        yield


def nobody_appeals_for_another(ground: Ground) -> list[Try]:
    """Appeal for a member as another one with one's own record open, and answer as whoever is not at the desk."""
    one, other = ground.members["one"], ground.members["other"]
    came = ""
    with suppress(TakenBackError), ground.connect("web") as web, opened(ground, web, other):
        given = [uuid4(), one.person, uuid4().hex[:9], "appeal", "after", 1, uuid4()]
        row = web.execute(SEND, given).fetchone()
        came = str(row[0]) if row else ""
        raise TakenBackError
    with ground.connect("web") as web:
        sessions = {"a member": secret(ground, other), "a made-up session": uuid4().bytes * 2}
        strangers = [[session, uuid4(), uuid4()] for session in sessions.values()]
        answers = [web.execute(ANSWER, said).fetchone() for said in strangers]
        longer = [web.execute(EXTEND, said).fetchone() for said in strangers]
        bare = refusal(web, one.person)
    return [
        refused("Appeal for somebody else", "A made-up member appealed in another one's name.", held=came == "no"),
        refused(
            "Decide an appeal from outside the desk",
            "We answered one as a member and with a made-up session.",
            held=all(row == ("no",) for row in answers),
        ),
        refused(
            "Take more time from outside the desk",
            "We made the law's time longer as a member and with a made-up session.",
            held=all(row == ("no",) for row in longer),
        ),
        refused(
            "Read appeals with nothing open", "We asked for a made-up member's appeals without an entry.", held=bare
        ),
    ]


def refusal(web: psycopg.Connection[Any], person: str) -> bool:
    """Whether the appeals of somebody are refused to a connection that holds nothing, or there are none."""
    try:
        return web.execute("select 1 from wellkept.service_thread limit 1").fetchone() is None
    except psycopg.errors.InsufficientPrivilege:
        pass
    try:
        return web.execute("select 1 from wellkept.service_threads(%s)", [person]).fetchone() is None
    except psycopg.errors.InsufficientPrivilege:
        return True


def programs_are_no_papers(ground: Ground) -> list[Try]:
    """Ask about a claim with a program named like a paper; nothing of it is kept."""
    cookie = ground.session(ground.members["one"])
    found = CLAIM.search(ground.ask("/member/claims/", cookie=cookie).text)
    before = threads(ground, cookie)
    at = f"/member/appeals/ask/{found[1] if found else uuid4()}/"
    token = ground.token(ground.ask(at, cookie=cookie).text)
    parts = {
        'name="token"': token, 'name="words"': "probe",
        'name="papers"; filename="bill.pdf"\r\nContent-Type: application/pdf': PROGRAM,
    }  # fmt: skip
    body = "".join(
        f"--{LINE}\r\nContent-Disposition: form-data; {name}\r\n\r\n{said}\r\n" for name, said in parts.items()
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={LINE}"}
    answer = ground.ask(at, text=f"{body}--{LINE}--\r\n", headers=headers, cookie=cookie)
    held = bool(token) and answer.status == 400 and threads(ground, cookie) == before
    return [
        refused(
            "Send a program with a question",
            "A made-up member sent a program whose name ends like a paper's.",
            held=held,
            otherwise="Taken",
        )
    ]


def threads(ground: Ground, cookie: str) -> set[str]:
    """The questions and appeals on a member's own list."""
    return set(THREAD.findall(ground.ask("/member/appeals/", cookie=cookie).text))
