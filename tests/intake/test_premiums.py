"""A premium payment is kept whole as the organisation's, and person by person under the lock, once."""

from pathlib import Path

import pytest

from tests.exchange.x12.samples import interchange, transaction
from tests.exchange.x12.test_asides import ANSWER, PAYMENT
from tests.intake.book import ERIKA, enrolment, written
from tests.intake.house import House, bring

pytestmark = pytest.mark.database


def payment(folder: Path) -> Path:
    """An 820 with one person we know, one whom nobody enrolled, and a part for nobody."""
    path = folder / "paid.820"
    body = PAYMENT.replace(
        "ENT*2*2J*EI*S-200", "ENT*2*2J*EI*S-9\nNM1*IL*1*NOBODY*N****N*S-9\nRMR*IK*X**0\nENT*3*2J*EI*1"
    )
    path.write_text(interchange(transaction(body, "005010X218"), guide="005010X218"), encoding="ascii")
    return path


def test_a_payment_is_kept_once_however_often_and_in_whatever_order_it_comes(house: House, tmp_path: Path) -> None:
    enrolled = written(tmp_path, "e.834", enrolment((ERIKA,)))
    bring(house, payment(tmp_path))
    assert house.count("intake_premium") == 0
    said = bring(house, enrolled, payment(tmp_path))
    assert "4 premiums" not in said
    assert "3 premiums" in said
    rows = house.rows(
        "select amount::text, begins_on::text, category, plan_id is not null from intake_premium order by 1"
    )
    assert rows == [("-10.00", None, "coverage", True), ("200.50", "2026-01-01", "coverage", True)]
    kept = house.rows("select payer, payee, amount::text, told::text, parts, people from intake_payment")
    assert kept == [("EXAMPLE WORKS", "EXAMPLE PLAN", "310.50", "310.50", 4, 3)]
    assert house.rows("select distinct kind, apart from intake_staged") == [("premium", True)]
    stated = house.rows("select stated = found from intake_control where source = 'BPR02'")
    assert stated
    assert all(agrees for (agrees,) in stated)


def test_a_payment_whose_parts_do_not_come_to_it_stands_among_the_differences(house: House, tmp_path: Path) -> None:
    path = payment(tmp_path)
    path.write_text(path.read_text().replace("*310.5*", "*311*"))
    bring(house, path, expect=1)
    found = house.rows("select source, stated::float, found::float from intake_differences()")
    assert found == [("BPR02", 311.0, 310.5)]


def test_an_acknowledgment_is_said_and_kept(house: House, tmp_path: Path) -> None:
    path = tmp_path / "a.999"
    path.write_text(interchange(transaction(ANSWER, "005010X231A1"), guide="005010X231A1"), encoding="ascii")
    said = bring(house, path)
    assert "999: set 0002 (834) of group 7: rejected (code 5; segment NM1 at 12: 8; element 9: 1)" in said
    assert house.rows("select number, verdict from intake_acknowledged order by id") == [
        ("0001", "A"), ("0002", "R"), ("", "P"),
    ]  # fmt: skip
