"""The privacy officer asks the gate about one account and one person: what decides, entered, and read by the person."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.cluster import Cluster
from tests.web.desk.conftest import MARIA
from tests.web.desk.staff import Staff
from tests.web.privacy.conftest import Visit
from wellkept.accounts import hashes

pytestmark = pytest.mark.database
PAGE = "/privacy/why/one/"
ASKED = {"purpose": "HPAYMT", "category": "claims"}


AT_WORK = (
    "update service_case set closed_at = now() where person_id = %s and closed_at is null",
    "update service_call set ended = now() where person_id = %s and ended is null",
    "delete from consent_restriction where person_id = %s",
    "update rights_request set answered_at = now() - interval '31 days' where person_id = %s",
    "update access_alarm set closed_at = now() - interval '31 days' where subject = %s",
    "update people_pair set apart_at = now() where %s in (one, other) and apart_at is null",
    "update people_join set ended_at = now() where %s in (one, other) and ended_at is null",
)
TIES = "select gate_relationships(%s, null, %s, null)"


@pytest.fixture(autouse=True)
def fresh(house: Cluster, staff: Staff) -> Iterator[None]:
    """Nothing of Maria's is anybody's work, she had nothing shut; and Priya and Dana have opened nobody this hour."""
    maria = staff.world.people["maria"]
    for statement in AT_WORK:
        staff.ask(statement, [maria])
    assert staff.ask(TIES, [staff.accounts["dana"], maria]) == [(["none"],)]
    for name in ("priya", "dana"):
        for table in ("access_spent", "access_spent_count"):
            staff.ask(f"delete from {table} where account = %s", [staff.accounts[name]])
    yield
    with house.administer("wellkept_umr") as connection:
        for table in ("access_spent", "access_spent_count"):
            connection.execute(f"delete from wellkept.{table} where account = %s", [staff.accounts["priya"]])


@pytest.fixture
def named(visit: Visit, house: Cluster, staff: Staff) -> str:
    """Dana's sign-in name."""
    del visit
    name = f"dana-{uuid4()}"
    with house.administer("wellkept_umr") as connection:
        connection.execute(
            "update wellkept.accounts_account set login = %s where id = %s",
            [hashes.login(name), staff.accounts["dana"]],
        )
    return name


def test_a_name_and_a_card_are_explained_and_entered(visit: Visit, staff: Staff, named: str) -> None:
    before = staff.newest()
    page = staff.post(visit("priya"), PAGE, login=named, **MARIA, **ASKED)
    assert page.status_code == 200
    assert "The gate would not let this representative open claims for payment (HPAYMT) now." in page.text
    assert "Nothing ties the account to the person." in page.text
    (entry,) = staff.entries("priya", before)
    assert (entry["kind"], entry["subjects"], entry["categories"]) == (
        "explained", [staff.world.people["maria"]], ["claims"],
    )  # fmt: skip
    assert "ALVAREZ" not in page.text
    assert "asked who may open your" in visit("maria").get("/member/privacy/openings/").text


def test_a_restriction_that_stands_is_named_with_its_number(
    house: Cluster, visit: Visit, staff: Staff, named: str
) -> None:
    number = uuid4()
    with house.administer("wellkept_umr") as connection:
        connection.execute(
            "insert into wellkept.consent_restriction (id, person_id, category, collected_under, restricted, since)"
            " values (%s, %s, 'requests', 'x', false, now())",
            [number, staff.world.people["maria"]],
        )
    try:
        page = staff.post(visit("priya"), PAGE, login=named, **MARIA, **ASKED).text
        assert "The person has had this restricted." in page
        assert f"A restriction of the person, number {number}, without an end." in page
    finally:
        with house.administer("wellkept_umr") as connection:
            connection.execute("delete from wellkept.consent_restriction where id = %s", [number])


def test_an_entry_names_both_by_itself(visit: Visit, staff: Staff) -> None:
    visit("maria").get("/member/claims/")
    ((number,),) = staff.ask(
        "select id from ledger_entry where account = %s and kind = 'opened' order by id desc limit 1",
        [staff.accounts["maria"]],
    )
    page = staff.post(visit("priya"), PAGE, entry=str(number), purpose="PATRQT", category="claims").text
    assert "The gate would let this member open claims" in page
    assert "The rule is own-record." in page


def test_who_is_not_found_costs_as_much_and_says_no_more(visit: Visit, staff: Staff, named: str) -> None:
    nobody = MARIA | {"number": "M-0000"}
    page = staff.post(visit("priya"), PAGE, login=named, **nobody, **ASKED)
    assert page.status_code == 400
    assert "Nobody, or more than one person, is found with that." in page.text
    ((people,),) = staff.ask("select people from access_spent_count where account = %s", [staff.accounts["priya"]])
    assert people == 1
    unknown = staff.post(visit("priya"), PAGE, login="nobody here", **MARIA, **ASKED).text
    assert "There is no such account." in unknown


def test_both_are_asked_for_by_name(visit: Visit, staff: Staff) -> None:
    page = staff.post(visit("priya"), PAGE, **ASKED)
    assert page.status_code == 400
    assert "Please fill in “Sign-in name of the account”, or the number of an entry." in page.text
    assert "Please fill in “Member number of the person”, or the number of an entry." in page.text


@pytest.mark.parametrize("who", ["a stranger", "maria", "dana", "nora"])
def test_nobody_but_the_privacy_officer_asks(visit: Visit, staff: Staff, named: str, who: str) -> None:
    for answer in (visit(who).get(PAGE), staff.post(visit(who), PAGE, login=named, **MARIA, **ASKED)):
        assert answer.status_code in {302, 403}
        assert "The gate would" not in answer.text


def test_the_function_answers_the_officer_who_asked_alone(house: Cluster, visit: Visit, staff: Staff) -> None:
    del visit
    hashed = {
        name: staff.ask("select secret_hash from accounts_session where account_id = %s", [staff.accounts[name]])[0][0]
        for name in ("priya", "dana")
    }
    person = staff.world.people["maria"]
    asked = "select wellkept.gate_explain_asked(%s, %s, null, null, null, 'HPAYMT', 'claims')"
    told = "select role from wellkept.gate_explain_told(%s, %s, %s, null, null)"
    with house.connect("umr", "web", autocommit=True) as web:
        refused = web.execute(asked, [hashed["dana"], person]).fetchone()
        mine = web.execute(asked, [hashed["priya"], person]).fetchone()
        assert refused
        assert mine
        for session, entry, state in (
            (hashed["dana"], mine[0], "42501"),
            (hashed["dana"], refused[0], "WK001"),
            (uuid4().bytes, mine[0], "42501"),
        ):
            with pytest.raises(Exception) as caught:  # noqa: PT011  (its state is what counts)
                web.execute(told, [session, entry, staff.accounts["dana"]])
            assert getattr(caught.value, "sqlstate", "") == state
        assert web.execute(told, [hashed["priya"], mine[0], staff.accounts["dana"]]).fetchone() == ("representative",)
