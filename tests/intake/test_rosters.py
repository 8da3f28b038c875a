"""Rosters of organisations from CSV: whose people may register, what is put aside, and who has left."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.intake.house import House, wellkept
from wellkept.vault import envelope
from wellkept.vault.keks import Keks
from wellkept.vault.queries import data_keys

pytestmark = pytest.mark.database

CLINIC = {
    "name": "Alder Bend Family Medicine, P.C.",
    "street": "12 Canal Street",
    "city": "Alder Bend",
    "state": "WI",
    "zip": "54999",
    "npi": "1999941010",
    "tax_number": "12-3456789",
    "as_of": "2026-11-01",
}
WORKS = {name: value for name, value in CLINIC.items() if name != "npi"} | {
    "name": "North Pier Tool Works",
    "group_numbers": "76-410101; 76-410102",
    "tax_number": "00-0410101",
}


def employer(number: int, **said: str) -> dict[str, str]:
    return WORKS | {"name": f"Works {number}", "tax_number": f"12-{number:07}"} | said


def table(folder: Path, rows: Sequence[Mapping[str, str]], name: str = "roster.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def say(house: House, kind: str, path: Path, *more: str | Path, expect: int = 0) -> str:
    done = wellkept(house, "import", "roster", "--kind", kind, *more, path)
    assert done.returncode == expect, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def kept(house: House) -> list[tuple[Any, ...]]:
    return house.rows(
        "select kind, name, state, npi, group_numbers, standing, roster_on::text from organisations_organisation"
        " order by kind, name"
    )


def standings(house: House) -> dict[str, str]:
    return {
        str(name): str(standing)
        for name, standing in house.rows("select name, standing from organisations_organisation")
    }


def everything(house: House) -> list[list[tuple[Any, ...]]]:
    return [
        house.rows("select id, name, roster_on, told, standing from organisations_organisation order by id"),
        house.rows("select * from organisations_finder order by 1, 2"),
    ]


def test_a_row_becomes_an_organisation_with_what_finds_it_and_an_entry(house: House, tmp_path: Path) -> None:
    printed = say(house, "employer", table(tmp_path, [WORKS]))
    assert "1 rows read: 1 applied, 0 unchanged, 0 refused. 0 left." in printed
    groups = ["76-410101", "76-410102"]
    assert kept(house) == [("employer", "North Pier Tool Works", "WI", "", groups, "current", "2026-11-01")]
    assert house.count("organisations_finder") == 2
    (entry,) = house.rows(
        "select kind, role, subjects, purpose from ledger_entry where kind = 'brought' order by id desc limit 1"
    )
    (number,) = house.rows("select id from organisations_organisation")[0]
    assert entry == ("brought", "intake", [number], "MEMADMIN")
    counts = house.rows("select counts from intake_file order by began desc limit 1")[0][0]
    assert counts == {
        "rows": 1, "rows_aside": 0, "rows_read": 1, "rows_applied": 1, "rows_unchanged": 0, "rows_refused": 0,
        "organisations_left": 0,
    }  # fmt: skip


def test_a_tax_number_lies_sealed_under_the_key_of_its_organisation_alone(house: House, tmp_path: Path) -> None:
    say(house, "provider", table(tmp_path, [CLINIC]))
    ((number, sealed),) = house.rows("select id, tax_number from organisations_organisation")
    whole = house.rows("select to_jsonb(o)::text from organisations_organisation o")[0][0]
    assert "123456789" not in whole
    with house.cluster.connect("umr", "web", "keys", autocommit=True) as connection:
        keys = data_keys([number], connection=connection, keks=Keks(house.state / "umr" / "kek"))
    told = envelope.unseal(
        data_key=keys[number, "benefits"], field="organisation.tax_number", subject=number, row=number, sealed=sealed
    )
    assert told == "123456789"


def test_the_same_roster_twice_changes_nothing_and_says_so(house: House, tmp_path: Path) -> None:
    path = table(tmp_path, [CLINIC])
    say(house, "provider", path)
    before, entries = everything(house), house.count("ledger_entry")
    assert "1 rows read: 0 applied, 1 unchanged, 0 refused" in say(house, "provider", path)
    assert everything(house) == before
    assert house.count("ledger_entry") == entries


def test_a_later_roster_changes_what_stands_and_an_older_one_nothing(house: House, tmp_path: Path) -> None:
    say(house, "provider", table(tmp_path, [CLINIC]))
    say(house, "provider", table(tmp_path, [CLINIC | {"name": "Alder Bend Clinic", "as_of": "2026-11-15"}]))
    old = CLINIC | {"name": "Bend Medicine", "as_of": "2026-10-01"}
    assert "0 applied, 1 unchanged" in say(house, "provider", table(tmp_path, [old]))
    assert [row[1] for row in kept(house)] == ["Alder Bend Clinic"]
    assert house.count("organisations_finder") == 1


REFUSED = (
    ({"npi": "1999941011"}, "npi cannot be read: An NPI has ten digits"),
    ({"npi": "1.99994E+09"}, "npi was shortened by a spreadsheet"),
    ({"npi": ""}, "npi is empty"),
    ({"tax_number": "12-345678"}, "tax_number cannot be read: A tax number has nine digits"),
    ({"tax_number": "000-12-3456"}, "tax_number cannot be read"),
    ({"zip": "5499"}, "zip is no ZIP code of five digits"),
    ({"state": "Wisconsin"}, "state is none of"),
    ({"name": ""}, "name is empty"),
    ({"name": "--"}, "name holds no name"),
    ({"standing": "friend"}, "standing is none of: current, prospective, prior"),
    ({"as_of": "2207-01-01"}, "as_of lies ahead"),
    ({"name": "Alder\x00Bend"}, "name holds a character that is no text"),
    ({"street": "x" * 121}, "street is longer than 120 characters"),
    ({"name": "x" * 30_000}, "a cell is too long"),
)


def test_rows_that_cannot_be_read_are_refused_by_line_and_column_and_the_others_are_taken(
    house: House, tmp_path: Path
) -> None:
    path = table(tmp_path, [*(CLINIC | said for said, _ in REFUSED), CLINIC])
    printed = say(house, "provider", path, "--rejects", tmp_path / "aside.csv", expect=1)
    for line, (_, sentence) in enumerate(REFUSED, 2):
        assert any(f"line {line}: " in one and sentence in one for one in printed.splitlines()), sentence
    assert f"{len(REFUSED) + 1} rows read: 1 applied, 0 unchanged, {len(REFUSED)} refused" in printed
    assert [row[1] for row in kept(house)] == [CLINIC["name"]]
    assert "npi is empty" in (tmp_path / "aside.csv").read_text()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "employer",
            {
                "group_numbers cannot be read: A group number has": {"group_numbers": "76-410101; <b>"},
                "group_numbers is empty": {"group_numbers": ""},
                "No tax number begins with these two digits": {"tax_number": "07-1234567"},
            },
        ),
        ("partner", {"agreement_number cannot be read: An agreement number": {"agreement_number": "none"}}),
        ("agent", {"producer_number cannot be read: A producer number": {"producer_number": "-"}}),
    ],
)
def test_each_kind_has_its_own_numbers(
    house: House, tmp_path: Path, kind: str, said: dict[str, dict[str, str]]
) -> None:
    whole = WORKS | {"agreement_number": "BA-1", "producer_number": "88123"}
    printed = say(house, kind, table(tmp_path, [whole | one for one in said.values()]), expect=1)
    for sentence in said:
        assert sentence in printed
    assert kept(house) == []


def test_an_organisation_named_twice_in_a_file_is_taken_once(house: House, tmp_path: Path) -> None:
    twice = CLINIC | {"name": "Another name", "tax_number": "00-0004101"}
    printed = say(house, "provider", table(tmp_path, [CLINIC, twice]), expect=1)
    assert "line 3: The row names the organisation of line 2 again" in printed
    assert [row[1] for row in kept(house)] == [CLINIC["name"]]


def test_a_prospective_employer_needs_no_group_and_is_found_by_nobody(house: House, tmp_path: Path) -> None:
    say(house, "employer", table(tmp_path, [WORKS | {"group_numbers": "", "standing": "prospective"}]))
    assert standings(house) == {"North Pier Tool Works": "prospective"}
    assert house.count("organisations_finder") == 0


def test_formulas_marks_and_line_ends_of_spreadsheets_are_text(house: House, tmp_path: Path) -> None:
    rows = [CLINIC | {"name": "=HYPERLINK(1)"}]
    path = table(tmp_path, rows, encoding="utf-8-sig")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n").replace(b"\r\r", b"\r"))
    say(house, "provider", path)
    assert kept(house)[0][1] == "=HYPERLINK(1)"
    for encoding in ("utf-16", "cp1252"):
        named = CLINIC | {
            "name": "Clínica Alder",
            "npi": "1999941028",
            "tax_number": "00-0004101",
            "as_of": "2026-11-02",
        }
        say(house, "provider", table(tmp_path, [named], encoding=encoding))
        assert kept(house)[0][1] != kept(house)[1][1]
        assert "Clínica Alder" in {row[1] for row in kept(house)}


def test_a_preview_writes_nothing(house: House, tmp_path: Path) -> None:
    printed = say(house, "provider", table(tmp_path, [CLINIC]), "--preview")
    assert "1 would be applied" in printed
    assert "12-3456789" not in printed
    assert "123456789" not in printed
    assert everything(house) == [[], []]


def full(house: House, tmp_path: Path, numbers: range, day: str, *more: str, expect: int = 0) -> str:
    rows = [employer(number, as_of=day) for number in numbers]
    return say(house, "employer", table(tmp_path, rows), "--full", *more, expect=expect)


def test_whom_a_whole_roster_names_no_more_has_left_and_may_come_back(house: House, tmp_path: Path) -> None:
    full(house, tmp_path, range(40), "2026-11-01")
    assert "2 left" in full(house, tmp_path, range(2, 40), "2026-11-08")
    gone = {name for name, standing in standings(house).items() if standing == "prior"}
    assert gone == {"Works 0", "Works 1"}
    assert "0 left" in full(house, tmp_path, range(2, 40), "2026-11-08")
    full(house, tmp_path, range(40), "2026-11-15")
    assert set(standings(house).values()) == {"current"}


def test_many_leave_only_when_the_operator_says_how_many(house: House, tmp_path: Path) -> None:
    full(house, tmp_path, range(40), "2026-11-01")
    printed = full(house, tmp_path, range(3, 40), "2026-11-08", expect=1)
    assert "3 of 40 would" in printed
    assert "--leave 3" in printed
    full(house, tmp_path, range(3, 40), "2026-11-08", "--leave", "2", expect=1)
    assert set(standings(house).values()) == {"current"}
    full(house, tmp_path, range(3, 40), "2026-11-08", "--leave", "3")
    assert list(standings(house).values()).count("prior") == 3


def test_a_roster_that_is_not_whole_lets_nobody_leave(house: House, tmp_path: Path) -> None:
    full(house, tmp_path, range(40), "2026-11-01")
    rows = [employer(number, as_of="2026-11-08") for number in range(1, 40)]
    for broken in (
        [*rows, employer(90, tax_number="07-0000000")],
        [*rows[1:], rows[0] | {"as_of": "2026-11-09"}],
    ):
        printed = say(house, "employer", table(tmp_path, broken), "--full", expect=1)
        assert "Nobody has left: the roster is not whole" in printed
    empty = tmp_path / "empty.csv"
    empty.write_text(",".join(WORKS) + "\n")
    assert "Nobody has left" in say(house, "employer", empty, "--full", expect=1)
    assert "prior" not in set(standings(house).values())


def test_an_older_whole_roster_ends_nobody_whom_a_newer_one_named(house: House, tmp_path: Path) -> None:
    full(house, tmp_path, range(40), "2026-11-08")
    full(house, tmp_path, range(1, 40), "2026-11-01")
    assert set(standings(house).values()) == {"current"}


def test_a_whole_roster_of_one_kind_ends_none_of_another(house: House, tmp_path: Path) -> None:
    say(house, "provider", table(tmp_path, [CLINIC]))
    full(house, tmp_path, range(3), "2026-11-08")
    assert standings(house)[CLINIC["name"]] == "current"


def test_no_door_and_no_job_reads_a_roster(house: House) -> None:
    for role in ("web", "entrance", "jobs", "release", "proof"):
        for name in ("organisations_organisation", "organisations_finder"):
            with (
                house.cluster.connect("umr", role, autocommit=True) as connection,
                pytest.raises(psycopg.errors.InsufficientPrivilege),
            ):
                connection.execute(f"select * from wellkept.{name}")


def test_intake_can_write_no_entry_for_another_occasion(house: House) -> None:
    with (
        house.cluster.connect("umr", "intake", autocommit=True) as connection,
        pytest.raises(psycopg.errors.CheckViolation),
    ):
        connection.execute("select wellkept.organisations_brought(%s, %s)", [UUID(int=1), [UUID(int=2)]])
