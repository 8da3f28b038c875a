"""The words of a posted version stay as they were posted."""

from datetime import date
from pathlib import Path

import pytest

from tests.policy.conftest import Spoil
from wellkept.policy import packs, posted
from wellkept.policy.packs import PackError

FILE = "policy/2026-11-22.md"


def problems(folder: Path) -> list[str]:
    return posted.problems(packs.load(folder))


def test_what_was_posted_is_what_stands() -> None:
    assert posted.problems(packs.named("umr")) == []
    assert posted.problems(packs.named("pwer")) == []


def test_it_refuses_changed_text_of_a_posted_version(spoil: Spoil) -> None:
    folder = spoil(FILE, "You can read every public page", "You can read nearly every public page")
    (problem,) = problems(folder)
    assert "2026-11-22.md:12: The text of U-01 was changed after version 2026-11-22 was posted" in problem


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("## U-01 Visit without saying", "## U-01 Visit without quite saying", "U-01"),
        ("This is our privacy policy.", "This may be our privacy policy.", "introduction"),
        ("effective: 2026-11-22", "effective: 2026-11-23", "days"),
        ("posted: 2026-11-22", "posted: 2026-10-01", "days"),
        ("under any circumstances", "under *any* circumstances", "U-07"),
    ],
)
def test_it_refuses_any_other_change_of_what_was_said(spoil: Spoil, old: str, new: str, part: str) -> None:
    (problem,) = problems(spoil(FILE, old, new))
    assert f"The text of {part} was changed" in problem


def test_it_refuses_a_clause_taken_out_of_a_posted_version(spoil: Spoil) -> None:
    folder = spoil(FILE, "## U-40 Terms and policy on every page", "## U-99 Terms and policy on every page")
    assert [problem.split(": ", 1)[1].split(" after", 1)[0] for problem in problems(folder)] == [
        "U-40 was taken out",
        "The text of U-99 was changed",
    ]


def test_how_a_promise_is_kept_may_change_while_it_stands(spoil: Spoil) -> None:
    folder = spoil(
        FILE,
        "Kept by: public-pages, walk-asks-nothing, same-for-everyone\n",
        'not_kept = "It was found broken, 2026-11-23"\n',
    )
    assert problems(folder) == []


def test_line_endings_and_trailing_spaces_are_not_words(folder: Path) -> None:
    path = folder / FILE
    path.write_text(
        "".join(f"{line}  \n" if line[:1].islower() else f"{line}\n" for line in path.read_text().splitlines())
    )
    assert [problem for problem in problems(folder) if "U-" in problem] == []


def test_it_refuses_a_version_nobody_posted(folder: Path) -> None:
    posted.lock_of(folder).unlink()
    (problem,) = problems(folder)
    assert "Version 2026-11-22 is not posted yet; run `wellkept policy post`" in problem


def test_it_refuses_to_lose_a_posted_version(folder: Path) -> None:
    lock = posted.lock_of(folder)
    lock.write_text(lock.read_text() + f"2025-01-01 U-01 {'0' * 64}\n")
    (problem,) = problems(folder)
    assert "Version 2025-01-01 was posted and its file is gone" in problem


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("2026-11-22 U-01", "A line of the lock is"),
        ("2026-11-22 U-01 abc", "A line of the lock is"),
        (f"2026-11-22 U-01 {'0' * 64}", "U-01 of version 2026-11-22 is here twice"),
    ],
)
def test_it_refuses_a_lock_it_cannot_read(folder: Path, line: str, sentence: str) -> None:
    lock = posted.lock_of(folder)
    lock.write_text(f"{lock.read_text()}{line}\n")
    with pytest.raises(PackError, match=rf"versions\.lock:\d+: {sentence}"):
        problems(folder)


def test_posting_records_a_new_version_once_and_leaves_the_old_alone(folder: Path) -> None:
    old = posted.lock_of(folder).read_text()
    text = (folder / FILE).read_text()
    text = text.replace("version: 2026-11-22", "version: 2027-01-01").replace("effective: 2026", "effective: 2027")
    (folder / "policy" / "2027-01-01.md").write_text(text)
    assert posted.post(packs.load(folder), day=date(2026, 11, 22)) == ["2027-01-01"]
    assert posted.lock_of(folder).read_text().startswith(old)
    assert problems(folder) == []
    assert posted.post(packs.load(folder)) == []


def test_it_refuses_to_post_a_version_dated_back(folder: Path) -> None:
    before = posted.lock_of(folder).read_text()
    text = (folder / FILE).read_text()
    text = text.replace("version: 2026-11-22", "version: 2027-01-01").replace(
        "effective: 2026-11-22", "effective: 2026-11-23"
    )
    (folder / "policy" / "2027-01-01.md").write_text(text)
    with pytest.raises(PackError, match="says it was posted on 2026-11-22; it is posted on 2026-11-24"):
        posted.post(packs.load(folder), day=date(2026, 11, 24))
    assert posted.lock_of(folder).read_text() == before


def test_the_versions_of_a_first_lock_are_history(folder: Path) -> None:
    posted.lock_of(folder).unlink()
    assert posted.post(packs.load(folder), day=date(2030, 1, 1))[0] == "2026-11-22"


def test_posting_does_not_bless_changed_text(spoil: Spoil) -> None:
    folder = spoil(FILE, "You can read every public page", "You can read nearly every public page")
    assert posted.post(packs.load(folder)) == []
    assert len(problems(folder)) == 1
