"""What was sent after the sign-in had run out comes back to its sender, in the same browser, once (R-11)."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests.accounts.people import PASSWORD, ask, change
from tests.cluster import Cluster
from tests.web.account.holders import FIREFOX, Holder, member
from tests.web.entrance.conftest import Browser, browser  # noqa: F401  (a fixture)
from tests.web.entrance.forms import COOKIE
from wellkept.web.shell import typed
from wellkept.web.shell.forms import Form
from wellkept.web.shell.visitor import token

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("browser")]
ASK = "/member/privacy/requests/ask/"
WORDS = "Canary words that took me an hour, <b>& more"


def run_out(house: Cluster, holder: Holder) -> None:
    """An hour goes by without use."""
    change(
        house,
        "update wellkept.accounts_session set seen = now() - interval '61 minutes' where secret_hash = %s",
        holder.digest,
    )


def late(house: Cluster, holder: Holder, path: str = ASK, **said: str) -> None:
    """Send a form when the sign-in has run out."""
    run_out(house, holder)
    answer = holder.post(path, **(said or {"kind": "copy", "words": WORDS}))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")


def enter(client: Client, login: str) -> str:
    """Sign in again in the same browser; where it leads."""
    assert client.post("/sign-in/", {"login": login, "password": PASSWORD}).status_code == 302
    return str(client.get("/sign-in/cookie/").headers["Location"])


def kept(house: Cluster) -> list[tuple[object, ...]]:
    return ask(house, "select t.*::text from wellkept.accounts_typed t")


@pytest.fixture(autouse=True)
def nothing_kept(house: Cluster) -> None:
    change(house, "delete from wellkept.accounts_typed")


def test_the_form_comes_back_filled_in_once(house: Cluster) -> None:
    holder = member(house)
    late(house, holder)
    assert "What you typed is kept for half an hour" in holder.client.get("/sign-in/").text
    where = enter(holder.client, holder.card.login)
    assert where == f"{ASK}?typed"
    page = holder.get(where)
    assert "Here is what you typed" in page
    assert "Canary words that took me an hour, &lt;b&gt;&amp; more</textarea>" in page
    assert re.search(r'value="copy"[^>]* checked', page)
    assert token(holder.secret) in page
    assert kept(house) == []
    again = holder.get(where)
    assert "Canary" not in again
    assert "Here is what you typed" not in again
    assert holder.client.get("/sign-in/cookie/").headers["Location"] == "/member/"


def test_in_spanish_it_comes_back_in_spanish(house: Cluster) -> None:
    holder = member(house)
    run_out(house, holder)
    holder.client.post(f"/es{ASK}", {"token": token(holder.secret), "kind": "copy", "words": WORDS})
    assert enter(holder.client, holder.card.login) == f"/es{ASK}?typed"


def test_nothing_of_it_stands_in_the_database(house: Cluster) -> None:
    holder = member(house)
    late(house, holder)
    ((row,),) = kept(house)
    for canary in ("Canary", "member-ask", ASK, holder.secret, b"Canary".hex(), holder.secret.encode().hex()):
        assert canary not in str(row)


def test_another_account_in_that_browser_gets_nothing_and_it_is_destroyed(house: Cluster) -> None:
    holder, other = member(house), member(house)
    late(house, holder)
    assert enter(holder.client, other.card.login) == "/member/"
    assert kept(house) == []
    assert "Canary" not in holder.client.get(f"{ASK}?typed").text
    assert enter(holder.client, holder.card.login) == "/member/"


def test_the_same_account_in_another_browser_gets_nothing(house: Cluster) -> None:
    holder = member(house)
    late(house, holder)
    there = Client(headers={"sec-fetch-site": "same-origin", "user-agent": FIREFOX})
    assert enter(there, holder.card.login) == "/member/"
    assert "Canary" not in there.get(f"{ASK}?typed").text
    assert len(kept(house)) == 1
    assert enter(holder.client, holder.card.login) == f"{ASK}?typed"


def test_it_is_gone_after_half_an_hour(house: Cluster) -> None:
    holder = member(house)
    late(house, holder)
    change(house, "update wellkept.accounts_typed set until = now()")
    assert enter(holder.client, holder.card.login) == "/member/"
    with house.connect("umr", "jobs") as connection:
        connection.execute("select wellkept.accounts_sweep_typed()")
    assert kept(house) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/account/password/", {"old": PASSWORD, "new": "nine herons sort the washing"}),
        ("/account/address/", {"act": "code", "code": "CANARY22"}),
        ("/account/recovery/", {"prompt": "canary"}),
        ("/member/contact/end/", {"words": "canary"}),
        (ASK, {"words": "  "}),
        (ASK, {"token": "x"}),
    ],
)
def test_no_password_no_code_and_nothing_empty_is_kept(house: Cluster, path: str, said: dict[str, str]) -> None:
    holder = member(house)
    run_out(house, holder)
    holder.client.post(path, {"token": token(holder.secret), **said})
    assert kept(house) == []


def test_a_form_of_another_site_or_without_its_token_is_not_kept(house: Cluster) -> None:
    holder = member(house)
    run_out(house, holder)
    said = {"kind": "copy", "words": WORDS}
    assert holder.client.post(ASK, said).status_code == 403
    foreign = {"token": token(holder.secret), **said}
    assert holder.client.post(ASK, foreign, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert kept(house) == []


def test_a_session_that_was_ended_keeps_nothing(house: Cluster) -> None:
    holder = member(house)
    here = holder.again()
    here.post("/account/sessions/end/")
    assert holder.post(ASK, kind="copy", words=WORDS).status_code == 302
    holder.client.cookies[COOKIE] = "never a session of ours"
    assert holder.post(ASK, kind="copy", words=WORDS).status_code == 302
    assert kept(house) == []


def test_an_open_session_keeps_nothing_and_too_much_is_not_kept(house: Cluster) -> None:
    holder = member(house)
    holder.post(ASK, kind="copy", words="")
    assert kept(house) == []
    run_out(house, holder)
    holder.post(ASK, kind="copy", words="x" * 250_000)
    assert kept(house) == []


def test_signing_out_destroys_it(house: Cluster) -> None:
    holder = member(house)
    late(house, holder)
    holder.client.post("/sign-out/")
    assert kept(house) == []


def test_a_row_moved_to_another_account_opens_nothing(house: Cluster) -> None:
    holder, thief = member(house), member(house)
    late(house, holder)
    change(
        house,
        "update wellkept.accounts_typed t set secret_hash = %s, account_id ="
        " (select account_id from wellkept.accounts_session where secret_hash = %s)",
        thief.digest,
        thief.digest,
    )
    assert thief.client.get("/sign-in/cookie/").headers["Location"] == "/member/"
    assert "Canary" not in thief.get(f"{ASK}?typed")


def test_every_page_of_the_list_is_one_and_takes_a_form() -> None:
    named = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    assert named >= typed.PAGES
    assert reverse("member-ask") == ASK


def test_no_field_for_a_secret_is_ever_kept() -> None:
    """Whatever is a password, a file, or a code that a browser fills in by itself."""

    def every(kind: type[Form]) -> set[type[Form]]:
        return {kind, *(one for sub in kind.__subclasses__() for one in every(sub))}

    found = set()
    for form in every(Form):
        for name, field in form.base_fields.items():
            widget = field.widget
            secret = widget.input_type in ("password", "file") if hasattr(widget, "input_type") else False
            if secret or widget.attrs.get("autocomplete") == "one-time-code":
                found.add(name)
    assert found <= typed.NEVER
    assert {"password", "old", "new", "code"} <= found
