"""Tries against links to other sites: past the page between, past the second reviewer, out of a text.

What is proposed and reviewed here is rolled back: no entry of a try ever stands in the register.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg

from wellkept.proof import walk
from wellkept.proof.family import canary
from wellkept.proof.ground import Answer, Ground, Try
from wellkept.proof.probes.lock import refused, secret
from wellkept.proof.probes.site import found
from wellkept.proof.probes.telling import FORM, own
from wellkept.proof.walk import Page

LEAVING: Final = "/leaving/"
MEMBER: Final = ("/member/", "/member/claims/", "/member/coverage/", "/member/privacy/", "/member/news/")
ELSEWHERE: Final = "elsewhere.example"
KEYS: Final = (
    f"https://{ELSEWHERE}",
    f"/{ELSEWHERE}",
    f"%2F%2F{ELSEWHERE}",
    f"x@{ELSEWHERE}",
    f"x?next=https://{ELSEWHERE}",
)
SAID: Final = (
    "It is not ours",
    "does not endorse it",
    "Read the privacy policy of",
    "Last reviewed",
    "Review counts until",
)
PROPOSE: Final = (
    "select wellkept.links_propose(%s, %s, %s, 'A made-up page', 'https://made-up.example/', 'https://made-up.example/p',"
    " 'Nobody', %s, false, null, %s, %s, %s, %s, false)"
)
REVIEW: Final = "select wellkept.links_review(%s, %s, %s, '{seen,seen,seen,seen,seen}', %s, %s, %s)"
STANDS: Final = "select coalesce(bool_or(stands), false) from wellkept.links_named(array[%s])"
PARTNERS: Final = "select key, collector from wellkept.links_named(null) where kind = 'partner'"
WRITE: Final = (
    "insert into wellkept.links_review (link, account, actor, on_day, until, met, source, content, workability, design,"
    " scope, refusing, refusing_words) values (%s, %s, 'Nobody', current_date, current_date,"
    " '{source,content,workability,design,scope}', 'seen', 'seen', 'seen', 'seen', 'seen', '{}', '')"
)
ALL: Final = ["source", "content", "workability", "design", "scope"]
LONG: Final = timedelta(days=90)
OVER: Final = timedelta(days=-2)  # whatever the hour and the zone of the operator


@dataclass(frozen=True, slots=True)
class Register:
    """The register in a transaction that is rolled back, with the sessions of two officers and of a representative."""

    web: psycopg.Connection[Any]
    first: bytes
    second: bytes
    representative: bytes

    def propose(self, *, until: timedelta | None = None) -> tuple[str, UUID]:
        """A made-up page; with ``until`` a partner's, whose agreement ends so long from today."""
        key, number = f"probe-{canary().lower()}", uuid4()
        begins = today() - LONG if until else None
        partner = ("PROBE", begins, today() + until, "Nobody") if until else (None, None, None, None)
        self.web.execute(PROPOSE, [self.first, number, key, "partner" if until else "reference", *partner])
        return key, number

    def review(self, session: bytes, link: UUID, *, refusing: str = "", until: timedelta = LONG) -> str:
        """One review, agreeing but for what refuses; returns the answer."""
        reasons = [refusing] if refusing else []
        given = [session, link, ALL, reasons, "It does." if refusing else "", today() + until]
        row = self.web.execute(REVIEW, given).fetchone()
        return str(row[0]) if row else ""

    def stands(self, key: str) -> bool:
        """Whether pages would link to it."""
        row = self.web.execute(STANDS, [key]).fetchone()
        return bool(row and row[0])


@contextmanager
def register(ground: Ground) -> Iterator[Register]:
    """The register for as long as it is lent; then everything is as it was."""
    first, second = (secret(ground, ground.staff[name]) for name in ("privacy_officer", "privacy_officer other"))
    representative = secret(ground, ground.staff["representative"])
    with ground.connect("web") as web, web.transaction(force_rollback=True):
        yield Register(web, first, second, representative)


def today() -> date:
    """The day it is in UTC; a day more or less is no matter here."""
    return datetime.now(UTC).date()


def every_way_off_the_site_has_its_page(ground: Ground) -> list[Try]:
    """Read each link of every public page and of a member's pages; read each leaving page; try to be led elsewhere."""
    cookie = ground.session(ground.members["one"])
    inside = {path: ground.ask(path, cookie=cookie) for path in MEMBER}
    pages = walk.pages(ground) | inside
    links = [href for answer in pages.values() for href in Page(answer.text).links() if away(href)]
    between = {path: answer for path, answer in walk.pages(ground).items() if path.startswith(LEAVING)}
    silent = [path for path, answer in between.items() if not tells(answer)]
    tried = [
        ground.ask(f"{LEAVING}{key}/", form=form) for key in KEYS for form in (None, {"to": f"https://{ELSEWHERE}"})
    ]
    read = f"We read the {len(between)} pages that stand before other sites." if between else "No link stands today."
    return [
        found(
            "Find a link that leaves at once",
            f"We read each link on {len(pages)} pages, a member's own among them.",
            bad=bool(links) or any(answer.status != 200 for answer in inside.values()),
        ),
        found("Find a page between that says too little", f"{read} Each must say whose site it is.", bad=bool(silent)),
        refused(
            "Be led where nobody reviewed",
            f"We asked to leave for a made-up site in {len(tried)} ways.",
            held=all(one.status in (301, 404) and ELSEWHERE not in host(one) for one in tried),
            otherwise="Led there",
        ),
    ]


def away(href: str) -> bool:
    """Whether a link leads to another site."""
    return walk.leaves(href) and not href.startswith(("mailto:", "tel:"))


def host(answer: Answer) -> str:
    """What an answer sends on to, up to its path: "" for an address of ours."""
    scheme, slashes, rest = answer.headers.get("location", "").partition("//")
    return rest.partition("/")[0] if slashes and "/" not in scheme else ""


def tells(answer: Answer) -> bool:
    """Whether a leaving page says all it must, and tells the next site nothing."""
    words = walk.spoken(answer.text)
    return all(part in words for part in SAID) and answer.headers.get("referrer-policy") == "no-referrer"


def no_link_stands_on_one_reviewer(ground: Ground) -> list[Try]:
    """As the web role with officers' sessions: agree twice alone, past the functions, as somebody else; then as two."""
    with register(ground) as here:
        key, link = here.propose()
        answers = [here.review(here.first, link), here.review(here.first, link)]
        alone = here.stands(key)
        answers.append(here.review(here.representative, link))
        other = here.stands(key)
        wrote = may_write(here, link)
        here.review(here.second, link)
        both = here.stands(key)
        old, late = here.propose()
        here.review(here.first, late, until=OVER)
        here.review(here.second, late)
        expired = here.stands(old)
    return [
        refused(
            "Agree twice as one reviewer",
            "A made-up officer proposed a page, agreed to it, and agreed again.",
            held=answers[:2] == ["done", "twice"] and not alone,
            otherwise="Approved",
        ),
        refused(
            "Agree as somebody else",
            "A made-up representative gave the second review, and we wrote one straight into the table.",
            held=answers[2] == "no officer" and not other and not wrote,
            otherwise="Approved",
        ),
        Try(
            "Agree as two",
            "A second made-up officer agreed.",
            "Approved" if both else "Not approved",
            held=both,
        ),
        refused(
            "Link after the review has ended",
            "Both agreed to another page, one of them until a day that is past.",
            held=not expired,
            otherwise="Linked",
        ),
    ]


def may_write(here: Register, link: UUID) -> bool:
    """Whether the web role can write a review past the functions."""
    try:
        with here.web.transaction():
            here.web.execute(WRITE, [link, uuid4()])
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def one_refusing_reason_refuses(ground: Ground) -> list[Try]:
    """Agree as one officer; as the other meet every criterion and give one reason that refuses, each in turn."""
    reasons = {"misleads": "misleads", "ineffective": "does not work", "dangerous": "is dangerous"}
    tries = []
    with register(ground) as here:
        for reason, words in reasons.items():
            key, link = here.propose()
            here.review(here.first, link)
            here.review(here.second, link, refusing=reason)
            tries.append(
                refused(
                    f"Approve what {words}",
                    f"One made-up officer agreed to a page. The other found that it {words}.",
                    held=not here.stands(key),
                    otherwise="Approved",
                )
            )
    return tries


def no_partner_without_an_agreement(ground: Ground) -> list[Try]:
    """Have a partner's page reviewed whose agreement has ended, one without an agreement, and one that has one.

    Then read what stands before each partner's site that is linked today.
    """
    with register(ground) as here:
        partners = here.web.execute(PARTNERS).fetchall()
        ended, link = here.propose(until=OVER)
        runs, other = here.propose(until=LONG)
        for number in (link, other):
            here.review(here.first, number)
            here.review(here.second, number)
        stands = here.stands(ended), here.stands(runs)
        try:
            with here.web.transaction():
                given = [here.first, uuid4(), "probe-partner", "partner", None, None, None, None]
                here.web.execute(PROPOSE, given)
            without = True
        except psycopg.errors.CheckViolation:
            without = False
    silent = [key for key, collector in partners if not warns(ground, key, collector)]
    return [
        refused(
            "Link to a partner whose agreement has ended",
            "Two made-up officers agreed to a partner's page; its agreement ended two days ago.",
            held=not stands[0],
            otherwise="Linked",
        ),
        refused(
            "Propose a partner without an agreement",
            "We proposed a partner's page that names no agreement.",
            held=not without,
            otherwise="Taken",
        ),
        Try(
            "Link to a partner whose agreement runs",
            "The same officers agreed to one whose agreement runs.",
            "Linked" if stands[1] else "Not linked",
            held=stands[1],
        ),
        found(
            "Find a partner's site without a word on who collects there",
            "We read the page before each partner's site, and looked for who collects what one enters there.",
            bad=bool(silent),
        ),
    ]


def warns(ground: Ground, key: str, collector: str) -> bool:
    """Whether the page before a partner's site says who collects there."""
    return f"{collector} collects what you enter there" in walk.spoken(ground.ask(f"{LEAVING}{key}/").text)


def a_text_links_to_nothing(ground: Ground) -> list[Try]:
    """Put addresses into a text of the database by a member's form; read each page that shows it; throw it away."""
    cookie = ground.session(ground.members["one"])
    word = canary()
    text = f'{word} https://{ELSEWHERE}/ [[link:probe-nobody]] <a href="https://{ELSEWHERE}/">x</a>'
    before, token = own(ground, cookie), ground.token(ground.ask(f"{FORM}new/", cookie=cookie).text)
    answers = {
        "care": "office", "who": text[:100], "day_month": "1", "day_day": "2", "day_year": "2026", "paid": "20.00",
        "what": text[:100], "token": token,
    }  # fmt: skip
    ground.ask(f"{FORM}new/", form=answers, cookie=cookie)
    begun = own(ground, cookie) - before
    pages = [
        ground.ask(path, cookie=cookie)
        for number in begun
        for path in (f"{FORM}{number}/edit/", f"{FORM}{number}/send/", FORM)
    ]
    for number in begun:
        ground.ask(f"{FORM}{number}/discard/", form={"token": token}, cookie=cookie)
    shown = [page for page in pages if word in page.text and ELSEWHERE in page.text]
    linked = [page for page in pages if any(ELSEWHERE in href or LEAVING in href for href in Page(page.text).links())]
    return [
        found(
            "Find a link made of a text",
            f"A made-up member wrote addresses into a form, and we read the {len(shown)} pages that show them.",
            bad=bool(linked) or not shown,
        ),
    ]
