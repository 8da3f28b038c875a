"""A promise that nothing keeps is found before anything starts."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.policy.conftest import Spoil
from wellkept.policy import check, controls, names, packs
from wellkept.policy.controls import Control
from wellkept.policy.practices import PRACTICES

FILE = "policy/2026-11-22.md"
Find = Callable[[Path], list[str]]


def known_controls() -> dict[str, Control]:
    """The controls of the house, with names that are all there."""
    return {name: answered(control) for name, control in controls.of(packs.named("umr")).items()}


def answered(control: Control, keeper: str = "wellkept.policy.check.problems") -> Control:
    return Control(
        id=control.id,
        kind=control.kind,
        sentence=control.sentence,
        keeper=keeper,
        probe="wellkept.policy.check.problems",
        test="tests/policy/test_check.py::test_a_whole_pack_has_no_problem",
        owner=None,
        last_review=None,
        next_review=None,
        line=control.line,
    )


def read_everywhere(_path: Path, _word: str) -> bool:
    return True


@pytest.fixture
def find(monkeypatch: pytest.MonkeyPatch) -> Find:
    """Finds the problems of a folder, with all controls and practices answered for."""
    monkeypatch.setattr(names, "speaks_of", read_everywhere)
    return lambda folder: check.problems(packs.load(folder), strict=False, house=known_controls())


def test_a_whole_pack_has_no_problem(folder: Path, find: Find) -> None:
    assert find(folder) == []


def test_it_refuses_a_clause_kept_by_a_control_nobody_wrote(spoil: Spoil, find: Find) -> None:
    (problem,) = find(spoil(FILE, "Kept by: public-pages, ", "Kept by: good-will, public-pages, "))
    assert '2026-11-22.md:12: U-01 is kept by "good-will", and no control has that id.' in problem


def test_it_refuses_a_missing_clause_and_a_strange_one(spoil: Spoil, find: Find) -> None:
    found = find(spoil(FILE, "## U-40 Terms", "## U-47 Terms"))
    assert any("U-40 is missing from this version" in problem for problem in found)
    assert any("U-47 is not among the promises" in problem for problem in found)


def test_it_refuses_an_operator_without_the_promises_of_the_house(spoil: Spoil, find: Find) -> None:
    found = find(spoil("operator.toml", "B = 11", "B = 10"))
    assert any("[promises] must hold B = 11" in problem for problem in found)
    assert any("B-11 is not among the promises" in problem for problem in found)


def test_it_refuses_a_rule_that_rests_on_no_clause(spoil: Spoil, find: Find) -> None:
    (problem,) = find(spoil("access.toml", 'clause = "U-29"', 'clause = "U-92"'))
    assert 'The rule "own-record" rests on U-92, which version 2026-11-22 lacks.' in problem


def test_it_refuses_a_rule_whose_agreement_nobody_wrote(folder: Path, find: Find) -> None:
    for path in (folder / "documents").glob("privacy_officer-agreement-*.md"):
        path.unlink()
    problems = find(folder)
    assert all("asks for agreement, and no document of privacy_officer answers it." in one for one in problems)
    assert any('The rule "privacy-request" asks for agreement' in one for one in problems)


def test_it_refuses_a_rule_whose_agreement_does_not_bind_yet(folder: Path, find: Find) -> None:
    for path in (folder / "documents").glob("member-terms-*.md"):
        path.rename(path.with_name(path.name.replace("2026", "2999")))
    problems = find(folder)
    assert any('The rule "own-record" asks for terms' in problem for problem in problems)
    assert all("asks for terms" in problem for problem in problems)


def test_it_refuses_changed_text(spoil: Spoil, find: Find) -> None:
    (problem,) = find(spoil(FILE, "You can read every public page", "You can read no public page"))
    assert "The text of U-01 was changed" in problem


@pytest.mark.parametrize("part", ["keeper", "probe", "test"])
def test_it_refuses_a_control_whose_names_are_nowhere(folder: Path, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "speaks_of", read_everywhere)
    house = known_controls()
    fields = {field: getattr(house["public-pages"], field) for field in Control.__dataclass_fields__}
    house["public-pages"] = Control(**fields | {part: "wellkept.nowhere.at_all"})
    (problem,) = check.problems(packs.load(folder), strict=False, house=house)
    assert f'The {part} of "public-pages" is "wellkept.nowhere.at_all", and nothing has that name.' in problem


def test_it_refuses_a_review_that_has_not_been(folder: Path) -> None:
    pack = packs.load(folder)
    last = max(one.last_review for one in controls.attested(folder).values() if one.last_review)
    reviewed = [line for line in check.problems(pack, day=last) if "last review" in line]
    assert reviewed == []
    (problem, *_others) = [line for line in check.problems(pack, day=last - timedelta(days=1)) if "last review" in line]
    assert "attested.toml:" in problem
    assert "which has not come yet" in problem


def test_it_refuses_a_practice_no_code_reads(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "wellkept").mkdir()
    found = check.problems(packs.load(folder), strict=False, root=tmp_path, house={})
    unread = [problem for problem in found if "is not read by" in problem]
    assert len(unread) == len(PRACTICES)


def test_strict_allows_no_promise_that_is_not_kept(folder: Path, find: Find) -> None:
    assert find(folder) == []
    pack = packs.load(folder)
    found = check.problems(pack, strict=True, house=known_controls())
    broken = [clause for clause in pack.versions[-1].clauses if clause.not_kept]
    assert len(found) == len(broken) > 0
    assert any(
        "U-38 is not kept: Health programmes are not offered here yet, 2026-11-22." in problem for problem in found
    )


def test_production_is_strict_unless_told_otherwise(spoil: Spoil, find: Find) -> None:
    spoil("operator.toml", "production = false", "production = true")
    folder = spoil("operator.toml", '["localhost", "127.0.0.1"]', '["benefits.lakeside-plan.org"]')
    assert find(folder) == []
    assert check.problems(packs.load(folder), house=known_controls()) != []


def later_version(folder: Path, change: Mapping[str, str]) -> None:
    text = (folder / FILE).read_text()
    for old, new in {
        "version: 2026-11-22": "version: 2027-01-01",
        "effective: 2026-11-22": "effective: 2027-01-01",
        **change,
    }.items():
        text = text.replace(old, new, 1)
    (folder / "policy" / "2027-01-01.md").write_text(text)


def test_history_is_left_alone_and_what_stands_or_comes_is_checked(folder: Path) -> None:
    later_version(folder, {"Kept by: public-pages, walk-asks-nothing, same-for-everyone\n": "Kept by: good-will\n"})
    pack = packs.load(folder)
    assert [version.version for version in check.standing(pack, date(2026, 12, 31))] == ["2026-11-22", "2027-01-01"]
    assert [version.version for version in check.standing(pack, date(2027, 1, 1))] == ["2027-01-01"]
    assert [version.version for version in check.standing(pack, date(2020, 1, 1))] == ["2026-11-22", "2027-01-01"]
    for day in (date(2026, 12, 31), date(2027, 1, 1)):
        found = check.problems(pack, strict=False, day=day, house=known_controls())
        assert len([problem for problem in found if "good-will" in problem]) == 1


def test_it_refuses_a_review_that_would_never_be_due(spoil: Spoil) -> None:
    pack = packs.load(spoil("attested.toml", "next_review = 2027-02-22", "next_review = 2099-02-22"))
    (problem,) = [line for line in check.problems(pack) if "two years" in line]
    assert "is more than two years after the last one" in problem
