"""Every page of one's own account in every state it has, one after another in a browser."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

from playwright.sync_api import Page

from tests.accounts.people import PASSWORD
from tests.cast import account, session
from tests.cluster import Cluster
from tests.web.going import follow
from wellkept.proof.mailbox import Mailbox

ASK = "/member/privacy/requests/ask/"
NEW = "nine herons sort the washing"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the walk goes: one operator's pages, its database, and the mails that go out."""

    address: str
    operator: str
    house: Cluster
    box: Mailbox
    login: str
    hashes: tuple[bytes, str]
    """What the database knows of the sign-in name and of the password."""


def do(place: Place, statement: str, *given: object) -> None:
    """Let something be so in the database."""
    with place.house.administer(f"wellkept_{place.operator}") as connection:
        connection.execute("set search_path = wellkept")
        connection.execute(statement, given)


def arrive(page: Page, place: Place) -> tuple[UUID, bytes]:
    """A new member who has just signed in; the account, and what the database knows of the cookie."""
    secret, person = uuid4().hex, uuid4()
    with place.house.administer(f"wellkept_{place.operator}") as connection:
        connection.execute("set search_path = wellkept")
        made = account(connection, role="member", person=person, actor=None)
        digest = session(connection, made, role="member", person=person, actor=None, secret=secret)
        connection.execute("update accounts_account set login = %s, password = %s where id = %s", [*place.hashes, made])
        connection.execute("update accounts_session set browser = 'Firefox' where account_id = %s", [made])
        connection.execute(
            "insert into consent_acknowledgement (account_id, document, version, at)"
            " select %s, d.name, d.version, now() from consent_document d where d.audience = 'member'",
            [made],
        )
        for kind, days in (("signed in", 0), ("sign-in failed", 1), ("signed in", 9), ("registered", 9)):
            connection.execute(
                "insert into accounts_event (id, account_id, at, kind, method, browser)"
                " values (gen_random_uuid(), %s, now() - make_interval(days => %s), %s, 'password', 'Safari')",
                [made, days, kind],
            )
        session(connection, made, role="member", person=person, actor=None, secret=uuid4().hex)
    assert digest == hashlib.sha256(secret.encode()).digest()
    page.context.clear_cookies()
    page.context.add_cookies([{"name": f"{place.operator}_session", "value": secret, "url": place.address}])
    return made, digest


def send(page: Page) -> None:
    follow(page.locator("main form.form button.btn").last)


def visits(page: Page, place: Place) -> Iterator[str]:
    """Lead ``page`` through the states; each is named while the page shows it."""
    _account, digest = arrive(page, place)
    page.goto(f"{place.address}/account/")
    yield "account"
    page.goto(f"{place.address}/account/?part=account")
    yield "account, narrowed"
    yield from changing_password(page, place)
    yield from changing_address(page, place)
    page.goto(f"{place.address}/account/")
    follow(page.locator("a[href^='/account/not-me/']").first)
    yield "not me"
    yield from warned(page, place, digest)
    page.clock.resume()
    enter(page, place)
    yield "the form again"
    page.goto(f"{place.address}/account/")
    follow(page.locator("a[href^='/account/not-me/']").first)
    send(page)
    yield "not me, done"


def enter(page: Page, place: Place) -> None:
    """Sign in again in the same browser."""
    page.fill("[name=login]", place.login)
    page.fill("[name=password]", NEW)
    follow(page.locator("main form.form button.btn").first)
    page.wait_for_url("**?typed")


def changing_password(page: Page, place: Place) -> Iterator[str]:
    page.goto(f"{place.address}/account/password/")
    yield "password"
    send(page)
    yield "password, empty"
    page.fill("[name=old]", PASSWORD)
    page.fill("[name=new]", NEW)
    send(page)
    yield "password, changed"


def changing_address(page: Page, place: Place) -> Iterator[str]:
    where = f"{place.address}/account/address/"
    for number, to in enumerate(("first@mail.example", "second@mail.example")):
        page.goto(where)
        yield f"address, {number}"
        page.fill("[name=address]", to)
        send(page)
        yield f"address, {number} waits"
        code = next(line for line in place.box.mails[-1][1].splitlines() if len(line) == 8 and line.isupper())
        page.fill("[name=code]", code)
        follow(page.locator("form:has([name=code]) button"))
        do(place, "update notices_address set asked_at = asked_at - interval '2 minutes'")
    link = next(word for word in place.box.mails[-1][1].split() if "/undo/" in word)
    page.goto(f"{place.address}/account/{link.partition('/account/')[2]}")
    yield "undo"
    page.goto(f"{place.address}/account/address/undo/abcdefghijklmnopqrstuvwxyz/")
    yield "undo, not"


def warned(page: Page, place: Place, digest: bytes) -> Iterator[str]:
    """Nothing happens for 55 minutes, then somebody stays; an hour later the sign-in has run out over a form."""
    page.clock.install()
    page.goto(f"{place.address}{ASK}")
    page.check("[name=kind][value=copy]")
    page.fill("[name=words]", "Words that took an hour.")
    unused(place, digest, 55)
    page.clock.fast_forward("55:30")
    page.locator("dialog.lasting[open]").wait_for()
    yield "warned"
    page.locator("dialog .stay").click()
    page.locator("dialog.lasting").wait_for(state="hidden")
    unused(place, digest, 61)
    page.clock.fast_forward("59:00")
    page.locator("dialog .on").wait_for()
    yield "run out"
    page.locator("dialog .on").click()
    page.wait_for_url("**/sign-in/")
    yield "sign in, with something kept"


def unused(place: Place, digest: bytes, minutes: int) -> None:
    """So many minutes go by."""
    late = "update accounts_session set seen = now() - make_interval(mins => %s) where secret_hash = %s"
    do(place, late, minutes, digest)
