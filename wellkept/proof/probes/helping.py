"""Tries against helpers and representatives: what was given and no more, signed first, ended at once, made by two.

What the helper's tries write stands in a transaction that is undone: nobody is anybody's helper afterwards.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg

from wellkept.policy.words import Category, Purpose
from wellkept.proof.family import canary
from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.desk import call
from wellkept.proof.probes.lock import HOLD, entered, refused, secret

APPOINT: Final = (
    "select wellkept.consent_appoint(%s, %s, 'x'::bytea, 'Helper', '{claims}', now() - interval '1 s',"
    " now() + interval '1 day', %s, %s, 1, '', 'x'::bytea, '', 'en')"
)
CLAIM: Final = "select wellkept.consent_claim(%s, %s, %s)"
MAY: Final = "select wellkept.gate_may(%s, %s, %s::text[])"
OWED: Final = "select version from wellkept.consent_owed(%s) where name = 'member-helping'"
SIGN: Final = "select wellkept.consent_acknowledge(%s, 'member-helping', %s, 'en')"
DISMISS: Final = "select wellkept.consent_dismiss(%s, %s)"
LIST: Final = "/desk/authorities/"
NUMBER: Final = re.compile(r"/desk/authorities/([0-9a-f-]{36})/")
SEEN: Final = {"paper": "court", "seen_month": "1", "seen_day": "2", "seen_year": "2026"}


def a_helper_sees_what_was_given(ground: Ground) -> list[Try]:
    """Name a helper as one member, take it on as another, and ask for everything before and after each step."""
    mine, theirs = (secret(ground, ground.members[name]) for name in ("one", "other"))
    person, row, code, born = UUID(ground.members["one"].person), uuid4(), uuid4().bytes, uuid4().bytes
    everything = [one.value for one in Category]
    with ground.connect("web") as web:
        before = ask(web, MAY, theirs, person, everything)
        entry = entered(web, mine, None, Purpose.PATIENT_REQUEST, Category.REQUESTS)
        with web.transaction(force_rollback=True):
            web.execute(HOLD, [entry])
            named = ask(web, APPOINT, person, row, code, born)
            wrong = ask(web, CLAIM, theirs, code, uuid4().bytes) or ask(web, CLAIM, mine, code, born)
            taken = ask(web, CLAIM, theirs, code, born)
            twice = ask(web, CLAIM, secret(ground, ground.members["spouse"]), code, born)
            unsigned = ask(web, MAY, theirs, person, everything)
            signed = ask(web, SIGN, theirs, ask(web, OWED, theirs))
            got = set(ask(web, MAY, theirs, person, everything) or ())
            ended = ask(web, DISMISS, person, row)
            after = ask(web, MAY, theirs, person, everything)
    works = named == "yes" and bool(taken and signed and ended) and {"identity", "claims"} <= got
    return [
        Try(
            "Name a helper and see what was given",
            "One made-up member named another, who took it on and agreed to what we ask of helpers.",
            "Shown" if works else "Not shown",
            held=works and not before,
        ),
        refused(
            "See more than was given", "The helper asked for every kind of data.", held=got <= {"identity", "claims"}
        ),
        refused(
            "Open anything before agreeing to keep it confidential",
            "The helper asked before signing our agreement for helpers.",
            held=not unsigned,
        ),
        refused(
            "Use the code with another birth date, oneself, or twice",
            "We used the code of a helper in each of these ways.",
            held=not wrong and not twice,
        ),
        refused("See it after it was ended", "The member ended it, and the helper asked again.", held=not after),
    ]


def nobody_stands_for_a_member_by_one_of_us(ground: Ground) -> list[Try]:
    """Write down a paper on a call and try to confirm it alone; let the privacy office decline it."""
    first, second = (ground.session(ground.staff[one]) for one in ("representative", "privacy_officer"))
    name, until = canary(), datetime.now(UTC).date() + timedelta(days=30)
    told = {"kind": "guardian", "name": name, "opens": "claims"}
    told |= {"birth_date_month": "1", "birth_date_day": "2", "birth_date_year": "1980"}
    told |= {"until_month": str(until.month), "until_day": str(until.day), "until_year": str(until.year)}
    with call(ground, first) as at:
        told["token"] = ground.token(ground.ask(f"{at}authority/", cookie=first).text)
        ground.ask(f"{at}authority/", form=told, cookie=first)
    late = ground.ask(f"{at}authority/", form=told, cookie=first)
    listed = ground.ask(LIST, cookie=second).text
    numbers = NUMBER.findall(listed)
    number = numbers[-1] if numbers else str(uuid4())
    alone = ground.ask(f"{LIST}{number}/", form=SEEN | {"token": told["token"]}, cookie=first)
    opened = ground.ask(f"{LIST}{number}/", cookie=second)
    declined = ground.ask(f"{LIST}{number}/decline/", form={"token": ground.token(opened.text)}, cookie=second)
    again = ground.ask(f"{LIST}{number}/", cookie=second)
    quiet = not any(word in listed for word in (name, *ground.members["other"].canaries))
    with ground.connect("web") as web:
        written = writes(web)
    return [
        refused(
            "Let somebody stand for a member, alone",
            "A made-up representative wrote a paper down on a call and tried to confirm it too.",
            held=bool(numbers) and alone.status == 403,
        ),
        refused("Write one down without a call", "We tried it again after the call.", held=late.status == 403),
        refused("Read on the list who is meant", "We looked for both names on the list.", held=bool(numbers) and quiet),
        refused(
            "Write one past our program", "We wrote a row with the pages' own access to the database.", held=not written
        ),
        Try(
            "Decline it",
            "The privacy office opened it and declined it; then it opened for nobody.",
            "Declined" if name in opened.text and declined.status == 302 and again.status == 403 else "Not declined",
            held=name in opened.text and declined.status == 302 and again.status == 403,
        ),
    ]


def ask(web: psycopg.Connection, statement: str, *values: object) -> Any:  # noqa: ANN401  (whatever the statement gives)
    """The first value of the first row; None where there is none."""
    row = web.execute(statement, values).fetchone()
    return row[0] if row else None


def writes(web: psycopg.Connection) -> bool:
    """Whether the pages' role may write who acts for whom."""
    try:
        web.execute("update wellkept.consent_appointment set state = state where false")
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True
