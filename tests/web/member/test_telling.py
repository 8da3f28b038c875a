"""What a member tells: on the prescribed form and no other, looked at before it is sent, with papers that are such."""

import re
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cluster import Cluster
from tests.files import papers
from tests.files.scanner import ends_what_is_open, scanner
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.world import World
from wellkept.files import kinds, scanning
from wellkept.web.shell.visitor import token

CLAIM = {
    "care": "office",
    "who": "Harbor Clinic",
    "day_month": "10",
    "day_day": "3",
    "day_year": "2026",
    "paid": "49.60",
    "what": "A canary in the throat.",
}
YES = {
    "has": "yes",
    "insurer": "Canary Mutual",
    "number": "CANARY-778",
    "since_month": "1",
    "since_day": "1",
    "since_year": "2026",
    "holder": "spouse",
    "first": "other",
}


def post(client: Client, address: str, **told: Any) -> Any:
    return client.post(address, {"token": token(client.cookies["umr_session"].value)} | told)


def begun(client: Client) -> str:
    """Begin a receipt; returns its address."""
    address: str = post(client, "/member/submit/new/", **CLAIM).headers["Location"]
    return address.removesuffix("papers/")


def attach(client: Client, address: str, *files: tuple[str, bytes]) -> Any:
    uploads = [SimpleUploadedFile(name, content, content_type="image/jpeg") for name, content in files]
    return post(client, f"{address}papers/", papers=uploads)


def main(answer: Any) -> str:
    found = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize("field", ["plan_id", "person_id", "state", "day", "sent_at", "category"])
def test_a_field_that_the_form_does_not_have_is_refused(field: str, visit: Visit, house: Cluster) -> None:
    count = "select count(*) from benefits_told"
    before = book.administered(house, count)
    for address, told in (("/member/submit/new/", CLAIM), ("/member/other-insurance/", YES)):
        answer = post(visit("maria"), address, **told, **{field: "1"})
        assert answer.status_code == 400
        assert "does not ask for all that was sent" in main(answer)
    assert book.administered(house, count) == before


def test_answers_keep_the_version_of_the_form_they_were_given_under(visit: Visit, house: Cluster) -> None:
    maria = visit("maria")
    address = begun(maria)
    number = address.split("/")[3]
    assert book.administered(house, "select form, version from benefits_told where id = %s", number) == [
        ("claim", "2026-11")
    ]
    post(maria, f"{address}send/")
    assert "Answered on version 2026-11 of this form." in main(maria.get(address))


def test_what_is_missing_or_impossible_is_asked_for_and_nothing_typed_is_lost(visit: Visit) -> None:
    told = CLAIM | {"paid": "a lot", "day_month": "13", "who": ""}
    answer = post(visit("maria"), "/member/submit/new/", **told)
    assert answer.status_code == 400
    page = main(answer)
    for part in (
        "There is no such day",
        "such as 49.60",
        "Please answer: Who gave the care?",
        "A canary in the throat.",
    ):
        assert part in page
    assert 'value="a lot"' in page
    assert 'value="13"' in page


def test_a_paper_that_is_refused_takes_nothing_along(visit: Visit) -> None:
    maria = visit("maria")
    address = begun(maria)
    answer = attach(
        maria, address, ("bill.pdf", papers.pdf()), ("trap.jpg", b"<svg onload=x>"), ("x.jpg", papers.eicar())
    )
    assert answer.status_code == 400
    page = main(answer)
    assert "trap.jpg: This is a web page or a drawing in code." in page
    assert "x.jpg: We do not know this kind of file." in page
    assert page.count('class="note"') == 1
    assert "A canary in the throat." in main(maria.get(f"{address}send/"))
    assert "bill.pdf" in main(maria.get(f"{address}send/"))


def test_nothing_is_open_while_the_scanner_looks(
    visit: Visit, house: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maria = visit("maria")
    address = begun(maria)
    monkeypatch.setenv(scanning.VARIABLE, str(tmp_path / "s"))
    ended, end = ends_what_is_open(house)
    with scanner(tmp_path / "s", b"stream: OK\0", end):
        assert attach(maria, address, ("bill.pdf", papers.pdf())).status_code == 302
    assert ended == []


def test_five_papers_are_enough_and_one_may_be_removed(visit: Visit) -> None:
    maria = visit("maria")
    address = begun(maria)
    assert attach(maria, address, *((f"{n}.png", papers.png()) for n in range(5))).status_code == 302
    assert "There are five papers already" in main(attach(maria, address, ("6.png", papers.png())))
    page = main(maria.get(f"{address}papers/"))
    removing = re.findall(r'action="([^"]+/remove/)"', page)
    assert len(removing) == 5
    assert post(maria, f"{address}papers/{removing[0]}").status_code == 302
    assert main(maria.get(f"{address}papers/")).count("/remove/") == 4


@pytest.mark.parametrize("size", [kinds.LARGEST + 1, 33 * 1024 * 1024])
def test_a_file_that_is_too_large_is_refused_and_the_answers_stay(size: int, visit: Visit) -> None:
    maria = visit("maria")
    address = begun(maria)
    answer = attach(maria, address, ("large.pdf", papers.pdf() + bytes(size)))
    assert answer.status_code == 400
    assert "10 MB" in main(answer)
    assert "Harbor Clinic" in main(maria.get(f"{address}send/"))


def test_many_parts_come_back_as_the_paper_that_was_sent(visit: Visit, house: Cluster) -> None:
    maria = visit("maria")
    address = begun(maria)
    whole = papers.pdf()[:-6] + b"\n%" + bytes(range(256)).replace(b"\n", b"") * 3000 + b"\n%%EOF\n"
    assert attach(maria, address, ("large.pdf", whole)).status_code == 302
    (link,) = re.findall(r'href="([0-9a-f-]{36}/)"', main(maria.get(f"{address}papers/")))
    answer = maria.get(f"{address}papers/{link}")
    assert answer.content == whole
    paper = link.strip("/")
    assert book.administered(house, "select parts from files_attachment where id = %s", paper) == [(3,)]
    book.administered(house, "delete from files_part where attachment_id = %s and number = 1", paper)
    maria.raise_request_exception = False
    assert maria.get(f"{address}papers/{link}").status_code == 500


def test_parts_that_changed_places_do_not_open(visit: Visit, house: Cluster) -> None:
    maria = visit("maria")
    address = begun(maria)
    attach(maria, address, ("large.pdf", papers.pdf()[:-6] + b"\n%" + bytes(600_000) + b"\n%%EOF\n"))
    (link,) = re.findall(r'href="([0-9a-f-]{36}/)"', main(maria.get(f"{address}papers/")))
    book.administered(
        house,
        "update files_part p set content = q.content from files_part q"
        " where p.attachment_id = %s and q.attachment_id = p.attachment_id"
        " and p.number < 2 and q.number = 1 - p.number",
        link.strip("/"),
    )
    maria.raise_request_exception = False
    assert maria.get(f"{address}papers/{link}").status_code == 500


def test_a_paper_is_saved_and_never_shown_in_line(visit: Visit) -> None:
    maria = visit("maria")
    address = begun(maria)
    attach(maria, address, ("../<b>Rechnung</b>.pdf.exe", papers.pdf()))
    (link,) = re.findall(r'href="([0-9a-f-]{36}/)"', main(maria.get(f"{address}papers/")))
    headers = maria.get(f"{address}papers/{link}").headers
    assert headers["Content-Disposition"].startswith("attachment;")
    assert "<" not in headers["Content-Disposition"]
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_no_part_of_a_paper_lies_in_a_temporary_file(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError

    maria = visit("maria")
    address = begun(maria)
    monkeypatch.setattr(tempfile, "_get_candidate_names", refuse)
    assert (
        attach(maria, address, ("bill.pdf", papers.jpeg(extra=papers.segment(0xFE, bytes(60_000)) * 60))).status_code
        == 302
    )


def test_a_page_that_takes_no_papers_is_given_none(visit: Visit, house: Cluster) -> None:
    before = book.administered(house, "select count(*) from files_attachment")
    answer = post(visit("maria"), "/member/submit/new/", **CLAIM, papers=SimpleUploadedFile("x.pdf", papers.pdf()))
    assert answer.status_code == 302
    assert book.administered(house, "select count(*) from files_attachment") == before


def test_what_is_not_sent_is_thrown_away_whole(visit: Visit, house: Cluster) -> None:
    maria = visit("maria")
    address = begun(maria)
    attach(maria, address, ("bill.pdf", papers.pdf()))
    number = address.split("/")[3]
    assert post(maria, f"{address}discard/").headers["Location"] == "/member/submit/"
    for table, column in (("benefits_told", "id"), ("files_attachment", "about")):
        assert book.administered(house, f"select count(*) from {table} where {column} = %s", number) == [(0,)]
    assert maria.get(address).status_code == 404


def test_once_it_is_sent_it_is_not_sent_mended_or_thrown_away_again(visit: Visit) -> None:
    maria = visit("maria")
    address = begun(maria)
    assert post(maria, f"{address}send/").headers["Location"] == address
    for part in ("send/", "discard/", "edit/", "papers/"):
        assert post(maria, f"{address}{part}", **(CLAIM if part == "edit/" else {})).status_code == 404


def test_answers_are_mended_before_they_are_sent(visit: Visit) -> None:
    maria = visit("maria")
    address = begun(maria)
    assert 'value="49.60"' in main(maria.get(f"{address}edit/"))
    assert post(maria, f"{address}edit/", **CLAIM | {"paid": "$1,050"}).headers["Location"] == f"{address}send/"
    assert "$1,050.00" in main(maria.get(f"{address}send/"))


def test_nothing_typed_stands_in_an_address_or_a_cookie(visit: Visit) -> None:
    maria = visit("maria")
    answer = post(maria, "/member/submit/new/", **CLAIM)
    assert re.fullmatch(r"/member/submit/[0-9a-f-]{36}/papers/", answer.headers["Location"])
    assert set(maria.cookies) == {"umr_session"}


def test_other_insurance_is_told_confirmed_and_asked_again_after_a_year(
    visit: Visit, world: World, house: Cluster
) -> None:
    stella = visit("stella")
    assert "You have not told us yet" in main(stella.get("/member/other-insurance/"))
    assert post(stella, "/member/other-insurance/", has="none").status_code == 302
    assert re.search(r"You told us on \w+ \d+, \d{4}: none\.", main(stella.get("/member/other-insurance/")))
    cases = "select count(*) from service_case where person_id = %s"
    assert book.administered(house, cases, world.people["stella"]) == [(0,)]
    with_missing = main(post(stella, "/member/other-insurance/", has="yes"))
    assert "Please answer: Name of the insurance company" in with_missing
    assert post(stella, "/member/other-insurance/", **YES).status_code == 302
    page = main(stella.get("/member/other-insurance/"))
    for part in ("you have other insurance", "Canary Mutual", "CANARY-778", "January 1, 2026", "Waits for a person"):
        assert part in page
    assert book.administered(house, cases, world.people["stella"]) == [(1,)]
    assert post(stella, "/member/other-insurance/", confirm="yes").status_code == 302
    assert book.administered(house, cases, world.people["stella"]) == [(1,)]
    book.administered(house, "alter table benefits_told disable trigger user")
    book.administered(
        house,
        "update benefits_told set sent_at = sent_at - interval '366 days' where person_id = %s",
        world.people["stella"],
    )
    book.administered(house, "alter table benefits_told enable trigger user")
    assert "Is it still so?" in main(stella.get("/member/other-insurance/"))
    assert "Canary Mutual" not in main(visit("tom").get("/member/other-insurance/"))


PAGES = {
    "/member/submit/": {"claims"},
    "/member/submit/new/": {"claims"},
    "/member/changes/": {"enrolment"},
    "/member/other-insurance/": {"coverage"},
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_one_entry_that_names_what_it_shows(path: str, visit: Visit, house: Cluster) -> None:
    before = book.last(house)
    assert visit("maria").get(path).status_code == 200
    (entry,) = book.since(house, before)
    assert set(entry.categories) == {"identity", *PAGES[path]}
    assert visit("signed out").get(path).headers["Location"] == "/sign-in/"


def test_what_is_told_is_entered_as_a_change_of_one_s_own(visit: Visit, house: Cluster) -> None:
    maria, before = visit("maria"), book.last(house)
    address = begun(maria)
    post(maria, f"{address}send/")
    assert [one.kind for one in book.since(house, before)] == ["opened", "changed", "opened", "changed"]


def test_an_invented_one_is_not_there(visit: Visit) -> None:
    for sort in ("submit", "changes", "other-insurance"):
        assert visit("maria").get(f"/member/{sort}/{uuid4()}/").status_code == 404


def test_at_the_operator_of_personal_records_it_is_told_the_same_way(visit_record: Visit) -> None:
    client = visit_record("maria")
    secret = client.cookies["pwer_session"].value
    address = client.post("/member/submit/new/", CLAIM | {"token": token(secret)}).headers["Location"]
    client.post(address.replace("papers/", "send/"), {"token": token(secret)})
    assert "Waits for a person" in main(client.get(address.removesuffix("papers/")))
