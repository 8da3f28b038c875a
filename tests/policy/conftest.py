"""A pack of its own for each test, to be spoiled."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

EARLIER = "2026-11-01"
OPERATORS = Path(__file__).parents[2] / "operators"

Spoil = Callable[[str, str, str], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pack of UMR, with the newest version of its policy alone."""
    copy = Path(shutil.copytree(OPERATORS / "umr", tmp_path / "umr"))
    (copy / "policy" / f"{EARLIER}.md").unlink()
    lock = copy / "policy" / "versions.lock"
    lock.write_text("".join(line for line in lock.read_text().splitlines(keepends=True) if EARLIER not in line))
    return copy


@pytest.fixture
def spoil(folder: Path) -> Spoil:
    """Replaces one text by another in a file of the copy, and returns the copy's folder."""

    def replaced(file: str, old: str, new: str) -> Path:
        path = folder / file
        text = path.read_text()
        assert old in text, f"{file} holds no {old!r}"
        path.write_text(text.replace(old, new, 1))
        return folder

    return replaced
