"""The pharmacy claims of the book are read whole by the shipped mapping, and come to what they say they do."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from wellkept.demo.families import families
from wellkept.demo.interchange import money
from wellkept.demo.pharmacy import Dispensed, control_csv, pharmacy_csv
from wellkept.demo.scenes import LAKES
from wellkept.exchange.tables import controls
from wellkept.exchange.tables.claims import mapping, reading
from wellkept.exchange.tables.claims.reading import Taken

TODAY = date(2026, 11, 20)


def made(path: Path, *, seed: int = 3) -> Dispensed:
    found = families(LAKES, members=300, seed=seed, today=TODAY)
    return pharmacy_csv(path, LAKES, found, seed=seed, today=TODAY)


def test_every_prescription_is_taken_and_the_totals_come_out(tmp_path: Path) -> None:
    dispensed = made(tmp_path / "rx.csv")
    control_csv(tmp_path / "totals.csv", dispensed)
    table = reading.begin(tmp_path / "rx.csv", mapping.read(mapping.shipped()["pharmacy"]))
    outcomes = list(reading.outcomes(table))
    assert len(outcomes) == dispensed.claims > 300
    assert [one for one in outcomes if not isinstance(one, Taken)] == []
    assert table.read["pharmacy", "paid"] == Decimal(money(dispensed.paid))
    for one in controls.compared(controls.read(tmp_path / "totals.csv"), table.read):
        assert one.stated == one.found


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        made(tmp_path / name)
    made(tmp_path / "three", seed=4)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes() != (tmp_path / "three").read_bytes()
