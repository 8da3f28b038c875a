"""What somebody types at the entrance."""

from datetime import date

from django.test import Client

from tests.accounts.people import PASSWORD, SEEDS, Card, typed
from wellkept.web.shell.visitor import token

COOKIE = "umr_session"


def born(day: date) -> dict[str, str]:
    return {"birth_date_month": str(day.month), "birth_date_day": str(day.day), "birth_date_year": str(day.year)}


def who(day: date, **other: str) -> dict[str, str]:
    told = {"first_name": "Canary", "last_name": "Quillfeather", "member_number": "CANARY-77", "group_number": "G-31"}
    return born(day) | told | other


def code(card: Card, **other: str) -> dict[str, str]:
    return born(card.born) | {"code": card.code, "login": card.login, "password": PASSWORD} | other


def sign_in(client: Client, login: str, password: str = PASSWORD, *, to: str = "/sign-in/agree/") -> str:
    """Sign in and return the session's secret."""
    answer = client.post("/sign-in/", {"login": login, "password": password})
    if login in SEEDS:
        assert answer.headers["Location"] == "/sign-in/second/"
        answer = client.post("/sign-in/second/", {"code": typed(login), "token": token(client.cookies[COOKIE].value)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/cookie/")
    assert client.get("/sign-in/cookie/").headers["Location"] == to
    return client.cookies[COOKIE].value


def agree(client: Client) -> None:
    """Agree to every text that waits."""
    while "/sign-in/agree/" in (answer := client.get("/sign-in/cookie/")).headers["Location"]:
        page = client.get(answer.headers["Location"])
        where = page.text.split('<form class="form" method="post" action="')[1].split('"')[0]
        assert client.post(where, {"agree": "on", "token": token(client.cookies[COOKIE].value)}).status_code == 302
