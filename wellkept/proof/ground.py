"""What a probe stands on: the house from outside, by HTTP, by SQL as a named role, and by files it is told of.

A probe is a function of a ``Ground`` that returns its tries. It imports neither a keeper nor a model.
"""

import re
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import psycopg
import pyotp

from wellkept.policy import entrances
from wellkept.policy.shapes import Pack

SECONDS: Final = 20
TEXTS: Final = 5
SECONDS_A_CODE: Final = 30
AGENT: Final = "wellkept-proof"
"""What our tries call themselves. They are counted apart from visitors, in the same way."""


@dataclass(frozen=True, slots=True)
class Try:
    """One way to break a promise, and what came of it.

    ``name`` says it in a few words, ``sentence`` what we did, ``outcome`` what came of it ("Refused", "Nothing found",
    "Shown"), ``held`` whether the control held.
    """

    name: str
    sentence: str
    outcome: str
    held: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page answered. Header names are in small letters; ``cookies`` are the Set-Cookie lines."""

    status: int
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    body: bytes

    @property
    def text(self) -> str:
        """The page as text."""
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the standing family: how to sign in, and the canaries that stand in their record.

    The canaries are first name, last name, street, card and claim number. ``social`` is a number of the form that
    tax offices give to whoever has no social security number. ``seed`` makes the codes of a second factor (RFC 6238);
    empty for who has none. ``named`` is what the entrance knows the sign-in name by, in hexadecimal.
    """

    login: str
    password: str
    person: str
    number: str
    birth_date: str
    canaries: tuple[str, ...]
    social: str = ""
    seed: str = ""
    named: str = ""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The same portal once more on this machine, over TLS, with a policy that has a new version.

    ``certificate`` is the throw-away certificate it shows, ``word`` a word that only its new version has, ``clause``
    the promise that has it, ``version`` the name of that version; ``lapsed`` is a promise whose review is
    overdue there. ``mails`` are those it sent, as recipients and text: they go nowhere else.
    """

    base: str
    certificate: Path
    version: str
    clause: str
    word: str
    lapsed: str = ""
    mails: Sequence[tuple[tuple[str, ...], str]] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a command of ours ended with, and what it printed."""

    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Ground:
    """One operator's installation, seen from outside.

    ``issue_codes`` makes so many fresh access codes for one of the family, which run out in so many minutes.
    ``rehearse`` starts the rehearsal, ``say`` runs a command of ours with more in its environment, ``trusted`` is the
    certificate the pages show, ``entrance`` where the
    entrance is served if it is a process of its own. ``memo`` keeps what several probes of one round look at.
    """

    pack: Pack
    base: str
    connect: Callable[[str], psycopg.Connection[Any]]
    connect_keys: Callable[[str], psycopg.Connection[Any]]
    other_operator: str | None
    connect_across: Callable[[str, str], psycopg.Connection[Any]]
    members: Mapping[str, Member]
    staff: Mapping[str, Member]
    offices: Mapping[str, Member]
    logs: tuple[Path, ...]
    state: Path
    issue_codes: Callable[[Member, int, int], list[str]]
    rehearse: Callable[[], Rehearsal]
    say: Callable[[tuple[str, ...], Mapping[str, str]], Said]
    trusted: Path | None = None
    entrance: str = ""
    memo: dict[str, Any] = field(default_factory=dict)

    def ask(
        self,
        path: str,
        *,
        form: Mapping[str, str] | None = None,
        text: str | None = None,
        headers: Mapping[str, str] | None = None,
        cookie: str = "",
        own: bool = True,
        base: str = "",
        trusted: Path | None = None,
    ) -> Answer:
        """Ask for a page, or post a form or a text to it. ``own`` says, as a browser does, that our own page sent it.

        ``base`` is another address than our own to ask, ``trusted`` the certificate that it must show.
        """
        own_base = self.entrance if self.entrance and entrances.led(path, self.pack.languages) else self.base
        parts = urlsplit(base or own_base)
        sent = {"User-Agent": AGENT} | dict(headers or {})
        if cookie:
            sent["Cookie"] = cookie
        body = text
        if form is not None:
            body = urlencode(form)
            sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
        if body is not None and own:
            sent.setdefault("Sec-Fetch-Site", "same-origin")
        if self.pack.production:
            sent.setdefault("Host", self.pack.hosts[0])
        connection = connected(parts.scheme, parts.netloc, trusted or self.trusted, strict=bool(base))
        try:
            connection.request("GET" if body is None else "POST", path, body=body, headers=sent)
            got = connection.getresponse()
            named = {name.lower(): value for name, value in got.getheaders()}
            cookies = tuple(value for name, value in got.getheaders() if name.lower() == "set-cookie")
            return Answer(status=got.status, headers=named, cookies=cookies, body=got.read())
        finally:
            connection.close()

    def sign_in(self, member: Member) -> str:
        """Sign somebody of the standing family in by the form; returns the Cookie header. Empty when it was refused.

        They agree to every text that waits for them.
        """
        answer = self.ask("/sign-in/", form={"login": member.login, "password": member.password})
        cookie = held(answer) if answer.status == 302 else ""
        if cookie and member.seed:
            cookie = self.second(member, cookie, answer.headers.get("location", ""))
        for _ in range(TEXTS if cookie else 0):
            page = self.ask("/sign-in/agree/", cookie=cookie)
            asked = re.search(r'action="(/sign-in/agree/[^"]+)"', page.text)
            if asked is None:
                break
            self.ask(asked[1], form={"agree": "on", "token": self.token(page.text)}, cookie=cookie)
        return cookie

    def second(self, member: Member, cookie: str, page: str) -> str:
        """Show the second factor on the page that asks for it; the Cookie header, empty when it was refused.

        A code works once: where this half minute's was used, the next one's does.
        """
        form = {"token": self.token(self.ask(page, cookie=cookie).text)}
        for step in (0, SECONDS_A_CODE):
            code = pyotp.TOTP(member.seed).at(int(time.time()) + step)
            answer = self.ask(page, form=form | {"code": code}, cookie=cookie)
            if answer.status == 302:
                return held(answer)
        return ""

    def session(self, member: Member) -> str:
        """The Cookie header of a session that probes of one round share. None of them ends it."""
        known: dict[str, str] = self.memo.setdefault("sessions", {})
        if member.login not in known:
            known[member.login] = self.sign_in(member)
        return known[member.login]

    def token(self, page: str) -> str:
        """The token of the first form of a page; empty when it has none."""
        found = re.search(r'name="token" value="([0-9a-f]+)"', page)
        return found[1] if found else ""


def noop(words: str) -> str:
    """The same words: what a sentence of a try is put together with, marked for whoever translates it."""
    return words


def held(answer: Answer) -> str:
    """The cookies that an answer gives, as the browser sends them back."""
    return "; ".join(line.partition(";")[0] for line in answer.cookies)


def connected(scheme: str, netloc: str, trusted: Path | None, *, strict: bool) -> HTTPConnection:
    """A connection that asks one page; over TLS one that believes ``trusted`` alone, where it is given.

    ``strict`` also compares the name. Our own pages are asked at the address they listen on: no certificate names it.
    """
    if scheme == "https":
        context = ssl.create_default_context(cafile=trusted)
        context.check_hostname = strict
        return HTTPSConnection(netloc, timeout=SECONDS, context=context)
    return HTTPConnection(netloc, timeout=SECONDS)


Probe = Callable[[Ground], list[Try]]
