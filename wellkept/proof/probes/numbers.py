"""Tries against social security numbers: who can read one, and what a call shows of one."""

import re
from typing import Final

from wellkept.proof import pdf, walk
from wellkept.proof.ground import Answer, Ground, Member, Try
from wellkept.proof.probes.desk import call
from wellkept.proof.probes.lock import refused
from wellkept.proof.probes.member import walked
from wellkept.proof.probes.post import OTHERS, answers

READ: Final = "select number from wellkept.people_number"
PAPERS: Final = re.compile(r'href="(/(?:member|desk)/[^"]+\.(?:pdf|csv|json|txt))"')


def four_digits_and_no_more(ground: Ground) -> list[Try]:
    """Look for the made-up number of two members on their pages and papers, and on a call before and after checking."""
    one, other = ground.members["one"], ground.members["other"]
    pages = [*walked(ground, one).values(), *papers(ground, one)]
    desk = ground.session(ground.staff["representative"])
    with call(ground, desk) as at:
        token = ground.token(ground.ask(at, cookie=desk).text)
        early = ground.ask(f"{at}number/", cookie=desk)
        ground.ask(f"{at}verified/", form={"token": token}, cookie=desk)
        checked = [ground.ask(at, cookie=desk), ground.ask(f"{at}number/", cookie=desk)]
    late = ground.ask(f"{at}number/", cookie=desk)
    mine = walk.spoken(ground.ask("/member/contact/", cookie=ground.session(one)).text)
    told = f"ends in {one.social[-4:]}" in mine and f"ends in {other.social[-4:]}" in walk.spoken(checked[1].text)
    readers = [role for role in (*OTHERS, "mailroom") if reads(ground, role)]
    return [
        Try(
            "Read the last four digits",
            "A made-up member looked at their own page, and a representative on a call whose caller was checked.",
            "Four digits" if told else "Not shown",
            held=told,
        ),
        refused(
            "Read more than four",
            f"We looked for the whole number on {len(pages)} pages and papers, and on the pages of that call.",
            held=not any(shows(answer, one) for answer in pages) and not any(shows(page, other) for page in checked),
        ),
        refused(
            "Read them without a checked caller",
            "The representative asked for them before the caller was checked, and after the call.",
            held=early.status == 403 and late.status == 403,
        ),
        refused(
            "Read it as a part of the program",
            "We tried to read the stored number as every role, also as the one that brings it.",
            held=not readers,
        ),
    ]


def papers(ground: Ground, member: Member) -> list[Answer]:
    """Every paper and export that the member's own pages link."""
    cookie, seen = ground.session(member), walked(ground, member)
    links = dict.fromkeys(link for answer in seen.values() for link in PAPERS.findall(answer.text))
    return [ground.ask(link, cookie=cookie) for link in links if link not in seen]


def shows(answer: Answer, member: Member) -> bool:
    """Whether a page or paper holds more of the number than its last four digits, as it is or spelt."""
    held = pdf.text(answer.body) if answer.body.startswith(b"%PDF") else answer.text
    return member.social[-5:] in re.sub(r"(?<=\d)[- ](?=\d)", "", held)


def reads(ground: Ground, role: str) -> bool:
    """Whether a role reads a stored number with nothing opened."""
    with ground.connect(role) as connection:
        return answers(connection, READ)
