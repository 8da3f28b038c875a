"""Tries against the notices: whether a service begins, or a form asks, without saying what, why, who and how long."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from wellkept.proof import walk
from wellkept.proof.ground import Answer, Ground, Try
from wellkept.proof.probes import registering
from wellkept.proof.probes.site import found
from wellkept.proof.walk import Page

NOTICE: Final = re.compile(r'<details class="collecting">(.*?)</details>', re.DOTALL)
NAMED: Final = re.compile(r'data-asks="([^"]+)"')
PARTS: Final = ("Why", "Who sees it", "How long", "/policy/", "/what-we-hold/#")
REASONS: Final = ("to deliver what you want sent", "to answer you", "to give you the service you want")
STRANGER: Final = ("/sign-in/", "/search/")
MEMBER: Final = (
    "/member/", "/member/coverage/", "/member/card/", "/member/totals/", "/member/claims/", "/member/care/",
    "/member/documents/", "/member/news/", "/member/news/how/", "/member/contact/", "/member/family/",
    "/member/family/sharing/", "/member/submit/", "/member/submit/new/", "/member/other-insurance/", "/member/changes/",
    "/member/changes/new/", "/member/privacy/", "/member/privacy/openings/", "/member/privacy/requests/",
    "/member/privacy/requests/ask/", "/account/", "/member/privacy/joined/",
)  # fmt: skip
CARD: Final = "/member/card/"
STAFF: Final[Mapping[str, tuple[str, ...]]] = {
    "representative": ("/desk/", "/desk/find/", "/desk/cases/", "/desk/registrations/"),
    "privacy_officer": ("/privacy/", "/privacy/why/", "/privacy/links/", "/privacy/links/propose/"),
    "administrator": ("/operations/", "/operations/hand-in/", "/operations/records/", "/operations/records/find/"),
}
"""The entrances of every service, by who goes in."""
UNASKED: Final = ("hidden", "submit", "button")


def every_service_and_form_has_its_notice(ground: Ground) -> list[Try]:
    """Go in at every entrance, as a stranger, a member and our own staff, and hold each form against its notice."""
    pages = dict(entrances(ground))
    shut = [path for path, answer in pages.items() if answer.status != 200]
    bare = [path for path, answer in pages.items() if not whole(answer.text)]
    asked = {path: fields(answer.text) for path, answer in pages.items()}
    unnamed = [path for path, answer in pages.items() if 'class="unnamed"' in answer.text or missing(answer.text)]
    forms = [path for path, names in asked.items() if names]
    silent = [path for path in forms if not any(one in walk.spoken(pages[path].text) for one in REASONS)]
    page = walk.spoken(ground.ask("/what-we-hold/").text)
    other = [path for path, answer in pages.items() if not same(answer.text, page)]
    return [
        found(
            "Find a service that does not say what it collects",
            f"We went in at {len(pages)} entrances, as a stranger, a made-up member and made-up staff.",
            bad=bool(bare) or bool(shut),
        ),
        found(
            "Find a field that its notice does not name",
            f"We compared {sum(map(len, asked.values()))} fields of {len(forms)} forms with the notices beside them.",
            bad=bool(unnamed) or len(forms) < 9,
        ),
        found(
            "Find a form without one of the three reasons",
            "We looked on each form for why it asks: to deliver, to answer, or to give a service.",
            bad=bool(silent),
        ),
        found(
            "Find a notice that says otherwise than the page of all we hold",
            "We looked on that page for who sees it and how long, as each notice says it.",
            bad=bool(other),
        ),
    ]


def entrances(ground: Ground) -> Iterator[tuple[str, Answer]]:
    """Each entrance with its page."""
    for path in STRANGER:
        yield path, ground.ask(path)
    yield from registering.pages(ground).items()
    cookie = ground.session(ground.members["one"])
    for path in MEMBER:
        if path != CARD or "plans" in ground.pack.law:  # who administers no plan gives no card
            yield path, patient(ground, path, cookie)
    for role, paths in STAFF.items():
        cookie = ground.session(next(one for name, one in ground.staff.items() if name.partition(" ")[0] == role))
        for path in paths:
            yield path, patient(ground, path, cookie)


def patient(ground: Ground, path: str, cookie: str) -> Answer:
    """A page; where the gate was busy for a moment and said so, once more."""
    answer = ground.ask(path, cookie=cookie)
    return ground.ask(path, cookie=cookie) if answer.status == 503 else answer


def whole(text: str) -> bool:
    """Whether a page has its notice with every part."""
    notice = NOTICE.search(text)
    return notice is not None and all(part in notice[1] for part in PARTS)


def fields(text: str) -> set[str]:
    """The names of the fields in which somebody may give an answer."""
    return {one["name"] for one in Page(text).fields() if one.get("name") and one.get("type") not in UNASKED}


def missing(text: str) -> set[str]:
    """Fields of a page that its notice does not name. A day is asked for in three boxes under one name."""
    named = set(NAMED.findall(text))
    return {one for one in fields(text) if one not in named and re.sub(r"_(month|day|year)$", "", one) not in named}


def same(text: str, page: str) -> bool:
    """Whether what a notice says of who sees it and how long stands on the page of all we hold too."""
    notice = NOTICE.search(text)
    if notice is None:
        return False
    parts = re.findall(r"<dt>Who sees it</dt><dd><ul>(.*?)</ul>", notice[1], re.DOTALL)
    said = [walk.spoken(one) for part in parts for one in re.findall(r"<li>(.*?)</li>", part, re.DOTALL)]
    return all(one in page for one in said)
