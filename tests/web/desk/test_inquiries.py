"""What people write on the public site: sealed, taken by one, opened to answer alone, and destroyed with the answer."""

import threading
from collections.abc import Iterator
from io import BytesIO
from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import Client
from pypdf import PdfReader

from tests.cluster import Cluster
from tests.demo.roles import as_role
from tests.web.desk.conftest import Visit
from tests.web.desk.staff import Staff
from wellkept.inquiries import actions
from wellkept.web.entrance import throttle

pytestmark = pytest.mark.database
LIST = "/desk/inquiries/"
CLOSED = "Nothing is open here. An inquiry opens to the one who took it"
PLACE = {"street": "12 Canary Lane", "more": "", "city": "Madison", "state": "wi", "zip_code": "53703"}
QUESTION = {
    "topic": "coverage", "words": "Does the canary plan pay for glasses?", "name": "Ida Canary", "reply": "phone",
    "phone": "(608) 555-0142", **dict.fromkeys(PLACE, ""),
}  # fmt: skip


@pytest.fixture(autouse=True)
def fresh(house: Cluster, staff: Staff, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody waits for an answer, before and after, Dana has opened nobody this hour, and no network wrote to us."""
    monkeypatch.setattr(throttle.INQUIRIES, "_began", None)
    for clearing in (True, False):
        with house.administer("wellkept_umr") as connection:
            connection.execute("set search_path = wellkept")
            connection.execute("delete from inquiries_inquiry")
            connection.execute("delete from procrastinate_jobs where task_name = 'inquiries.discard'")
            for table in ("access_spent", "access_spent_count"):
                connection.execute(f"delete from {table} where account = %s", [staff.accounts["dana"]])
        if clearing:
            yield


def written(visit: Visit, staff: Staff, path: str = "/contact/write/", **told: object) -> UUID:
    """Write to us as a stranger; returns the inquiry."""
    before = {row[0] for row in staff.ask("select id from inquiries_inquiry")}
    answer = visit("a stranger").post(path, {**QUESTION, **told} if path.endswith("write/") else told)
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/contact/sent/"), answer.text
    ((made,),) = [row for row in staff.ask("select id from inquiries_inquiry") if row[0] not in before]
    assert isinstance(made, UUID)
    return made


def taken(visit: Visit, staff: Staff, inquiry: UUID, who: str = "dana") -> Client:
    client = visit(who)
    assert staff.post(client, f"{LIST}{inquiry}/take/").status_code == 302
    return client


def key_stands(house: Cluster, inquiry: UUID) -> bool:
    with house.administer("wellkept_umr_keys") as keys:
        found = keys.execute("select wrapped from wellkept.vault_key where subject = %s", [inquiry]).fetchone()
    return bool(found and found[0])


def test_what_is_typed_is_sealed_and_every_inquiry_has_one_length(visit: Visit, staff: Staff) -> None:
    short = written(visit, staff)
    long = written(visit, staff, words="é" * 3000)
    rows = dict(staff.ask("select id, told from inquiries_inquiry"))
    assert len(bytes(rows[short])) == len(bytes(rows[long]))
    assert b"anary" not in bytes(rows[short])
    assert b"555" not in bytes(rows[short])


def test_the_way_that_was_not_chosen_is_not_asked_and_not_kept(visit: Visit, staff: Staff) -> None:
    short = visit("a stranger").post("/contact/write/", QUESTION | {"phone": ""})
    assert short.status_code == 400
    assert "Please fill in “Telephone”, so that we can answer." in short.text
    inquiry = written(visit, staff, **PLACE)
    page = taken(visit, staff, inquiry).get(f"{LIST}{inquiry}/").text
    assert "(608) 555-0142" in page
    assert "Canary Lane" not in page


def test_a_stranger_reads_one_page_and_no_cookie_comes_with_it(visit: Visit, staff: Staff) -> None:
    client = visit("a stranger")
    for path in ("/contact/write/", "/contact/papers/", "/contact/sent/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert not answer.cookies
    assert 'href="/contact/write/"' in client.get("/contact/").text
    assert staff.ask("select 1 from inquiries_inquiry") == []


def test_the_list_has_neither_a_name_nor_a_word(visit: Visit, staff: Staff) -> None:
    inquiry = written(visit, staff)
    page = visit("dana").get(LIST).text
    assert f"{LIST}{inquiry}/take/" in page
    assert "What a plan covers" in page
    assert "Canary" not in page
    assert "glasses" not in page


def test_it_opens_to_the_one_who_took_it_and_each_look_is_an_entry(visit: Visit, staff: Staff) -> None:
    inquiry = written(visit, staff)
    assert CLOSED in visit("dana").get(f"{LIST}{inquiry}/").text
    before = staff.newest()
    page = taken(visit, staff, inquiry).get(f"{LIST}{inquiry}/").text
    for word in ("Ida Canary", "Does the canary plan pay for glasses?", "(608) 555-0142"):
        assert word in page
    first, second = staff.entries("dana", before)
    assert (first["kind"], first["subjects"]) == ("inquiry taken", [inquiry])
    assert (second["kind"], second["purpose"], second["categories"]) == ("opened", "HOPERAT", ["inquiry"])
    answer = visit("paul").get(f"{LIST}{inquiry}/")
    assert answer.status_code == 403
    assert CLOSED in answer.text
    assert "Canary" not in answer.text


@pytest.mark.parametrize("who", ["a stranger", "maria", "nora", "priya"])
def test_nobody_but_a_representative_lists_takes_or_opens(visit: Visit, staff: Staff, who: str) -> None:
    inquiry = written(visit, staff)
    client = visit(who)
    for path in (LIST, f"{LIST}{inquiry}/"):
        answer = client.get(path)
        assert answer.status_code in {302, 403}
        assert "Canary" not in answer.text
    for act in ("take", "give-back", "letter"):
        assert staff.post(client, f"{LIST}{inquiry}/{act}/", words="x").status_code in {302, 403}
    assert staff.ask("select state from inquiries_inquiry where id = %s", [inquiry]) == [("waiting",)]


@pytest.mark.parametrize(
    "purpose", ["HPAYMT", "TREAT", "PATRQT", "HRESCH", "HLEGAL", "CAREMGT", "MEMADMIN", "FRAUD", "ELIGVER"]
)
def test_it_opens_for_no_other_purpose(house: Cluster, visit: Visit, staff: Staff, purpose: str) -> None:
    inquiry = written(visit, staff)
    taken(visit, staff, inquiry)
    ((occasion,),) = staff.ask("select occasion from inquiries_inquiry where id = %s", [inquiry])
    ((hashed,),) = staff.ask("select secret_hash from accounts_session where account_id = %s", [staff.accounts["dana"]])
    with house.connect("umr", "web", autocommit=True) as web:
        web.execute("select wellkept.gate_enter(%s, %s, %s, '{inquiry}', %s)", [hashed, [inquiry], purpose, occasion])
    ((kind,),) = staff.ask(
        "select kind from ledger_entry where %s = any (subjects) order by id desc limit 1", [inquiry]
    )
    assert kind == "refused"


def test_what_was_given_back_opens_to_the_next_alone(visit: Visit, staff: Staff) -> None:
    inquiry = written(visit, staff)
    dana = taken(visit, staff, inquiry)
    staff.post(dana, f"{LIST}{inquiry}/give-back/")
    assert CLOSED in dana.get(f"{LIST}{inquiry}/").text
    assert "Ida Canary" in taken(visit, staff, inquiry, "paul").get(f"{LIST}{inquiry}/").text


def test_of_two_who_take_it_at_once_one_has_it(house: Cluster, visit: Visit, staff: Staff) -> None:
    inquiry = written(visit, staff)
    hashes = [
        staff.ask("select secret_hash from accounts_session where account_id = %s", [staff.accounts[who]])[0][0]
        for who in ("dana", "paul")
    ]
    heard: list[bool] = []
    together = threading.Barrier(2)

    def take(hashed: bytes) -> None:
        with house.connect("umr", "web", autocommit=True) as web:
            together.wait()
            row = web.execute("select wellkept.inquiries_take(%s, %s, %s)", [hashed, inquiry, uuid4()]).fetchone()
            heard.append(bool(row and row[0]))

    racers = [threading.Thread(target=take, args=[one]) for one in hashes]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(heard) == [False, True]


def test_the_answer_destroys_what_was_typed_and_its_key(house: Cluster, visit: Visit, staff: Staff) -> None:
    inquiry = written(visit, staff)
    dana = taken(visit, staff, inquiry)
    assert key_stands(house, inquiry)
    answer = staff.post(dana, f"{LIST}{inquiry}/", how="answered by phone")
    assert (answer.status_code, answer.headers["Location"]) == (302, LIST)
    assert staff.ask("select told, state from inquiries_inquiry where id = %s", [inquiry]) == [(b"", "done")]
    assert CLOSED in dana.get(f"{LIST}{inquiry}/").text
    assert staff.ask("select args ->> 'inquiry' from procrastinate_jobs where task_name = 'inquiries.discard'") == [
        (str(inquiry),)
    ]
    with as_role(house, "jobs"):
        assert actions.sweep() == 1
        actions.discard(inquiry)
    assert staff.ask("select 1 from inquiries_inquiry where id = %s", [inquiry]) == []
    assert not key_stands(house, inquiry)
    ((kind, reason),) = staff.ask(
        "select kind, reason from ledger_entry where %s = any (subjects) order by id desc limit 1", [inquiry]
    )
    assert (kind, reason) == ("inquiry closed", "answered by phone")


def test_papers_go_by_a_letter_that_is_kept_nowhere_and_the_address_goes_with_it(
    house: Cluster, visit: Visit, staff: Staff
) -> None:
    inquiry = written(visit, staff, "/contact/papers/", what=["policy", "terms"], name="Ida Canary", **PLACE)
    dana = taken(visit, staff, inquiry)
    page = dana.get(f"{LIST}{inquiry}/").text
    assert "Madison, WI 53703" in page
    assert 'href="/policy/"' in page
    made = staff.post(dana, f"{LIST}{inquiry}/letter/", words="Here they are.\n\nCall us with any question.")
    assert made.headers["Content-Type"] == "application/pdf"
    assert made.headers["Cache-Control"] == "no-store"
    text = " ".join(one.extract_text() for one in PdfReader(BytesIO(made.content)).pages)
    for said in ("Ida Canary", "12 Canary Lane", "Madison, WI 53703", "Dear Ida Canary,", "Call us with any question."):
        assert said in text
    assert staff.post(dana, f"{LIST}{inquiry}/letter/", words="").status_code == 400
    staff.post(dana, f"{LIST}{inquiry}/", how="papers posted")
    with as_role(house, "jobs"):
        actions.discard(inquiry)
    assert not key_stands(house, inquiry)


def test_one_that_is_not_done_stays_whatever_a_job_says(house: Cluster, visit: Visit, staff: Staff) -> None:
    inquiry = written(visit, staff)
    with as_role(house, "jobs"):
        actions.discard(inquiry)
    assert staff.ask("select state from inquiries_inquiry where id = %s", [inquiry]) == [("waiting",)]
    assert key_stands(house, inquiry)


@pytest.mark.parametrize("role", ["web", "entrance", "proof", "intake"])
def test_no_page_and_no_program_reads_the_table(house: Cluster, visit: Visit, staff: Staff, role: str) -> None:
    written(visit, staff)
    with (
        house.connect("umr", role, autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("select told from wellkept.inquiries_inquiry")
