"""Tries against what a call leaves: notes, a call back, work handed over, and what an answer did not settle.

Whatever is written is taken back before anybody could read it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from psycopg import Connection

from wellkept.proof.ground import Ground, Member, Try
from wellkept.proof.probes.lock import refusal, refused, secret
from wellkept.proof.probes.registering import born

CALL: Final = re.compile(r"/desk/calls/([0-9a-f-]{36})/")
ENTER: Final = "select wellkept.gate_enter(%s, array[%s]::uuid[], %s, array[%s]::text[], %s)"
NOTE: Final = "select wellkept.service_write_note(%s, %s, %s, 'x', 'probe')"
READ: Final = "select count(*) from wellkept.service_note where person_id = %s and id = %s"
LEAVE: Final = "select wellkept.service_follow_up(%s, %s, %s, %s, 'call', %s, %s, 'x', 'probe')"
TAKE: Final = "select wellkept.service_take_case(%s, %s, %s)"
HAND: Final = "select wellkept.service_hand_over_case(%s, %s, %s, %s, %s, 'x')"
MINE: Final = "select mine from wellkept.service_cases(%s) where id = %s"
ESCALATE: Final = "select wellkept.rights_escalate(%s, %s, %s, %s, 'x', 'probe')"
TRACKED: Final = "select due_on from wellkept.rights_work(%s) where id = %s"


def notes_are_the_callers_own(ground: Ground) -> list[Try]:
    """Read and write notes before the caller answered, after, as anybody else, and when the call is over."""
    caller, session = ground.members["other"], secret(ground, ground.staff["representative"])
    others = [secret(ground, one) for one in (ground.staff["representative surge"], ground.staff["nurse"])]
    person, note = UUID(caller.person), uuid4()
    with ground.connect("web") as web:
        web.autocommit = True
        with call(ground, "card") as (number, verify):
            early = entered(web, session, person, "calls", number)
            verify()
            strange = [entered(web, one, person, "calls", number) for one in others]
            family = entered(web, secret(ground, ground.members["one"]), person, "calls", None, purpose="PATRQT")
            with taken_back(web, session, person, "calls", number):
                written = value(web, NOTE, [session, number, note]) and value(web, READ, [person, note]) == 1
                forged = [value(web, NOTE, [one, number, uuid4()]) for one in others]
        late = value(web, NOTE, [session, number, uuid4()])
        mine = entered(web, secret(ground, caller), person, "calls", None, purpose="PATRQT")
    return [
        refused("Read notes before the caller has answered", "We asked for them at once.", held=bool(early)),
        refused(
            "Read them as anybody else",
            "We asked for them as a colleague, as a nurse and as another member.",
            held=all(strange) and bool(family),
        ),
        Try(
            "Write one on a call, and read it as the caller",
            "A made-up representative wrote a note, and took it back. The caller may open theirs.",
            "Shown" if written and not mine else "Not shown",
            held=bool(written) and not mine,
        ),
        refused(
            "Write one for another, or when the call is over",
            "We wrote notes under the sessions of others, and after the call.",
            held=not any(forged) and not late,
            otherwise="Written",
        ),
    ]


def a_call_back_goes_to_the_number_on_file(ground: Ground) -> list[Try]:
    """Ask for the number before saying that one calls back; claim a call back that nobody made."""
    session, person = secret(ground, ground.staff["representative"]), UUID(ground.members["other"].person)
    with ground.connect("web") as web, call(ground, "card") as (number, _verify):
        web.autocommit = True
        before = entered(web, session, person, "contact", number)
        claimed = value(web, "select wellkept.service_verify_call(%s, %s, 'call back')", [session, number])
        foreign = value(
            web, "select wellkept.service_call_back(%s, %s)", [secret(ground, ground.staff["nurse"]), number]
        )
        value(web, "select wellkept.service_call_back(%s, %s)", [session, number])
        after = entered(web, session, person, "contact", number)
        coverage = entered(web, session, person, "coverage", number)
    return [
        refused("See the number without calling back", "We asked for it before we said so.", held=bool(before)),
        refused(
            "Claim a call back that nobody made",
            "We said that the caller answered one, and let a nurse begin one.",
            held=not claimed and not foreign,
            otherwise="Believed",
        ),
        Try(
            "See the number to call back, and nothing else",
            "We said that we call back, and asked for the number and for coverage.",
            "The number alone" if not after and coverage else "Not so",
            held=not after and bool(coverage),
        ),
    ]


def work_is_open_to_whom_it_is_handed(ground: Ground) -> list[Try]:
    """Leave something to do, take it, let a colleague hand it on, hand it on, and look whose it is."""
    one, two = (secret(ground, ground.staff[name]) for name in ("representative", "representative surge"))
    person, case = UUID(ground.members["other"].person), uuid4()
    with ground.connect("web") as web:
        web.autocommit = True
        with call(ground, "card") as (number, verify):
            verify()
            with taken_back(web, one, person, "calls", number):
                left = value(web, LEAVE, [one, number, case, str(case)[:9], soon(), uuid4()])
                value(web, TAKE, [one, case, uuid4()])
                mine = value(web, MINE, [one, case])
                to = value(web, "select id from wellkept.service_colleagues(%s) limit 1", [one])
                other = value(web, "select id from wellkept.service_colleagues(%s) limit 1", [two])
                stolen = value(web, HAND, [two, case, other, uuid4(), uuid4()])
                outside = value(web, HAND, [one, case, uuid4(), uuid4(), uuid4()])
                handed = value(web, HAND, [one, case, to, uuid4(), uuid4()])
                again = value(web, HAND, [one, case, to, uuid4(), uuid4()])
                after = value(web, MINE, [one, case])
    return [
        Try(
            "Leave work after a call, take it, hand it on",
            "A made-up representative did so, and took it back.",
            "Handed over" if left and mine and handed else "Not handed over",
            held=bool(left and mine and handed),
        ),
        refused(
            "Hand on the work of another, or to somebody outside",
            "A colleague handed it on, and its owner handed it to nobody of the desk.",
            held=not stolen and not outside,
            otherwise="Handed over",
        ),
        refused(
            "Keep work that was handed on",
            "Whoever handed it on did so again, and looked whether it is theirs.",
            held=not again and after is False,
        ),
    ]


def what_an_answer_did_not_settle_is_tracked(ground: Ground) -> list[Try]:
    """Write down that an answer settled nothing; look for it, with its day, on the list of the privacy office."""
    one, officer = (secret(ground, ground.staff[name]) for name in ("representative", "privacy_officer"))
    nurse = secret(ground, ground.staff["nurse"])
    person, asked = UUID(ground.members["other"].person), uuid4()
    came = "select wellkept.rights_letter_came(%s, 'E-00000000', %s, %s, 'probe')"
    with ground.connect("web") as web:
        web.autocommit = True
        with call(ground, "letter") as (number, _verify), taken_back(web, one, person, "identity", number):
            strange = value(web, ESCALATE, [nurse, number, uuid4(), soon()])
            written = value(web, ESCALATE, [one, number, asked, soon()])
            due = value(web, TRACKED, [officer, asked])
        guessed = value(web, came, [one, uuid4(), soon()])
    page = ground.ask("/desk/escalations/", cookie=ground.session(ground.staff["nurse"]))
    return [
        Try(
            "Write to us after an answer",
            "A made-up representative noted such a letter; we looked on the list of the privacy office.",
            f"Due {due}" if due else "Not tracked",
            held=bool(written) and due == soon(),
        ),
        refused(
            "Note one as anybody else, or by a made-up reference",
            "We noted one as a nurse, asked for the list as one, and typed a reference that we never gave out.",
            held=not strange and page.status == 403 and guessed == "unknown",
            otherwise="Noted",
        ),
    ]


@contextmanager
def call(ground: Ground, about: str) -> Iterator[tuple[UUID, Any]]:
    """A call with one of the family and how to verify its caller, for as long as it goes on."""
    member: Member = ground.members["other"]
    cookie = ground.session(ground.staff["representative"])
    token = ground.token(ground.ask("/desk/find/", cookie=cookie).text)
    told = {"number": member.number, **born(member.birth_date), "token": token}
    ground.ask("/desk/find/", form=told, cookie=cookie)
    chosen = {"begin": "yes", "person": member.person, "about": about}
    begun = CALL.fullmatch(ground.ask("/desk/find/", form=told | chosen, cookie=cookie).headers.get("location", ""))
    if begun is None:
        raise LookupError("No call began.")
    at = begun[0]
    try:
        yield UUID(begun[1]), lambda: ground.ask(f"{at}verified/", form={"token": token}, cookie=cookie)
    finally:
        ground.ask(f"{at}end/", form={"token": token}, cookie=cookie)


@contextmanager
def taken_back(web: Connection[Any], session: bytes, person: UUID, category: str, occasion: UUID) -> Iterator[None]:
    """A transaction in which the caller is open, and of which nothing remains."""
    entry = value(web, ENTER, [session, person, "MEMADMIN", category, occasion])
    web.execute("select wellkept.gate_flush()")
    with web.transaction(force_rollback=True):
        web.execute("select wellkept.gate_hold(%s)", [entry])
        yield


def entered(
    web: Connection[Any],
    session: bytes,
    person: UUID,
    category: str,
    occasion: UUID | None,
    *,
    purpose: str = "MEMADMIN",
) -> str:
    """Why that may not be opened; empty where it may."""
    entry = value(web, ENTER, [session, person, purpose, category, occasion])
    web.execute("select wellkept.gate_flush()")
    return refusal(web, int(entry))


def value(web: Connection[Any], statement: str, given: list[Any]) -> Any:  # noqa: ANN401  (one value of the database)
    """One value; None where there is no row."""
    row = web.execute(statement, given).fetchone()
    return row[0] if row else None


def soon() -> date:
    """A day in a week."""
    return date.today() + timedelta(days=7)  # noqa: DTZ011  (any day: nothing is kept)
