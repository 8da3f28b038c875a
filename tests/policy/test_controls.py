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
    assert set(controls.house()) == named


def test_no_clause_that_is_kept_names_fewer_than_one_control() -> None:
    for name in ("umr", "pwer"):
        assert all(clause.kept_by for clause in check.kept(packs.named(name).versions[-1]))
