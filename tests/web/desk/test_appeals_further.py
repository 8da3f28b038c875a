"""What is urgent or late goes further: an urgent review beside the appeal, an appeal of what we did not decide."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.access.opening import entered, held
from tests.accounts.offices import Office
from tests.cluster import Cluster
from tests.files import papers
from tests.web.desk import test_cases as receipts
from tests.web.desk.conftest import Visit
from tests.web.desk.reviewing import WORDS, reviewer
from tests.web.desk.staff import Staff, hire
from tests.web.desk.test_appeals import (
    AT,
    DUE,
    answered,
    letter,
    main,
    refused_request,
    sent,
    taken,
    thread,
    uploaded,
)  # fmt: skip
from tests.web.member.test_contact import printed
from tests.web.member.world import hashed
from tests.web.privacy.test_releases import agreed

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("no_appeals")]
SEND = "select wellkept.service_send_thread(%s, %s, 'claims', 'v', %s, %s, %s, null, %s, null, current_date, %s, 'x')"
OVERDUE = "update service_thread set due_at = now() - interval '1 hour' where id = %s"


@pytest.fixture(scope="module")
def rosa(staff: Staff) -> Iterator[str]:
    """A third colleague, who decided nothing."""
    with staff.house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        hire(connection, staff, "rosa", role="representative")
        connection.commit()
    yield "rosa"
    for table in ("consent_acknowledgement", "accounts_session"):
        staff.ask(f"delete from {table} where account_id = %s", [staff.accounts["rosa"]])
    staff.ask("delete from accounts_account where id = %s", [staff.accounts["rosa"]])


def came(staff: Staff, kind: str, setting: str | None, before: str) -> str:
    """What the database says to Maria who goes further, past every page; then it is taken back."""
    maria = staff.world.people["maria"]
    with staff.house.connect("umr", "web", autocommit=True) as web:
        entry = entered(web, hashed(staff.secrets["maria"]), None, "claims")
        with held(web, entry, undo=True):
            given = [uuid4(), maria, uuid4().hex[:9], kind, setting, before, uuid4()]
            row = web.execute(SEND, given).fetchone()
    assert row is not None
    return str(row[0])


def test_an_urgent_review_goes_on_beside_the_urgent_appeal(visit: Visit, staff: Staff) -> None:
    maria = visit("maria")
    appeal = sent(staff, maria, "letter/", **letter(setting="urgent"))
    at = f"before/{thread(appeal)}/"
    page = main(maria.get(appeal))
    for part in ("at the same time", f'href="{AT}{at}"'):
        assert part in page
    for part in ("go to court", "section 502(a)", "We are late"):
        assert part not in page
    page = main(maria.get(f"{AT}{at}"))
    assert "within 24 hours" in page
    assert 'name="urgent"' not in page
    assert came(staff, "review", None, thread(appeal)) == "no"
    assert came(staff, "appeal", "urgent", thread(appeal)) == "no"
    review = sent(staff, maria, at, words="It hurts.", agree="on")
    assert staff.ask(DUE, [thread(review)]) == [(24,)]
    asked = "select setting, decided_on, passed_at from service_thread where id = %s"
    assert staff.ask(asked, [thread(review)]) == [("urgent", None, None)]
    assert "We check whether a review is possible" in main(maria.get(review))
    case = taken(staff, visit, review)
    assert f'href="{case}pass-on/"' in main(visit("dana").get(case))
    assert came(staff, "review", "urgent", thread(appeal)) == "waits"
    assert "It can be sent again, as a new one." in main(maria.get(f"{review}withdraw/"))
    staff.ask("update service_case set opened_at = opened_at - interval '1 day' where about = %s", [thread(appeal)])
    refused = "update service_case set state = %s, closed_at = now() - interval '1 day' where about = %s"
    staff.ask(refused, ["refused", thread(review)])
    assert came(staff, "review", "urgent", thread(appeal)) == "decided"
    staff.ask("update service_case set state = 'working', closed_at = null where about = %s", [thread(review)])
    for one in (review, appeal):
        staff.post(maria, f"{one}withdraw/")


def test_the_review_of_what_was_not_urgent_can_be(visit: Visit, staff: Staff) -> None:
    maria = visit("maria")
    appeal = sent(staff, maria, f"claim/{staff.world.claims['denied']}/", words="It was needed.")
    case = taken(staff, visit, appeal, "paul")
    assert came(staff, "review", "urgent", thread(appeal)) == "no"
    answered(staff, visit, case, who="paul", what="refused", words="It stands.", rule="Booklet, section 9")
    review = sent(staff, maria, f"before/{thread(appeal)}/", words="It got worse.", agree="on", urgent="on")
    assert staff.ask(DUE, [thread(review)]) == [(24,)]
    staff.ask(OVERDUE, [thread(review)])
    page = main(maria.get(review))
    assert "It was due by" in page
    assert "go to court" not in page
    staff.post(maria, f"{review}withdraw/")


def test_a_request_that_is_late_leads_on(visit: Visit, staff: Staff) -> None:
    maria = visit("maria")
    request = sent(staff, maria, "care/", setting="before", words="A knee.")
    at = f"before/{thread(request)}/"
    assert maria.get(f"{AT}{at}").status_code == 404
    assert staff.post(maria, f"{AT}{at}", words="x").status_code == 404
    assert came(staff, "appeal", "before", thread(request)) == "no"
    staff.ask(OVERDUE, [thread(request)])
    page = main(maria.get(request))
    for part in ("You can now appeal, or go to court.", f'href="{AT}{at}"', "Appeal now", "section 502(a)"):
        assert part in page
    assert "everything the decision rests on" not in page
    assert came(staff, "review", None, thread(request)) == "no"
    appeal = sent(staff, maria, at, words="You are late.", urgent="on")
    assert staff.ask(DUE, [thread(appeal)]) == [(72,)]
    assert staff.ask("select decided_on from service_thread where id = %s", [thread(appeal)]) == [(None,)]
    assert "Decision of" not in main(maria.get(appeal))
    case = taken(staff, visit, appeal)
    answered(staff, visit, case, what="accepted", words="We pay.")
    assert came(staff, "appeal", "before", thread(request)) == "decided"
    staff.post(maria, f"{request}withdraw/")


def test_a_request_that_stands_still_does_not(visit: Visit, staff: Staff) -> None:
    maria = visit("maria")
    request = sent(staff, maria, "care/", setting="before", words="A hip.")
    answered(staff, visit, taken(staff, visit, request), what="asked", words="Which?")
    staff.ask(OVERDUE, [thread(request)])
    assert came(staff, "appeal", "before", thread(request)) == "no"
    assert "We are late" not in main(maria.get(request))
    staff.post(maria, f"{request}withdraw/")


@pytest.fixture
def board(staff: Staff) -> Iterator[Office]:
    with reviewer(staff) as office:
        yield office
    maria = [staff.world.people["maria"]]
    for table in ("disclosures_release", "notices_letter", "notices_posted", "notices_reference"):
        staff.ask(f"delete from {table} where person_id = %s", maria)
    for table in ("notices_batch", "access_spent", "access_spent_count"):
        staff.ask(f"delete from {table}")


@pytest.mark.parametrize("begins", ["request", "receipt"])
def test_the_reviewer_gets_all_that_was_written_from_the_beginning(
    visit: Visit, staff: Staff, board: Office, rosa: str, house: Cluster, tmp_path: Path, begins: str
) -> None:
    maria = visit("maria")
    if begins == "request":
        before = thread(refused_request(staff, visit))
        parts = ["Please decide.", "canary-of-a-refusal"]
    else:
        told = receipts.told(staff, maria)
        given = {"what": "refused", "words": "canary-of-a-receipt", "rule": "Booklet, section 2"}
        staff.post(visit("dana"), receipts.taken(staff, visit, told), **given)
        before = told.split("/")[3]
        parts = ["canary-of-what-happened", "canary-of-a-receipt", "canary-bill.pdf", "$1,249.60"]
    paper = uploaded("canary-note.pdf", papers.pdf())
    appeal = sent(staff, maria, f"before/{before}/", words="canary-of-an-appeal", papers=paper)
    case = taken(staff, visit, appeal, "paul")
    answered(staff, visit, case, who="paul", what="refused", words="canary-it-stands", rule="Booklet, section 9")
    form = main(maria.get(f"{AT}before/{thread(appeal)}/"))
    assert "Our letter to the reviewer lists your papers." in form
    assert "the papers of this appeal" not in form
    review = sent(staff, maria, f"before/{thread(appeal)}/", words="canary-of-a-review", agree="on")
    work = taken(staff, visit, review, rosa)
    staff.ask("delete from notices_letter where printed_at is null")
    one = agreed(board, "claims", why="HPAYMT")
    answer = staff.post(visit(rosa), f"{work}pass-on/", reviewer=str(one), words=WORDS)
    assert answer.status_code == 302, main(answer)
    (text,) = [text for text in printed(house, tmp_path) if "canary-of-a-review" in text and "Do not sell it" in text]
    for part in (*parts, "canary-of-an-appeal", "canary-note.pdf", "canary-it-stands"):
        assert part in text, part
    staff.post(maria, f"{review}withdraw/")
