"""Tries against what people write on the public site: who reads it, for what, and what is left after the answer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Final
from uuid import UUID, uuid4

import psycopg

from wellkept.policy.words import Purpose
from wellkept.proof.family import canary
from wellkept.proof.ground import Ground, Member, Try
from wellkept.proof.probes.lock import entered, refusal, refused, secret
from wellkept.proof.probes.site import found
from wellkept.proof.walk import Page

FORMS: Final = ("/contact/write/", "/contact/papers/")
LIST: Final = "/desk/inquiries/"
TAKE: Final = re.compile(r'action="/desk/inquiries/([0-9a-f-]{36})/take/"')
PLACE: Final = {"street": "", "more": "", "city": "Madison", "state": "WI", "zip_code": "53703"}
READING: Final = (
    "select told from wellkept.inquiries_inquiry limit 1",
    "select wellkept.inquiries_told(%(id)s)",
    "select * from wellkept.inquiries_inquiry limit 1",
)
STATE: Final = "select state from wellkept.inquiries_inquiry where id = %s"
QUEUED: Final = (
    "select 1 from wellkept.procrastinate_jobs where task_name = 'inquiries.discard' and args ->> 'inquiry' = %s"
)
ROLES: Final = ("web", "entrance", "jobs", "intake", "mailroom", "mail", "proof")


@contextmanager
def written(ground: Ground) -> Iterator[tuple[str, list[str]]]:
    """A question of nobody's with three canaries in it, taken by the family's representative, and ended afterwards."""
    cookie = ground.session(ground.staff["representative"])
    words = [canary(), canary(), canary()]
    before = set(TAKE.findall(ground.ask(LIST, cookie=cookie).text))
    form = {"topic": "other", "words": words[0], "name": words[1], "reply": "post", "phone": "", **PLACE}
    ground.ask(FORMS[0], form=form | {"street": words[2]})
    page = ground.ask(LIST, cookie=cookie).text
    (made, *_others) = [one for one in TAKE.findall(page) if one not in before] or [str(uuid4())]
    token = ground.token(page)
    ground.ask(f"{LIST}{made}/take/", form={"token": token}, cookie=cookie)
    try:
        yield made, words
    finally:
        ground.ask(f"{LIST}{made}/", form={"token": token, "how": "not a real question"}, cookie=cookie)
        cleared(ground, made)


def cleared(ground: Ground, inquiry: str) -> None:
    """Do what the job does that destroys an answered inquiry, should it not have run yet."""
    with ground.connect("jobs") as jobs:
        done = jobs.execute(STATE, [UUID(inquiry)]).fetchone() == ("done",)
        if done:
            with ground.connect_keys("jobs") as keys:
                keys.execute("select wellkept.vault_destroy(%s, 'inquiry')", [UUID(inquiry)])
            jobs.execute("delete from wellkept.inquiries_inquiry where id = %s", [UUID(inquiry)])


def it_opens_to_answer_and_for_nothing_else(ground: Ground) -> list[Try]:
    """Write a question, then read it as every other role and reader, and under every purpose but the answer's."""
    session = secret(ground, ground.staff["representative"])
    with written(ground) as (made, words):
        roles = [role for role in ROLES if any(reads(ground, role, one, made) for one in READING)]
        mine = ground.ask(f"{LIST}{made}/", cookie=ground.session(ground.staff["representative"])).text
        cookies = ["", *(ground.session(one) for one in others(ground))]
        shown = [ground.ask(path, cookie=one).text for one in cookies for path in (LIST, f"{LIST}{made}/")]
        with ground.connect("web") as web:
            opened = [
                one for one in Purpose if not refusal(web, entered(web, session, [UUID(made)], one.value, "inquiry"))
            ]
    return [
        found(
            "Read what somebody wrote to us as another",
            f"We wrote a question with three made-up words, then asked for it as {len(cookies)} other readers.",
            bad=any(one in page for one in words for page in shown) or not all(one in mine for one in words),
        ),
        refused(
            "Read it under a role of the database",
            f"We tried to read what was typed as {len(ROLES)} roles.",
            held=not roles,
        ),
        refused(
            "Open it without having taken it, for any purpose",
            f"As a representative we asked for it under {len(Purpose)} purposes, outside the work of answering it.",
            held=not opened,
            otherwise="Opened",
        ),
    ]


def others(ground: Ground) -> list[Member]:
    """A member, and staff who do not answer it: a nurse, a privacy officer, another representative."""
    return [ground.members["one"], *(ground.staff[who] for who in ("nurse", "privacy_officer", "representative surge"))]


def reads(ground: Ground, role: str, statement: str, inquiry: str) -> bool:
    """Whether a role gets anything by a statement."""
    with ground.connect(role) as connection:
        try:
            row = connection.execute(statement, {"id": inquiry}).fetchone()
        except psycopg.errors.InsufficientPrivilege:
            return False
    return bool(row and any(value is not None for value in row))


def nothing_is_left_after_the_answer(ground: Ground) -> list[Try]:
    """Have a question answered, then ask for it again, and look whether what was typed is on its way out."""
    cookie = ground.session(ground.staff["representative"])
    with written(ground) as (made, words):
        token = ground.token(ground.ask(LIST, cookie=cookie).text)
        before = ground.ask(f"{LIST}{made}/", cookie=cookie)
        ground.ask(f"{LIST}{made}/", form={"token": token, "how": "answered by post"}, cookie=cookie)
        after = ground.ask(f"{LIST}{made}/", cookie=cookie)
        leaves = leaving(ground, made)
    return [
        refused(
            "Read a question again after its answer",
            "The representative who answered it asked for it once more.",
            held=before.status == HTTPStatus.OK
            and after.status == HTTPStatus.FORBIDDEN
            and not any(one in after.text for one in words),
        ),
        found(
            "Find an answered question whose key nobody destroys",
            "We looked for the job that destroys the key of what was typed, or for its end.",
            bad=not leaves,
        ),
    ]


def leaving(ground: Ground, inquiry: str) -> bool:
    """Whether an answered inquiry is empty, and gone or about to be destroyed."""
    with ground.connect("jobs") as jobs:
        row = jobs.execute(STATE, [UUID(inquiry)]).fetchone()
        queued = jobs.execute(QUEUED, [inquiry]).fetchone()
    return row is None or (row == ("done",) and queued is not None)


def every_form_says_what_it_is_for(ground: Ground) -> list[Try]:
    """Read both forms: each says that it serves to answer or to send, asks no e-mail address, and bears the number."""
    pages = {path: ground.ask(path) for path in FORMS}
    fields = {one.get("name", "") for page in pages.values() for one in Page(page.text).fields()}
    phone = "".join(filter(str.isdigit, ground.pack.phone))
    silent = [path for path, page in pages.items() if page.status != HTTPStatus.OK or phone not in page.text]
    return [
        found(
            "Be asked for more than an answer needs",
            f"We read the fields of {len(FORMS)} forms and looked for a number, a birth date or an e-mail address.",
            bad=not fields or bool(fields & {"email", "publications", "birth_date", "member_number", "login"}),
        ),
        found(
            "Write to us without seeing whom to call",
            f"We looked for the telephone number on {len(FORMS)} forms.",
            bad=bool(silent),
        ),
    ]
