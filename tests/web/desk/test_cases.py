"""A receipt goes its way: told, taken, asked about, answered, decided; and nobody else sees any of it."""

import re
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.files import papers
from tests.web.desk.conftest import Visit
from tests.web.desk.staff import Staff
from tests.web.member.world import hashed

CLAIM = {
    "care": "pharmacy",
    "who": "Canary Pharmacy",
    "day_month": "10",
    "day_day": "3",
    "day_year": "2026",
    "paid": "$1,249.60",
    "what": "canary-of-what-happened",
}
CHANGE = {
    "event": "birth",
    "day_month": "11",
    "day_day": "2",
    "day_year": "2026",
    "who": "canary-of-a-child",
    "words": "Add my daughter.",
}
SENTENCE = "Nothing is open here. A case opens to the one who took it"


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def told(staff: Staff, client: Client, *, at: str = "/member/submit/", form: dict[str, str] = CLAIM) -> str:
    """Begin one, attach two papers, send it; returns its address."""
    papers_at = staff.post(client, f"{at}new/", **form).headers["Location"]
    two = [uploaded("canary-bill.html", papers.pdf()), uploaded("photo.jpg", papers.jpeg())]
    assert staff.post(client, papers_at, papers=two).status_code == 302
    sent: str = staff.post(client, papers_at.replace("papers/", "send/")).headers["Location"]
    return sent


def case_of(staff: Staff, address: str) -> str:
    return str(staff.ask("select id from service_case where about = %s", [address.split("/")[3]])[0][0])


def taken(staff: Staff, visit: Visit, address: str, *, who: str = "dana") -> str:
    """Taken by somebody; returns the address of the case."""
    taking = f"/desk/cases/{case_of(staff, address)}/take/"
    answer: str = staff.post(visit(who), taking).headers["Location"]
    return answer


def opened(staff: Staff, who: str, statement: str) -> None:
    """One statement of the web role, with somebody's own claims open."""
    with staff.house.connect("umr", "web", autocommit=True) as web:
        entered = "select wellkept.gate_enter(%s, null, 'PATRQT', array['claims'], null)"
        row = web.execute(entered, [hashed(staff.secrets[who])]).fetchone()
        web.execute("select wellkept.gate_flush()")
        with web.transaction():
            web.execute("select wellkept.gate_hold(%s)", row)
            assert web.execute(statement).rowcount == 1


def main(answer: Any) -> str:
    found = re.search(r"<main.*</main>", answer.text, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize(("at", "form"), [("/member/submit/", CLAIM), ("/member/changes/", CHANGE)])
def test_an_answer_is_news_that_leads_to_it(visit: Visit, staff: Staff, at: str, form: dict[str, str]) -> None:
    address = told(staff, visit("maria"), at=at, form=form)
    case = taken(staff, visit, address)
    assert f'href="{address}"' not in visit("maria").get("/member/news/").text
    assert staff.post(visit("dana"), case, what="asked", words="Which day?").status_code == 302
    page = visit("maria").get("/member/news/").text
    assert f'href="{address}"' in page
    assert "Somebody answered what you asked or sent" in page
    assert "Which day?" in visit("maria").get(address).text


@pytest.mark.usefixtures("a_short_list")
def test_a_receipt_with_two_papers_is_told_taken_decided_and_seen(visit: Visit, staff: Staff) -> None:
    maria, dana = visit("maria"), visit("dana")
    address = told(staff, maria)
    page = main(maria.get(address))
    number = re.search(r"<strong>([2-9B-Z]{4}-[2-9B-Z]{4})</strong>", page)
    assert number
    assert "Waits for a person" in page
    assert "the law gives 30 days" in page
    due = "select due_on - (opened_at at time zone 'America/Chicago')::date from service_case where about = %s"
    assert staff.ask(due, [address.split("/")[3]]) == [(30,)]
    listed = main(dana.get("/desk/cases/"))
    assert case_of(staff, address) in listed
    assert "Alvarez" not in listed
    assert "ALVAREZ" not in listed
    assert "canary" not in listed.casefold()
    before = staff.newest()
    case = taken(staff, visit, address)
    opened = main(dana.get(case))
    for part in (
        "MARIA ALVAREZ",
        "Canary Pharmacy",
        "$1,249.60",
        "October 3, 2026",
        "canary-of-what-happened",
        number[1],
    ):
        assert part in opened
    (kept,) = re.findall(r'href="(/desk/cases/[^"]+/papers/[^"]+/)">canary-bill.pdf<', opened)
    assert dana.get(kept).content == papers.pdf()
    kinds = [(entry["kind"], sorted(entry["categories"])) for entry in staff.entries("dana", before)]
    assert kinds == [("case taken", ["claims"]), *[("opened", ["claims", "coverage", "identity"])] * 2]
    assert "Dana" in main(maria.get(address))
    answer = {"what": "accepted", "words": "The plan pays 60 dollars.\nA check is on its way."}
    assert staff.post(dana, case, **answer).headers["Location"] == "/desk/cases/"
    page = main(maria.get(address))
    assert "Accepted" in page
    assert "The plan pays 60 dollars." in page
    assert "accepted it" in page
    assert dana.get(case).status_code == 403
    assert dana.get(kept).status_code == 403
    seen = visit("maria").get("/member/privacy/openings/").text
    assert "to work on the receipt you sent" in seen


def test_more_is_asked_answered_and_the_clock_stands_still_meanwhile(visit: Visit, staff: Staff) -> None:
    maria, dana = visit("maria"), visit("dana")
    address = told(staff, maria)
    case = taken(staff, visit, address)
    staff.post(dana, case, what="asked", words="Please send the prescription.")
    page = main(maria.get(address))
    assert "Needs your answer" in page
    assert "Please send the prescription." in page
    assert "until then our days stand still" in page
    assert staff.post(dana, case, what="accepted", words="Too early.").status_code == 403
    staff.ask("update service_case set asked_on = asked_on - 4 where id = %s", [case.split("/")[3]])
    due = staff.ask("select due_on from service_case where id = %s", [case.split("/")[3]])[0][0]
    assert staff.post(maria, f"{address}papers/", papers=uploaded("more.png", papers.png())).status_code == 302
    assert staff.post(maria, f"{address}answer/", words="").status_code == 400
    assert staff.post(maria, f"{address}answer/", words="Here it is.").status_code == 302
    later = staff.ask("select due_on from service_case where id = %s", [case.split("/")[3]])[0][0]
    assert (later - due).days == 4
    page = main(dana.get(case))
    assert "Here it is." in page
    assert "more.png" in page
    assert staff.post(maria, f"{address}answer/", words="Once more.").status_code == 404
    assert staff.post(maria, f"{address}papers/", papers=uploaded("late.png", papers.png())).status_code == 404
    said = "The plan does not cover it. You can appeal within 180 days."
    staff.post(dana, case, what="refused", words=said, rule="Booklet, section 7")
    assert "Not accepted" in main(maria.get(address))


def test_nobody_but_whoever_took_it_opens_a_case(visit: Visit, staff: Staff) -> None:
    address = told(staff, visit("maria"))
    untaken = f"/desk/cases/{case_of(staff, address)}/"
    assert visit("dana").get(untaken).status_code == 403
    case = taken(staff, visit, address)
    paper = staff.ask("select id from files_attachment where about = %s limit 1", [address.split("/")[3]])[0][0]
    for who in ("paul", "nora", "priya", "tom", "maria", "stella"):
        for path in (case, f"{case}papers/{paper}/", "/desk/cases/"):
            answer = visit(who).get(path)
            allowed = who == "paul" and path == "/desk/cases/"
            assert (answer.status_code == 200) == allowed, (who, path)
            assert "canary" not in answer.text.casefold()
        assert staff.post(visit(who), f"{case}take/").status_code == 403
    assert SENTENCE in visit("paul").get(case).text
    assert visit("signed out").get(case).headers["Location"] == "/sign-in/"
    assert visit("dana").get(f"/desk/cases/{uuid4()}/").status_code == 403
    assert staff.post(visit("dana"), f"{case}give-back/").status_code == 302
    assert visit("dana").get(case).status_code == 403
    assert taken(staff, visit, address, who="paul") == case
    assert visit("paul").get(case).status_code == 200


def test_the_gate_opens_the_person_of_the_case_and_only_until_it_is_decided(visit: Visit, staff: Staff) -> None:
    case = taken(staff, visit, told(staff, visit("maria")))
    occasion = staff.ask("select occasion from service_case where id = %s", [case.split("/")[3]])[0][0]
    asked = "select wellkept.gate_enter(%s, array[%s]::uuid[], 'HPAYMT', array['claims'], %s)"
    kind = "select kind from ledger_entry where id = %s"

    def entered(who: str, whom: str) -> str:
        with staff.house.connect("umr", "web", autocommit=True) as web:
            row = web.execute(asked, [hashed(staff.secrets[who]), staff.world.people[whom], occasion]).fetchone()
        return str(staff.ask(kind, list(row or ()))[0][0])

    tried = (("dana", "maria"), ("dana", "tom"), ("paul", "maria"), ("maria", "tom"))
    assert [entered(*one) for one in tried] == ["opened", "refused", "refused", "refused"]
    staff.post(visit("dana"), case, what="accepted", words="Done.")
    assert entered("dana", "maria") == "refused"


def test_two_who_take_at_once_do_not_both_have_it(visit: Visit, staff: Staff) -> None:
    address = told(staff, visit("maria"))
    case = taken(staff, visit, address)
    again = staff.post(visit("paul"), f"{case}take/")
    assert again.status_code == 403
    assert "Somebody else took this case" in again.text


def test_what_was_told_is_its_owner_s_alone(visit: Visit, staff: Staff) -> None:
    address = told(staff, visit("maria"))
    paper = staff.ask("select id from files_attachment where about = %s limit 1", [address.split("/")[3]])[0][0]
    parts = ("", "send/", "edit/", "papers/", f"papers/{paper}/", "answer/")
    for who in ("tom", "stella", "dana", "nora"):
        for part in parts:
            answer = visit(who).get(address + part)
            assert answer.status_code in (403, 404), (who, part)
            assert "canary" not in answer.text.casefold()
        assert staff.post(visit(who), f"{address}discard/").status_code in (403, 404)
    for part in parts:
        assert visit("signed out").get(address + part).headers["Location"] == "/sign-in/"
    assert staff.ask("select count(*) from benefits_told where id = %s", [address.split("/")[3]]) == [(1,)]


def test_nothing_a_member_wrote_or_sent_lies_in_clear(visit: Visit, staff: Staff) -> None:
    maria = visit("maria")
    address = told(staff, maria)
    told(staff, maria, at="/member/changes/", form=CHANGE)
    case = taken(staff, visit, address)
    staff.post(visit("dana"), case, what="asked", words="canary-of-a-question")
    for table in ("benefits_told", "files_attachment", "files_part", "service_case", "service_casestep"):
        for (row,) in staff.ask(f"select t::text from {table} t"):
            for word in ("canary", "Canary", "%PDF", "JFIF"):
                assert word not in row
                assert word.encode().hex() not in row


def test_what_was_sent_cannot_be_changed_or_decided_by_whoever_sent_it(visit: Visit, staff: Staff) -> None:
    address = told(staff, visit("maria"))
    number, maria = address.split("/")[3], staff.world.people["maria"]
    parts = f"select id from wellkept.files_attachment where about = '{number}'"
    step = f"'{uuid4()}', '{maria}', 'claims', '1', false, '{case_of(staff, address)}', now(), 'accepted'"
    columns = "id, person_id, category, collected_under, restricted, case_id, at, what"
    attacks = (
        f"update wellkept.benefits_told set answers = '' where id = '{number}'",
        f"delete from wellkept.benefits_told where id = '{number}'",
        f"delete from wellkept.files_attachment where about = '{number}'",
        f"delete from wellkept.files_part where attachment_id in ({parts})",
        f"update wellkept.service_case set state = 'accepted' where about = '{number}'",
        f"insert into wellkept.service_casestep ({columns}) values ({step})",
    )
    opened(staff, "maria", f"select answers from wellkept.benefits_told where id = '{number}'")
    for attack in attacks:
        with pytest.raises((psycopg.errors.CheckViolation, psycopg.errors.InsufficientPrivilege)):
            opened(staff, "maria", attack)


def test_the_web_role_answers_no_case_without_opening_it(visit: Visit, staff: Staff) -> None:
    address = told(staff, visit("maria"))
    case = taken(staff, visit, address).split("/")[3]
    answer = "select wellkept.service_answer_case(%s, %s, gen_random_uuid(), 'accepted', 'x')"
    tell = "select wellkept.service_tell_case(%s, gen_random_uuid(), 'x')"
    for statement, arguments in ((answer, [hashed(staff.secrets["dana"]), case]), (tell, [case])):
        with staff.house.connect("umr", "web") as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(statement, arguments)
    with staff.house.connect("umr", "web") as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute("select * from wellkept.service_case")


def test_ones_own_case_is_reached_however_many_are_due_before_it(visit: Visit, staff: Staff) -> None:
    case = taken(staff, visit, told(staff, visit("maria")))
    number = case.split("/")[3]
    columns = "person_id, category, collected_under, restricted, number, kind, about, state, opened_at, due_on"
    staff.ask(
        f"insert into service_case (id, {columns}) select gen_random_uuid(), person_id, category, collected_under,"
        " restricted, 'EARLIER', kind, gen_random_uuid(), 'waiting', opened_at, due_on - 1"
        " from service_case, generate_series(1, 210) where id = %s",
        [number],
    )
    assert visit("dana").get(case).status_code == 200
    staff.ask("delete from service_case where number = 'EARLIER'")


def test_whoever_has_not_signed_the_agreement_is_shown_no_work(visit: Visit, staff: Staff) -> None:
    told(staff, visit("maria"))
    with staff.house.connect("umr", "web") as web:
        for who, some in (("dana", True), ("nora", False), ("maria", False)):
            rows = web.execute("select * from wellkept.service_cases(%s)", [hashed(staff.secrets[who])]).fetchall()
            assert bool(rows) == some, who
    account = staff.accounts["paul"]
    signed = staff.ask("select document, version, at from consent_acknowledgement where account_id = %s", [account])
    staff.ask("delete from consent_acknowledgement where account_id = %s", [account])
    with staff.house.connect("umr", "web") as web:
        found = web.execute("select * from wellkept.service_cases(%s)", [hashed(staff.secrets["paul"])]).fetchall()
    for document, version, at in signed:
        staff.ask(
            "insert into consent_acknowledgement (account_id, document, version, at) values (%s, %s, %s, %s)",
            [account, document, version, at],
        )
    assert found == []


def test_a_change_is_a_case_that_says_who_decides(visit: Visit, staff: Staff) -> None:
    maria = visit("maria")
    begun = staff.post(maria, "/member/changes/new/", **CHANGE).headers["Location"]
    assert "until December 2, 2026, at the least" in main(maria.get(begun.replace("papers/", "send/")))
    address = told(staff, maria, at="/member/changes/", form=CHANGE)
    assert "Waits for a person" in main(maria.get(address))
    case = taken(staff, visit, address)
    before = staff.newest()
    page = main(visit("dana").get(case))
    assert "A change for the employer" in page
    assert "canary-of-a-child" in page
    (entry,) = staff.entries("dana", before)
    assert sorted(entry["categories"]) == ["coverage", "enrolment", "identity"]
    people = "select name, told from people_person where person_id = %s"
    record = staff.ask(people, [staff.world.people["maria"]])
    staff.post(visit("dana"), case, what="accepted", words="Your employer added her.")
    assert staff.ask(people, [staff.world.people["maria"]]) == record
