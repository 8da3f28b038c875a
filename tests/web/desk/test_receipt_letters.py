"""An answer to a receipt that is not a plain yes goes out by letter, with what the law wants in it (R-15)."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from tests.web.desk import test_cases as receipts
from tests.web.desk.conftest import Visit
from tests.web.desk.staff import Staff
from tests.web.desk.test_appeals import main
from tests.web.desk.test_extending import letters
from wellkept.accounts.letter import long_date
from wellkept.clocks.law import appeal_until, information_until
from wellkept.policy import packs
from wellkept.policy.words import Category
from wellkept.service.cases import CaseLine
from wellkept.service.thread_values import ThreadLine
from wellkept.web.desk import appeal_letter

RULE = "Booklet, section 12"
AT = datetime(2028, 2, 1, 12, tzinfo=UTC)


def case(asked_on: date | None = None) -> CaseLine:
    """A receipt that Dana works on."""
    return CaseLine(
        id=uuid4(), number="7KQ2-MWXD", kind="claim", about=uuid4(), category="claims", state="asked", opened_at=AT,
        due_on=date(2028, 2, 29), actor="Dana R.", closed_at=None, asked_on=asked_on,
    )  # fmt: skip


def letter(what: str, *, asked_on: date | None = None) -> str:
    pack = packs.named("umr")
    return str(appeal_letter.receipt(pack, case(asked_on), what=what, said="Canary."))


def test_a_refused_receipt_names_the_rule_and_a_letter_goes_out(visit: Visit, staff: Staff) -> None:
    maria, dana = visit("maria"), visit("dana")
    address = receipts.told(staff, maria)
    at, had = receipts.taken(staff, visit, address), letters(staff)
    bare = staff.post(dana, at, what="refused", words="canary-of-what-was-typed")
    assert bare.status_code == 400
    for part in ("Please name the rule", "canary-of-what-was-typed"):
        assert part in main(bare)
    assert letters(staff) == had
    assert staff.post(dana, at, what="refused", words="It is excluded.", rule=RULE).status_code == 302
    assert letters(staff) == had + 1
    page = main(maria.get(address))
    for part in ("It is excluded.", f"The rule it rests on: {RULE}", "You can appeal"):
        assert part in page


def test_a_question_about_a_receipt_goes_out_and_a_plain_yes_does_not(visit: Visit, staff: Staff) -> None:
    address = receipts.told(staff, visit("maria"))
    at, had = receipts.taken(staff, visit, address), letters(staff)
    assert staff.post(visit("dana"), at, what="asked", words="Which day?").status_code == 302
    assert letters(staff) == had + 1
    answered: Any = staff.post(visit("maria"), f"{address}answer/", words="The third.")
    assert answered.status_code == 302
    assert staff.post(visit("dana"), at, what="accepted", words="We pay.").status_code == 302
    assert letters(staff) == had + 1


def test_the_letter_of_a_refusal_says_what_the_law_wants() -> None:
    said, today = letter("refused"), packs.today(packs.named("umr"))
    for part in (
        "7KQ2-MWXD", "Canary.", f"You can appeal until {long_date(appeal_until(today))}.", "within 60 days",
        "section 502(a) of ERISA", "free of charge", "Somebody who did not decide before",
    ):  # fmt: skip
        assert part in said, part


def test_the_letter_of_a_question_says_by_when() -> None:
    today = packs.today(packs.named("umr"))
    still, runs = letter("asked", asked_on=today), letter("asked")
    answer_by = f"Please answer by {long_date(information_until(today))}."
    assert (answer_by in still, answer_by in runs) == (True, False)
    assert ("does not stand still" in still, "does not stand still" in runs) == (False, True)


@pytest.mark.parametrize("setting", ["before", "urgent"])
def test_the_letter_that_refuses_a_request_names_the_way_to_court(setting: str) -> None:
    line = ThreadLine(
        uuid4(), "request", setting, None, None, None, AT, AT, "", Category.CLAIMS, uuid4(), "7KQ2-MWXD", "refused",
        AT.date(), "Dana R.", AT,
    )  # fmt: skip
    said = str(appeal_letter.data(packs.named("umr"), line, what="refused", said="No."))
    for part in ("section 502(a) of ERISA", "You can appeal until", "within 72 hours"):
        assert part in said
    assert ("say so when you appeal" in said) is (setting == "before")
