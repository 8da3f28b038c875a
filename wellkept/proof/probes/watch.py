"""Tries against the watch: an opening of somebody near is found, and nothing is kept back by the word of one."""

import re
import time
from datetime import date, timedelta
from typing import Final

from wellkept.proof import walk
from wellkept.proof.family import canary
from wellkept.proof.ground import Ground, Member, Try
from wellkept.proof.probes.desk import call
from wellkept.proof.probes.lock import refused
from wellkept.proof.probes.registering import born

WATCH: Final = "/privacy/watch/"
UNSEEN: Final = "/privacy/unseen/"
OPENINGS: Final = "/member/privacy/openings/"
ONE: Final = "[0-9a-f]{8}-[0-9a-f-]{27}"
LOOKS: Final = 20
A_MOMENT: Final = 0.1
SAID: Final = "looked into an opening of your record that stood out"
LATE: Final = "Kept back for an inquiry"


def somebody_near_is_found(ground: Ground) -> list[Try]:
    """Let a representative open somebody of the same name and house; look for it as an officer, and close it."""
    member, mine = ground.members["other"], ground.session(ground.members["other"])
    officer, other = (ground.session(ground.staff[name]) for name in ("privacy_officer", "privacy_officer other"))
    clerk = ground.session(ground.staff["representative"])
    make_near(ground, officer, member)
    before, read = waiting(ground, other), newest(ground, mine, SAID)
    with call(ground, clerk) as at:
        ground.ask(at, cookie=clerk)
    found = raised(ground, other, before)
    pages = [walk.spoken(ground.ask(one, cookie=other).text) for one in found]
    seen_by_the_clerk = [ground.ask(one, cookie=clerk).status for one in (WATCH, *found)]
    for one in found:
        token = ground.token(ground.ask(one, cookie=other).text)
        ground.ask(one, form={"finding": "spoken", "token": token}, cookie=other)
    closed = bool(found) and all("Closed by" in walk.spoken(ground.ask(one, cookie=other).text) for one in found)
    told = newest(ground, mine, SAID) > read
    near = any("same family name" in page and "same house" in page for page in pages)
    return [
        Try(
            "Open somebody of the same name and house",
            "A made-up representative opened one. We looked for it on the privacy office's list.",
            "Found" if near else "Not found",
            held=near,
        ),
        refused(
            "Read the list as whoever stands on it",
            "The same representative asked for the list and for what is said of them.",
            held=all(status == 403 for status in seen_by_the_clerk),
        ),
        Try(
            "Close it, and read of that",
            "An officer closed it. We looked for who did, and on the list of the one it is about.",
            "Both shown" if closed and told else "Not shown",
            held=closed and told,
        ),
    ]


def make_near(ground: Ground, officer: str, member: Member) -> None:
    """Enter for all made-up staff the family name and the house of a made-up member, and another birth date."""
    listed = set(re.findall(f"{WATCH}staff/{ONE}/", ground.ask(f"{WATCH}staff/", cookie=officer).text))
    for place in listed:
        told = {
            "first": "Nobody", "last": member.canaries[1], "former": "", "street": f"{member.canaries[2]} St",
            "zip_code": "62701", "born_month": "1", "born_day": "2", "born_year": "1950",
        }  # fmt: skip
        told["token"] = ground.token(ground.ask(place, cookie=officer).text)
        ground.ask(place, form=told, cookie=officer)


def waiting(ground: Ground, officer: str) -> set[str]:
    """The addresses of what stands on the list."""
    return set(re.findall(f"{WATCH}{ONE}/", ground.ask(WATCH, cookie=officer).text))


def raised(ground: Ground, officer: str, before: set[str]) -> set[str]:
    """What came to the list once the ledger was looked through, which waits for transactions that still run."""
    with ground.connect("watch") as watch:
        for _look in range(LOOKS):
            row = watch.execute("select looked from wellkept.watch_look(10000)").fetchone()
            watch.commit()
            if row and row[0]:
                continue
            if found := waiting(ground, officer) - before:
                return found
            time.sleep(A_MOMENT)
    return set()


def two_decide_what_is_kept_back(ground: Ground) -> list[Try]:
    """Ask for an inquiry, decide it alone, open under it, and read of it as the one it is about, before and after."""
    member, mine = ground.members["other"], ground.session(ground.members["other"])
    officer, other = (ground.session(ground.staff[name]) for name in ("privacy_officer", "privacy_officer other"))
    listed = inquiries(ground, officer)
    page = ground.ask(f"{UNSEEN}ask/", cookie=officer)
    ground.ask(f"{UNSEEN}ask/", form=asked(member) | {"token": ground.token(page.text)}, cookie=officer)
    made = next(iter(inquiries(ground, officer) - listed), f"{UNSEEN}none/")
    before = newest(ground, mine, LATE)
    alone = decided(ground, officer, made, "grant")
    early = ground.ask(f"{made}record/", cookie=officer)
    agreed = decided(ground, other, made, "grant")
    second = ground.ask(f"{made}record/", cookie=other)
    opened = ground.ask(f"{made}record/", cookie=officer)
    during = newest(ground, mine, LATE)
    ended = decided(ground, other, made, "end")
    after = newest(ground, mine, LATE)
    late = ground.ask(f"{made}record/", cookie=officer)
    return [
        refused(
            "Keep openings back alone",
            "A made-up officer asked for an inquiry about a made-up member, and agreed to it alone.",
            held=alone != 302 and early.status != 200,
        ),
        refused(
            "Open the record as the second person",
            "Another officer agreed, and then asked for the record as well.",
            held=agreed == 302 and second.status != 200,
        ),
        Try(
            "Read of it as the one it is about",
            "The first officer opened the record; another ended the inquiry. The member looked before and after.",
            "Shown with a mark when it ended" if during == before < after else "Not shown",
            held=opened.status == 200 and ended == 302 and during == before < after,
        ),
        refused("Open it when it has ended", "The first officer asked once more.", held=late.status != 200),
    ]


def asked(member: Member) -> dict[str, str]:
    """What an inquiry rests on, about a made-up member."""
    today, until = date.today(), date.today() + timedelta(days=10)  # noqa: DTZ011  (a day more or less will do)
    paper = today - timedelta(days=2)
    days = {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in (("paper_on", paper), ("until", until))
        for part in ("month", "day", "year")
    }
    return {"number": member.number, "paper": "memo", "reference": canary(), **days, **born(member.birth_date)}


def inquiries(ground: Ground, officer: str) -> set[str]:
    """The addresses of the inquiries on the list."""
    return set(re.findall(f"{UNSEEN}{ONE}/", ground.ask(UNSEEN, cookie=officer).text))


def decided(ground: Ground, officer: str, made: str, act: str) -> int:
    """What an officer's decision was answered with."""
    token = ground.token(ground.ask(made, cookie=officer).text)
    return ground.ask(f"{made}decide/", form={"act": act, "token": token or "x"}, cookie=officer).status


def newest(ground: Ground, mine: str, words: str) -> int:
    """The number of the newest entry on the member's list of what staff did that says these words; 0 for none."""
    lines = ground.ask(f"{OPENINGS}?who=staff", cookie=mine).text.split("<li>")
    numbers = [re.search(r"/member/privacy/receipts/([0-9]+)/", one) for one in lines if words in one]
    return max((int(found[1]) for found in numbers if found), default=0)
