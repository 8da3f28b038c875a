"""Operations in a real browser: faultless by axe, narrow and wide, in every state."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4
from wsgiref.simple_server import make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page, sync_playwright

from tests.web.desk.staff import Staff
from tests.web.desk.test_browser import CHROMIUM, QUIET, Silent, Threads, is_well
from tests.web.going import follow
from tests.web.operations.conftest import Visit

Sit = Callable[[str], Page]


@pytest.fixture
def browser(visit: Visit) -> Iterator[Browser]:
    """Closed before Django's connections are."""
    del visit
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


@pytest.fixture
def sit(browser: Browser, staff: Staff) -> Iterator[Sit]:
    """A page of somebody's own browser, at the first page."""
    with make_server("127.0.0.1", 0, WSGIHandler(), server_class=Threads, handler_class=Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"

        def at(who: str) -> Page:
            context = browser.new_context(base_url=base)
            context.add_cookies([{"name": "umr_session", "value": staff.secrets[who], "url": base}])
            return context.new_page()

        yield at
        for context in browser.contexts:
            context.close()
        server.shutdown()


def odd(staff: Staff) -> str:
    """A file with everything a page of one can show."""
    number = uuid4()
    staff.ask(
        "insert into intake_file (id, digest, name, sender, mode, began, read_at, applied_at, counts) values"
        " (%s, '\\x00', 'november-payments-of-a-long-name.835', 'HARTWELL MANUFACTURING', 'lenient', now(), now(),"
        """ now(), '{"segments": 12040, "sets": 40, "sets_aside": 2, "findings": 2}')""",
        [number],
    )
    staff.ask(
        "insert into intake_setaside (file_id, interchange, set_number, segment, element, reason, fatal)"
        " select %s, '000000001', '0002', n, 'CLM02', 'The amount is no number.', n %% 2 = 0"
        " from generate_series(1, 60) n",
        [number],
    )
    staff.ask(
        "insert into intake_control (file_id, place, kind, measure, source, stated, found)"
        " values (%s, 0, 'claims', 'billed', 'BPR02', 100, 99.5)",
        [number],
    )
    staff.ask(
        "insert into intake_staged (file_id, place, set_number, kind, finder, digest, apart, content)"
        " values (%s, 1, '0001', 'filing', %s, %s, true, '\\x00')",
        [number, number.bytes, number.bytes],
    )
    return str(number)


def test_operations_are_well_in_every_state(sit: Sit, staff: Staff, inbox: Path) -> None:
    page = sit("olga")
    page.goto("/operations/?state=reading")
    is_well(page)
    number = odd(staff)
    page.goto("/operations/")
    is_well(page)
    page.goto(f"/operations/files/{number}/")
    is_well(page)
    follow(page.get_by_role("button", name="Try them again now"))
    is_well(page)
    staff.ask("delete from intake_staged where file_id = %s", [number])
    page.goto(f"/operations/hand-in/?mends={number}")
    is_well(page)
    follow(page.get_by_role("button", name="Hand it in"))
    assert page.get_by_text("Please choose a file.").first.is_visible()
    is_well(page)
    page.set_input_files("[name=file]", {"name": "mended.835", "mimeType": "text/plain", "buffer": b"ISA*00*"})
    follow(page.get_by_role("button", name="Hand it in"))
    assert page.get_by_text("mended.835").first.is_visible()
    is_well(page)
    assert len(list(inbox.iterdir())) == 1
    page.goto("/operations/")
    is_well(page)


def test_records_are_well_in_every_state(sit: Sit, staff: Staff) -> None:
    staff.ask(
        "delete from people_pair; delete from people_join; delete from people_split_part; delete from people_split"
    )
    page = sit("olga")
    page.goto("/operations/records/")
    is_well(page)
    two = sorted((staff.world.people["tom"], staff.world.people["stella"]))
    staff.ask("insert into people_pair (one, other) values (%s, %s)", list(two))
    page.goto("/operations/records/")
    is_well(page)
    follow(page.get_by_role("link", name="Pair 1"))
    is_well(page)
    follow(page.get_by_role("button", name="Ask to join them"))
    is_well(page)
    page.fill("[name=why]", "The same person in two plans.")
    follow(page.get_by_role("button", name="Ask to join them"))
    follow(page.get_by_role("link", name="Two records to join"))
    is_well(page)
    page = sit("omar")
    page.goto("/operations/records/")
    follow(page.get_by_role("link", name="Two records to join"))
    is_well(page)
    follow(page.get_by_role("button", name="Join the records"))
    is_well(page)
    member = sit("tom")
    member.goto("/member/privacy/joined/")
    is_well(member)
    follow(member.get_by_role("button", name="The other record is not mine"))
    is_well(member)
    page.goto("/operations/records/find/")
    is_well(page)
    for name, value in (("number", "M4410"), ("birth_date_month", "5"), ("birth_date_day", "21")):
        page.fill(f"[name={name}]", value)
    page.fill("[name=birth_date_year]", "1999")
    follow(page.get_by_role("button", name="Find", exact=True))
    assert page.get_by_text("Nobody is found").is_visible()
    page.fill("[name=birth_date_year]", "1984")
    follow(page.get_by_role("button", name="Find", exact=True))
    is_well(page)
    follow(page.get_by_role("button", name="Look at this record"))
    is_well(page)
    follow(page.get_by_role("button", name="Move them"))
    assert page.get_by_text("Please choose at least one file.").is_visible()
    is_well(page)
    page.locator("[name=part]").first.check()
    follow(page.get_by_role("button", name="Move them"))
    assert page.get_by_text("0 of 1 parts moved").is_visible()
    is_well(page)
    staff.ask(
        "delete from people_split_part; delete from people_split; delete from people_pair; delete from people_join"
    )
