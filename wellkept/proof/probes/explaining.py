"""Tries against the explanation of one decision: who may ask for it, whether it is true, and whether it is told of."""

from http import HTTPStatus
from typing import Final
from uuid import UUID, uuid4

import psycopg

from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.lock import Connection, entered, refused, secret
from wellkept.proof.probes.site import found

PAGE: Final = "/privacy/why/one/"
ASKED: Final = "select wellkept.gate_explain_asked(%s, %s, null, null, null, 'HPAYMT', 'claims')"
TOLD: Final = "select role from wellkept.gate_explain_told(%s, %s, %s, null, null)"
QUESTION: Final = {"login": "", "number": "", "purpose": "PATRQT", "category": "claims"} | dict.fromkeys(
    ("birth_date_month", "birth_date_day", "birth_date_year"), ""
)


def only_the_privacy_office_asks_why(ground: Ground) -> list[Try]:
    """Ask why as everybody but the privacy officer, by the page and by its functions, also for the officer's answer."""
    who = [ground.members["one"], *(ground.staff[one] for one in ("representative", "nurse", "administrator"))]
    person = UUID(ground.members["other"].person)
    pages = [ground.ask(PAGE, cookie=cookie) for cookie in ("", *(ground.session(one) for one in who))]
    with ground.connect("web") as web:
        sessions = [uuid4().bytes * 2, *(secret(ground, one) for one in who)]
        heard = [one for one in sessions if answers(web, one, number(web, one, person))]
        officer = secret(ground, ground.staff["privacy_officer"])
        theirs = number(web, officer, person)
        overheard = [one for one in sessions if answers(web, one, theirs)]
        own = answers(web, officer, theirs)
    return [
        refused(
            "Ask the gate about somebody, as anybody but the privacy office",
            f"We asked for the page, and called its functions, as {len(sessions)} others.",
            held=not heard and not any(one.status == HTTPStatus.OK for one in pages),
        ),
        refused(
            "Hear the answer to another's question",
            "The privacy officer asked, and we asked for the answer with everybody else's session.",
            held=own and not overheard,
        ),
    ]


def an_explanation_is_true_and_told_of(ground: Ground) -> list[Try]:
    """Let a member open their own claims; explain that entry; read the page, and the member's own list."""
    member = ground.members["one"]
    session, officer = ground.session(member), ground.session(ground.staff["privacy_officer"])
    with ground.connect("web") as web:
        entry = entered(web, secret(ground, member), None, "PATRQT", "claims")
    rule = next(one for one in ground.pack.rules if one.role == "member" and one.relationship == "self")
    form = QUESTION | {"entry": str(entry), "token": ground.token(ground.ask(PAGE, cookie=officer).text)}
    page = ground.ask(PAGE, form=form, cookie=officer).text
    listed = ground.ask("/member/privacy/openings/", cookie=session).text
    return [
        found(
            "Catch the gate explaining itself wrongly",
            "A member opened their own claims. We had that explained and looked for its rule and its promise.",
            bad=rule.id not in page or rule.clause not in page,
        ),
        found(
            "Ask about somebody without their reading of it",
            "We then read the member's own list of who looked.",
            bad="asked who may open your" not in listed,
        ),
    ]


def number(web: Connection, session: bytes, person: UUID) -> int:
    """The entry that a question makes."""
    row = web.execute(ASKED, [session, person]).fetchone()
    return int(row[0]) if row else 0


def answers(web: Connection, session: bytes, entry: int) -> bool:
    """Whether a session hears an answer."""
    try:
        return web.execute(TOLD, [session, entry, uuid4()]).fetchone() is not None
    except psycopg.DatabaseError:
        return False
