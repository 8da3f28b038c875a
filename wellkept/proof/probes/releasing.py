"""Tries to open a record for an organisation without a release under its agreement, and to begin one as somebody else.

Nothing leaves, and nothing is written but the refusals.
"""

from typing import Final
from uuid import UUID, uuid4

import psycopg

from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.lock import ENTER, refusal, refused, secret

BEGIN: Final = "select wellkept.disclosures_begin(%s, %s, %s, %s, 'HOPERAT', '{claims}')"
PURPOSES: Final = ("HPAYMT", "HOPERAT", "HRESCH")


def an_agreement_bounds_what_leaves(ground: Ground) -> list[Try]:
    """As a made-up officer open a member's claims for each purpose of a release; begin one as customer service."""
    officer, desk = ground.staff["privacy_officer"], ground.staff["representative"]
    person = UUID(ground.members["one"].person)
    with ground.connect("web") as web:
        shut = [refusal(web, opened(web, secret(ground, officer), person, why)) for why in PURPOSES]
        begun = web.execute(BEGIN, [secret(ground, desk), uuid4(), uuid4().bytes, uuid4()]).fetchone()
        listed = web.execute("select 1 from wellkept.disclosures_recipients(%s)", [uuid4().bytes]).fetchall()
    return [
        refused(
            "Open a record to send it on, with no release begun",
            "A made-up privacy officer opened a member's claims for three purposes.",
            held=all(shut),
        ),
        refused(
            "Begin a release as customer service",
            "A made-up representative began one under a made-up agreement.",
            held=begun == ("no",),
        ),
        refused("Read with whom we have agreements", "We asked with a session that nobody has.", held=not listed),
    ]


def opened(web: psycopg.Connection, session: bytes, person: UUID, why: str) -> int:
    """An entry of the officer's about the member, on their own visit."""
    row = web.execute(ENTER, [session, [person], why, ["claims"], None]).fetchone()
    web.execute("select wellkept.gate_flush()")
    return int(row[0]) if row else 0
