"""The made-up book: the same seed gives the same files, and what it writes is taken whole by the imports."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from wellkept.cli import bringing, main
from wellkept.policy import packs

DAY = date(2026, 11, 1)


def bytes_of(folder: Path, *, seed: int) -> dict[str, bytes]:
    folder.mkdir()
    bringing.written("umr", folder, members=60, claims_a_member=2.0, seed=seed, today=DAY)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_and_day_give_the_same_bytes_and_another_seed_does_not(tmp_path: Path) -> None:
    first = bytes_of(tmp_path / "one", seed=5)
    assert first == bytes_of(tmp_path / "two", seed=5)
    assert first != bytes_of(tmp_path / "three", seed=6)


def test_files_only_needs_a_folder_to_keep_them() -> None:
    done = CliRunner().invoke(main, ["book", "--operator", "umr", "--members", "20", "--files-only"])
    assert done.exit_code == 2
    assert "--folder" in done.output


def test_it_says_how_many_of_each_it_wrote(tmp_path: Path) -> None:
    words = ["book", "--operator", "umr", "--members", "40", "--files-only", "--folder", str(tmp_path / "book")]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert "people, " in done.output
    assert (tmp_path / "book" / "offices.csv").exists()


def test_every_file_is_brought_in_after_the_people_it_tells_of(tmp_path: Path) -> None:
    files = bringing.written("umr", tmp_path, members=20, claims_a_member=1.0, seed=5, today=DAY)
    said = bringing.commands("umr", files)
    assert said[0][:2] == ("import", "x12")
    named = {word for words in said for word in words if word.startswith(str(tmp_path))}
    assert {str(path) for path in tmp_path.iterdir() if path.suffix in (".x12", ".csv")} == named


def test_nobody_made_up_comes_into_a_pack_in_production(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pack = replace(packs.named("umr"), production=True)
    monkeypatch.setattr(packs, "named", lambda _name: pack)
    done = CliRunner().invoke(main, ["book", "--operator", "umr", "--members", "20", "--folder", str(tmp_path)])
    assert done.exit_code == 1
    assert "in production" in done.output
