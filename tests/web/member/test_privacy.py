"""Openings, receipts, requests and sign-ins, as their owner meets them."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.cluster import Cluster
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.test_benefits import text
from tests.web.member.world import World, sign_in
from wellkept.policy import packs

ASK = "/member/privacy/requests/ask/"


def staff(house: Cluster, person: UUID, *, kind: str = "opened", actor: str = "Dana R.", times: int = 1) -> UUID:
    """A representative opens, on a call of their own; returns the call."""
    call = uuid4()
    book.administered(
        house,
        "insert into ledger_occasion (id, kind, role, actor) values (%s, 'call', 'representative', %s)",
        call,
        actor,
    )
    for _time in range(times):
        book.administered(
            house,
            "select ledger_write(%s, %s, null, 'representative', %s, %s, 'MEMADMIN', '{claims,coverage}', false,"
            " case when %s = 'refused' then 'no rule' end, 'U-12')",
            *(kind, call, actor, [person], kind),
        )
    return call


def form(page: bytes) -> dict[str, str]:
    """The hidden token of a page's first form."""
    return {"token": re.findall(r'name="token" value="([^"]+)"', page.decode())[-1]}


def test_an_opening_reads_as_a_sentence_with_its_promise_and_unfolds(
    visit: Visit, world: World, house: Cluster
) -> None:
    call = staff(house, world.people["tom"], times=3)
    page = visit("tom").get("/member/privacy/openings/").content
    said = text(page)
    assert "Dana R., customer service, opened your coverage and claims to answer your call." in said
    assert "The promise that allows it: U-12" in said
    assert "3 entries on this occasion" in said
    assert b'href="/policy/u-12/"' in page
    unfolded = text(visit("tom").get(f"/member/privacy/openings/{call}/").content)
    assert unfolded.count("Dana R., customer service, opened your") == 3


def test_a_refused_try_is_listed_to_the_person(visit: Visit, world: World, house: Cluster) -> None:
    staff(house, world.people["tom"])
    staff(house, world.people["tom"], kind="refused", actor="Eve S.")
    said = text(visit("tom").get("/member/privacy/openings/", {"who": "refused"}).content)
    assert "Eve S., customer service, asked for your coverage and claims and was refused" in said
    assert "opened your coverage and claims" not in said


def test_the_filters_count_what_they_show(visit: Visit, world: World, house: Cluster) -> None:
    staff(house, world.people["uma"])
    said = text(visit("uma").get("/member/privacy/openings/", {"who": "staff"}).content)
    shown = said.count("opened your coverage and claims to answer your call")
    assert f"Our staff ({shown})" in said
    machines = text(visit("uma").get("/member/privacy/openings/", {"who": "machines"}).content)
    assert "A file" in machines
    assert "Dana R." not in machines


def test_many_openings_have_pages_and_none_is_lost_between_them(visit: Visit, world: World, house: Cluster) -> None:
    for number in range(23):
        staff(house, world.people["long"], actor=f"Actor {number:02}.")
    pages = [text(visit("long").get("/member/privacy/openings/", {"who": "staff", "page": n}).content) for n in (1, 2)]
    found = re.findall(r"Actor (\d\d)\.", " ".join(pages))
    assert {f"{number:02}" for number in range(23)} <= set(found)
    assert "Older" in pages[0]
    assert "Newer" in pages[1]


def test_the_page_says_which_systems_do_not_report(visit: Visit) -> None:
    said = text(visit("maria").get("/member/privacy/openings/").content)
    assert "Your doctor's, your pharmacy's and your employer's own systems do not report theirs to us." in said


def test_a_moment_is_told_by_the_operators_clock(visit: Visit, world: World, house: Cluster) -> None:
    call = staff(house, world.people["stella"])
    (row,) = book.administered(
        house,
        "select to_char(at at time zone 'America/Chicago', 'FMHH12:MI') from ledger_entry where occasion = %s",
        call,
    )
    assert row[0] in text(visit("stella").get(f"/member/privacy/openings/{call}/").content)


def test_an_entry_that_is_not_sealed_says_when_and_one_that_is_gives_a_receipt_that_verifies(
    visit: Visit, world: World, house: Cluster
) -> None:
    browser = visit("maria")
    browser.get("/member/coverage/")
    number = book.last(house)
    waits = browser.get(f"/member/privacy/receipts/{number}/")
    assert waits.status_code == 409
    assert "Try again in ten seconds" in text(waits.content)
    command = "import sys; from wellkept.cli import main; main(sys.argv[1:], prog_name='wellkept')"
    environment = os.environ | {"WELLKEPT_STATE": str(house.state)}
    sealed = subprocess.run(
        [sys.executable, "-c", command, "ledger", "--operator", "umr", "seal"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert sealed.returncode == 0, sealed.stderr
    given = browser.get(f"/member/privacy/receipts/{number}/")
    assert given.headers["Content-Disposition"] == f'attachment; filename="receipt-{number}.json"'
    assert given.headers["Cache-Control"] == "no-store"
    values = json.loads(given.content)
    assert values["format"] == "wellkept-receipt/1"
    assert values["you"]["subject"] == str(world.people["maria"])
    assert visit("stella").get(f"/member/privacy/receipts/{number}/").status_code == 404


def test_what_seems_wrong_becomes_a_sealed_request_with_a_clock(visit: Visit, world: World, house: Cluster) -> None:
    staff(house, world.people["maria"])
    number = book.last(house)
    browser, path = visit("maria"), f"/member/privacy/receipts/{number}/wrong/"
    asked = browser.get(path)
    assert "Dana R., customer service, opened your coverage and claims to answer your call." in text(asked.content)
    empty = browser.post(path, form(asked.content))
    assert empty.status_code == 400
    assert "Please write what you want us to look at." in text(empty.content)
    before = book.last(house)
    sent = browser.post(path, form(asked.content) | {"words": "I did not call. <b>canary-words</b>"})
    assert sent.status_code == 302
    (entry,) = book.since(house, before)
    assert set(entry.categories) == {"identity", "openings", "requests"}
    page = browser.get(sent.headers["Location"]).content
    assert "I did not call. <b>canary-words</b>" in text(page)
    assert b"&lt;b&gt;canary-words" in page
    assert "A person answers by" in text(page)
    rows = book.administered(house, "select words, entry, collected_under from rights_request where entry = %s", number)
    assert all(b"canary-words" not in bytes(row[0]) for row in rows)
    assert rows[-1][1:] == (number, packs.now_in_force(packs.named("umr")).version)
    assert visit("tom").get(sent.headers["Location"]).status_code == 404


@pytest.mark.parametrize("kind", ["copy", "correct", "limit", "remove", "question"])
def test_every_right_can_be_asked_for(kind: str, visit: Visit) -> None:
    browser = visit("stella")
    sent = browser.post(ASK, form(browser.get(ASK).content) | {"kind": kind, "words": f"About {kind}."})
    assert f"About {kind}." in text(browser.get(sent.headers["Location"]).content)
    assert "A person answers by" in text(browser.get("/member/privacy/requests/").content)


def test_a_form_without_its_sessions_token_changes_nothing(visit: Visit, house: Cluster) -> None:
    before = book.administered(house, "select count(*) from rights_request")
    for token in ({}, {"token": "0" * 32}, form(visit("tom").get(ASK).content)):
        assert visit("maria").post(ASK, token | {"kind": "copy", "words": "x"}).status_code == 403
    assert book.administered(house, "select count(*) from rights_request") == before


def test_a_late_request_says_so_and_whom_to_turn_to(visit: Visit, house: Cluster) -> None:
    browser = visit("many")
    sent = browser.post(ASK, form(browser.get(ASK).content) | {"kind": "copy", "words": "Everything."})
    number = sent.headers["Location"].split("/")[-2]
    asked = datetime.now(UTC) - timedelta(days=20)
    book.administered(house, "update rights_request set asked_at = %s where id = %s", asked, number)
    said = text(browser.get(sent.headers["Location"]).content)
    assert "Late: we promised an answer by" in said
    assert "We are late, and that is our fault." in said


def test_every_sign_in_is_listed_to_its_owner_who_can_end_it(visit: Visit, world: World, house: Cluster) -> None:
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        first, here = world.secrets["stella"], visit("stella")
        sign_in(connection, world, "stella")
        connection.commit()
    there = visit("stella")
    world.secrets["stella"] = first
    page = here.get("/account/").content
    others = re.findall(r"/sessions/([0-9a-f-]{36})/end/", page.decode())
    assert len(others) >= 2
    newest = others[0]
    assert visit("maria").post(f"/account/sessions/{newest}/end/", form(page)).status_code == 403
    token = form(visit("maria").get("/account/").content)
    visit("maria").post(f"/account/sessions/{newest}/end/", token)
    assert there.get("/member/").status_code == 200, "a stranger's order ended it"
    assert here.get(f"/account/sessions/{newest}/end/").status_code == 302
    assert there.get("/member/").status_code == 200, "a mere look ended it"
    here.post(f"/account/sessions/{newest}/end/", form(page))
    assert there.get("/member/").headers["Location"] == "/sign-in/"
    assert here.get("/member/").status_code == 200
