"""A control says what keeps a promise and what tries to break it, or who answers for it and until when."""

from datetime import date
from pathlib import Path

import pytest

from wellkept.policy import check, controls, packs
from wellkept.policy.packs import PackError

TRIED = (
    '[[control]]\nid = "a-lock"\nkind = "live"\nsentence = "It is locked."\nkeeper = "sql:wellkept.lock"\n'
    'probe = "wellkept.proof.probes.lock.it_is_locked"\ntest = "tests/proof/test_lock.py::test_it"\n'
)
ATTESTED = (
    '[[control]]\nid = "a-door"\nkind = "attested"\nsentence = "The door is locked."\nowner = "Facilities"\n'
    "last_review = 2026-01-10\nnext_review = 2027-01-10\n"
)
FAULTS = [
    (TRIED.replace("live", "hoped"), '"hoped" is not a kind of control: live, release, attested'),
    (TRIED.replace('probe = "', 'prove = "'), '"prove" means nothing here'),
    (TRIED.replace('keeper = "sql:wellkept.lock"\n', ""), '"keeper" is missing'),
    (TRIED.replace("It is locked.", " "), '"sentence" must be some text'),
    (TRIED + 'owner = "Facilities"\n', '"owner" means nothing here'),
    (TRIED + TRIED, 'The control "a-lock" is here twice'),
    (ATTESTED + 'probe = "x"\n', '"probe" means nothing here'),
    (ATTESTED.replace("2027-01-10", "2025-01-10"), "must come after the last one"),
    (ATTESTED.replace("2027-01-10", '"soon"'), "must be a day"),
    (ATTESTED.replace("2027-01-10", "2027-01-10T10:00:00"), "must be a day"),
    (ATTESTED.replace('owner = "Facilities"\n', ""), '"owner" is missing'),
    ("x = 1\n" + TRIED, '"x" means nothing here'),
    ("[control]\n", "must be written as"),
]


def written(folder: Path, text: str) -> Path:
    path = folder / "controls.toml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(("text", "sentence"), FAULTS)
def test_it_refuses_a_faulty_control_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(PackError, match=rf"controls\.toml:\d+: .*{sentence}"):
        controls.read(written(tmp_path, text))


def test_it_reads_what_is_tried_and_what_is_attested(tmp_path: Path) -> None:
    read = controls.read(written(tmp_path, TRIED + ATTESTED))
    assert (read["a-lock"].kind, read["a-lock"].keeper, read["a-lock"].owner) == ("live", "sql:wellkept.lock", None)
    assert (read["a-door"].kind, read["a-door"].probe, read["a-door"].owner) == ("attested", None, "Facilities")


def test_a_review_is_overdue_on_the_day_after_it_was_due(tmp_path: Path) -> None:
    read = controls.read(written(tmp_path, TRIED + ATTESTED))
    assert not controls.overdue(read["a-door"], date(2027, 1, 10))
    assert controls.overdue(read["a-door"], date(2027, 1, 11))
    assert not controls.overdue(read["a-lock"], date(2099, 1, 1))


def test_every_control_of_the_house_keeps_something() -> None:
    named = {
        name for pack in ("umr", "pwer") for clause in packs.named(pack).versions[-1].clauses for name in clause.kept_by
    }
    attested = {name for pack in ("umr", "pwer") for name in controls.of(packs.named(pack))}
    assert attested == named


def test_no_clause_that_is_kept_names_fewer_than_one_control() -> None:
    for name in ("umr", "pwer"):
        assert all(clause.kept_by for clause in check.kept(packs.named(name).versions[-1]))


def operator(folder: Path, text: str) -> Path:
    (folder / controls.ATTESTED).write_text(text)
    return folder


def test_what_an_operator_attests_stands_beside_the_controls_of_the_house(tmp_path: Path) -> None:
    assert set(controls.attested(operator(tmp_path, ATTESTED))) == {"a-door"}
    assert controls.attested(tmp_path / "nothing") == {}
    pack = packs.named("umr")
    assert controls.of(pack).keys() == controls.house().keys() | controls.attested(pack.folder).keys()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [(TRIED, "is live; here people attest"), (ATTESTED.replace("a-door", "age-first"), "has a control .* of its own")],
)
def test_an_operator_attests_nothing_that_is_tried_or_that_the_house_keeps(
    tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(PackError, match=rf"attested\.toml:\d+: .*{sentence}"):
        controls.attested(operator(tmp_path, text))


def test_every_control_says_in_short_sentences_how_a_reader_can_check_it() -> None:
    every = [*controls.house().values(), *controls.attested(packs.named("umr").folder).values()]
    assert [one.id for one in every if one.check and (len(one.check) > 160 or not one.check.endswith("."))] == []
    assert sum(one.check is not None for one in every) > 40
