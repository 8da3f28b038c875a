"""The desk in Spanish: calls, claims and a case; what people and files said stands as it came (R-12)."""

from tests.web.desk.conftest import Call, Visit
from tests.web.desk.staff import Staff
from tests.web.desk.test_cases import taken, told
from tests.web.reading import left, walked
from wellkept.policy import packs

BROUGHT = {"Dana R.", "Canary Pharmacy", "canary-bill.pdf", "canary-of-what-happened", "photo.jpg"}

COLLEAGUES = "select actor from accounts_account where role = 'representative' and actor <> ''"
"""Whose names the page lists on which a case is handed over: everybody at this desk, of other tests too."""


def test_no_english_of_ours_is_left_at_the_desk(visit: Visit, staff: Staff, call: Call) -> None:
    client = visit("dana")
    case = taken(staff, visit, told(staff, visit("tom")))
    pages = walked(client, "/desk/", "/desk/find/", "/desk/cases/", case)
    pages |= walked(client, call(verified=False), most=1) | walked(client, call())
    assert len(pages) > 8
    named = {path: page for path, page in pages.items() if path.endswith("/hand-over/")}
    names = {name for (name,) in staff.ask(COLLEAGUES)}
    assert named
    assert left(named, BROUGHT | names, packs.named("umr")) == {}
    assert left({path: pages[path] for path in pages.keys() - named}, BROUGHT, packs.named("umr")) == {}
