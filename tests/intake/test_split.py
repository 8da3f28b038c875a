"""One record of two humans: what files said of the other moves to a record of its own, whole, even after a kill."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.intake.book import CLAIMS, ERIKA, Claim, Member, enrolment, filing, remittance, written
from tests.intake.house import House, bring, unsealed, wellkept
from tests.intake.test_premiums import payment

ADA = Member("S-100", "ERIKA", "QUITZOW", "19800515")
OTHERS = (Claim(ADA, "AD-1", charge="310", paid="300"), Claim(ADA, "AD-2", diagnosis="F321"))
OURS = (CLAIMS[0], CLAIMS[5])
KILLED = """
import os
from wellkept.people import moving
calls = []
real = moving.move
def once(*given, **named):
    calls.append(1)
    if len(calls) > 1:
        os._exit(9)
    return real(*given, **named)
moving.move = once
from wellkept.cli import main; main(prog_name='wellkept')
"""


@pytest.fixture
def mixed(house: House, tmp_path: Path) -> UUID:
    """Erika's record, with claims of somebody else in files of their own."""
    house.do("truncate people_split, people_split_part, people_join, people_pair cascade")
    bring(house, written(tmp_path, "all.834", enrolment((ERIKA,))))
    bring(house, written(tmp_path, "ours.837", filing(OURS)), written(tmp_path, "ours.835", remittance(OURS)))
    bring(house, written(tmp_path, "others.837", filing(OTHERS[:1]), filing(OTHERS[1:])))
    bring(house, written(tmp_path, "others.835", remittance(OTHERS)))
    ((person,),) = house.rows("select person_id from people_person")
    return UUID(str(person))


def asked(house: House, person: UUID, *names: str) -> UUID:
    """Everything that files of these names said is to move; returns the other record."""
    split, other = uuid4(), uuid4()
    house.do(
        "insert into people_split (id, one, other, begun_by, begun_actor, asked_at, asked_actor)"
        " values (%s, %s, %s, %s, 'Olga R.', now(), 'Olga R.')",
        split, person, other, uuid4(),
    )  # fmt: skip
    house.do(
        "insert into people_split_part (split, file_id, set_number) select %s, f.id, s.number"
        " from intake_file f join intake_set s on s.file_id = f.id where f.name = any(%s)",
        split, list(names),
    )  # fmt: skip
    return other


def sums(house: House, person: UUID) -> list[tuple[object, ...]]:
    """The claims of a record: what was billed, paid and owed."""
    return house.rows(
        "select billed, paid, owed, status from benefits_claim where person_id = %s order by billed, paid", person
    )


def numbers(house: House, person: UUID) -> set[str]:
    """The numbers of a record's claims, opened with that person's own key."""
    keys = house.keys([person])
    rows = house.rows("select to_jsonb(c) from benefits_claim c where person_id = %s", person)
    return {unsealed(row, row["number"], "claim.number", keys) for (row,) in rows}


def test_what_was_the_other_s_moves_and_both_add_up(house: House, mixed: UUID) -> None:
    assert len(sums(house, mixed)) == 4
    other = asked(house, mixed, "others.837", "others.835")
    done = wellkept(house, "people", "split")
    assert (done.returncode, done.stdout) == (0, "1 records were split.\n"), done.stderr
    assert [tuple(map(str, row)) for row in sums(house, other)] == [
        ("240.00", "49.60", "190.40", "paid"), ("310.00", "300.00", "10.00", "paid"),
    ]  # fmt: skip
    assert len(sums(house, mixed)) == 2
    assert numbers(house, other) == {"PAY-AD-1", "PAY-AD-2"}
    assert numbers(house, mixed) == {"PAY-QC-1", "PAY-QC-6"}


def test_nothing_of_the_other_is_left_with_the_first(house: House, mixed: UUID) -> None:
    other = asked(house, mixed, "others.837", "others.835")
    wellkept(house, "people", "split")
    for table in ("filing", "decision"):
        left = house.rows(
            f"select f.name from benefits_{table} s join intake_file f on f.id = s.file_id where s.person_id = %s",
            mixed,
        )
        assert left
        assert not [name for (name,) in left if name.startswith("others")]
    text = str(house.rows("select to_jsonb(s) from benefits_filing s where person_id = %s", mixed))
    assert "F321" not in text
    assert "F321" in str(house.rows("select to_jsonb(s) from benefits_filing s where person_id = %s", other))
    # The sensitive claim was the other's alone.
    assert not house.count("benefits_claim", f"person_id = '{mixed}' and category = 'sensitive_claims'")


def test_a_claim_of_both_is_added_up_on_both_sides(house: House, mixed: UUID, tmp_path: Path) -> None:
    late = written(tmp_path, "late.835", remittance([Claim(ERIKA, "QC-1", charge="240", paid="200")], day="20260401"))
    bring(house, late)
    other = asked(house, mixed, "late.835")
    wellkept(house, "people", "split")
    assert [str(paid) for _, paid, _, _ in sums(house, other)] == ["200.00"]
    assert "49.60" in {str(paid) for _, paid, _, _ in sums(house, mixed)}
    assert "200.00" not in {str(paid) for _, paid, _, _ in sums(house, mixed)}


def test_who_the_person_is_moves_sealed_anew(house: House, mixed: UUID) -> None:
    before = house.rows("select index, kind from people_finder order by 1, 2")
    other = asked(house, mixed, "all.834")
    assert wellkept(house, "people", "split").returncode == 0
    assert house.rows("select person_id, id from people_person") == [(other, other)]
    told = "\n".join(house.table("people_person") + house.table("people_contact"))
    assert "QUITZOW" in told
    assert "KIEFERNWEG" in told
    assert house.rows("select distinct person_id from people_finder") == [(other,)]
    assert house.rows("select index, kind from people_finder order by 1, 2") == before
    assert house.rows("select distinct person_id from people_identity") == [(other,)]
    assert house.rows("select distinct person_id from benefits_coverage") == [(other,)]
    assert house.count("benefits_claim", f"person_id = '{mixed}'") == 4


def test_what_is_said_again_of_a_record_that_was_split_off_is_not_doubled(
    house: House, mixed: UUID, tmp_path: Path
) -> None:
    other = asked(house, mixed, "all.834", "ours.837", "ours.835")
    wellkept(house, "people", "split")
    before = house.written()
    bring(house, tmp_path / "all.834", tmp_path / "ours.837", tmp_path / "ours.835")
    assert house.written() == before
    assert len(sums(house, other)) == 2


def test_what_hangs_on_a_moved_claim_or_set_goes_with_it(house: House, mixed: UUID, tmp_path: Path) -> None:
    bring(house, payment(tmp_path))
    bring(house, written(tmp_path, "ends.834", enrolment((ERIKA,), day="20261102", ends="20260131")))
    assert house.rows("select distinct person_id from intake_late") == [(mixed,)]
    house.do("delete from notices_news")
    house.do(
        "insert into notices_news (id, person_id, category, collected_under, restricted, kind, about, cause, made_at)"
        " select gen_random_uuid(), person_id, 'claims', '1', false, 'claims', claim_id, id, now()"
        " from benefits_decision"
    )
    other = asked(house, mixed, "others.837", "others.835", "paid.820")
    assert wellkept(house, "people", "split").returncode == 0
    for table, column in (("intake_late", "claim_id"), ("notices_news", "about")):
        assert house.count(table, f"person_id = '{other}'") == 2, table
        strays = f"not exists (select from benefits_claim c where c.person_id = t.person_id and c.id = t.{column})"
        assert house.count(f"{table} t", strays) == 0, table
    assert house.rows("select distinct person_id from intake_premium") == [(other,)]


def test_a_premium_said_again_after_a_split_is_not_doubled(house: House, mixed: UUID, tmp_path: Path) -> None:
    bring(house, payment(tmp_path))
    asked(house, mixed, "all.834", "paid.820")
    assert wellkept(house, "people", "split").returncode == 0
    before = house.table("intake_premium")
    bring(house, payment(tmp_path))
    assert house.table("intake_premium") == before


def test_a_full_file_counts_moved_coverage_for_the_record_it_moved_to(house: House, mixed: UUID) -> None:
    other = asked(house, mixed, "all.834")
    assert wellkept(house, "people", "split").returncode == 0
    assert house.rows("select distinct person_id from intake_covered") == [(other,)]


def test_both_read_it_and_nobody_reads_who_the_other_is(house: House, mixed: UUID) -> None:
    ((newest,),) = house.rows("select max(id) from ledger_entry")
    other = asked(house, mixed, "others.837")
    wellkept(house, "people", "split")
    for person in (mixed, other):
        entries = house.rows(
            "select subjects, actor, role from ledger_entry where kind = 'split' and subjects[1] = %s and id > %s",
            person,
            newest,
        )
        assert entries == [([person], "Olga R.", "administrator")]


def test_a_kill_in_the_middle_is_gone_on_from(house: House, mixed: UUID) -> None:
    other = asked(house, mixed, "others.837", "others.835")
    assert wellkept(house, "people", "split", script=KILLED).returncode == 9
    moved = house.rows("select count(*) filter (where done_at is not null), count(*) from people_split_part")
    assert moved == [(1, 3)]
    assert house.rows("select done_at from people_split") == [(None,)]
    assert wellkept(house, "people", "split").returncode == 0
    assert (len(sums(house, mixed)), len(sums(house, other))) == (2, 2)
    assert house.count("people_split", "done_at is not null") == 1
    assert wellkept(house, "people", "split").stdout == "0 records were split.\n"


def test_the_same_name_and_birth_date_in_two_plans_is_a_pair(house: House, tmp_path: Path) -> None:
    house.do("truncate people_split, people_split_part, people_join, people_pair cascade")
    again = Member("N-9", "ERIKA", "QUITZOW", "19800515", group="G-9", sponsor="NEW WORKS")
    bring(house, written(tmp_path, "one.834", enrolment((ERIKA,))), written(tmp_path, "two.834", enrolment((again,))))
    done = wellkept(house, "people", "candidates")
    assert (done.returncode, done.stdout) == (0, "1 new pairs stand on the page of joined records.\n"), done.stderr
    people = sorted(person for (person,) in house.rows("select person_id from people_person"))
    assert [list(row) for row in house.rows("select one, other from people_pair")] == [people]
    assert wellkept(house, "people", "join", str(people[0]), str(people[1])).returncode == 0
    assert wellkept(house, "people", "join", str(people[0]), str(uuid4())).returncode == 1
    assert house.count("people_join") == 0
