"""Tries against the ways to sign in: halfway in, with a code used before, with what was signed for others.

All of them are made as one member of the standing family, who has no second way afterwards.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import pyotp

from wellkept.proof.device import Device
from wellkept.proof.ground import Answer, Ground, Try, held
from wellkept.proof.probes.entrance import refused

WAYS: Final = "/account/ways/"
HALF_MINUTE: Final = 30
BEHIND: Final = ("/member/", "/account/", "/account/ways/", "/sign-in/again/", "/sign-in/agree/")
HAMMERED: Final = 100
WRONG: Final = "AAAA-BBBB-CCCC-DDDD"


@dataclass(frozen=True, slots=True)
class Owner:
    """A member at their own ways: the Cookie header of a fresh session, and what its forms carry."""

    cookie: str
    token: str


def password(ground: Ground, *, cookie: str = "") -> Answer:
    """The answer to the member's name and password, perhaps from a browser that has a cookie."""
    member = ground.members["other"]
    return ground.ask("/sign-in/", form={"login": member.login, "password": member.password}, cookie=cookie)


def owner(ground: Ground) -> Owner:
    """A fresh session of the member."""
    cookie = ground.sign_in(ground.members["other"])
    return Owner(cookie, ground.token(ground.ask(WAYS, cookie=cookie).text))


def post(ground: Ground, who: Owner, path: str, **form: str) -> Answer:
    """A form of the member's ways."""
    return ground.ask(f"{WAYS}{path}", form={"token": who.token} | form, cookie=who.cookie)


def opens(ground: Ground, cookie: str, path: str = "/member/") -> bool:
    """Whether a page behind the door is shown."""
    return ground.ask(path, cookie=cookie).status == 200


@contextmanager
def app(ground: Ground, who: Owner) -> Iterator[tuple[str, list[str]]]:
    """An authenticator app and recovery codes for as long as they are lent: the app's next code, and the ten."""
    try:
        post(ground, who, "app/")
        shown = ground.ask(f"{WAYS}app/", cookie=who.cookie).text
        found = re.search(r"<code>([A-Z2-7 ]+)</code>", shown)
        made = pyotp.TOTP(found[1].replace(" ", "") if found else "A" * 32)
        now = int(time.time())
        post(ground, who, "app/", code=made.at(now))
        codes = re.findall(r"<code>([0-9A-Z-]{19})</code>", post(ground, who, "codes/").text)
        yield made.at(now + HALF_MINUTE), [*codes, *[WRONG] * 10][:10]
    finally:
        post(ground, who, "app/remove/")


def a_second_way_is_asked_for_and_works_once(ground: Ground) -> list[Try]:
    """Set up an app, sign in with the password alone, with a code, with the same code, with a recovery code twice."""
    with app(ground, owner(ground)) as (code, codes):
        begun = password(ground)
        half = held(begun)
        inside = [path for path in BEHIND if opens(ground, half, path)]
        whole = second(ground, half, code)
        rotated = bool(whole) and whole != half and opens(ground, whole) and not opens(ground, half)
        again = held(password(ground))
        replayed = second(ground, again, code)
        recovered = second(ground, again, codes[0])
        last = held(password(ground))
        twice = second(ground, last, codes[0])
        for _ in range(4):
            second(ground, last, WRONG)
        guessed = second(ground, last, codes[1])
    lifetimes = [one for one in begun.cookies if "max-age" in one.lower() or "expires" in one.lower()]
    return [
        refused("Go in with the password alone", "We asked for five pages halfway in.", held=bool(half) and not inside),
        Try(
            "Keep the key of a half-made sign-in",
            "We completed the sign-in and used its first key once more.",
            "A new key, and the old one opens nothing" if rotated else "The same key",
            held=rotated,
        ),
        refused(
            "Use a code twice", "We typed a code of the app in a second browser.", held=bool(whole) and not replayed
        ),
        refused(
            "Use a recovery code twice",
            "We signed in with a recovery code, then typed it in another browser.",
            held=bool(recovered) and not twice,
        ),
        refused("Guess on and on", "After five wrong codes we typed a right one.", held=bool(last) and not guessed),
        Try(
            "Find a second cookie, or one that stays",
            "We counted the cookies of a half-made sign-in, and looked for their lifetime.",
            "One, for this visit" if len(begun.cookies) == 1 and not lifetimes else "More",
            held=len(begun.cookies) == 1 and not lifetimes,
        ),
    ]


def second(ground: Ground, half: str, code: str) -> str:
    """The Cookie header that a second way leads to; empty where it was refused."""
    answer = ground.ask("/sign-in/second/", form={"code": code}, cookie=half)
    return held(answer) if answer.headers.get("location", "").endswith("/sign-in/cookie/") else ""


@contextmanager
def passkey(ground: Ground, who: Owner) -> Iterator[Device]:
    """A passkey for as long as it is lent."""
    where = urlsplit(ground.entrance or ground.base)
    host = ground.pack.hosts[0] if ground.pack.production else where.hostname or ""
    origin = f"https://{host}" if ground.pack.production else f"{where.scheme}://{where.netloc}"
    device = Device(host, origin)
    try:
        options = post(ground, who, "passkeys/options/")
        if options.status == 200:
            post(ground, who, "passkeys/", label="Standing probe", credential=device.made(options.text))
        yield device
    finally:
        page = ground.ask(WAYS, cookie=who.cookie).text
        for number in set(re.findall(rf"{WAYS}passkeys/([0-9a-f-]{{36}})/remove/", page)):
            post(ground, who, f"passkeys/{number}/remove/")


def a_passkey_signs_once_and_for_us_alone(ground: Ground) -> list[Try]:
    """Sign in with a passkey, use what it signed again, and let it sign for another site and for no number of ours."""
    with passkey(ground, owner(ground)) as device:
        said = device.signed(number(ground))
        first, again = alone(ground, said), alone(ground, said)
        elsewhere = alone(ground, device.signed(number(ground), origin="https://elsewhere.example"))
        invented = alone(ground, device.signed('{"challenge": "bm9ib2R5IGdhdmUgdGhpcw"}'))
    return [
        refused(
            "Send a signature twice", "We signed in with a passkey and sent it once more.", held=first and not again
        ),
        refused(
            "Sign for another site", "The passkey signed what another site would show.", held=first and not elsewhere
        ),
        refused("Sign a number of our own", "It signed a number that no page gave out.", held=first and not invented),
    ]


def number(ground: Ground) -> str:
    """What the sign-in page gives a browser to sign."""
    return ground.ask("/sign-in/passkey/sign-in/", form={"credential": ""}).text or '{"challenge": ""}'


def alone(ground: Ground, said: str) -> bool:
    """Whether a passkey signs in."""
    return ground.ask("/sign-in/passkey/", form={"credential": said}).status == 302


def nobody_is_locked_out_by_others(ground: Ground) -> list[Try]:
    """Hammer a name as others would, then come as its owner: from elsewhere, with a passkey, where one was before."""
    who, known = owner(ground), held(password(ground))
    with passkey(ground, who) as device:
        hammer(ground)
        stranger = password(ground).status == 302
        by_key = alone(ground, device.signed(number(ground)))
        hammer(ground)
        there = password(ground, cookie=known).status == 302
        alone(ground, device.signed(number(ground)))  # which sets the count back, whatever was found
    answers = {
        (answer.status, answer.headers.get("location"), answer.body)
        for answer in (
            ground.ask("/sign-in/mailed/", form={"login": login})
            for login in (ground.members["guest"].login, "a name that nobody has")
        )
    }
    return [
        refused("Guess on after 100 tries", "We tried a name 100 times, then gave its password.", held=not stranger),
        Try(
            "Lock somebody out",
            "With the password closed, the owner used a passkey, and later a browser of before.",
            "Both let them in" if by_key and there else "Locked out",
            held=by_key and there,
        ),
        Try(
            "Learn from a mailed code whose name it is",
            "We asked for one for a name there is and for one there is not, and compared.",
            "The same answer" if len(answers) == 1 else "They differ",
            held=len(answers) == 1,
        ),
    ]


def hammer(ground: Ground) -> None:
    """Try the member's name as often as others may."""
    name = bytes.fromhex(ground.members["other"].named)
    with ground.connect("entrance") as entrance:
        for _ in range(HAMMERED):
            entrance.execute("select wellkept.accounts_try(%s, null)", [name])
