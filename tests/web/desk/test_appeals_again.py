"""An appeal that was taken back may be sent again; whoever refused looks at it by no way at all."""

import re

import pytest

from tests.web.desk import test_cases
from tests.web.desk.conftest import Call, Visit
from tests.web.desk.staff import Staff
from tests.web.desk.test_appeals import AT, answered, case_of, letter, main, refused_request, sent, taken, thread
from tests.web.desk.test_appeals_acting import helping

__all__ = ("helping",)
pytestmark = pytest.mark.usefixtures("no_appeals")
STATES = "select state from service_case where about = %s"


@pytest.mark.parametrize("way", ["claim", "before"])
def test_what_was_taken_back_was_not_decided_and_is_sent_again(visit: Visit, staff: Staff, way: str) -> None:
    maria = visit("maria")
    at = (
        f"claim/{staff.world.claims['denied']}/"
        if way == "claim"
        else f"before/{thread(refused_request(staff, visit))}/"
    )
    first = sent(staff, maria, at, words="Look again.")
    assert staff.post(maria, f"{first}withdraw/").status_code == 302
    again = sent(staff, maria, at, words="Look again, after all.")
    assert staff.ask(STATES, [thread(again)]) == [("waiting",)]
    staff.ask("update service_case set state = 'refused', closed_at = now() where about = %s", [thread(again)])
    over = staff.post(maria, f"{AT}{at}", words="Once more.")
    assert "looked at again already" in main(over)


def test_taking_back_is_asked_first_and_says_what_it_means(visit: Visit, staff: Staff, helping: object) -> None:
    del helping
    at = f"/member/family/{staff.world.people['maria']}/appeals/"
    mine = sent(staff, visit("maria"), f"claim/{staff.world.claims['denied']}/", words="Look again.")
    address = f"{at}{thread(mine)}/"
    for who, place in (("maria", mine), ("tom", address)):
        page = main(visit(who).get(place))
        assert f'href="{place}withdraw/"' in page
        assert f'action="{place}withdraw/"' not in page
        asked = main(visit(who).get(f"{place}withdraw/"))
        assert "Yes, take it back" in asked
        assert "It can be sent again until" in asked
        assert ("reads that you took it back" in asked) == (who == "tom")
    assert staff.ask(STATES, [thread(mine)]) == [("waiting",)]
    late = "update service_thread set decided_on = current_date - 182 where id = %s"
    staff.ask(late, [thread(mine)])
    assert "The time to send it again may be over" in main(visit("maria").get(f"{mine}withdraw/"))
    assert staff.post(visit("tom"), f"{address}withdraw/").status_code == 302
    assert staff.ask(STATES, [thread(mine)]) == [("withdrawn",)]
    assert visit("maria").get(f"{mine}withdraw/").status_code == 302


def test_who_refused_decides_no_appeal_that_came_by_letter_or_by_telephone(
    visit: Visit, staff: Staff, call: Call
) -> None:
    refused_request(staff, visit)
    by_letter = sent(staff, visit("maria"), "letter/", **letter())
    told = letter(setting="urgent", about="letter")
    said = main(staff.post(visit("paul"), f"{call(who='paul')}appeal/", **told))
    number = re.search(r"<strong>([2-9B-Z]{4}-[2-9B-Z]{4})</strong>", said)
    assert number
    ((by_phone,),) = staff.ask("select about::text from service_case where number = %s", [number[1]])
    for one in (by_letter, f"{AT}{by_phone}/"):
        case = case_of(staff, one)
        refused = staff.post(visit("dana"), f"/desk/cases/{case}/take/")
        assert (refused.status_code, "you decided before what it is about" in main(refused)) == (403, True)
        taken(staff, visit, one, "paul")
        chosen = {"to": str(staff.accounts["dana"]), "words": "Yours."}
        assert staff.post(visit("paul"), f"/desk/cases/{case}/hand-over/", **chosen).status_code == 403
        answered(staff, visit, f"/desk/appeals/{case}/", who="paul", what="accepted", words="We decide for you.")
    asks = "select wellkept.service_decided(%s, %s)"
    given = [thread(by_letter), staff.accounts["dana"]]
    assert staff.ask(asks, given) == [(True,)]
    old = "update service_case set closed_at = closed_at - interval '191 days' where account_id = %s"
    staff.ask(old, [staff.accounts["dana"]])
    assert staff.ask(asks, given) == [(False,)]


def test_who_had_taken_what_was_taken_back_decided_nothing(visit: Visit, staff: Staff) -> None:
    maria, at = visit("maria"), f"claim/{staff.world.claims['denied']}/"
    first = sent(staff, maria, at, words="Look again.")
    taken(staff, visit, first)
    staff.post(maria, f"{first}withdraw/")
    again = sent(staff, maria, at, words="Look again, after all.")
    answered(staff, visit, taken(staff, visit, again), what="accepted", words="We decide for you.")


def test_on_a_call_the_decision_is_chosen_and_who_made_it_is_kept_from_it(
    visit: Visit, staff: Staff, call: Call
) -> None:
    refused, claim = thread(refused_request(staff, visit)), staff.world.claims["denied"]
    at, dana = f"{call()}appeal/", visit("dana")
    page = main(dana.get(at))
    assert "Which decision?" in page
    chosen = {"setting": "before", "words": "canary-of-a-choice"}
    for wrong in ({}, {"about": "letter"}, {"about": f"before {claim}"}):
        answer = staff.post(dana, at, **chosen, **wrong)
        assert (answer.status_code, "canary-of-a-choice" in main(answer)) == (400, True)
    made = (
        "select id::text, before_id::text, claim_id::text from service_thread where kind = 'appeal' and person_id = %s"
    )
    maria = [staff.world.people["maria"]]
    for about, columns in ((f"before {refused}", (refused, None)), (f"claim {claim}", (None, str(claim)))):
        assert f'value="{about}"' in page
        had = {row[0] for row in staff.ask(made, maria)}
        assert "It was sent" in main(staff.post(dana, at, about=about, **chosen))
        (new,) = [row for row in staff.ask(made, maria) if row[0] not in had]
        assert new[1:] == columns
        again = staff.post(dana, at, about=about, **chosen)
        assert (again.status_code, "sent already" in main(again)) == (400, True)
        taking = staff.post(dana, f"/desk/cases/{case_of(staff, new[0])}/take/").status_code
        assert taking == (403 if columns[0] else 302)


def test_a_receipt_that_was_refused_stands_among_them(visit: Visit, staff: Staff, call: Call) -> None:
    receipt = test_cases.told(staff, visit("maria"))
    case = test_cases.taken(staff, visit, receipt)
    no = {"what": "refused", "words": "It is not covered.", "rule": "Booklet, section 4"}
    assert staff.post(visit("dana"), case, **no).status_code == 302
    at, about = f"{call()}appeal/", f"before {thread(receipt)}"
    page = main(visit("dana").get(at))
    assert f'value="{about}"' in page
    assert "The receipt with number" in page
    told = {"setting": "after", "words": "She was sent there by us.", "about": about}
    assert "It was sent" in main(staff.post(visit("dana"), at, **told))
    assert "sent already" in main(staff.post(visit("dana"), at, **told))
