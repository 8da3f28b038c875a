"""Another program reads the book, and reads the same as ours."""

from datetime import date
from pathlib import Path

import pytest

from tests.exchange.x12.test_samples import of_another_reader, of_ours
from wellkept.demo.book import book


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_reader_takes_every_file_and_reads_the_same(tmp_path: Path, seed: int) -> None:
    made = book(tmp_path, members=20, claims_a_member=3.0, seed=seed, today=date(2026, 11, 22))
    for path, kind in zip(made.files, ("834", "837", "837", "835"), strict=True):
        theirs = of_another_reader(str(path), kind)
        assert theirs is not None, path.name
        assert theirs
        assert of_ours(path.read_bytes()) == theirs
