"""What a probe stands on: the house from outside, by HTTP, by SQL as a named role, and by files it is told of.

A probe is a function of a ``Ground`` that returns its tries. It imports neither a keeper nor a model.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import psycopg

from wellkept.policy.shapes import Pack

SECONDS: Final = 20


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
    """A made-up member of the standing family: how to sign in, and the canaries that stand in their record."""

    login: str
    password: str
    person: str
    number: str
    birth_date: str
    canaries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """One operator's installation, seen from outside."""

    pack: Pack
    base: str
    connect: Callable[[str], psycopg.Connection[Any]]
    connect_keys: Callable[[str], psycopg.Connection[Any]]
    other_operator: str | None
    connect_across: Callable[[str, str], psycopg.Connection[Any]]
    members: Mapping[str, Member]
    staff: Mapping[str, Member]
    logs: tuple[Path, ...]
    state: Path

    def ask(
        self,
        path: str,
        *,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        cookie: str = "",
        own: bool = True,
    ) -> Answer:
        """Ask for a page, or post a form to it. ``own`` says, as a browser does, that our own page sent the form."""
        parts = urlsplit(self.base)
        sent = dict(headers or {})
        if cookie:
            sent["Cookie"] = cookie
        body = None
        if form is not None:
            body = urlencode(form)
            sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
            if own:
                sent.setdefault("Sec-Fetch-Site", "same-origin")
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.netloc, timeout=SECONDS)
        try:
            connection.request("GET" if form is None else "POST", path, body=body, headers=sent)
            got = connection.getresponse()
            named = {name.lower(): value for name, value in got.getheaders()}
            cookies = tuple(value for name, value in got.getheaders() if name.lower() == "set-cookie")
            return Answer(status=got.status, headers=named, cookies=cookies, body=got.read())
        finally:
            connection.close()

    def sign_in(self, member: Member) -> str:
        """Sign somebody of the standing family in by the form; returns the Cookie header. Empty when it was refused."""
        answer = self.ask("/sign-in/", form={"login": member.login, "password": member.password})
        return "; ".join(line.partition(";")[0] for line in answer.cookies) if answer.status == 302 else ""

    def token(self, page: str) -> str:
        """The token of the first form of a page; empty when it has none."""
        found = re.search(r'name="token" value="([0-9a-f]+)"', page)
        return found[1] if found else ""


Probe = Callable[[Ground], list[Try]]
