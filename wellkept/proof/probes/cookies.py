"""Tries against our cookies: how long one lasts, what it holds, whom it is refused to, whose cookies are read."""

import base64
import binascii
import re
from http.cookies import SimpleCookie
from typing import Final

from wellkept.policy import practices
from wellkept.proof import search, walk
from wellkept.proof.ground import Answer, Ground, Member, Try
from wellkept.proof.probes.site import found
from wellkept.proof.visit import visit

CLOSED: Final = "closed_here"


def the_session_cookie_is_the_only_one(ground: Ground) -> list[Try]:
    """Sign in twice and look at each mark of the cookie; then refuse it, and bring one from before."""
    one = ground.members["one"]
    first, second = signed_in(ground, one), signed_in(ground, one)
    fixed = f"{ground.pack.name}_session={'A' * 43}"
    offered = signed_in(ground, one, cookie=fixed)
    values = [value(answer) for answer in (first, second, offered)]
    refused = ground.ask("/sign-in/cookie/")
    others = [path for path, answer in walk.public(ground).items() if walk.undeclared(ground, answer)]
    stored = search.in_tables(ground, [one for one in values if one])
    return [
        Try(
            "Find a second cookie",
            "We signed in, walked through every public page, and looked for a cookie that our list does not name.",
            "One cookie" if len(first.cookies) == 1 and not others else "Another one",
            held=len(first.cookies) == 1 and not others,
        ),
        Try(
            "Keep it longer than the visit",
            "We looked for a lifetime, for scripts that may read it, and for other sites that may send it.",
            "Ends with the visit" if guarded(first, secure=ground.base.startswith("https:")) else "Not guarded",
            held=guarded(first, secure=ground.base.startswith("https:")),
        ),
        found(
            "Find something about a person in it",
            "We read its value in every way we know, and looked for a made-up member in it.",
            bad=any(tells(value, one) for value in values),
        ),
        Try(
            "Keep a key from before",
            "We signed in twice, and once with a key that we had chosen ourselves.",
            "A new key each time" if len(set(values)) == 3 and "A" * 43 not in values else "The same key",
            held=len(set(values)) == 3 and "A" * 43 not in values,
        ),
        found(
            "Find the key in our tables",
            "We looked for the key itself in every table; only its digest may be there.",
            bad=bool(stored),
        ),
        Try(
            "Refuse the cookie",
            "We signed in and did not keep the cookie.",
            "Explained" if refused.status == 403 and "cookie" in walk.spoken(refused.text) else "Not explained",
            held=refused.status == 403 and "did not keep our cookie" in walk.spoken(refused.text),
        ),
    ]


def signed_in(ground: Ground, member: Member, *, cookie: str = "") -> Answer:
    """The answer to the right name and password."""
    return ground.ask("/sign-in/", form={"login": member.login, "password": member.password}, cookie=cookie)


def value(answer: Answer) -> str:
    """The value of the first cookie; empty where none was set."""
    return answer.cookies[0].partition(";")[0].partition("=")[2] if answer.cookies else ""


def guarded(answer: Answer, *, secure: bool) -> bool:
    """Whether the cookie ends with the visit and is closed to scripts, other sites and, over TLS, other hosts."""
    if not answer.cookies:
        return False
    ((name, morsel),) = SimpleCookie(answer.cookies[0]).items()
    bound = (name.startswith("__Host-"), bool(morsel["secure"])) == (secure, secure)
    closed = bool(morsel["httponly"]) and morsel["samesite"].lower() in ("lax", "strict")
    return (
        bound and closed and morsel["path"] == "/" and not (morsel["expires"] or morsel["max-age"] or morsel["domain"])
    )


def tells(value: str, member: Member) -> bool:
    """Whether a cookie's value says something of a member, or is too short to be a random key."""
    known = (*member.canaries, member.person, member.login, member.birth_date, member.number)
    try:
        inside = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except (binascii.Error, ValueError):
        inside = b""
    said = value.encode() + b" " + inside
    return len(inside) < 16 or any(one.lower().encode() in said.lower() for one in known if one)


def foreign_cookies_are_never_kept(ground: Ground) -> list[Try]:
    """Bring cookies of others full of canaries, and a real key under names that only look like ours."""
    done = visit(ground)
    kept = done.tables or [word for _where, word in done.files if word in done.cookies]
    echoed = [word for word in done.answered if word in done.cookies]
    name, _, secret = ground.session(ground.members["one"]).partition("=")
    alike = [
        f"{other}={secret}" for other in (name.upper(), f"{name}2", f"x{name}", name.replace("_", "-"), "sessionid")
    ]
    taken = [one for one in alike if ground.ask("/member/", cookie=one).status == 200]
    own = ground.ask("/member/", cookie=f"{name}={secret}").status == 200
    return [
        found(
            "Find a cookie of others",
            f"We brought {len(done.cookies)} made-up words in cookies of others, and looked for them in tables, "
            "files and logs.",
            bad=bool(kept),
        ),
        found("Find one in a page", "We looked for the same words in the pages we got.", bad=bool(echoed)),
        Try(
            "Sign in by another name",
            f"We brought a real key under {len(alike)} names that look like ours, and under our own.",
            "Refused" if own and not taken else "Read",
            held=own and not taken,
        ),
    ]


def the_visit_cookie_holds_days_alone(ground: Ground) -> list[Try]:
    """Ask as two fresh browsers that differ in all they say, as one that comes again, and as one asking for privacy."""
    one, other = ({"X-Forwarded-For": at, "Accept-Language": to} for at, to in (("192.0.2.1", "en"), ("::1", "es")))
    first, second = (ground.ask("/terms/", headers=said) for said in (one, other))
    kept = first.cookies[0].partition(";")[0] if first.cookies else ""
    again = ground.ask("/terms/", cookie=kept) if kept else first
    private = ground.ask("/terms/", headers={"Sec-GPC": "1"})
    wanted = practices.flag(ground.pack, "return_visit_cookie")
    name = f"{ground.pack.name}_visits"
    named = f"__Host-{name}" if ground.base.startswith("https:") else name
    return [
        Try(
            "Find more than two days in it",
            "We asked for a page as a fresh browser, and read what it is asked to keep.",
            "Two days" if first.cookies else "No cookie",
            held=bool(first.cookies) == wanted and all(is_coarse(line, named) for line in first.cookies),
        ),
        Try(
            "Tell two browsers apart by it",
            "Two fresh browsers with other addresses and languages asked. We compared what each got, byte by byte.",
            "The same" if first.cookies == second.cookies else "Not the same",
            held=first.cookies == second.cookies,
        ),
        found(
            "Get it anew with each page",
            "The first browser asked once more that day.",
            bad=kept != "" and bool(again.cookies),
        ),
        found(
            "Get it against one's wish",
            "We asked with Global Privacy Control on, and looked for a cookie and a script.",
            bad=bool(private.cookies) or "<script" in private.text,
        ),
        Try(
            "Not be told",
            "We looked on the same page for what it says of Global Privacy Control.",
            "Said" if "asks for privacy (Global Privacy Control)" in walk.spoken(private.text) else "Not said",
            held="asks for privacy (Global Privacy Control)" in walk.spoken(private.text),
        ),
    ]


def is_coarse(line: str, name: str) -> bool:
    """Whether a Set-Cookie line is the cookie of that name with two days of one month, and ends as a day begins."""
    ((found_name, morsel),) = SimpleCookie(line).items()
    days = re.fullmatch(r"(\d{6})(\d\d)\.(\d{6})(\d\d)", morsel.value)
    ends = re.search(r":(?:00|30|45):00 GMT$", morsel["expires"])
    return found_name == name and bool(days and days[1] == days[3] and days[2] <= days[4] and ends)
