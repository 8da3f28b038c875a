"""Tries against a member's own pages: whether a number stands there in whole, and each thing says its source."""

import re
from typing import Final

from wellkept.proof import search, walk
from wellkept.proof.ground import Answer, Ground, Member, Try
from wellkept.proof.probes.site import found
from wellkept.proof.walk import Page

START: Final = ("/member/", "/member/claims/", "/member/coverage/", "/member/privacy/")
APART: Final = ("/end/", "/wrong/", "/receipts/")
MOST: Final = 25
WHOLE: Final = re.compile(r"\b\d{3}-\d{2}-\d{4}\b")


def walked(ground: Ground, member: Member) -> dict[str, Answer]:
    """The pages of a member that their own pages link, once a round."""
    known: dict[str, dict[str, Answer]] = ground.memo.setdefault("inside", {})
    if member.login in known:
        return known[member.login]
    cookie, waiting, seen = ground.session(member), list(START), dict[str, Answer]()
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        answer = seen[path] = ground.ask(path, cookie=cookie)
        links = Page(answer.text).links() if walk.is_page(answer) else []
        near = [
            one.partition("#")[0]
            for one in links
            if one.startswith("/member/") and "?" not in one and not any(part in one for part in APART)
        ]
        waiting += [one for one in dict.fromkeys(near) if one not in seen and one not in waiting]
    known[member.login] = seen
    return seen


def no_page_shows_a_whole_number(ground: Ground) -> list[Try]:
    """Look for the made-up social security number that a file brought: on every page of its member, in tables."""
    one = ground.members["one"]
    seen = walked(ground, one)
    spelt = f"{one.social[:3]}-{one.social[3:5]}-{one.social[5:]}"
    shown = [
        path
        for path, answer in seen.items()
        if one.social in answer.text or spelt in answer.text or WHOLE.search(walk.spoken(answer.text))
    ]
    asked = [
        path
        for path, answer in seen.items()
        if any("social" in one.get("name", "") for one in Page(answer.text).fields())
    ]
    kept = search.in_tables(ground, [one.social, spelt])
    return [
        found(
            "Find a whole number on a page",
            f"A file brought a made-up social security number. We looked for it on {len(seen)} pages of that member.",
            bad=bool(shown) or len(seen) < len(START),
        ),
        found(
            "Find a field that asks for it",
            "We looked for a field that asks for it on the same pages.",
            bad=bool(asked),
        ),
        found(
            "Find it in our tables",
            "We looked for it in every table that any part of the program reads unopened.",
            bad=bool(kept),
        ),
    ]


def every_claim_shows_its_source(ground: Ground) -> list[Try]:
    """Read coverage and each claim of a made-up member: a file brought both, and both must say so."""
    seen = walked(ground, ground.members["one"])
    claims = {
        path: walk.spoken(answer.text)
        for path, answer in seen.items()
        if re.fullmatch(r"/member/claims/[0-9a-f-]{36}/", path)
    }
    silent = [
        path
        for path, said in claims.items()
        if "Filed by the office" not in said or not re.search(r"[A-Z][a-z]+ \d{1,2}, 20\d\d", said)
    ]
    coverage = walk.spoken(seen["/member/coverage/"].text) if "/member/coverage/" in seen else ""
    told = "your employer's file told us" in coverage or "file told us" in coverage
    return [
        Try(
            "Find a claim without its source",
            "A file brought a made-up claim. We looked whether its page says who filed it and when.",
            "It says so" if claims and not silent else "It does not say",
            held=bool(claims) and not silent,
        ),
        Try(
            "Find coverage without its source",
            "We looked whether the page of coverage says that a file told us.",
            "It says so" if told else "It does not say",
            held=told,
        ),
    ]
