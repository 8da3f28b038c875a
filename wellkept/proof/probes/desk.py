"""Tries against the desk: a caller who was not verified changes nothing, and whoever was reads that they were."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from wellkept.proof import walk
from wellkept.proof.family import canary
from wellkept.proof.ground import Answer, Ground, Try
from wellkept.proof.probes.lock import refused
from wellkept.proof.probes.registering import born
from wellkept.proof.walk import Page

PARTS: Final = ("street", "more", "city", "state", "zip_code", "phone", "email")
OPENINGS: Final = "/member/privacy/openings/"
VERIFIED: Final = "noted that you answered what we ask every caller"
CHANGED: Final = "changed your address and phone"


def an_unverified_caller_changes_nothing(ground: Ground) -> list[Try]:
    """Take a call about an address; try to change it before, then after the caller has answered; read it as they do."""
    member, cookie = ground.members["other"], ground.session(ground.staff["representative"])
    word, mine = canary(), ground.session(member)
    with call(ground, cookie) as at:
        token = ground.token(ground.ask(at, cookie=cookie).text)
        early = [
            ground.ask(f"{at}contact/", cookie=cookie),
            ground.ask(f"{at}contact/", form=address(word) | {"token": token}, cookie=cookie),
        ]
        before = ground.ask("/member/contact/", cookie=mine).text
        ground.ask(f"{at}verified/", form={"token": token}, cookie=cookie)
        # What a try that was cut short left there is not put back.
        stood = filled(ground.ask(f"{at}contact/", cookie=cookie)) | {"street": f"{member.canaries[2]} St"}
        changed = ground.ask(f"{at}contact/", form=address(word) | {"token": token}, cookie=cookie)
        after = ground.ask("/member/contact/", cookie=mine).text
        back = ground.ask(f"{at}contact/", form=stood | {"token": token}, cookie=cookie)
    late = ground.ask(f"{at}contact/", form=address(word) | {"token": token}, cookie=cookie)
    said = walk.spoken(ground.ask(f"{OPENINGS}{at.split('/')[3]}/", cookie=mine).text)
    restored = word not in ground.ask("/member/contact/", cookie=mine).text
    taken = changed.status == back.status == 302 and word in after and restored
    return [
        refused(
            "Change an address before the caller has answered",
            "A made-up representative took a call and tried to change the caller's address at once.",
            held=all(one.status == 403 for one in early) and word not in before,
        ),
        Try(
            "Change it once the caller has answered",
            "The same representative changed it after the caller had answered, and changed it back.",
            "Changed" if taken else "Not changed",
            held=taken,
        ),
        refused("Change it when the call is over", "We tried it again after the call.", held=late.status == 403),
        Try(
            "Read it as the one it is about",
            "We looked on the member's list, under that call, for who checked the caller and who changed the address.",
            "Both shown" if VERIFIED in said and CHANGED in said else "Not shown",
            held=VERIFIED in said and CHANGED in said,
        ),
    ]


@contextmanager
def call(ground: Ground, cookie: str) -> Iterator[str]:
    """The address of a call about an address, for as long as it goes on."""
    member = ground.members["other"]
    told = {"number": member.number, **born(member.birth_date)}
    told["token"] = ground.token(ground.ask("/desk/find/", cookie=cookie).text)
    chosen = {"begin": "yes", "person": member.person, "about": "address"}
    ground.ask("/desk/find/", form=told, cookie=cookie)
    begun = ground.ask("/desk/find/", form=told | chosen, cookie=cookie)
    at = begun.headers.get("location", "/desk/")
    if not re.fullmatch(r"/desk/calls/[0-9a-f-]{36}/", at):
        raise LookupError("No call began.")
    try:
        yield at
    finally:
        ground.ask(f"{at}end/", form={"token": told["token"]}, cookie=cookie)


def address(word: str) -> dict[str, str]:
    """An address with a made-up street."""
    return dict(zip(PARTS, (f"7 {word}", "", "Springfield", "IL", "62701", "", ""), strict=True))


def filled(answer: Answer) -> dict[str, str]:
    """What stands in the boxes of a form."""
    return {one["name"]: one.get("value", "") for one in Page(answer.text).fields() if one.get("name") in PARTS}
