"""Tries to send part of a record out with no word, a wrong one or one that ended, and to open what is restricted.

What is written to try it is rolled back; a restriction that was granted for the try is ended by its person.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg

from wellkept.policy.words import Category, Purpose
from wellkept.proof.ground import Ground, Member, Try
from wellkept.proof.probes.lock import ENTER, HOLD, entered, refusal, refused, secret
from wellkept.proof.probes.site import found

OWN: Final = ("identity", "requests", "openings", "coverage", "claims", "sensitive_claims")
OFFICE: Final = ("identity", "requests")
AUTHORIZE: Final = (
    "select wellkept.consent_authorize(%s, %s, %s, %s::text[], %s, 'who', 'where', %s, '2026-11', 'en', '2026-11-01')"
)
RELEASE: Final = (
    "select wellkept.disclosures_release(%s, %s, %s, %s, %s, %s::text[], %s, 'what', %s, 'letter', '2026-11-01')"
)
LETTER: Final = (
    "insert into wellkept.notices_letter (id, person_id, category, collected_under, restricted, kind, body, made_at)"
    " values (%s, %s, 'claims', 'x', false, 'release', 'all', now())"
)
STANDING: Final = "select id from wellkept.consent_restriction where person_id = %s and until is null"
"""What a round that was cut short may have left."""
SALES: Final = ("MARKETING", "HMARKT", "SALE", "DONAT", "")
"""Words by which a sale or a promotion goes in the code system of purposes, and none at all."""


@contextmanager
def open_(
    ground: Ground, member: Member, *categories: str, whose: str | None = None, keep: bool = False
) -> Iterator[psycopg.Connection[Any]]:
    """A connection of pages with a record open, one's own or of ``whose``; rolled back unless it is to ``keep``."""
    people, why = ([UUID(whose)], "HOPERAT") if whose else (None, "PATRQT")
    with ground.connect("web") as web:
        row = web.execute(ENTER, [secret(ground, member), people, why, [*categories], None]).fetchone()
        web.execute("select wellkept.gate_flush()")
        with web.transaction(force_rollback=not keep):
            web.execute(HOLD, [row[0] if row else 0])
            yield web


def said(web: psycopg.Connection[Any], statement: str, *given: Any) -> Any:  # noqa: ANN401  (what a function returns)
    """What a function answers."""
    row = web.execute(statement, [*given]).fetchone()
    return row[0] if row else None


def authorized(web: psycopg.Connection[Any], member: Member, why: str, until: datetime | None = None) -> UUID | None:
    """A word of the member's about their claims; None where it was not taken."""
    made, last = uuid4(), until or datetime.now(UTC) + timedelta(days=1)
    return made if said(web, AUTHORIZE, member.person, made, why, ["claims"], last, b"all") else None


def released(
    web: psycopg.Connection[Any], member: Member, basis: UUID | None, category: str = "claims", *, why: str = "HLEGAL",
    by: str = "authorization", conditions: bytes = b"conditions",
) -> str:  # fmt: skip
    """What the one function that lets something out says."""
    recipient = b"x" if by == "agreement" else b""
    return str(said(web, RELEASE, member.person, uuid4(), by, basis, why, [category], recipient, conditions))


def nothing_leaves_without_a_word(ground: Ground) -> list[Try]:
    """With a word about claims send claims, then coverage, for another purpose, unlettered, run out, taken back."""
    one, spouse = ground.members["one"], ground.members["spouse"]
    with open_(ground, one, *OWN) as web:
        none = {released(web, one, uuid4(), by=by) for by in ("authorization", "agreement", "sale", "law", "")}
        soon = said(web, "select now() + interval '1 microsecond'")
        run_out = released(web, one, authorized(web, one, "HLEGAL", soon))
        word = authorized(web, one, "HLEGAL")
        beyond = {released(web, one, word, "coverage"), released(web, one, word, why="HRESCH")}
        bare = released(web, one, word, conditions=b"")
        sent = released(web, one, word)
        by_hand = written(web, one)
        said(web, "select wellkept.consent_end_authorization(%s, %s)", one.person, word)
        after = released(web, one, word)
    with open_(ground, spouse, *OWN) as web:
        anothers = signed_for(web, one)
    return [
        Try(
            "Send what a person signed for",
            "A made-up member signed for their claims and sent them, to see that it works. We took it all back.",
            "Sent" if sent == "sent" else "Not sent",
            held=sent == "sent",
        ),
        refused("Send it with no word", "We sent the claims under five made-up grounds.", held=none == {"no basis"}),
        refused(
            "Send more than was signed for",
            "With a word about claims we sent coverage, then claims for research.",
            held=beyond == {"no basis"},
        ),
        refused("Send it after its last day", "We signed until that moment, then sent.", held=run_out == "no basis"),
        refused("Send it after it was taken back", "We took the word back, and sent.", held=after == "no basis"),
        refused("Send it without conditions", "We left the letter of conditions away.", held=bare == "no letter"),
        refused("Write such a letter by hand", "As a page we put one into the print queue.", held=not by_hand),
        refused("Sign for somebody else", "As the spouse we signed for the member.", held=not anothers),
    ]


def written(web: psycopg.Connection[Any], member: Member) -> bool:
    """Whether a page may put a letter that lets something out into the queue itself."""
    try:
        with web.transaction():
            web.execute(LETTER, [uuid4(), member.person])
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def signed_for(web: psycopg.Connection[Any], other: Member) -> bool:
    """Whether somebody's word is taken for another's record."""
    try:
        with web.transaction():
            return authorized(web, other, "HLEGAL") is not None
    except psycopg.errors.InsufficientPrivilege:
        return False


def no_word_makes_a_sale(ground: Ground) -> list[Try]:
    """Sign for a sale as the member whose record it is, then look for such a purpose on the form."""
    one = ground.members["one"]
    with open_(ground, one, *OWN) as web:
        taken = [why for why in SALES if authorized(web, one, why)]
    page = ground.ask("/member/privacy/choices/authorize/", cookie=ground.session(one)).text
    offered = set(re.findall(r'name="purpose" value="([^"]*)"', page))
    named = {"PATRQT", "TREAT", "HPAYMT", "HLEGAL", "HRESCH"}
    return [
        refused("Sign for a sale", f"A made-up member signed for {len(SALES)} of its words.", held=not taken),
        found("Find a sale on the form", "We read each purpose that the form offers.", bad=offered != named),
    ]


def a_restriction_counts_at_once(ground: Ground) -> list[Try]:
    """As a child have coverage shut for the family: open it as the parent while asked, granted, and after the end."""
    young, one, officer = ground.members["young"], ground.members["one"], ground.staff["privacy_officer"]
    number = uuid4()
    ask = "select wellkept.consent_ask(%s, %s, 'member', 'coverage', null, '', %s, '2026-11-01')"
    decide = "select wellkept.consent_decide(%s, %s, true, 'x')"
    end = "select wellkept.consent_end_restriction(%s, %s)"
    with open_(ground, young, *OWN, keep=True) as web:
        for left in web.execute(STANDING, [young.person]).fetchall():
            said(web, end, young.person, left[0])
        made = said(web, ask, young.person, number, date.max)
    try:
        waiting = why_not(ground, one, young)
        alone = decided(ground, young, number, decide)
        with open_(ground, officer, *OFFICE, whose=young.person, keep=True) as web:
            said(web, decide, young.person, number)
        granted = why_not(ground, one, young)
        own = why_not(ground, young, young)
        others = ended(ground, one, young, number, end)
    finally:
        with open_(ground, young, *OWN, keep=True) as web:
            said(web, end, young.person, number)
    after = why_not(ground, one, young)
    return [
        Try(
            "Open what was only asked to be restricted",
            "A made-up child asked it. The parent opened coverage before anybody had decided, and after it ended.",
            "Opened" if made and waiting == after == "" else "Not opened",
            held=bool(made) and waiting == after == "",
        ),
        refused(
            "Open what is restricted",
            "A made-up officer granted it, and the parent opened coverage.",
            held=granted == "restricted",
        ),
        Try(
            "Open it as the person",
            "The child opened their own coverage meanwhile.",
            "Opened" if own == "" else "Not opened",
            held=own == "",
        ),
        refused("Grant it to oneself", "The child decided on their own request.", held=not alone),
        refused("End it as somebody else", "The parent ended it.", held=not others),
    ]


def why_not(ground: Ground, reader: Member, subject: Member) -> str:
    """Why the reader does not open the subject's coverage; empty where they do."""
    with ground.connect("web") as web:
        people = [UUID(subject.person)]
        return refusal(web, entered(web, secret(ground, reader), people, Purpose.PATIENT_REQUEST, Category.COVERAGE))


def decided(ground: Ground, member: Member, number: UUID, decide: str) -> bool:
    """Whether somebody who is no officer decides on their own request."""
    try:
        with open_(ground, member, *OWN) as web:
            said(web, decide, member.person, number)
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def ended(ground: Ground, reader: Member, subject: Member, number: UUID, end: str) -> bool:
    """Whether somebody ends another's restriction."""
    try:
        with open_(ground, reader, *OWN) as web:
            return bool(said(web, end, subject.person, number))
    except psycopg.errors.InsufficientPrivilege:
        return False
