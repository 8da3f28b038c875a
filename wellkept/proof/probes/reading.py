"""Tries against what public pages could remember: choices of reading, words of a search, pages kept for a moment."""

import re
from typing import Final

from wellkept.proof import walk
from wellkept.proof.ground import Answer, Ground, Try
from wellkept.proof.probes.site import found, is_log
from wellkept.proof.visit import visit

FREE: Final = ("visitor-17", "large.more.none.17", "large.more.2001-01-01", "LARGE.more.none", "huge.more.none")
CHOICE: Final = {"text": "large", "contrast": "more", "notice": "on"}
ASKED: Final = ("/", "/policy/", "/contact/", "/.well-known/security.txt")
HOSTILE: Final = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "gopher",
    "X-Original-URL": "/evil/",
    "X-Rewrite-URL": "/evil/",
    "Forwarded": "host=evil.example",
    "Referer": "https://evil.example/",
    "User-Agent": "evil/1.0",
    "Accept-Language": "evil",
    "Range": "bytes=0-9",
    "If-None-Match": '"evil"',
}
MOVING: Final = re.compile(
    r"\d+ (?:minutes?|hours?) ago|less than a minute ago|\d+ of \d+ promises|<span class=\"tag \w+\">[^<]*</span>"
)
"""What any page says otherwise from one moment to the next: ages, and whether each promise holds."""


def a_cookie_of_choices_holds_nothing_else(ground: Ground) -> list[Try]:
    """Choose, and read the cookie; bring every other value, and choose what is not offered; put the notice away."""
    name = f"{ground.pack.name}_preferences"
    answer = ground.ask("/preferences/", form=CHOICE)
    if not ground.pack.practices["preferences_cookie"]:
        bad = bool(answer.cookies) or answer.status != 404 or classes(ground.ask("/", cookie=f"{name}=large.more.none"))
        return [found("Find a cookie of choices", "We chose a text size, and brought a cookie of one.", bad=bool(bad))]
    kept = answer.cookies[0].partition(";")[0].partition("=") if answer.cookies else ("", "", "")
    dropped = [ground.ask("/terms/", cookie=f"{kept[0] or name}={value}") for value in FREE]
    other = ground.ask("/preferences/", form={**CHOICE, "text": "visitor-17"})
    plain, away = ground.ask("/terms/"), ground.ask("/terms/", cookie="".join(kept))
    return [
        Try(
            "Keep more than a choice",
            "We chose a text size, a contrast and a notice, and read what the browser is asked to keep.",
            "A choice" if is_choice(kept[2]) else "More",
            held=len(answer.cookies) == 1 and is_choice(kept[2]),
        ),
        Try(
            "Bring another value",
            f"We brought {len(FREE)} other values in that cookie.",
            "Dropped" if all(map(is_dropped, dropped)) else "Kept",
            held=all(map(is_dropped, dropped)),
        ),
        Try(
            "Choose what is not offered",
            "We sent the form with an answer that it does not have.",
            "Refused" if other.status == 400 and not other.cookies else "Kept",
            held=other.status == 400 and not other.cookies,
        ),
        Try(
            "Put the notice away for everyone",
            "We put the notice of a new policy away in one browser, and looked in another.",
            "Still there" if announced(plain) >= announced(away) and not classes(plain) else "Gone",
            held=announced(plain) >= announced(away) and not classes(plain) and bool(classes(away)),
        ),
    ]


def is_choice(value: str) -> bool:
    """Whether a cookie's value is one of the closed list."""
    return bool(re.fullmatch(r"(normal|large|larger)\.(normal|more)\.(none|\d{4}-\d\d-\d\d)", value))


def is_dropped(answer: Answer) -> bool:
    """Whether the browser is told to drop the cookie, and the page looks as it comes."""
    return not classes(answer) and any("max-age=0" in line.lower() for line in answer.cookies)


def classes(answer: Answer) -> str:
    """What the root element of a page is told about its looks."""
    match = re.search(r'<html [^>]*class="([^"]*)"', answer.text)
    return match[1] if match else ""


def announced(answer: Answer) -> bool:
    """Whether the page announces a new version of the policy."""
    return 'id="policy-notice"' in answer.text


def the_search_keeps_no_query(ground: Ground) -> list[Try]:
    """Look for a made-up word by our search; then look for that word in tables, files, logs and in the address."""
    done = visit(ground)
    files = [where for where, word in done.files if word == done.looked]
    form = ground.ask("/search/")
    posts = [attrs for tag, attrs in walk.Page(form.text).tags if tag == "form" and attrs.get("action") == "/search/"]
    asked = ground.ask(f"/search/?words={done.looked}")
    in_address = not posts or any(one.get("method") != "post" for one in posts) or done.looked in asked.text
    return [
        found(
            "Find what was looked for in our tables",
            "We looked for a made-up word by our search. Then we read every table.",
            bad=bool(done.tables),
        ),
        found(
            "Find it in a file or a log",
            f"We looked for the same word in our files and {len(ground.logs)} logs.",
            bad=bool(files) or not any(is_log(ground, str(one)) for one in ground.logs),
        ),
        found(
            "Find it in an address or a kept page",
            "We read how the form sends it, and who may keep the answer.",
            bad=in_address or done.found != "no-store",
        ),
    ]


def public_pages_are_the_same_for_everyone(ground: Ground) -> list[Try]:
    """Ask plainly, then with everything that could change a page, then plainly; signed in, and then not."""
    struck = [path for path in ASKED if changed(ground, path)]
    cookie = ground.session(ground.members["one"])
    own, after = ground.ask("/contact/", cookie=cookie), ground.ask("/contact/")
    foreign = ground.ask("/contact/", headers={"Host": "evil.example"})
    return [
        found(
            "Lay a page before somebody else",
            f"We asked for {len(ASKED)} pages with headers that lie, and then as anybody would.",
            bad=bool(struck),
        ),
        found(
            "Find another's page",
            "A made-up member asked for a public page while signed in. Then we asked for it without.",
            bad="no-store" in after.headers.get("cache-control", "")
            or after.body == own.body
            or bool(walk.undeclared(ground, after)),
        ),
        Try(
            "Ask for it under another name",
            "We asked for a page as if it lay on another site.",
            "Refused" if foreign.status == 400 else "Shown",
            held=foreign.status == 400,
        ),
    ]


def changed(ground: Ground, path: str) -> bool:
    """Whether the page is another one after somebody asked for it with headers that lie, or says what they said."""
    before = said(ground.ask(path))
    ground.ask(path, headers=HOSTILE, cookie="_ga=evil; other_session=evil")
    after = ground.ask(path)
    return after.status != 200 or said(after) != before or "evil" in after.text


def said(answer: Answer) -> str:
    """What a page says, without how long ago something was and what a try of this moment changes."""
    return MOVING.sub("", answer.text)
