"""Tries against deaths: one of us alone records none, the list names nobody, what is not so leaves all as it was."""

import re
from typing import Final
from uuid import uuid4

from wellkept.proof.family import canary
from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.desk import call
from wellkept.proof.probes.lock import refused

LIST: Final = "/desk/deaths/"
NUMBER: Final = re.compile(r"/desk/deaths/([0-9a-f-]{36})/")
SEEN: Final = {"paper": "certificate", "seen_month": "1", "seen_day": "2", "seen_year": "2026"}


def a_death_takes_two(ground: Ground) -> list[Try]:
    """Write a death down on a call and try to confirm it alone; let the privacy office find that it is not so."""
    member = ground.members["other"]
    mine = ground.session(member)
    first, second = (ground.session(ground.staff[one]) for one in ("representative", "privacy_officer"))
    token = {one: ground.token(ground.ask("/sign-out/", cookie=one).text) for one in (first, second)}
    with call(ground, first) as at:
        page = ground.ask(f"{at}death/", cookie=first)
        token[first] = ground.token(page.text)
        told = {"token": token[first], "step": "death", "by": canary(), "stands": "other"}
        ground.ask(f"{at}death/", form=told, cookie=first)
    late = ground.ask(f"{at}death/", form=told, cookie=first)
    listed = ground.ask(LIST, cookie=second).text
    found = NUMBER.findall(listed)
    number = found[-1] if found else str(uuid4())
    alone = ground.ask(f"{LIST}{number}/", form=SEEN | {"token": token[first]}, cookie=first)
    lives = ground.ask("/member/", cookie=mine).status == 200
    opened = ground.ask(f"{LIST}{number}/", cookie=second)
    said = {"token": ground.token(opened.text)}
    put_right = ground.ask(f"{LIST}{number}/decline/", form=said, cookie=second)
    again = ground.ask(f"{LIST}{number}/", cookie=second)
    return [
        refused(
            "Record a death alone",
            "A made-up representative wrote a death down on a call and tried to confirm it too.",
            held=bool(found) and alone.status == 403 and lives,
        ),
        refused("Write one down without a call", "We tried it again after the call.", held=late.status == 403),
        refused(
            "Read on the list who is meant",
            "The privacy office read the list of what waits, and we looked for the name.",
            held=bool(found) and not any(word in listed for word in member.canaries),
        ),
        Try(
            "Find that it is not so",
            "The privacy office opened it and left everything as it was; then it opened for nobody.",
            "Left as it was" if put_right.status == 302 and again.status == 403 else "Not left",
            held=put_right.status == 302 and again.status == 403,
        ),
    ]
