"""Every file is counted, and a total that does not come out stands until somebody has seen it (U-43)."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from tests.intake.book import CLAIMS, PEOPLE, by_sponsor, enrolment, filing, remittance, written
from tests.intake.house import House, wellkept
from wellkept.intake.reconciling import amount

SE = re.compile(r"(?<![A-Z])SE\*\d+\*")
DIFFERENCES = "select kind, measure, source, stated::float, found::float from intake_differences() order by source"


def brought(house: House, *files: Path) -> None:
    """Files, whatever comes of them."""
    assert wellkept(house, "import", "x12", *files).returncode in (0, 1)


@pytest.mark.database
def test_x12_files_are_counted_as_read_accepted_and_applied(house: House, tmp_path: Path) -> None:
    files = by_sponsor(tmp_path), written(tmp_path, "a.837", filing()), written(tmp_path, "a.835", remittance())
    brought(house, *files)
    found = house.rows(
        "select kind, measure, read::float, accepted::float, applied::float from intake_total order by kind, measure"
    )
    assert found == [
        ("decision", "billed", 2097.5, 2097.5, 2097.5), ("decision", "paid", 1228.8, 1228.8, 1228.8),
        ("decision", "records", 6, 6, 6), ("enrolment", "records", 5, 5, 5),
        ("filing", "billed", 2097.5, 2097.5, 2097.5), ("filing", "records", 6, 6, 6),
    ]  # fmt: skip
    assert house.rows(DIFFERENCES) == []
    assert house.rows("select source, stated = found from intake_control where source = 'BPR02'") == [("BPR02", True)]


@pytest.mark.database
def test_a_file_said_twice_is_counted_twice_and_comes_out(house: House, tmp_path: Path) -> None:
    payment = written(tmp_path, "a.835", remittance())
    brought(house, payment, payment, by_sponsor(tmp_path), payment)
    assert house.rows("select sum(repeated)::int from intake_total where measure = 'records'") == [(6,)]
    assert house.rows(DIFFERENCES) == []


ALTERED: dict[str, tuple[Callable[[], str], str, Callable[[str], str], tuple[object, ...]]] = {
    "payment": (remittance, "835", lambda text: text.replace("BPR*I*1228.8*", "BPR*I*1228.81*"),
                ("payment", "paid", "BPR02", 1228.81, 1228.8)),
    "segments": (filing, "837", lambda text: SE.sub("SE*99*", text),
                 ("segments", "records", "SE01", None, None)),
    "sets": (filing, "837", lambda text: text.replace("GE*1*", "GE*2*"), ("sets", "records", "GE01", 2, 1)),
    "members": (lambda: enrolment(PEOPLE[:4]).replace("N1*P5*", "QTY*TO*5\nN1*P5*"), "834", lambda text: text,
                ("members", "records", "QTY", 5, 4)),
    "dependents": (lambda: enrolment(PEOPLE[:4]).replace("N1*P5*", "QTY*DT*2\nN1*P5*"), "834", lambda text: text,
                   ("dependents", "records", "QTY", 2, 3)),
}  # fmt: skip


@pytest.mark.database
@pytest.mark.parametrize("what", sorted(ALTERED))
def test_a_total_of_an_x12_file_that_was_altered_stands_as_a_difference(
    house: House, tmp_path: Path, what: str
) -> None:
    body, kind, alter, wanted = ALTERED[what]
    file = written(tmp_path, f"a.{kind}", body())
    file.write_text(alter(file.read_text(encoding="ascii")), encoding="ascii")
    brought(house, file)
    (found,) = house.rows(DIFFERENCES)
    assert found[:3] == wanted[:3]
    if wanted[3] is not None:
        assert found == wanted


@pytest.mark.database
def test_totals_that_agree_are_no_difference(house: House, tmp_path: Path) -> None:
    body = enrolment(PEOPLE[:4]).replace("N1*P5*", "QTY*TO*4\nQTY*ET*1\nQTY*DT*3\nN1*P5*")
    brought(house, written(tmp_path, "a.834", body))
    assert house.rows(DIFFERENCES) == []
    assert house.rows("select count(*) from intake_control where source = 'QTY'") == [(3,)]


@pytest.mark.database
def test_a_set_that_was_put_aside_is_counted_as_such(house: House, tmp_path: Path) -> None:
    bad = remittance(CLAIMS[3:]).replace("CLP*QC-5*1*1200*1000*", "CLP*QC-5*1*twelve*1000*")
    brought(house, written(tmp_path, "a.835", remittance(CLAIMS[:3]), bad))
    assert house.rows("select accepted::int from intake_total where kind = 'decision' and measure = 'records'") == [
        (3,)
    ]
    assert house.rows(DIFFERENCES) == []


@pytest.mark.database
def test_money_that_is_lost_after_accepting_stands_as_a_difference(house: House, tmp_path: Path) -> None:
    brought(house, by_sponsor(tmp_path), written(tmp_path, "a.835", remittance()))
    house.do("update intake_total set applied = applied - 0.01 where kind = 'decision' and measure = 'paid'")
    assert house.rows(DIFFERENCES) == [("decision", "paid", "accepted", 1228.8, 1228.79)]


@pytest.mark.database
def test_the_proof_may_ask_for_differences_and_for_nothing_that_waits(house: House) -> None:
    with house.cluster.connect("umr", "proof", autocommit=True) as proof:
        assert proof.execute("select * from wellkept.intake_differences()").fetchall() == []
        for table in ("intake_total", "intake_control", "intake_staged"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                proof.execute(f"select * from wellkept.{table}")
    with (
        house.cluster.connect("umr", "web", autocommit=True) as web,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        web.execute("select * from wellkept.intake_differences()")
    with house.cluster.connect("umr", "entrance", autocommit=True) as entrance:
        for function in ("intake_differences()", "intake_totals(null, null)", "intake_controls(null, null)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                entrance.execute(f"select * from wellkept.{function}")


@pytest.mark.parametrize(
    ("measure", "number", "written_"),
    [("records", "1200.000000", "1,200"), ("paid", "1200.000000", "$1,200.00"), ("paid", "-0.005000", "-$0.005"),
     ("billed", "1.1", "$1.10"), ("records", "0.000000", "0")],
)  # fmt: skip
def test_an_amount_is_written_exactly(measure: str, number: str, written_: str) -> None:
    assert amount(measure, Decimal(number)) == written_
