"""A visit full of canaries: in headers, cookies, addresses, queries and a form; made once a round, then looked for."""

from dataclasses import dataclass
from typing import Final

from wellkept.proof import search
from wellkept.proof.family import canary
from wellkept.proof.ground import AGENT, Ground

PAGES: Final = (
    "/",
    "/policy/",
    "/terms/",
    "/contact/",
    "/how-we-keep-it/",
    "/sign-in/",
    "/register/",
    "/accessibility/",
)
HEADERS: Final = (
    "User-Agent",
    "Accept-Language",
    "X-Forwarded-For",
    "X-Real-IP",
    "Forwarded",
    "From",
    "Via",
    "DNT",
    "Authorization",
    "X-Requested-With",
    "X-Client-IP",
    "True-Client-IP",
    "X-Device-Id",
    "Sec-CH-UA",
    "If-None-Match",
    "X-Request-ID",
    "Traceparent",
    "Accept",
    "Origin",
    "X-Custom",
    "Save-Data",
    "Device-Memory",
    "Viewport-Width",
    "Sec-CH-UA-Model",
    "Sec-CH-UA-Platform",
    "X-Correlation-ID",
    "X-Session-ID",
    "Tracestate",
    "Baggage",
    "X-ATT-DeviceId",
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What was sent and where it was found again.

    ``looked`` is what was looked for in the search, ``found`` what its answer says of who may keep it.
    """

    cookies: tuple[str, ...]
    others: tuple[str, ...]
    answered: tuple[str, ...]
    tables: list[str]
    files: list[tuple[str, str]]
    searched: int
    looked: str = ""
    found: str = ""


def visit(ground: Ground) -> Visit:
    """The visit of this round, and where its canaries were found."""
    if "visit" not in ground.memo:
        ground.memo["visit"] = made(ground)
    done: Visit = ground.memo["visit"]
    return done


def made(ground: Ground) -> Visit:
    """Go through the public pages with a canary in whatever a browser may send."""
    headers = {name: canary() for name in HEADERS} | {"User-Agent": f"{AGENT} {canary()}"}
    cookies = {canary(): canary() for _ in range(3)} | {"_ga": canary(), "sessionid": canary()}
    query, path, login, password, looked = {canary(): canary()}, canary(), canary(), canary(), canary()
    sources = [canary() for _ in (*PAGES, path)]
    sent = "; ".join(f"{name}={value}" for name, value in cookies.items())
    ((name, value),) = query.items()
    # From another page each time: one that comes five times in an hour may be named, and that is tried elsewhere.
    answered = [
        ground.ask(f"{page}?{name}={value}", headers=headers | came_from(source), cookie=sent)
        for page, source in zip((*PAGES, f"/{path}/"), sources, strict=True)
    ]
    form = {"login": login, "password": password, name: value}
    answered.append(ground.ask("/sign-in/", form=form, headers={"User-Agent": headers["User-Agent"]}, cookie=sent))
    search_page = ground.ask("/search/", form={"words": looked}, headers=headers, cookie=sent)
    echoed = [one.text + str(one.headers) + str(one.cookies) for one in answered]
    foreign = tuple(word for pair in cookies.items() for word in pair if word.startswith("QZXV"))
    others = (
        *(one.rpartition(" ")[2] for one in headers.values()),
        *sources,
        name,
        value,
        path,
        login,
        password,
        looked,
    )
    words = (*foreign, *others)
    tables = search.in_tables(ground, words)
    found, searched = search.in_files(search.files(ground), words)
    again = tuple(word for word in (*foreign, *(w for w in others if w != login)) for text in echoed if word in text)
    files = [(str(where), word) for where, word in found]
    return Visit(foreign, others, again, tables, files, searched, looked, search_page.headers.get("cache-control", ""))


def came_from(word: str) -> dict[str, str]:
    """A page of another site with the word as its host, its path and its query."""
    return {"Referer": f"https://{word.lower()}.example/{word}?{word}={word}"}
