"""The book: files that a reader takes without a word, of people who cannot be taken for real ones."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.exchange.x12.samples import findings
from wellkept.benefits.sensitive import content_is_sensitive
from wellkept.demo.book import Book, book
from wellkept.demo.scenes import LAKES, ROWAN, Scene, npi
from wellkept.exchange.x12 import Event, Values, read
from wellkept.exchange.x12.statements import statement
from wellkept.exchange.x12.values import ClaimDecided, ClaimFiled, Enrolment, Remittance, Value

TODAY = date(2026, 11, 22)


@dataclass(slots=True)
class Told:
    """A book and everything that its files say."""

    book: Book
    events: list[Event] = field(default_factory=list)

    def values(self) -> Iterator[Value]:
        for event in self.events:
            if isinstance(event, Values):
                yield from event.values


@pytest.fixture(scope="module", params=[LAKES, ROWAN], ids=["umr", "pwer"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    scene: Scene = request.param
    made = book(tmp_path_factory.mktemp("book"), members=300, claims_a_member=6.0, seed=5, today=TODAY, scene=scene)
    return Told(made, [event for path in made.files for event in read(path, mode="strict")])


def test_its_files_are_read_without_a_finding(told: Told) -> None:
    assert findings(told.events) == []


def test_it_says_exactly_what_is_in_it(told: Told) -> None:
    counted = Counter(type(value) for value in told.values())
    assert (counted[Enrolment], counted[ClaimFiled], counted[ClaimDecided]) == (
        300,
        told.book.filings,
        told.book.decisions,
    )
    assert told.book.members == 300
    assert told.book.segments == sum(path.read_text().count("~") for path in told.book.files)


def test_it_holds_the_people_everybody_meets(told: Told) -> None:
    parts = {"subscriber", "spouse", "teenager", "child", "stranger", "ended", "without claims", "unknown reason"}
    assert set(told.book.people) == parts
    teenager, child = told.book.people["teenager"], told.book.people["child"]
    assert [(TODAY - one.born).days // 365 for one in (teenager, child)] == [16, 9]
    claims = {(v.patient.name.first, v.patient.birth_date) for v in told.values() if isinstance(v, ClaimFiled)}
    without = told.book.people["without claims"]
    assert (without.first, without.born) not in claims
    ended = told.book.people["ended"]
    found = [v for v in told.values() if isinstance(v, Enrolment) and v.subscriber_id == ended.number]
    assert [bool(v.eligibility_ends and v.eligibility_ends < TODAY) for v in found] == [True]


def test_it_holds_every_kind_of_decision(told: Told) -> None:
    decided = [v for v in told.values() if isinstance(v, ClaimDecided)]
    reasons = {(a.group, a.reason) for v in decided for line in v.lines for a in line.adjustments}
    assert {
        ("CO", "45"),
        ("PR", "1"),
        ("PR", "2"),
        ("PR", "3"),
        ("PR", "96"),
        ("CO", "97"),
        ("OA", "23"),
        ("CO", "X99"),
    } <= reasons
    assert {"1", "2", "4", "22"} == {v.status for v in decided}
    numbers = {v.control_number for v in decided}
    assert any(v.control_number not in numbers for v in told.values() if isinstance(v, ClaimFiled))


def test_some_of_its_care_is_sensitive_and_most_is_not(told: Told) -> None:
    said = [statement(v, remittance=None) for v in told.values() if isinstance(v, ClaimFiled)]
    sensitive = [content_is_sensitive(s.content) for s in said if s]
    assert 0.03 < sum(sensitive) / len(sensitive) < 0.4


def test_a_reversal_takes_back_exactly_what_was_paid(told: Told) -> None:
    decided = [v for v in told.values() if isinstance(v, ClaimDecided)]
    first = {v.control_number: v for v in decided if v.status == "1"}
    back = [v for v in decided if v.status == "22"]
    assert back
    for one in back:
        again = [v for v in decided if v.control_number == one.control_number and v.status == "1"]
        assert len(again) == 2
        assert -one.paid in {v.paid for v in again}
        assert first[one.control_number].charge == -one.charge


def test_nobody_in_it_can_be_taken_for_somebody_real(told: Told) -> None:
    for value in told.values():
        if isinstance(value, Enrolment):
            reach = {c.kind: c.number for c in value.member.contacts}
            assert reach["HP"][3:8] == "55501"
            assert reach.get("EM", "@example.com").endswith("@example.com")
            assert value.member.identifier == ""
        elif isinstance(value, Remittance):
            assert value.payee is not None
            assert value.payee.tax_id.startswith("00")


def test_no_day_lies_after_today_and_no_care_before_birth_or_cover(told: Told) -> None:
    for value in told.values():
        if isinstance(value, ClaimFiled):
            days = [value.patient.birth_date, value.service_begins, value.filed, TODAY]
            assert None not in days
            assert days == sorted(day for day in days if day)
        elif isinstance(value, Remittance):
            assert value.paid is not None
            assert value.paid <= TODAY
            assert value.amount >= Decimal(0)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name, seed in (("one", 9), ("same", 9), ("other", 10)):
        (tmp_path / name).mkdir()
        written = book(tmp_path / name, members=60, claims_a_member=4.0, seed=seed, today=TODAY)
        made.append([path.read_bytes() for path in written.files])
    assert made[0] == made[1]
    assert all(a != b for a, b in zip(made[0], made[2], strict=True))


def test_names_of_many_kinds_come_through(told: Told) -> None:
    names = {v.name.last for v in told.values() if isinstance(v, Enrolment)}
    assert any(not name.isascii() for name in names)
    assert any(len(name) > 15 for name in names)


@pytest.mark.parametrize(("number", "whole"), [(123456789, "1234567893"), (199999999, "1999999992")])
def test_a_provider_number_ends_with_its_check_digit(number: int, whole: str) -> None:
    assert npi(number) == whole
