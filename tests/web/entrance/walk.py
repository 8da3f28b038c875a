"""Every page of the entrance in every state it has, one after another in a browser."""

from collections.abc import Iterator
from uuid import uuid4

from playwright.sync_api import Page

from tests.cast import account, session
from tests.cluster import Cluster
from tests.web.going import follow


def visits(page: Page, address: str, operator: str, house: Cluster) -> Iterator[str]:
    """Lead ``page`` through the states; each is named while the page shows it."""
    yield from registration(page, address)
    yield from codes(page, address)
    yield from signing_in(page, address)
    for role in ("member", "nurse"):
        signed_in(page, address, operator, house, role)
        yield from agreeing(page, address, role)
    page.context.add_cookies([{"name": f"{operator}_session", "value": "ended long ago", "url": address}])
    page.goto(f"{address}/sign-in/")
    yield "sign in, after an end"


def send(page: Page) -> None:
    follow(page.locator("main form.form button.btn").first)


def born(page: Page, year: str) -> None:
    for name, value in (("month", "4"), ("day", "28"), ("year", year)):
        page.fill(f"[name=birth_date_{name}]", value)


def registration(page: Page, address: str) -> Iterator[str]:
    page.goto(f"{address}/register/")
    yield "register"
    send(page)
    yield "register, empty"
    born(page, "1886")
    send(page)
    yield "register, wrong year"
    born(page, "1986")
    send(page)
    yield "which"
    send(page)
    yield "which, nothing chosen"
    page.check("[name=audience][value=member]")
    send(page)
    yield "who"
    page.fill("[name=first_name]", "Ottoline")
    page.fill("[name=member_number]", "--")
    send(page)
    yield "who, errors"
    for name, value in (("last_name", "Quill"), ("member_number", "M-1"), ("group_number", "G-1")):
        page.fill(f"[name={name}]", value)
    send(page)
    yield "asked"
    yield from offices(page, address)
    page.goto(f"{address}/register/")
    born(page, "2018")
    send(page)
    yield "closed"
    page.context.clear_cookies()


NUMBERS = {
    "provider": {"npi": "1234567893"},
    "employer": {"group_number": "G-1"},
    "agent": {"producer_number": "P-1", "group_numbers": "G-1"},
    "partner": {"agreement_number": "BA-1"},
}
OFFICE = {
    "name": "Ottoline Quill", "organisation": "Quill and Daughters", "street": "12 Mill Road", "city": "Wausau",
    "state": "WI", "zip_code": "54403", "tax_number": "12-3456789",
}  # fmt: skip


def offices(page: Page, address: str) -> Iterator[str]:
    """The path of each organisation that the operator offers: first with a wrong number, then to its end."""
    page.goto(f"{address}/register/")
    born(page, "1986")
    send(page)
    offered = [one.get_attribute("value") for one in page.locator("[name=audience]").all()]
    for kind in (one for one in offered if one in NUMBERS):
        page.goto(f"{address}/register/")
        born(page, "1986")
        send(page)
        page.check(f"[name=audience][value={kind}]")
        send(page)
        yield kind
        for name, value in (OFFICE | NUMBERS[kind] | {"tax_number": "123"}).items():
            page.fill(f"[name={name}]", value)
        send(page)
        yield f"{kind}, errors"
        page.fill("[name=tax_number]", OFFICE["tax_number"])
        send(page)
        page.get_by_text("Here is what happens now").wait_for()
        yield f"{kind}, asked"


def codes(page: Page, address: str) -> Iterator[str]:
    page.goto(f"{address}/register/code/")
    yield "code"
    page.fill("[name=code]", "0000-0000-0000")
    page.fill("[name=login]", "ott")
    page.fill("[name=password]", "password1234567")
    born(page, "1986")
    send(page)
    yield "code, errors"
    page.fill("[name=login]", f"ottoline-{uuid4().hex[:6]}")
    page.fill("[name=password]", "seven otters paint the barn")
    send(page)
    yield "code, none"


def signing_in(page: Page, address: str) -> Iterator[str]:
    page.goto(f"{address}/sign-in/")
    yield "sign in"
    send(page)
    yield "sign in, empty"
    page.fill("[name=login]", "nobody at all")
    page.fill("[name=password]", "seven otters paint the barn")
    send(page)
    yield "sign in, no"
    page.goto(f"{address}/sign-in/cookie/")
    yield "cookie refused"


def signed_in(page: Page, address: str, operator: str, house: Cluster, role: str) -> None:
    """An open session of somebody new, whose cookie the browser gets."""
    secret, person = uuid4().hex, uuid4() if role == "member" else None
    actor = None if person else "Nell N."
    with house.administer(f"wellkept_{operator}") as connection:
        connection.execute("set search_path = wellkept")
        made = account(connection, role=role, person=person, actor=actor)
        session(connection, made, role=role, person=person, actor=actor, secret=secret)
    page.context.add_cookies([{"name": f"{operator}_session", "value": secret, "url": address}])


def agreeing(page: Page, address: str, role: str) -> Iterator[str]:
    page.goto(f"{address}/sign-in/cookie/")
    yield f"agree, {role}"
    send(page)
    yield f"agree, {role}, without the tick"
    page.goto(f"{address}/register/")
    yield f"already registered, {role}"
    follow(page.locator("main form[action='/sign-out/'] button"))
    yield f"signed out, {role}"
    page.context.clear_cookies()
