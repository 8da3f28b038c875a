from datetime import UTC, datetime
from pathlib import Path

from x12sdk.io import X12SegmentReader

from tests.exchange.x12.samples import CLAIM, ENROLMENT, interchange, refusals, told, transaction, values
from wellkept.exchange.x12 import Event, acknowledgement
from wellkept.exchange.x12.values import Answered

GUIDE = "005010X222A1"
GOOD = transaction(CLAIM, GUIDE)
BAD = transaction(CLAIM.replace("CLM*C-1*300", "CLM*C-1*12,50").replace("*20260213", "*20261313"), GUIDE, "0002")
NOTED = [*transaction(CLAIM, GUIDE, "0003")[:-1], "SE*9*0003"]


def answer(events: list[Event], *, interchange_too: bool = False) -> list[str]:
    at = datetime(2026, 4, 2, 3, 4, tzinfo=UTC)
    text = acknowledgement(events, control_number=7, at=at, interchange_too=interchange_too)
    return text.split("~")[:-1]


def test_a_good_group_is_accepted() -> None:
    lines = answer(told(interchange(GOOD, guide=GUIDE)))
    assert lines[0] == (
        "ISA*00*          *00*          *ZZ*RECEIVER       *ZZ*SENDER         *260402*0304*^*00501*000000007*0*T*:"
    )
    assert lines[1:] == [
        "GS*FA*RECEIVER*SENDER*20260402*0304*7*X*005010X231A1",
        "ST*999*0001*005010X231A1",
        "AK1*HC*1*005010X222A1",
        "AK2*837*0001*005010X222A1",
        "IK5*A",
        "AK9*A*1*1*1",
        "SE*6*0001",
        "GE*1*7",
        "IEA*1*000000007",
    ]


def test_a_set_put_aside_is_rejected_with_its_places_and_no_data() -> None:
    lines = answer(told(interchange(GOOD, BAD, guide=GUIDE)))
    assert lines[6:14] == [
        "AK2*837*0002*005010X222A1",
        "IK3*CLM*23**8",
        "IK4*2**6",
        "IK3*DTP*50**8",
        "IK4*3**8",
        "IK5*R*5",
        "AK9*P*2*2*1",
        "SE*12*0001",
    ]
    assert "12,50" not in "".join(lines)


def test_a_count_that_is_wrong_is_noted() -> None:
    lines = answer(told(interchange(NOTED, guide=GUIDE)))
    assert lines[4:7] == ["AK2*837*0003*005010X222A1", "IK5*E*4", "AK9*E*1*1*1"]


def test_a_guide_that_we_do_not_read_is_rejected_as_such() -> None:
    lines = answer(told(interchange(transaction("BHT*1", "005010X224A2"), guide="005010X224A2")))
    assert lines[4:7] == ["AK2*837*0001*005010X224A2", "IK5*R*1", "AK9*R*1*1*0"]


def test_an_interchange_that_is_refused_whole_gets_a_ta1() -> None:
    text = interchange(GOOD, guide=GUIDE).replace("IEA*1*", "IEA*3*")
    events = told(text, mode="strict")
    assert refusals(events)[0].element == "IEA01"
    assert answer(events)[1:] == ["TA1*000000001*260401*1200*R*021", "IEA*0*000000007"]
    within = told(interchange(GOOD, guide=GUIDE).replace("GE*1*1", "GE*1*2"), mode="strict")
    assert answer(within)[1] == "TA1*000000001*260401*1200*R*022"
    assert answer(told(text), interchange_too=True)[1] == "TA1*000000001*260401*1200*E*021"
    assert answer(told(interchange(GOOD, guide=GUIDE)), interchange_too=True)[1] == "TA1*000000001*260401*1200*A*000"


def test_an_acknowledgment_is_never_acknowledged() -> None:
    reply = "~".join(answer(told(interchange(GOOD, guide=GUIDE)))) + "~"
    assert answer(told(reply)) == []


def test_every_interchange_of_a_file_gets_its_own_answer() -> None:
    text = interchange(GOOD, guide=GUIDE) + interchange(
        transaction(ENROLMENT, "005010X220A1"), guide="005010X220A1", number="000000002"
    )
    lines = answer(told(text))
    assert [line for line in lines if line.startswith("IEA")] == ["IEA*1*000000007", "IEA*1*000000008"]


def test_signs_in_somebody_elses_numbers_do_not_break_the_answer() -> None:
    text = interchange(GOOD, guide=GUIDE, signs="|>!\\").replace("GS|HC|SENDER|", "GS|HC|SE*N~D|")
    lines = answer(told(text))
    assert lines[1] == "GS*FA*RECEIVER*SE N D*20260402*0304*7*X*005010X231A1"


def test_another_reader_takes_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "answer.999"
    lines = answer(told(interchange(GOOD, BAD, NOTED, guide=GUIDE)), interchange_too=True)
    path.write_text("~".join(lines) + "~", encoding="ascii")
    with X12SegmentReader(str(path)) as reader:
        names = [name for name, _ in reader.segments()]
    assert (names[:2], names[-1], names.count("AK2"), names.count("IK5")) == (["ISA", "TA1"], "IEA", 3, 3)
    events = told(path.read_bytes(), mode="strict")
    assert refusals(events) == []  # counts and control numbers hold
    assert [one.verdict for one in values(events) if isinstance(one, Answered)] == ["A", "R", "E", "P"]
