"""A claim is told from what files stated, and from nothing else."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.benefits.story import story
from wellkept.benefits.sums import Statement
from wellkept.benefits.values import ClaimLine, ClaimStory, Status

ROW = UUID(int=1)


def line(code: str, charge: str, *, control: str = "", day: str = "2026-09-30", **more: Any) -> dict[str, Any]:
    return {"control": control, "code": code, "revenue": "", "charge": charge, "from": day, "to": day, **more}


def decided(code: str, charge: str, paid: str, *why: list[str], control: str = "", allowed: str = "") -> dict[str, Any]:
    return line(code, charge, control=control, paid=paid, allowed=allowed, adjustments=list(why), remarks=["N130"])


def filing(*lines: dict[str, Any], day: str = "2026-10-01", frequency: str = "1") -> Statement:
    return Statement(id=uuid4(), day=day, content={"lines": list(lines), "frequency": frequency})


def decision(
    *lines: dict[str, Any], day: str = "2026-10-12", status: str = "1", paid: str = "0", received: str = ""
) -> Statement:
    said = {"lines": list(lines), "status": status, "paid": paid, "charge": "240", "received": received}
    return Statement(id=uuid4(), day=day, content={**said, "adjustments": [], "remarks": []})


def told(filings: list[Statement], decisions: list[Statement], *, status: Status) -> ClaimStory:
    claim = ClaimLine(
        id=ROW, provider="", served_from=None, served_to=None, received_on=None, decided_on=None, status=status,
        billed=Decimal(240), allowed=None, paid=None, owed=None, kind="", sensitive=False,
    )  # fmt: skip
    return story(claim, number="", filings=filings, decisions=decisions)


def test_lines_are_matched_by_control_number_before_anything_else() -> None:
    found = told(
        [filing(line("80053", "140", control="A"), line("80053", "140", control="B"))],
        [decision(decided("80053", "140", "20", control="B"), decided("80053", "140", "10", control="A"))],
        status=Status.PAID,
    )
    assert [one.paid for one in found.lines] == [Decimal(10), Decimal(20)]


def test_lines_without_a_control_number_are_matched_by_code_day_and_charge() -> None:
    found = told(
        [filing(line("80053-59", "140"), line("82306", "100"))],
        [decision(decided("82306", "100", "7"), decided("80053", "140.00", "8"))],
        status=Status.PAID,
    )
    assert [(one.code, one.paid) for one in found.lines] == [("80053-59", Decimal(8)), ("82306", Decimal(7))]


def test_a_line_nobody_decided_stays_unknown_and_a_line_nobody_filed_is_shown() -> None:
    found = told([filing(line("80053", "140"))], [decision(decided("99213", "90", "50"))], status=Status.PAID)
    assert [(one.code, one.paid, one.owed) for one in found.lines] == [
        ("80053", None, None),
        ("99213", Decimal(50), Decimal(0)),
    ]


def test_before_a_decision_nothing_is_known() -> None:
    found = told([filing(line("80053", "140"))], [], status=Status.FILED)
    assert (found.lines[0].paid, found.lines[0].allowed, found.lines[0].owed) == (None, None, None)
    assert found.why == ()
    assert not found.adverse


def test_a_step_appears_only_with_the_day_a_file_stated() -> None:
    found = told([filing(day="")], [decision(day="2026-10-12", received="")], status=Status.NOTHING_PAID)
    assert [(event.what, event.on) for event in found.events] == [("decided", date(2026, 10, 12))]


def test_the_steps_stand_in_the_order_of_their_days() -> None:
    found = told(
        [filing(day="2026-10-01"), filing(day="2026-11-01", frequency="7")],
        [decision(day="2026-10-12", paid="5", received="2026-10-02"), decision(day="2026-10-20", status="22")],
        status=Status.REVERSED,
    )
    assert [event.what for event in found.events] == ["filed", "received", "paid", "taken back", "filed again"]


def test_a_correction_is_told_as_one_story_of_one_claim() -> None:
    found = told(
        [filing(day="2026-10-01"), filing(day="2026-11-01", frequency="7")],
        [
            decision(day="2026-10-12", paid="5"),
            decision(day="2026-11-09", paid="-5", status="22"),
            decision(day="2026-11-09", paid="7"),
        ],
        status=Status.PAID,
    )
    assert [(event.what, event.paid) for event in found.events] == [
        ("filed", None),
        ("paid", Decimal(5)),
        ("filed again", None),
        ("taken back", Decimal(-5)),
        ("paid again", Decimal(7)),
    ]


def test_what_was_decided_and_taken_back_on_one_day_was_not_decided_again() -> None:
    said = [decision(day="2026-10-12", paid="5"), decision(day="2026-10-12", paid="-5", status="22")]
    for one in said:
        one.content["charge"] = "240" if one.content["status"] == "1" else "-240"
    found = told([], said, status=Status.REVERSED)
    assert [event.what for event in found.events] == ["paid", "taken back"]


def test_another_insurance_is_told_with_what_it_paid_and_when() -> None:
    other = {"payer": "FIRST PLAN", "turn": "P", "paid": "80", "decided": "2026-09-30", "adjustments": []}
    filed = filing(day="2026-10-01")
    filed.content["others"] = [other]
    decided_ = decision(decided("1", "240", "60", ["OA", "23", "100"], ["PR", "2", "80"]), status="2", paid="60")
    found = told([filed], [decided_], status=Status.PAID)
    assert (found.other_paid, found.earlier) == (Decimal(80), Decimal(100))
    assert [(event.what, event.who) for event in found.events][:1] == [("other decided", "FIRST PLAN")]
    assert told([filing()], [decision()], status=Status.PAID).other_paid is None


def test_what_was_sent_on_to_another_payer_says_to_whom_where_the_file_does() -> None:
    sent = decision(day="2026-10-12", status="19", paid="5")
    sent.content["forwarded"] = "SECOND PLAN"
    found = told([], [sent], status=Status.PAID)
    assert [(event.what, event.who) for event in found.events] == [("paid", ""), ("sent on", "SECOND PLAN")]


DAYS = st.sampled_from(["", "2026-10-01", "2026-10-12", "2026-11-09"])


@st.composite
def statements(draw: st.DrawFn) -> tuple[list[Statement], list[Statement]]:
    filed = [
        filing(day=draw(DAYS), frequency=draw(st.sampled_from(["1", "7", "8"])))
        for _one in range(draw(st.integers(0, 3)))
    ]
    said = [
        decision(
            decided("1", "240", "5", ["PR", "2", "1"]), day=draw(DAYS),
            status=draw(st.sampled_from(["1", "4", "19", "22"])),
            paid=draw(st.sampled_from(["5", "-5", "0"])), received=draw(DAYS),
        )
        for _one in range(draw(st.integers(0, 4)))
    ]  # fmt: skip
    return filed, said


@given(statements(), st.randoms(use_true_random=False))
def test_any_order_of_statements_gives_one_same_story(
    said: tuple[list[Statement], list[Statement]], random: Random
) -> None:
    filings, decisions = said
    expected = told(filings, decisions, status=Status.PAID)
    random.shuffle(filings)
    random.shuffle(decisions)
    assert told(filings, decisions, status=Status.PAID) == expected


def test_a_medicine_is_told_as_the_file_told_it() -> None:
    drug = line("NDC:00093714656", "12", drug="Atorvastatin 20 mg", quantity="30", days_supply="30")
    (found,) = told([filing(drug)], [], status=Status.FILED).lines
    assert (found.product, found.quantity, found.days) == ("Atorvastatin 20 mg", "30", "30")


def test_a_decision_that_was_taken_back_tells_no_amounts() -> None:
    found = told([], [decision(decided("1", "5", "5"), status="22")], status=Status.REVERSED)
    assert found.lines == ()
    assert found.why == ()


def test_each_group_and_reason_is_told_once_with_its_sum_the_patients_first() -> None:
    found = told(
        [],
        [
            decision(
                decided("1", "9", "0", ["CO", "45", "3"], ["PR", "2", "1"]), decided("2", "9", "0", ["CO", "45", "4"])
            )
        ],
        status=Status.PAID,
    )
    assert [(why.codes, why.amount) for why in found.why] == [("PR-2", Decimal(1)), ("CO-45", Decimal(7))]
    assert found.remarks == ("N130",)


@pytest.mark.parametrize(
    ("why", "adverse"),
    [
        (["PR", "1", "10"], False),
        (["CO", "45", "10"], False),
        (["PR", "204", "10"], True),
        (["CO", "50", "10"], True),
        (["PR", "no-such", "10"], True),
        (["CO", "no-such", "10"], False),
        (["PR", "204", "0"], False),
    ],
)
def test_only_what_the_plan_refused_may_be_appealed(why: list[str], adverse: bool) -> None:  # noqa: FBT001 (a case)
    found = told([], [decision(decided("1", "10", "5", why))], status=Status.PAID)
    assert found.adverse is adverse


def test_a_price_of_nothing_is_nothing_and_not_unknown() -> None:
    found = told([], [decision(decided("1", "9", "0", ["PR", "96", "9"], allowed="0"))], status=Status.PAID)
    assert found.lines[0].allowed == Decimal(0)
