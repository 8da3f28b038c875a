"""Tries against prescribed forms: answers stay with their version, and nothing else is taken."""

import re
from typing import Final

from wellkept.policy.words import Category, Purpose
from wellkept.proof import search
from wellkept.proof.family import canary
from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.lock import HOLD, entered, refused, secret

FORM: Final = "/member/submit/"
VERSION: Final = "select form, version from wellkept.benefits_told where id = %s::uuid"


def answers_stay_with_their_form(ground: Ground) -> list[Try]:
    """Begin to send a receipt: with a question nobody asked, then as the form asks; read its version; throw it away."""
    member, word = ground.members["one"], canary()
    cookie = ground.session(member)
    before, token = own(ground, cookie), ground.token(ground.ask(f"{FORM}new/", cookie=cookie).text)
    answers = {
        "care": "office", "who": word, "day_month": "1", "day_day": "2", "day_year": "2026", "paid": "20.00",
        "what": word, "token": token,
    }  # fmt: skip
    strange = ground.ask(f"{FORM}new/", form=answers | {"employer_may_know": word}, cookie=cookie)
    left = own(ground, cookie) - before
    ground.ask(f"{FORM}new/", form=answers, cookie=cookie)
    begun = own(ground, cookie) - before
    stands = [version(ground, number) for number in begun]
    kept = search.in_tables(ground, [word])
    for number in begun:
        ground.ask(f"{FORM}{number}/discard/", form={"token": token}, cookie=cookie)
    gone = not own(ground, cookie) - before
    versioned = len(stands) == 1 and stands[0][0] == "claim" and bool(stands[0][1])
    return [
        refused(
            "Answer what the form does not ask",
            "A made-up member sent a form with one more field than it has.",
            held=strange.status == 400 and not left,
            otherwise="Taken",
        ),
        Try(
            "Find answers without their version",
            "The same member sent what the form asks, and we read the row it became.",
            "With its version" if versioned else "Without",
            held=versioned,
        ),
        Try(
            "Find the answers in our tables",
            "We looked for the made-up words in every table that is read unopened, then threw the form away.",
            "None found" if not kept and gone else "Found",
            held=not kept and gone,
        ),
    ]


def own(ground: Ground, cookie: str) -> set[str]:
    """The receipts on a member's own list."""
    return set(re.findall(rf"{FORM}([0-9a-f-]{{36}})/", ground.ask(FORM, cookie=cookie).text))


def version(ground: Ground, number: str) -> tuple[str, str]:
    """The form and the version of a row, opened by its own person."""
    session = secret(ground, ground.members["one"])
    with ground.connect("web") as web:
        entry = entered(web, session, None, Purpose.PATIENT_REQUEST, Category.CLAIMS)
        with web.transaction():
            web.execute(HOLD, [entry])
            row = web.execute(VERSION, [number]).fetchone()
    return (str(row[0]), str(row[1])) if row else ("", "")
