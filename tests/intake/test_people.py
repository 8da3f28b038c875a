"""Whose a statement is: kept apart, joined, told from others, and remembered with its file and set."""

import json
from pathlib import Path

import pytest

from tests.intake.book import (
    ANNA,
    CLAIMS,
    ELSA,
    ERIKA,
    KARL,
    OTTO,
    PEOPLE,
    Claim,
    Member,
    by_sponsor,
    enrolment,
    filing,
    remittance,
    written,
)
from tests.intake.house import House, bring

pytestmark = pytest.mark.database


def named(house: House) -> dict[str, str]:
    """Person id by first name and group."""
    groups = dict(house.rows("select id::text, group_number from organisations_plan"))
    people = [json.loads(row) for row in house.table("people_person")]
    return {f"{json.loads(one['name'])[0]} {groups[one['plan_id']]}": one["id"] for one in people}


def owners(house: House) -> dict[str, str]:
    """Person id by the payer's number of each claim, or the provider's where no payer said one."""
    return {row["number"]: row["person_id"] for row in map(json.loads, house.table("benefits_claim"))}


def test_claims_of_people_on_no_834_are_kept_apart_and_readable_by_no_door(house: House, tmp_path: Path) -> None:
    said = bring(house, written(tmp_path, "c.837", filing()), written(tmp_path, "p.835", remittance()))
    assert "0 statements applied; 12 kept apart" in said
    assert house.count("intake_staged", "apart") == 12
    assert all(house.count(f"benefits_{table}") == 0 for table in ("claim", "filing", "decision"))
    granted = house.rows("select grantee from information_schema.role_table_grants where table_name = 'intake_staged'")
    assert {role for (role,) in granted} <= {"umr_intake", "umr_owner"}


def test_what_is_kept_apart_is_joined_when_an_834_brings_its_person(house: House, tmp_path: Path) -> None:
    bring(house, written(tmp_path, "c.837", filing()), written(tmp_path, "p.835", remittance()))
    said = bring(house, written(tmp_path, "one.834", enrolment([KARL])))
    assert "3 statements applied; 10 kept apart" in said
    assert list(owners(house)) == ["PAY-QC-5"]
    said = bring(house, written(tmp_path, "rest.834", enrolment(PEOPLE[:4])))
    assert "14 statements applied; 0 kept apart" in said
    assert len(owners(house)) == len(CLAIMS)


def test_what_is_kept_apart_twice_is_kept_once(house: House, tmp_path: Path) -> None:
    for number in ("000000001", "000000002"):
        bring(house, written(tmp_path, "c.837", filing(), filing(), number=number))
    assert house.count("intake_staged") == len(CLAIMS)


def test_twins_with_one_number_and_birth_date_are_two_people(house: House, tmp_path: Path) -> None:
    bring(house, by_sponsor(tmp_path), written(tmp_path, "c.837", filing()), written(tmp_path, "p.835", remittance()))
    people, claims = named(house), owners(house)
    assert people["ANNA G-7"] != people["ELSA G-7"]
    assert claims["PAY-QC-3"] == people["ANNA G-7"]
    assert claims["PAY-QC-4"] == people["ELSA G-7"]
    assert house.rows(
        "select count(distinct household_id) from people_person"
        " where plan_id = (select id from organisations_plan where group_number = 'G-7')"
    ) == [(1,)]


def test_spelling_of_a_number_or_name_makes_nobody_new(house: House, tmp_path: Path) -> None:
    bring(house, by_sponsor(tmp_path))
    again = Member("S100", "Erika", "Quitzow-Meier", "19800515")
    bring(house, written(tmp_path, "again.834", enrolment([again], day="20261205")))
    assert house.count("people_person") == len(PEOPLE)
    assert '["Erika", "", "Quitzow-Meier", ""]' in {json.loads(row)["name"] for row in house.table("people_person")}


def test_two_of_one_number_and_name_are_told_apart_by_birth_date_and_kept_apart_without(
    house: House, tmp_path: Path
) -> None:
    senior, junior = Member("S-9", "MAX", "NORD", "19500101"), Member("S-9", "MAX", "NORD", "19850101", "19")
    bring(house, written(tmp_path, "e.834", enrolment([senior, junior])))
    claim = Claim(junior, "QC-20")
    bring(house, written(tmp_path, "c.837", filing([claim])))
    young = house.rows("select id::text from people_person where relationship = '19'")[0][0]
    assert set(owners(house).values()) == {young}
    said = bring(house, written(tmp_path, "p.835", remittance([claim])))
    assert "1 kept apart" in said


def test_a_person_in_two_plans_is_told_apart_by_the_group_number(house: House, tmp_path: Path) -> None:
    other = Member(OTTO.number, OTTO.first, OTTO.last, OTTO.born, OTTO.relationship, group="G-9", sponsor="THIRD WORKS")
    bring(house, written(tmp_path, "a.834", enrolment([OTTO])), written(tmp_path, "b.834", enrolment([other])))
    here, there = Claim(OTTO, "QC-30", group="G7"), Claim(OTTO, "QC-31", group="G-9")
    nowhere = Claim(OTTO, "QC-32", group="G-10")
    said = bring(
        house,
        written(tmp_path, "c.837", filing([here, there, nowhere])),
        written(tmp_path, "p.835", remittance([here, there])),
    )
    assert "4 statements applied; 1 kept apart" in said
    people = named(house)
    assert owners(house) == {"PAY-QC-30": people["OTTO G-7"], "PAY-QC-31": people["OTTO G-9"]}


def test_a_dependent_who_moves_to_another_plan_keeps_each_plans_coverage(house: House, tmp_path: Path) -> None:
    moved = Member("S-300", ANNA.first, ANNA.last, ANNA.born, "19", group="G-9", sponsor="THIRD WORKS")
    bring(house, written(tmp_path, "a.834", enrolment([ERIKA, ANNA])))
    bring(house, written(tmp_path, "b.834", enrolment([ANNA], day="20261202", ends="20261130")))
    bring(house, written(tmp_path, "c.834", enrolment([moved], day="20261202")))
    people = named(house)
    ended = dict(house.rows("select person_id::text, ends_on::text from benefits_coverage"))
    assert ended == {people["ERIKA G-7"]: None, people["ANNA G-7"]: "2026-11-30", people["ANNA G-9"]: None}
    bring(house, written(tmp_path, "d.837", filing([Claim(moved, "QC-40"), Claim(ANNA, "QC-41")])))
    assert owners(house) == {"QC-40": people["ANNA G-9"], "QC-41": people["ANNA G-7"]}


def test_a_remittance_that_names_nobody_by_number_stays_apart(house: House, tmp_path: Path) -> None:
    said = bring(house, by_sponsor(tmp_path), written(tmp_path, "p.835", remittance(named=False)))
    assert "5 statements applied; 6 kept apart" in said
    assert house.count("benefits_decision") == 0


def test_two_clinics_may_use_one_claim_number(house: House, tmp_path: Path) -> None:
    other = filing(CLAIMS[:1]).replace("LINDEN CLINIC*****XX*1234567893", "OTHER CLINIC*****XX*1999999992")
    bring(house, by_sponsor(tmp_path), written(tmp_path, "c.837", filing(CLAIMS[:1]), other))
    assert house.count("benefits_claim") == 2
    assert house.rows("select npi, name from organisations_provider order by 1") == [
        ("1234567893", "LINDEN CLINIC"), ("1999999992", "OTHER CLINIC"),
    ]  # fmt: skip


def test_of_two_spellings_of_a_provider_the_first_in_the_alphabet_stands_in_either_order(
    house: House, tmp_path: Path
) -> None:
    spelled = written(tmp_path, "a.837", filing(CLAIMS[:1]).replace("LINDEN CLINIC", "AT LINDEN CLINIC"))
    plain = written(tmp_path, "b.837", filing(CLAIMS[1:2]))
    for order in ([spelled, plain], [plain, spelled]):
        house.empty()
        bring(house, by_sponsor(tmp_path), *order)
        assert house.rows("select name from organisations_provider") == [("AT LINDEN CLINIC",)]


def test_every_row_remembers_the_file_and_set_that_brought_it(house: House, tmp_path: Path) -> None:
    bring(house, by_sponsor(tmp_path))
    bring(house, written(tmp_path, "c.837", filing(CLAIMS[:2]), filing(CLAIMS[2:])))
    told = house.rows(
        "select f.name, r.set_number, count(*) from (select file_id, set_number from people_person union all"
        " select file_id, set_number from people_identity union all select file_id, set_number from benefits_coverage"
        " union all"
        " select file_id, set_number from benefits_filing) r join intake_file f on f.id = r.file_id"
        " group by 1, 2 order by 1, 2"
    )
    assert told == [("all.834", "0001", 12), ("all.834", "0002", 3), ("c.837", "0001", 2), ("c.837", "0002", 4)]


def test_a_social_security_number_is_no_member_number(house: House, tmp_path: Path) -> None:
    bring(house, by_sponsor(tmp_path))
    assert "987654321" not in json.dumps(house.written())
    assert house.count("people_finder", "kind = 'number_birth'") == len(PEOPLE)


def test_somebody_whose_record_was_removed_is_not_written_again(house: House, tmp_path: Path) -> None:
    gone = Member("S-777", "IDA", "FORT", "19700101", group="G-77", sponsor="GONE WORKS")
    bring(house, written(tmp_path, "a.834", enrolment([gone])))
    person = house.rows("select id from people_person")[0][0]
    with house.cluster.connect("umr", "release", "keys", autocommit=True) as keys:
        for retention in ("benefits", "contact"):
            keys.execute("select wellkept.vault_destroy(%s, %s)", [person, retention])
    house.do("truncate people_person, people_contact, benefits_coverage")
    said = bring(
        house,
        written(tmp_path, "b.834", enrolment([gone, ELSA])),
        written(tmp_path, "c.837", filing([Claim(gone, "QC-50")])),
    )
    assert "1 statements applied; 0 kept apart" in said
    assert house.count("people_person") == 1
    assert house.count("benefits_claim") == house.count("intake_staged") == 0
    assert house.rows("select distinct reason from intake_setaside") == [
        ("Somebody whose record was removed is named again. Nothing of it is kept.",)
    ]
