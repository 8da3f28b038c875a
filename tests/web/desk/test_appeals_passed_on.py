"""An external review leaves by the one way out: an agreement in force, the letter of conditions, the entry."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.access.opening import entered, held
from tests.accounts.offices import Office
from tests.changing import zone
from tests.cluster import Cluster
from tests.web.desk.conftest import Visit
from tests.web.desk.reviewing import WORDS, reviewer
from tests.web.desk.staff import Staff
from tests.web.desk.test_appeals import answered, main, sent, taken, thread
from tests.web.member.test_contact import printed
from tests.web.member.world import hashed
from tests.web.privacy.test_releases import RELEASE, agreed, contract, restricted

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("no_appeals")]
ANSWER = "select wellkept.service_answer_thread(%s, %s, %s, %s, 'words'::bytea)"


@pytest.fixture(scope="module")
def board(staff: Staff) -> Iterator[Office]:
    with reviewer(staff) as office:
        yield office


@pytest.fixture
def review(visit: Visit, staff: Staff, board: Office) -> Iterator[tuple[str, str]]:
    """An external review of Maria's that Dana took: its address for Maria, and Dana's for it."""
    maria = [staff.world.people["maria"]]
    appeal = sent(staff, visit("maria"), f"claim/{staff.world.claims['denied']}/", words="It was needed.")
    case = taken(staff, visit, appeal, "paul")
    answered(staff, visit, case, who="paul", what="refused", words="It stands.", rule="Booklet, section 9")
    address = sent(staff, visit("maria"), f"before/{thread(appeal)}/", words="canary-of-a-review", agree="on")
    yield address, taken(staff, visit, address)
    board.change("delete from organisations_agreement where organisation_id = %s", board.id)
    for table in (
        "disclosures_release",
        "notices_letter",
        "notices_posted",
        "notices_reference",
        "consent_restriction",
    ):
        staff.ask(f"delete from {table} where person_id = %s", maria)
    for table in ("notices_batch", "access_spent", "access_spent_count"):
        staff.ask(f"delete from {table}")


def stays(staff: Staff, address: str) -> bool:
    """Whether nothing left, and the review was not passed on."""
    left = staff.ask("select count(*) from disclosures_release where person_id = %s", [staff.world.people["maria"]])
    passed = staff.ask("select passed_at from service_thread where id = %s", [thread(address)])
    return (left, passed) == ([(0,)], [(None,)])


def test_it_leaves_with_its_conditions_and_its_person_reads_of_it(
    visit: Visit, staff: Staff, review: tuple[str, str], board: Office, house: Cluster, tmp_path: Path
) -> None:
    address, case = review
    one, before = agreed(board, "claims", why="HPAYMT"), staff.newest()
    staff.ask("delete from notices_letter where printed_at is null")
    assert f'href="{case}pass-on/"' in main(visit("dana").get(case))
    assert "Canary Review Board" in main(visit("dana").get(f"{case}pass-on/"))
    said = {"reviewer": str(one), "words": WORDS}
    assert staff.post(visit("dana"), f"{case}pass-on/", **said).headers["Location"] == "/desk/cases/"
    assert not stays(staff, address)
    assert "pass-on" not in main(visit("dana").get(case))
    assert "released" in [entry["kind"] for entry in staff.entries("dana", before)]
    assert "Canary Review Board" in visit("maria").get("/member/privacy/left/").text
    assert WORDS in main(visit("maria").get(address))
    texts = [text for text in printed(house, tmp_path) if "canary-of-a-review" in text]
    assert len(texts) == 1
    for part in ("Canary Review Board", "MARIA ALVAREZ", "Do not sell it", "It was needed."):
        assert part in texts[0], part
    again = staff.post(visit("dana"), f"{case}pass-on/", **said)
    assert again.status_code == 403
    assert "sent to a reviewer already" in main(again)
    assert staff.ask(
        "select count(*) from disclosures_release where person_id = %s", [staff.world.people["maria"]]
    ) == [(1,)]


def test_the_45_days_of_the_reviewer_end_at_the_same_hour_where_the_clock_changes(
    visit: Visit, staff: Staff, review: tuple[str, str], board: Office
) -> None:
    address, case = review
    said = {"reviewer": str(agreed(board, "claims", why="HPAYMT")), "words": WORDS}
    stood = staff.ask("select zone from access_place")[0]
    staff.ask("update access_place set zone = %s", [zone(20)])
    try:
        assert staff.post(visit("dana"), f"{case}pass-on/", **said).headers["Location"] == "/desk/cases/"
        due = (
            "select (t.due_at at time zone a.zone) - (t.passed_at at time zone a.zone) = interval '45 days'"
            " from service_thread t, access_place a where t.id = %s"
        )
        assert staff.ask(due, [thread(address)]) == [(True,)]
    finally:
        staff.ask("update access_place set zone = %s", list(stood))


def test_no_contract_of_an_employer_keeps_an_external_review_in(
    visit: Visit, staff: Staff, review: tuple[str, str], board: Office, house: Cluster, tmp_path: Path
) -> None:
    address, case = review
    said = {"reviewer": str(agreed(board, "claims", why="HPAYMT")), "words": WORDS}
    staff.ask("delete from notices_letter where printed_at is null")
    with contract(staff, None):
        assert staff.post(visit("dana"), f"{case}pass-on/", **said).headers["Location"] == "/desk/cases/"
        assert not stays(staff, address)
        assert len([text for text in printed(house, tmp_path) if "canary-of-a-review" in text]) == 1


@pytest.mark.parametrize(
    "given",
    [
        {"ends": "-1 minute"},
        {"kind": "confidentiality"},
        {"why": "HOPERAT"},
        {"what": "coverage"},
    ],
)
def test_no_agreement_no_reviewer(
    visit: Visit, staff: Staff, review: tuple[str, str], board: Office, given: dict[str, str]
) -> None:
    address, case = review
    terms = {"why": "HPAYMT"} | {name: value for name, value in given.items() if name != "what"}
    one = agreed(board, given.get("what", "claims"), **terms)
    assert "No reviewer has an agreement in force" in main(visit("dana").get(f"{case}pass-on/"))
    for number in (one, uuid4()):
        said = {"reviewer": str(number), "words": WORDS}
        assert staff.post(visit("dana"), f"{case}pass-on/", **said).status_code == 400
    assert staff.post(visit("dana"), case, what="passed on", words=WORDS).status_code == 400
    assert stays(staff, address)


def test_what_the_person_had_restricted_is_not_sent(
    visit: Visit, staff: Staff, review: tuple[str, str], board: Office
) -> None:
    address, case = review
    one = agreed(board, "claims", why="HPAYMT")
    restricted(staff, "claims")
    answer = staff.post(visit("dana"), f"{case}pass-on/", reviewer=str(one), words=WORDS)
    assert answer.status_code == 400
    assert "had this restricted" in main(answer)
    assert stays(staff, address)


def test_nobody_else_sends_it_and_none_is_passed_on_past_the_one_way_out(
    visit: Visit, staff: Staff, review: tuple[str, str], board: Office, house: Cluster
) -> None:
    address, case = review
    one = agreed(board, "claims", why="HPAYMT")
    for who in ("nobody at all", "maria", "stella", "nora", "priya", "paul"):
        answer = staff.post(visit(who), f"{case}pass-on/", reviewer=str(one), words=WORDS)
        assert answer.status_code in (302, 403), who
        assert answer.headers.get("Location", "/sign-in/").startswith("/sign-in/")
    ((number, occasion),) = staff.ask("select id, occasion from service_case where about = %s", [thread(address)])
    maria, secret = staff.world.people["maria"], hashed(staff.secrets["dana"])
    with house.connect("umr", "web", autocommit=True) as web:
        entry = entered(web, secret, [maria], "identity", "coverage", "claims", why="HPAYMT", occasion=occasion)
        with held(web, entry, undo=True):
            row = web.execute(ANSWER, [secret, number, uuid4(), "passed on"]).fetchone()
    assert row == ("unsent",)
    assert stays(staff, address)


def test_past_the_page_it_leaves_once_and_not_after_it_was_passed_on(
    staff: Staff, review: tuple[str, str], board: Office, house: Cluster
) -> None:
    address, _case = review
    agreed(board, "claims", why="HPAYMT")
    ((occasion,),) = staff.ask("select occasion from service_case where about = %s", [thread(address)])
    maria, secret = staff.world.people["maria"], hashed(staff.secrets["dana"])

    def released(times: int = 1) -> list[str]:
        with house.connect("umr", "web", autocommit=True) as web:
            entry = entered(web, secret, [maria], "identity", "coverage", "claims", why="HPAYMT", occasion=occasion)
            with held(web, entry):
                values = [maria, board.id, "HPAYMT", ["claims"]]
                rows = [web.execute(RELEASE, [values[0], uuid4(), *values[1:]]).fetchone() for _ in range(times)]
        return [row[0] for row in rows if row]

    staff.ask("update service_thread set passed_at = now() where id = %s", [thread(address)])
    assert released() == ["no basis"]
    staff.ask("update service_thread set passed_at = null where id = %s", [thread(address)])
    assert released(2) == ["sent", "no basis"]
    assert released() == ["no basis"]
