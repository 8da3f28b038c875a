"""Tries within a family: of the people covered together nobody opens another without their word, or the law's.

The made-up family is a subscriber with a spouse, a grown child and one of fourteen, living in Illinois.
"""

import re
from collections.abc import Sequence
from typing import Final
from uuid import UUID

import psycopg

from wellkept.policy.words import Category, Purpose
from wellkept.proof import pdf, search
from wellkept.proof.family import canary
from wellkept.proof.ground import Answer, Ground, Try
from wellkept.proof.probes.lock import entered, refusal, refused, secret
from wellkept.proof.probes.site import found

GROWN_UP: Final = ("one", "spouse", "grown")
BESIDES: Final = tuple(one for one in Category if one is not Category.IDENTITY)
CONTACT: Final = "/member/contact/"
OWN: Final = ("/member/", "/member/coverage/", "/member/claims/", "/member/family/", "/member/card/", CONTACT)
BENEATH: Final = ("coverage/", "claims/", "openings/", "card/")


def opened(ground: Ground, reader: str, whose: str, asked: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Which purposes and categories open to one of the family of another's record, by the gate itself."""
    session, people = secret(ground, ground.members[reader]), [UUID(ground.members[whose].person)]
    with ground.connect("web") as web:
        return [pair for pair in asked if not refusal(web, entered(web, session, people, *pair))]


def pages(ground: Ground, reader: str, whose: str) -> list[Answer]:
    """The reader's own pages, and what stands where another's would be."""
    cookie, person = ground.session(ground.members[reader]), ground.members[whose].person
    return [ground.ask(path, cookie=cookie) for path in (*OWN, *(f"/member/family/{person}/{at}" for at in BENEATH))]


def nobody_in_the_family_opens_another(ground: Ground) -> list[Try]:
    """As each grown-up of a family ask for each other's record; then look for what is theirs on the family's pages."""
    asked = [*((Purpose.PATIENT_REQUEST, one) for one in BESIDES), *((one, Category.CLAIMS) for one in Purpose)]
    pairs = [(reader, whose) for reader in GROWN_UP for whose in GROWN_UP if reader != whose]
    got = [pair for pair in pairs if opened(ground, *pair, asked)]
    seen = pages(ground, "one", "spouse")
    one, spouse, grown = (ground.members[name] for name in GROWN_UP)
    theirs = [word for other in (spouse, grown) for word in (*other.canaries[2:3], other.canaries[4])]
    shown = [word for word in theirs for page in seen if word.lower() in page.text.lower()]
    back = ground.ask(f"/member/family/{one.person}/claims/", cookie=ground.session(spouse))
    return [
        refused(
            "Open the record of one's husband or wife",
            f"Each grown-up of a made-up family asked for each other's record, in {len(asked)} ways.",
            held=not got,
        ),
        found(
            "Find a claim or an address of theirs",
            f"We looked for them on {len(seen)} pages of the one who holds the plan.",
            bad=bool(shown) or seen[0].status != 200,
        ),
        refused(
            "Open the record of the one who holds the plan",
            "The spouse asked for that person's claims by the address of their page.",
            held=back.status in (403, 404) and one.canaries[4].lower() not in back.text.lower(),
        ),
    ]


def a_parent_sees_what_the_state_leaves_them(ground: Ground) -> list[Try]:
    """As a parent ask for the claims of a child of fourteen, and for the care a child there may ask for alone."""
    young = ground.members["young"]
    everything = [(Purpose.PATIENT_REQUEST, one) for one in Category]
    got = {category for _purpose, category in opened(ground, "one", "young", everything)}
    cookie = ground.session(ground.members["one"])
    claims = ground.ask(f"/member/family/{young.person}/claims/", cookie=cookie)
    number = re.search(r"/member/claims/([0-9a-f-]{36})/", own_claims(ground, "young"))
    there = ground.ask(f"/member/family/{young.person}/claims/{number[1] if number else young.person}/", cookie=cookie)
    hidden = Category.SENSITIVE_CLAIMS not in got and there.status in (403, 404)
    other = opened(ground, "grown", "young", everything)
    return [
        Try(
            "Open one's child's record",
            "A made-up parent opened the coverage and claims of a child of fourteen, to see that it opens at all.",
            "Shown" if {Category.COVERAGE, Category.CLAIMS} <= got and claims.status == 200 else "Not shown",
            held={Category.COVERAGE, Category.CLAIMS} <= got and claims.status == 200,
        ),
        refused(
            "Open care that the child may ask for alone",
            "The parent asked for the child's sensitive claim, by the database and by its page's address.",
            held=hidden and number is not None,
        ),
        refused(
            "Open it as a brother or sister", "A grown child of the family asked for the same record.", held=not other
        ),
    ]


def own_claims(ground: Ground, name: str) -> str:
    """The page of somebody's own claims."""
    return ground.ask("/member/claims/", cookie=ground.session(ground.members[name])).text


def an_address_in_confidence_stays_so(ground: Ground) -> list[Try]:
    """Give another address as the spouse; look for it in the family, in tables and on paper; then end it."""
    spouse, word = ground.members["spouse"], canary()
    cookie = ground.session(spouse)
    form = {"channel": "letter", "line1": f"9 {word}", "city": "Springfield", "state": "IL", "zip": "62701"}
    token = {"token": ground.token(ground.ask(CONTACT, cookie=cookie).text)}
    given = ground.ask(CONTACT, form=form | token, cookie=cookie)
    try:
        mine = ground.ask(CONTACT, cookie=cookie).text
        shown = [page for page in pages(ground, "one", "spouse") if word in page.text]
        asked = opened(ground, "one", "spouse", [(one, Category.CONTACT) for one in Purpose])
        kept = search.in_tables(ground, [word])
        number = re.search(r"/member/claims/[0-9a-f-]{36}/", own_claims(ground, "spouse"))
        paper = ground.ask(f"{number[0] if number else CONTACT}explanation.pdf", cookie=cookie)
        follows = word in pdf.text(paper.body)
        files = writes(ground)
    finally:
        ground.ask(f"{CONTACT}end/", form=token, cookie=cookie)
    after = ground.ask(CONTACT, cookie=cookie).text
    return [
        Try(
            "Give another address in confidence",
            "A made-up spouse gave another address, read it, and ended it.",
            "Taken and ended" if given.status == 302 and word in mine and word not in after else "Not taken",
            held=given.status == 302 and word in mine and word not in after,
        ),
        found(
            "Find it as the one who holds the plan",
            "While it stood, we looked for it on that person's pages, and asked the database for it.",
            bad=bool(shown or asked),
        ),
        found("Find it in our tables", "We looked for it in every table that is read unopened.", bad=bool(kept)),
        Try(
            "Read whom a paper goes to",
            "We had an explanation of a claim made for the spouse, and read back its address.",
            "The address in confidence" if follows else "Another",
            held=follows,
        ),
        refused("Overwrite it with a file", "We tried to change it as the part that reads files.", held=not files),
    ]


def writes(ground: Ground) -> bool:
    """Whether the role of intake may change an address given in confidence."""
    with ground.connect("intake") as intake:
        try:
            intake.execute("update wellkept.people_confidential set channel = channel where false")
        except psycopg.errors.InsufficientPrivilege:
            return False
    return True
