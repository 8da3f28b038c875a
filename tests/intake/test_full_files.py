"""A full file says who is covered: whom it names no more ends, as far as the operator allows, in any order of files."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from tests.intake.book import ERIKA, Claim, Member, enrolment, filing, remittance, written
from tests.intake.house import House, bring, wellkept

pytestmark = pytest.mark.database
MANY = tuple(replace(ERIKA, number=f"M-{place:03}", first=f"ANNA{place}") for place in range(40))
ONE, REST = MANY[0], MANY[1:]


def ends(house: House) -> dict[str, int]:
    """How many coverages end on which day; an empty text is: go on."""
    rows = house.rows("select coalesce(ends_on::text, ''), count(*) from benefits_coverage group by 1 order by 1")
    return dict(rows)


def full(folder: Path, name: str, people: tuple[Member, ...], day: str) -> Path:
    """A full file of one sponsor."""
    return written(folder, f"{name}.834", enrolment(people, day=day, action="4"))


def change(folder: Path, name: str, people: tuple[Member, ...], day: str, *, stop: str = "") -> Path:
    """A change file."""
    return written(folder, f"{name}.834", enrolment(people, day=day, ends=stop))


def test_a_full_file_ends_whom_it_names_no_more_on_its_day_and_says_which_file_did(
    house: House, tmp_path: Path
) -> None:
    bring(house, full(tmp_path, "first", MANY, "20260101"), full(tmp_path, "second", REST, "20260601"))
    assert ends(house) == {"": 39, "2026-06-01": 1}
    (row,) = house.rows("select absent_file_id, said_ends_on from benefits_coverage where absent_on is not null")
    assert row == (house.rows("select id from intake_file where name = 'second.834'")[0][0], None)
    assert house.rows("select covered, absent, state from intake_fullfile order by id") == [
        (40, 0, "ended"),
        (40, 1, "ended"),
    ]


def test_a_change_file_ends_nobody_by_silence(house: House, tmp_path: Path) -> None:
    bring(house, change(tmp_path, "a", MANY, "20260101"), change(tmp_path, "b", REST[:3], "20260601"))
    assert ends(house) == {"": 40}


def test_more_ends_than_the_limit_wait_for_a_confirmation_and_the_rest_goes_in(house: House, tmp_path: Path) -> None:
    moved = written(tmp_path, "few.834", enrolment(MANY[:30], day="20260601", street="1 NEU", action="RX"))
    said = bring(house, full(tmp_path, "all", MANY, "20260101"), moved)
    assert "would end 10 of 40" in said
    assert ends(house) == {"": 40}
    assert house.rows("select count(*) from people_contact where told >= '2026-06'") == [(30,)]
    ((file_id,),) = house.rows("select file_id from intake_fullfile where state = 'waiting'")
    done = wellkept(house, "import", "x12", "--confirm-ends", str(file_id))
    assert "A full file ends 10 of 40" in done.stdout, done.stderr
    assert ends(house) == {"": 30, "2026-06-01": 10}
    again = wellkept(house, "import", "x12", "--confirm-ends", str(file_id))
    assert again.returncode == 2
    assert "Nothing of that file waits for a confirmation." in again.stderr


def test_a_full_file_with_anything_put_aside_ends_nobody(house: House, tmp_path: Path) -> None:
    broken = enrolment(REST[:3], day="20260601", action="4").replace("REF*0F*", "REF*ZZ*")
    both = written(tmp_path, "both.834", enrolment(REST, day="20260601", action="4"), broken)
    said = bring(house, full(tmp_path, "all", MANY, "20260101"))
    said = bring(house, both, expect=1)
    assert "ends nobody" in said
    assert ends(house) == {"": 40}
    assert house.rows("select distinct state from intake_fullfile where told_on = '2026-06-01'") == [("incomplete",)]


def test_a_full_file_that_is_cut_off_ends_nobody(house: House, tmp_path: Path) -> None:
    bring(house, full(tmp_path, "all", MANY, "20260101"))
    whole = written(
        tmp_path, "cut.834", enrolment(MANY[:39], day="20260601", action="4"), enrolment(MANY[39:], day="20260601")
    ).read_text()
    (tmp_path / "cut.834").write_text(whole[: whole.index("ST*", whole.index("ST*") + 3)])
    bring(house, tmp_path / "cut.834")
    assert ends(house) == {"": 40}


def test_a_plan_or_line_that_a_full_file_does_not_name_is_left_alone(house: House, tmp_path: Path) -> None:
    other = tuple(replace(one, group="G-9") for one in MANY)
    dental = written(tmp_path, "d.834", enrolment(MANY, day="20260101").replace("**HLT*", "**DEN*"))
    bring(house, full(tmp_path, "a", MANY, "20260101"), full(tmp_path, "b", other, "20260101"), dental)
    bring(house, full(tmp_path, "c", REST, "20260601"))
    assert ends(house) == {"": 119, "2026-06-01": 1}


def test_somebody_whose_coverage_begins_later_need_not_stand_in_a_full_file(house: House, tmp_path: Path) -> None:
    later = written(tmp_path, "new.834", enrolment((ONE,), day="20260101", begins="20270101"))
    bring(house, full(tmp_path, "a", REST, "20260101"), later, full(tmp_path, "b", REST, "20260601"))
    assert ends(house) == {"": 40}


def stories(folder: Path) -> dict[str, list[Path]]:
    """Files whose order must not matter."""
    old, new = full(folder, "old", MANY, "20260101"), full(folder, "new", REST, "20260601")
    return {
        "reinstated": [old, new, change(folder, "back", (ONE,), "20260701")],
        "ended before": [old, change(folder, "gone", (ONE,), "20260301", stop="20260228"), new],
        "ends later": [old, change(folder, "will", (ONE,), "20260301", stop="20261231"), new],
        "same day": [old, new, change(folder, "also", (ONE,), "20260601")],
        "begins later": [
            full(folder, "early", REST, "20260101"),
            written(folder, "next.834", enrolment((ONE,), day="20260201", begins="20270101")),
            new,
        ],
        "three full": [old, new, full(folder, "newest", REST, "20260801")],
    }


ENDED = {"reinstated": "", "ended before": "2026-02-28", "ends later": "2026-06-01", "same day": "", "begins later": "",
         "three full": "2026-06-01"}  # fmt: skip


@pytest.mark.parametrize("story", ENDED)
def test_any_order_of_files_has_the_same_end(house: House, tmp_path: Path, story: str) -> None:
    files = stories(tmp_path)[story]
    found = []
    for order in itertools.permutations(files):
        house.empty()
        bring(house, *order)
        assert house.rows("select count(*) from intake_fullfile where state = 'waiting'") == [(0,)]
        found.append(house.written())
        assert ends(house).get(ENDED[story], 0) == (40 if ENDED[story] == "" else 1)
    assert all(one == found[0] for one in found)


def test_a_cancelled_member_without_coverages_ends_with_all_of_them(house: House, tmp_path: Path) -> None:
    body = enrolment((ONE,), day="20260301").replace("*021*28*", "*024*08*")
    cancel = body[: body.index("HD*")].replace("NM1*IL", "DTP*357*D8*20260228\nNM1*IL")
    bring(house, full(tmp_path, "a", MANY, "20260101"), written(tmp_path, "c.834", cancel))
    assert ends(house) == {"": 39, "2026-02-28": 1}


def test_claims_served_after_a_retroactive_end_are_listed_for_the_desk_and_not_touched(
    house: House, tmp_path: Path
) -> None:
    claims = [Claim(ONE, "C-1"), Claim(MANY[1], "C-2")]
    bring(house, full(tmp_path, "a", MANY, "20260101"), written(tmp_path, "p.837", filing(claims)))
    bring(house, written(tmp_path, "p.835", remittance(claims)))
    before = house.table("benefits_claim")
    said = bring(house, change(tmp_path, "gone", (ONE, MANY[1]), "20260301", stop="20260131"))
    assert "2 claims were decided for care after coverage had ended" in said
    assert house.table("benefits_claim") == before
    assert house.rows("select served_from::text, category from intake_late") == [("2026-02-10", "claims")] * 2
    assert house.count("intake_staged") == 0
    bring(house, change(tmp_path, "gone", (ONE, MANY[1]), "20260301", stop="20260131"))
    assert house.count("intake_late") == 2


def test_a_preview_says_what_would_become_of_whom_and_writes_nothing(house: House, tmp_path: Path) -> None:
    bring(house, full(tmp_path, "a", MANY[:39], "20260101"))
    bring(house, change(tmp_path, "b", (MANY[5],), "20260201", stop="20260131"))
    before = house.written(), house.count("intake_file")
    body = enrolment(MANY[1:], day="20260601", action="4").replace("N3*7 KIEFERNWEG", "N3*1 NEU", 1)
    done = wellkept(house, "import", "x12", "--preview", written(tmp_path, "n.834", body))
    assert done.returncode == 0, done.stderr
    assert "1 added, 1 changed, 1 reinstated, 1 ended" in done.stdout
    assert "M-0" not in done.stdout
    shown = wellkept(house, "import", "x12", "--preview", "--show-values", tmp_path / "n.834")
    assert "added: M-039" in shown.stdout
    assert "ended: M-000" in shown.stdout
    assert "reinstated: M-005" in shown.stdout
    assert (house.written(), house.count("intake_file")) == before
