import codecs
import io
from decimal import Decimal
from typing import BinaryIO, cast

import pytest

from tests.exchange.x12.samples import (
    ENROLMENT,
    REMITTANCE,
    ended,
    findings,
    interchange,
    refusals,
    told,
    transaction,
    values,
)
from wellkept.exchange.x12 import InterchangeBegun, InterchangeEnded, read
from wellkept.exchange.x12.values import Enrolment, Remittance

GUIDE = "005010X220A1"
FILE = interchange(transaction(ENROLMENT, GUIDE), guide=GUIDE)
VALUES = values(told(FILE))


@pytest.mark.parametrize("signs", ["*:^~", "|>!\\", "\t;^'", "+:&\n", "\x1d\x1f^\x1c", "§:^~", "*:^\r"])
def test_it_takes_the_delimiters_that_the_file_announces(signs: str) -> None:
    text = interchange(transaction(ENROLMENT, GUIDE), guide=GUIDE, signs=signs)
    assert values(told(text)) == VALUES
    assert findings(told(text)) == []


@pytest.mark.parametrize(
    "data",
    [
        FILE.encode("utf-8-sig"),
        FILE.encode("utf-16"),
        FILE.encode("utf-16-le"),
        FILE.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + FILE.encode("utf-16-be"),
        FILE.replace("~", "~\r\n").encode(),
        FILE.replace("~", "~\n\n").encode(),
        FILE.replace("~", "~ \r\n").encode(),
        FILE.replace("~", "~~").encode(),
        FILE.removesuffix("~").encode(),
        (FILE + "\r\n\x1a").encode(),
        ("\r\n" + FILE).encode(),
        "\n".join(FILE[at : at + 80] for at in range(0, len(FILE), 80)).encode(),
    ],
)
def test_it_takes_the_ways_in_which_machines_write_text(data: bytes) -> None:
    events = told(data)
    assert values(events) == VALUES
    assert findings(events) == []


def test_a_byte_that_is_no_utf8_is_read_as_latin_1_and_spoils_nothing_else() -> None:
    text = FILE.replace("ERIKA*Q", "ÉRIKÄ*Q")
    data = text.encode().replace("É".encode(), b"\xc9")
    events = told(data)
    first = values(events)[0]
    assert isinstance(first, Enrolment)
    assert first.name.first == "ÉRIKÄ"
    assert [found.reason for found in findings(events)] == ["1 bytes are not UTF-8 and were read as ISO 8859-1."]
    latin = values(told(text.encode("latin-1")))[0]
    assert isinstance(latin, Enrolment)
    assert latin.name.first == "ÉRIKÄ"


def test_no_value_holds_a_zero_character() -> None:
    events = told(FILE.replace("OTTO", "OT\0TO"))
    assert "\0" not in repr(values(events))
    assert [found.kind for found in findings(events)] == ["encoding"]


def test_each_interchange_of_a_file_has_its_own_delimiters() -> None:
    other = interchange(
        transaction(REMITTANCE, "005010X221A1"), guide="005010X221A1", number="000000002", signs="|>!\\"
    )
    events = told(FILE + "\r\n" + other + FILE)
    begun = [event.control_number for event in events if isinstance(event, InterchangeBegun)]
    assert begun == ["000000001", "000000002", "000000001"]
    assert all(event.accepted for event in events if isinstance(event, InterchangeEnded))
    assert [value.amount for value in values(events) if isinstance(value, Remittance)] == [Decimal(180)]
    assert findings(events) == []


def test_text_before_the_first_interchange_is_reported_with_its_place() -> None:
    events = told("To whom it may concern. ISA follows\n" + FILE)
    (finding,) = findings(events)
    assert finding.reason == "36 characters from character 1 on belong to no interchange, and are passed over."
    assert values(events) == VALUES


def test_text_between_and_after_interchanges_is_reported_with_its_place() -> None:
    events = told(FILE + "-- page 2 --~" + FILE + "the end")
    assert [(found.kind, found.segment) for found in findings(events)] == [("stray", 41), ("stray", 82)]
    assert len(values(events)) == 4


def test_an_unreadable_isa_does_not_hide_the_one_behind_it() -> None:
    events = told(FILE + "ISA*x~" + FILE)
    assert len(values(events)) == 4


def test_line_breaks_may_end_segments_in_every_interchange_of_a_file() -> None:
    lines = interchange(transaction(ENROLMENT, GUIDE), guide=GUIDE, signs="*:^\n")
    other = interchange(transaction(ENROLMENT, GUIDE), guide=GUIDE, signs="|>!\n", number="000000002")
    events = told(lines + other + lines)
    assert len(values(events)) == 6
    assert findings(events) == []


class Drip(io.RawIOBase):
    """A stream that gives one byte at a time, as a slow connection may."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        return self._data.read(min(size, 1))


def test_a_stream_may_give_less_than_was_asked_for() -> None:
    events = list(read(cast("BinaryIO", Drip(FILE.encode("utf-16-le"))), name="file.x12"))
    assert values(events) == VALUES


def test_an_isa_in_a_name_is_a_name() -> None:
    text = FILE.replace("MUSTER*ERIKA", "ISA*ERIKA").replace("MUSTER*OTTO", "MUSTER*ISA")
    events = told(text)
    assert [event.control_number for event in events if isinstance(event, InterchangeBegun)] == ["000000001"]
    assert findings(events) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "~",
        "hello",
        "ISA",
        "ISA*",
        "ISA*00*",
        "PK\x03\x04",
        "ISA*" * 1000,
        "<xml/>",
        "ISA" + "*longer than any element of one" * 15 + "*:~",
    ],
)
def test_what_is_no_x12_is_refused_in_a_plain_sentence(text: str) -> None:
    (refusal,) = refusals(told(text))
    assert refusal.sentence == "This is not an X12 file: it holds no interchange header (ISA) that can be read."


def test_an_isa_out_of_its_places_is_taken_and_reported() -> None:
    events = told(FILE.replace("SENDER         ", "SENDER", 1))
    assert [found.reason for found in findings(events)] == [
        "The ISA is not written in its fixed places (106 characters)."
    ]
    assert values(events)


@pytest.mark.parametrize("length", [110_000, 210_000])
def test_a_segment_beyond_all_measure_ends_its_interchange(length: int) -> None:
    events = told(FILE[:400] + "X" * length + FILE)
    assert not ended(events)[0].accepted
    reasons = [found.reason for found in findings(events)]
    assert any("no segment ends within 100,000 characters" in reason for reason in reasons)
    assert len(values(events)) == 2
