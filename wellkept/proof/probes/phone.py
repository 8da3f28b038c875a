"""Tries against ending on the phone what a member allowed: verified, on a call about it, entered before it is read.

What is signed and ended here stands in a transaction that is undone: nobody was allowed anything afterwards.
"""

from typing import Any, Final
from uuid import UUID, uuid4

from psycopg import Connection

from wellkept.policy.words import Category, Purpose
from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.calls import call, value
from wellkept.proof.probes.lock import HOLD, entered, refused, secret

SIGN: Final = (
    "select wellkept.consent_authorize(%s, %s, 'HLEGAL', '{coverage}', now() + interval '1 day', 'x', 'x', 'x',"
    " 'probe', 'en', 'probe')"
)
END: Final = "select wellkept.consent_phone_end(%s, %s, %s, %s, 'x')"
READ: Final = "select count(*) from wellkept.consent_phone_choices(%s, %s)"
ASK: Final = "select wellkept.consent_phone_ask(%s, %s)"


def what_was_allowed_ends_on_the_phone(ground: Ground) -> list[Try]:
    """Sign an authorization as a member; end it as others, too early, on another call, and as it should be."""
    desk, nurse = (secret(ground, ground.staff[one]) for one in ("representative", "nurse"))
    colleague, member = secret(ground, ground.staff["representative surge"]), ground.members["other"]
    person, made = UUID(member.person), uuid4()
    with ground.connect("web") as web:
        web.autocommit = True
        entry = entered(web, secret(ground, member), None, Purpose.PATIENT_REQUEST, Category.REQUESTS)
        with web.transaction(force_rollback=True):
            web.execute(HOLD, [entry])
            signed = value(web, SIGN, [person, made])
            with call(ground, "card") as (number, verify):
                verify()
                other = ended(web, desk, number, made)
            with call(ground, "choices") as (number, verify):
                early = ended(web, desk, number, made)
                verify()
                strange = [ended(web, one, number, made) for one in (colleague, nurse, secret(ground, member))]
                asked = value(web, ASK, [desk, number])
                read = value(web, READ, [desk, number])
                done, again = ended(web, desk, number, made), ended(web, desk, number, made)
    return [
        refused(
            "End it before the caller has answered, or on another call",
            "We did it on a call about a card, and on the right one too early.",
            held=bool(signed) and not other and not early,
            otherwise="Ended",
        ),
        refused(
            "End it as anybody else",
            "A colleague, a nurse and the member's own session tried it on that call.",
            held=not any(strange),
            otherwise="Ended",
        ),
        refused(
            "Read a name before that is saved",
            "We asked for the names in the transaction that was to save that we did.",
            held=bool(asked) and read == 0,
        ),
        Try(
            "End it on the phone, once",
            "A made-up representative ended what a verified caller had allowed, and tried it again.",
            "Ended once" if done == "authorization" and not again else "Not so",
            held=done == "authorization" and not again,
        ),
    ]


def ended(web: Connection[Any], session: bytes, number: UUID, made: UUID) -> str:
    """What the database says it ended; empty where it refuses."""
    return str(value(web, END, [session, number, made, uuid4()]))
