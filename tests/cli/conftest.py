"""State folders of their own for tests that start, break and stop a cluster."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster import temporary_state
from wellkept.cli import cluster as server


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty state folder below a temporary one; whatever runs in it is stopped afterwards."""
    parent = temporary_state()
    yield from lent(parent / "state", parent=parent, monkeypatch=monkeypatch)


@pytest.fixture
def closed_state(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same below a folder that nobody but its owner may walk through."""
    parent = Path(tempfile.mkdtemp(prefix="wellkept-"))
    yield from lent(parent / "state", parent=parent, monkeypatch=monkeypatch)


def lent(folder: Path, *, parent: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A state folder for one test."""
    monkeypatch.setenv("WELLKEPT_STATE", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("WELLKEPT_POSTGRES", raising=False)
    yield folder
    monkeypatch.delenv("DATABASE_URL", raising=False)
    server.stop(folder)
    shutil.rmtree(parent)


@pytest.fixture
def as_root() -> None:
    """Skip what only root meets."""
    if os.geteuid() != 0:
        pytest.skip("only root drops to another user")
