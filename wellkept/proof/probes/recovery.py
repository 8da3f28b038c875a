"""Tries against a forgotten password: less than all three, a link twice, a name that answers otherwise (P-09)."""

import hashlib
import re
import secrets
from typing import Final

from wellkept.proof import search
from wellkept.proof.ground import Answer, Ground, Member, Try
from wellkept.proof.probes.site import found

PAGE: Final = "/account/recovery/"
FORGOTTEN: Final = "/sign-in/forgotten/"
RESPONSE: Final = re.compile(r"<code>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})</code>")
WRONG: Final = "0000-0000-0000"
DIFFERS: Final = ("date", "set-cookie")


def a_new_password_needs_all_three(ground: Ground) -> list[Try]:
    """Make a response as a made-up member, have a link made, and follow it with less than is asked, then with all."""
    member = ground.members["other"]
    cookie = ground.sign_in(member)
    response = made(ground, cookie)
    ours, theirs = (asked(ground, name) for name in (member.login, f"nobody-{secrets.token_hex(6)}"))
    path = f"{FORGOTTEN}{link(ground, cookie)}/"
    shown = ground.ask(path)
    halves = [followed(ground, path, member, WRONG), followed(ground, path, member, response, born="1901-01-01")]
    still = bool(response) and bool(ground.sign_in(member))
    whole = followed(ground, path, member, response)
    over = ground.ask("/member/", cookie=cookie).status != 200
    again = followed(ground, path, member, response)
    ground.memo.get("sessions", {}).pop(member.login, None)
    said = [page.text for page in (shown, whole, again)]
    return [
        Try(
            "Learn whose name it is",
            "We said that a password was forgotten: of a made-up member, and of nobody. We compared the answers.",
            "The same" if ours == theirs else "Not the same",
            held=ours == theirs and ours[0] == 200,
        ),
        found(
            "Get by with two of the three",
            "We followed a link with a wrong response, then with a wrong birth date.",
            bad=not still or any(page.status != 400 for page in halves),
        ),
        found(
            "Be signed in by it",
            "We followed the link with all three right, and looked for a cookie and for what was open before.",
            bad=whole.status != 200 or bool(whole.cookies) or not over,
        ),
        found("Use the link twice", "We followed the same link once more.", bad=again.status != 410),
        found(
            "Find the response again",
            "We looked for it in every page of the way, and in every table that is read unopened.",
            bad=not response or any(response in page for page in said) or bool(search.in_tables(ground, [response])),
        ),
    ]


def made(ground: Ground, cookie: str) -> str:
    """A new response of the session's member; empty where none was given."""
    token = ground.token(ground.ask(PAGE, cookie=cookie).text)
    page = ground.ask(PAGE, form={"prompt": "in a drawer", "token": token}, cookie=cookie)
    shown = RESPONSE.search(page.text)
    return shown[1] if shown else ""


def asked(ground: Ground, name: str) -> tuple[int, dict[str, str], bytes]:
    """What is answered to a forgotten password of that name: status, headers, body."""
    answer = ground.ask(FORGOTTEN, form={"login": name})
    return answer.status, {key: value for key, value in answer.headers.items() if key not in DIFFERS}, answer.body


def link(ground: Ground, cookie: str) -> str:
    """A link of the session's account, made as the worker makes it."""
    token, session = secrets.token_urlsafe(32), hashlib.sha256(cookie.partition("=")[2].encode()).digest()
    with ground.connect("web") as web:
        row = web.execute("select account from wellkept.gate_who(%s)", [session]).fetchone()
    with ground.connect("jobs") as jobs:
        digest = hashlib.sha256(token.encode()).digest()
        jobs.execute("select wellkept.accounts_link(%s, %s)", [row[0] if row else None, digest])
    return token


def followed(ground: Ground, path: str, member: Member, response: str, *, born: str = "") -> Answer:
    """What a link answers to a response and a birth date; the new password is the one the member has."""
    year, month, day = (born or member.birth_date).split("-")
    date = {"birth_date_month": month, "birth_date_day": day, "birth_date_year": year}
    return ground.ask(path, form={"response": response, "password": member.password, **date})
