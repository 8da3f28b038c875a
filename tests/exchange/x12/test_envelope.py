import io
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.x12.samples import (
    CLAIM,
    ENROLMENT,
    ended,
    findings,
    interchange,
    refusals,
    segments,
    told,
    transaction,
    values,
)
from wellkept.exchange.x12 import (
    GroupBegun,
    GroupEnded,
    InterchangeBegun,
    InterchangeEnded,
    SetBegun,
    SetEnded,
    Values,
    read,
)

GUIDE = "005010X220A1"
FILE = interchange(transaction(ENROLMENT, GUIDE), guide=GUIDE)

BROKEN = [
    ("IEA*1*000000001", "IEA*1*000000002", "IEA02 is not the header's number (ISA13)."),
    ("IEA*1*", "IEA*2*", "IEA01 does not count the groups that are here."),
    ("GE*1*1~", "GE*1*9~", "GE02 is not the header's number (GS06)."),
    ("GE*1*1~", "GE*2*1~", "GE01 does not count the transaction sets that are here."),
    ("SE*36*0001", "SE*36*0002", "SE02 is not the header's number (ST02)."),
    ("SE*36*0001", "SE*35*0001", "SE01 does not count the segments that are here."),
    ("SE*36*0001", "SE*x*0001", "SE01 does not count the segments that are here."),
    ("GE*1*1~", "", "A group has no trailer (GE): the interchange ends."),
    ("IEA*1*000000001~", "", "The interchange has no trailer (IEA): the file ends."),
    ("GS*HC*", "G$*HC*", "A transaction set (ST) stands outside every group (GS)."),
]


@pytest.mark.parametrize(("right", "wrong", "reason"), BROKEN)
def test_lenient_takes_a_broken_envelope_and_reports_it(right: str, wrong: str, reason: str) -> None:
    assert right in FILE
    events = told(FILE.replace(right, wrong))
    assert reason in [found.reason for found in findings(events)]
    assert {found.severity for found in findings(events)} == {"warning"}
    assert len(values(events)) == 2
    assert [event.accepted for event in events if isinstance(event, InterchangeEnded)] == [True]


@pytest.mark.parametrize(("right", "wrong", "reason"), BROKEN)
def test_strict_refuses_the_interchange_with_a_broken_envelope(right: str, wrong: str, reason: str) -> None:
    good = FILE.replace("000000001", "000000077")
    events = told(FILE.replace(right, wrong) + good, mode="strict")
    (refusal,) = refusals(events)
    reason = reason.replace("the file ends", "another interchange begins")
    assert refusal.sentence == f"The interchange is refused. {reason}"
    assert [event.accepted for event in events if isinstance(event, InterchangeEnded)] == [False, True]
    assert ended(events)[-1].accepted


def test_strict_refuses_an_interchange_once_however_many_rules_it_breaks() -> None:
    events = told(FILE.replace("GE*1*1~", "GE*9*9~").replace("IEA*1*000000001", "IEA*9*9"), mode="strict")
    assert [refusal.element for refusal in refusals(events)] == ["GE01"]
    assert [(event.received, event.accepted) for event in events if isinstance(event, GroupEnded)] == [(1, 1)]


def test_a_set_that_is_not_read_is_counted_all_the_same() -> None:
    other = ["ST*270*0009*005010X279A1", "BHT*1", "SE*4*0008"]
    text = interchange(other, guide="005010X279A1")
    assert [found.element for found in findings(told(text))] == ["SE01", "SE02"]
    assert refusals(told(text, mode="strict"))[-1].element == "SE01"
    cut = findings(told(interchange(other[:2], guide="005010X279A1")))
    assert [found.reason for found in cut] == ["A transaction set has no trailer (SE): the group ends."]


def test_a_set_that_is_cut_off_is_put_aside_while_the_others_go_in() -> None:
    whole, cut = transaction(ENROLMENT, GUIDE), transaction(ENROLMENT, GUIDE, "0002")[:-5]
    events = told(interchange(cut, whole, guide=GUIDE))
    assert [(one.transaction.control_number, one.accepted) for one in ended(events)] == [
        ("0002", False),
        ("0001", True),
    ]
    assert ended(events)[0].findings[-1].reason == (
        "The transaction set has no trailer (SE): another transaction set begins."
    )


def test_events_come_in_order_and_values_between_begin_and_end() -> None:
    kinds = [type(event) for event in told(FILE)]
    assert kinds == [InterchangeBegun, GroupBegun, SetBegun, Values, SetEnded, GroupEnded, InterchangeEnded]


def test_many_values_come_in_batches() -> None:
    member = "INS*Y*18*021*28*A\nREF*0F*S1\nNM1*IL*1*MUSTER*ERIKA\n"
    body = "BGN*00*R1*20260401*1200****4\n" + member * 1234
    events = told(interchange(transaction(body, GUIDE), guide=GUIDE))
    assert [len(event.values) for event in events if isinstance(event, Values)] == [500, 500, 234]
    assert ended(events)[0].values == 1234


def test_after_an_error_no_more_values_come_but_all_errors_do() -> None:
    member = "INS*Y*18*021*28*A\nREF*0F*S1\nNM1*IL*1*MUSTER*ERIKA\nDMG*D8*{}*F\n"
    days = ["19800101"] * 600 + ["nonsense"] * 150 + ["19800101"] * 600
    body = "BGN*00*R1*20260401*1200****4\n" + "".join(member.format(day) for day in days)
    events = told(interchange(transaction(body, GUIDE), guide=GUIDE))
    assert [len(event.values) for event in events if isinstance(event, Values)] == [500]
    (end,) = ended(events)
    assert (end.accepted, end.values, len(end.findings), end.unreported) == (False, 0, 100, 50)


@pytest.mark.parametrize(
    ("guide", "identifier", "sentence"),
    [
        ("005010X224A2", "837", "This is a dental claim file (837D, 005010X224A2). We read enrolments (834), claims"),
        ("005010X279A1", "270", "This is an eligibility inquiry (270, 005010X279A1). We read"),
        ("005010X279A1", "271", "This is an eligibility response (271, 005010X279A1). We read"),
        ("005010X212", "276", "This is a claim status inquiry (276, 005010X212). We read"),
        ("005010X214", "277", "This is a claim acknowledgment (277CA, 005010X214). We read"),
        ("005010X219", "820", "This is a premium payment (820, 005010X219). We read"),
        ("005010X230", "997", "This is a functional acknowledgment (997, 005010X230). We read"),
        ("004010", "997", "This is a functional acknowledgment (997, 004010). Version 004010 is no longer in use."),
        ("004010X098A1", "837", "This is a professional claim file (837P, 004010X098A1). Version 004010 is no longer"),
        (
            "005010X222",
            "837",
            "This is a professional claim file (837P, 005010X222). Of this guide we read 005010X222A1",
        ),
        ("005010X222A1", "834", "This is an enrolment file (834, 005010X222A1). We read"),
        ("", "837", "This is a claim file (837). We read"),
        ("", "", "This is a file of no known kind. We read"),
    ],
)
def test_a_guide_that_we_do_not_read_is_refused_by_name(guide: str, identifier: str, sentence: str) -> None:
    other = [f"ST*{identifier}*0009*{guide}", "BHT*1*2", "SE*3*0009"]
    events = told(interchange(other, transaction(ENROLMENT, GUIDE), guide=guide or GUIDE).replace(f"X*{GUIDE}", "X*"))
    (refusal,) = refusals(events)
    assert refusal.sentence.startswith(sentence)
    assert (refusal.set_control_number, refusal.segment) == ("0009", 3)
    assert len(values(events)) == 2


def test_the_guide_of_the_set_counts_when_the_group_names_another() -> None:
    events = told(interchange(transaction(CLAIM, "005010X222A1"), guide=GUIDE))
    assert len(values(events)) == 2
    (finding,) = findings(events)
    assert finding.reason == "This is not the guide of the group (GS08)."


def test_segments_outside_a_set_are_reported_once() -> None:
    text = FILE.replace("ST*834", "REF*1*2~REF*3*4~ST*834")
    (finding,) = findings(told(text))
    assert (finding.kind, finding.segment, finding.segment_id) == ("stray", 3, "REF")


def test_a_group_outside_an_interchange_is_passed_over_and_reported() -> None:
    events = told(FILE + FILE[FILE.index("GS*") :])
    assert len(values(events)) == 2
    assert [found.reason for found in findings(events)] == [
        "A group (GS) stands outside every interchange, and is passed over.",
        "A transaction set (ST) stands outside every interchange, and is passed over.",
        "A group trailer (GE) stands without its header (GS).",
        "An interchange trailer (IEA) stands without its header (ISA).",
    ]


def test_an_interchange_may_hold_several_groups() -> None:
    group = FILE[FILE.index("GS*") : FILE.index("IEA*")]
    text = FILE.replace(group, group * 3).replace("IEA*1", "IEA*3")
    events = told(text, mode="strict")
    assert refusals(events) == []
    assert [event.groups for event in events if isinstance(event, InterchangeEnded)] == [3]
    assert len(values(events)) == 2 * 3


def test_a_lone_trailer_is_reported() -> None:
    reasons = [found.reason for found in findings(told(FILE.replace("ST*834*", "SE*1*0001~ST*834*")))]
    assert reasons == ["A set trailer (SE) stands without its header (ST)."]


def test_a_file_is_read_by_path_and_named_in_findings(tmp_path: Path) -> None:
    path = tmp_path / "april.834"
    path.write_text(FILE.replace("*F~", "*Q~"), encoding="ascii")
    finding = findings(list(read(path)))[0]
    assert (finding.file, finding.segment, finding.segment_in_set) == ("april.834", 20, 18)


def test_the_mode_and_the_size_are_checked_at_once() -> None:
    with pytest.raises(ValueError, match="lenient"):
        read(io.BytesIO(), mode="kind")
    with pytest.raises(ValueError, match="size"):
        read(io.BytesIO(), size=0)


def test_reading_needs_neither_django_nor_a_database() -> None:
    ask = "import sys, wellkept.exchange.x12; print({'django', 'psycopg'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", ask], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "set()"


def test_the_sample_is_as_long_as_it_says() -> None:
    assert len(segments(ENROLMENT)) + 2 == 36
