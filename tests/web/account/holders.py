"""Holders of accounts with a browser, and the forms they send."""

import re
from dataclasses import dataclass
from typing import Final, cast
from uuid import UUID, uuid4

import psycopg
from django.http import HttpResponse
from django.test import Client

from tests.accounts.people import PASSWORD, Card, ask, registered
from tests.cast import account, session
from tests.cluster import Cluster
from tests.web.entrance.forms import COOKIE, agree, sign_in
from wellkept.accounts.actions import secret_hash
from wellkept.web.shell.visitor import token

FIREFOX: Final = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HOME: Final = "/account/"


@dataclass
class Holder:
    """Somebody signed in: the browser, and whose account it is."""

    client: Client
    card: Card

    @property
    def secret(self) -> str:
        """What the cookie holds."""
        return str(self.client.cookies[COOKIE].value)

    @property
    def digest(self) -> bytes:
        """What the database knows of it."""
        return secret_hash(self.secret)

    def get(self, path: str = HOME) -> str:
        """A page that opens."""
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("Location"))
        return str(answer.text)

    def post(self, path: str, **said: str) -> HttpResponse:
        """Send a form of one's own."""
        return cast("HttpResponse", self.client.post(path, {"token": token(self.secret), **said}))

    def again(self) -> "Holder":
        """The same person in another browser."""
        there = Client(headers={"sec-fetch-site": "same-origin", "user-agent": FIREFOX})
        sign_in(there, self.card.login, to="/member/")
        return Holder(there, self.card)

    def works(self) -> bool:
        """Whether the sign-in still opens one's own pages."""
        return self.client.get("/member/").status_code == 200


def member(house: Cluster) -> Holder:
    """A member who has signed in with Firefox and agreed to what binds them."""
    card = registered(house)
    client = Client(headers={"sec-fetch-site": "same-origin", "user-agent": FIREFOX})
    sign_in(client, card.login)
    agree(client)
    return Holder(client, card)


def of_role(house: Cluster, role: str) -> Client:
    """The browser of somebody of that role who has agreed to everything."""
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        made = account(connection, role=role, person=None, actor="Robin Q.")
        secret = given(connection, made, role)
        connection.execute(
            "insert into consent_acknowledgement (account_id, document, version, at)"
            " select %s, d.name, d.version, now() from consent_document d where d.audience = %s",
            [made, role],
        )
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.cookies[COOKIE] = secret
    return client


def given(connection: psycopg.Connection, made: UUID, role: str) -> str:
    """The secret of a session of that account."""
    secret = uuid4().hex
    session(connection, made, secret=secret, role=role, person=None, actor="Robin Q.")
    return secret


def noted(house: Cluster, card: Card) -> list[str]:
    """The kinds of what was noted for somebody, the newest last."""
    found = ask(
        house,
        "select e.kind from wellkept.accounts_event e join wellkept.accounts_account a on a.id = e.account_id"
        " where a.person_id = %s order by e.at",
        card.person,
    )
    return [str(kind) for (kind,) in found]


def doubted(page: str) -> list[str]:
    """The numbers beside "This was not me", in the order of the page."""
    return re.findall(r"/account/not-me/([0-9a-f-]{36})/", page)


def may_sign_in(card: Card, password: str = PASSWORD) -> bool:
    """Whether that password lets somebody in."""
    client = Client(headers={"sec-fetch-site": "same-origin"})
    return client.post("/sign-in/", {"login": card.login, "password": password}).status_code == 302
