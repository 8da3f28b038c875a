"""The desk in Spanish: calls, claims and a case; what people and files said stands as it came (R-12)."""

from tests.web.desk.conftest import Call, Visit
from tests.web.desk.staff import Staff
from tests.web.desk.test_cases import taken, told
from tests.web.reading import left, walked
from wellkept.policy import packs

BROUGHT = {"Dana R.", "Canary Pharmacy", "canary-bill.pdf", "canary-of-what-happened", "photo.jpg"}


def test_no_english_of_ours_is_left_at_the_desk(visit: Visit, staff: Staff, call: Call) -> None:
    client = visit("dana")
    case = taken(staff, visit, told(staff, visit("tom")))
    pages = walked(client, "/desk/", "/desk/find/", "/desk/cases/", case)
    pages |= walked(client, call(verified=False), most=1) | walked(client, call())
    assert len(pages) > 8
    assert left(pages, BROUGHT, packs.named("umr")) == {}
