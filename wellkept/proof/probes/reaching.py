"""Tries against mail that comes back and against the list for publications, on one of the made-up family.

Serves U-28, P-17. Each round leaves the member without an address and off the list.
"""

import hashlib
from base64 import b32encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID, uuid4

import psycopg

from wellkept.policy.words import Category, Purpose
from wellkept.proof import walk
from wellkept.proof.family import canary
from wellkept.proof.ground import Answer, Ground, Member, Try
from wellkept.proof.probes.lock import HOLD, Connection, entered, refused, secret
from wellkept.proof.probes.site import found

WHO: Final = "guest"
REACH: Final = "/account/reach/"
HOME: Final = "/member/"
BOX: Final = "/account/address/"
SENDS_NONE: Final = "This portal sends no e-mail"
ASKED: Final = "Is this still right?"
CAME_BACK: Final = "An e-mail to you came back"
ONE_CLICK: Final = {"List-Unsubscribe": "One-Click"}
ELSEWHERE: Final = {"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example"}
ADDRESS: Final = (
    "insert into wellkept.notices_address (id, person_id, category, collected_under, restricted, address, code_hash,"
    " code_until, asked_at, tries, confirmed_at)"
    " values (gen_random_uuid(), %s, 'contact', '2026-11-01', false, '', '', now(), now() - interval '1 hour', 0,"
    " case when %s then now() end) returning id"
)
MAILED: Final = (
    "insert into wellkept.notices_mailed (id, person_id, category, collected_under, restricted, token_hash, address_id,"
    " sent_at) values (gen_random_uuid(), %s, 'contact', '2026-11-01', false, %s, %s, now())"
)
LINKED: Final = (
    "insert into wellkept.notices_leavelink (id, person_id, category, collected_under, restricted, token, token_hash)"
    " values (gen_random_uuid(), %s, 'contact', '2026-11-01', false, '', %s) on conflict do nothing"
)
MACHINE: Final = "select wellkept.gate_enter_machine(%s, 'MEMADMIN', array['contact'], %s, 'letter')"
DUE: Final = "select 1 from wellkept.notices_to_tell(%s, now() + interval '1 hour', %s::uuid, 1) where person_id = %s"
STATE: Final = "select confirmed_at is not null from wellkept.notices_address where person_id = %s"


def token_of(member: Member) -> str:
    """The token of the made-up member's link: the same on every round, so that it works for good."""
    return b32encode(hashlib.sha256(f"{member.login} leaves".encode()).digest()[:16]).decode().rstrip("=").lower()


def hashed(token: str) -> bytes:
    """What the database knows of a token."""
    return hashlib.sha256(token.encode()).digest()


@contextmanager
def opened(ground: Ground, member: Member) -> Iterator[Connection]:
    """The member's own contact, open to the pages' role for one transaction."""
    with ground.connect("web") as web:
        session = secret(ground, member)
        entry = entered(web, session, None, Purpose.PATIENT_REQUEST, Category.CONTACT)
        with web.transaction():
            web.execute(HOLD, [entry])
            yield web


def linked(ground: Ground, member: Member) -> str:
    """Give the member the link that a first mail would bring, as the job does; returns what it says."""
    person, occasion, token = UUID(member.person), uuid4(), token_of(member)
    with ground.connect("jobs") as jobs:
        jobs.execute("select wellkept.gate_begin(%s, 'job', 'publication')", [occasion])
        row = jobs.execute(MACHINE, [[person], occasion]).fetchone()
        jobs.execute("select wellkept.gate_flush()")
        with jobs.transaction():
            jobs.execute(HOLD, [row[0] if row else 0])
            jobs.execute(LINKED, [person, hashed(token)])
    return token


def addressed(ground: Ground, member: Member, *, confirmed: bool, token: str = "") -> None:
    """Give the member an address in place of any other, and let one mail to it be on its way under that token."""
    person = UUID(member.person)
    with opened(ground, member) as web:
        web.execute("delete from wellkept.notices_address where person_id = %s", [person])
        row = web.execute(ADDRESS, [person, confirmed]).fetchone()
        if token and row:
            web.execute(MAILED, [person, hashed(token), row[0]])


def forget(ground: Ground, member: Member) -> None:
    """The member has no address any more."""
    with opened(ground, member) as web:
        web.execute("delete from wellkept.notices_address where person_id = %s", [UUID(member.person)])


def confirmed(ground: Ground, member: Member) -> bool:
    """Whether the member's address is confirmed."""
    with opened(ground, member) as web:
        row = web.execute(STATE, [UUID(member.person)]).fetchone()
    return bool(row and row[0])


def due(ground: Ground, member: Member) -> bool:
    """Whether the job that tells of a publication would take the member now."""
    person = UUID(member.person)
    with ground.connect("jobs") as jobs:
        return jobs.execute(DUE, [canary(), UUID(int=person.int - 1), person]).fetchone() is not None


def came_back(ground: Ground, token: str) -> bool:
    """Bring a token back, as the role that takes returned mail."""
    with ground.connect("mail") as mail:
        row = mail.execute("select wellkept.notices_mail_came_back(%s)", [hashed(token)]).fetchone()
    return bool(row and row[0])


def post(ground: Ground, member: Member, **said: str) -> Answer:
    """Send a form of the member's own page of how we reach them. The token is that of any page: it is the session's."""
    cookie = ground.session(member)
    form = {"token": ground.token(ground.ask(HOME, cookie=cookie).text)} | said
    return ground.ask(REACH, form=form, cookie=cookie)


def the_list_is_left_at_once_and_for_good(ground: Ground) -> list[Try]:
    """Join as a made-up member, wait for a mail before confirming, leave by one click, and give another address."""
    member = ground.members[WHO]
    link = f"/publications/leave/{linked(ground, member)}/"
    try:
        post(ground, member, act="list", publications="on")
        addressed(ground, member, confirmed=False)
        early = due(ground, member)
        addressed(ground, member, confirmed=True)
        listed = due(ground, member)
        ground.ask(link)
        looked = due(ground, member)
        left = ground.ask(link, form=ONE_CLICK, headers=ELSEWHERE, own=False)
        after = due(ground, member)
        addressed(ground, member, confirmed=True)
        again = due(ground, member)
        none = ground.ask(f"/publications/leave/{'a' * 26}/", form=ONE_CLICK, headers=ELSEWHERE, own=False)
    finally:
        post(ground, member, act="list")
        forget(ground, member)
    page = ground.ask(BOX, cookie=ground.session(member))
    said = walk.spoken(page.text)
    return [
        refused(
            "Be told before the address is confirmed",
            "A made-up member joined the list with an address whose code nobody had typed.",
            held=not early,
            otherwise="Told",
        ),
        Try(
            "Join the list, and look at the link that leaves it",
            "The address was confirmed; then a program looked at the link, as programs do that check mail.",
            "On the list" if listed and looked else "Not on the list",
            held=listed and looked,
        ),
        refused(
            "Be told after one click",
            "A mail program followed the link from elsewhere, with no session and no cookie.",
            held=left.status == 200 and not left.cookies and not after,
            otherwise="Told",
        ),
        refused(
            "Be put back on the list by another address",
            "After that the member gave and confirmed another address.",
            held=not again,
            otherwise="Told",
        ),
        found(
            "Learn whether a link was ours",
            "We followed a link that nobody was given, and compared the answers.",
            bad=(none.status, walk.spoken(none.text)) != (left.status, walk.spoken(left.text)),
        ),
        found(
            "Find a box for an address that does not say it",
            "We read beside the box for an address whether it puts one on the list, and how to leave.",
            bad=page.status != 200
            or (SENDS_NONE not in said and not ("our list" in said and "leave the list" in said)),
        ),
    ]


def what_comes_back_is_noted_and_nothing_forged_is(ground: Ground) -> list[Try]:
    """Bring guessed, real and used tokens back, then look whether the owner is asked, then and after a year."""
    member = ground.members[WHO]
    cookie, token = ground.session(member), canary() + canary()
    try:
        addressed(ground, member, confirmed=True, token=token)
        guessed = [came_back(ground, f"{token[:-1]}{letter}") for letter in "abcdef" if letter != token[-1]]
        forged = any(guessed) or not confirmed(ground, member)
        noted = came_back(ground, token) and not confirmed(ground, member)
        asked = CAME_BACK in walk.spoken(ground.ask(HOME, cookie=cookie).text)
        mailed = due(ground, member)
        twice = came_back(ground, token)
        others = [opens(ground, table) for table in ("address", "mailed", "subscription")]
        addressed(ground, member, confirmed=True)
        quiet = ASKED not in walk.spoken(ground.ask(HOME, cookie=cookie).text)
        with opened(ground, member) as web:
            web.execute("update wellkept.notices_address set confirmed_at = now() - interval '13 months'")
        yearly = ASKED in walk.spoken(ground.ask(HOME, cookie=cookie).text)
        post(ground, member, act="right")
        settled = ASKED not in walk.spoken(ground.ask(HOME, cookie=cookie).text)
    finally:
        forget(ground, member)
    return [
        refused(
            "Forge a mail that came back",
            "As the program that takes returned mail we brought tokens that nobody was given.",
            held=not forged,
            otherwise="Believed",
        ),
        Try(
            "Write on to an address that mail came back from",
            "We brought back the token of a mail, and looked whether anything would still go there.",
            "Nothing goes there" if noted and not mailed else "Mail goes on",
            held=noted and not mailed,
        ),
        refused(
            "Bring the same mail back twice",
            "We brought the same token once more.",
            held=not twice,
            otherwise="Believed",
        ),
        Try(
            "Not be asked for another address",
            "The member opened their first page after the mail came back.",
            "Asked" if asked else "Not asked",
            held=asked,
        ),
        Try(
            "Not be asked once a year",
            "We let a year go by since the address was confirmed; then the member said it is right.",
            "Asked once" if quiet and yearly and settled else "Not asked, or asked again",
            held=quiet and yearly and settled,
        ),
        refused(
            "Read anything as the program that takes returned mail",
            "Under its name we read the tables of addresses, of mails and of the list.",
            held=not any(others),
        ),
    ]


def opens(ground: Ground, table: str) -> bool:
    """Whether the role that takes returned mail reads that table."""
    try:
        with ground.connect("mail") as mail:
            mail.execute(f"select 1 from wellkept.notices_{table} limit 1")  # noqa: S608  (a name of this file)
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True
