"""Both portals on this machine, a browser, and a place where the tries of a release are written down."""

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.cluster import OPERATORS, Cluster
from tests.proof.conftest import Change, changed, running, wait_for
from wellkept.cli import serve
from wellkept.cli.cluster.server import free_port
from wellkept.proof.ground import Try

CHROMIUM = os.environ.get("WELLKEPT_CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Told = Callable[[str, list[Try]], None]
Without = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield found
    found.close()


@pytest.fixture(scope="package")
def portals(house: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The address of each operator's pages."""
    log, found = tmp_path_factory.mktemp("log") / "pages.log", dict[str, str]()
    with contextlib.ExitStack() as stack:
        for operator in OPERATORS:
            port = free_port()
            child = serve.web(operator=operator, host="127.0.0.1", port=port, workers=1, threads=8)
            stack.enter_context(running(child, log))
            wait_for(port)
            found[operator] = f"http://127.0.0.1:{port}"
        yield found


@pytest.fixture
def without(house: Cluster, tmp_path: Path) -> Without:
    """The pages of UMR from a changed program, for as long as they are lent."""

    @contextmanager
    def lent(*, before: str = "", after: str = "", templates: dict[str, str] | None = None) -> Iterator[str]:
        port = free_port()
        child = serve.web(operator="umr", host="127.0.0.1", port=port, workers=1, threads=8)
        with running(changed(child, Change(before, after, templates), tmp_path), tmp_path / "pages.log"):
            wait_for(port)
            yield f"http://127.0.0.1:{port}"

    return lent


@pytest.fixture
def told() -> Told:
    """Writes the tries of a control down where `wellkept proof release` looks; each of them must have held."""

    def write(control: str, tries: list[Try]) -> None:
        if path := os.environ.get("WELLKEPT_RELEASE_TRIES"):
            with Path(path).open("a", encoding="utf-8") as file:
                file.writelines(json.dumps({"control": control, **asdict(one)}) + "\n" for one in tries)
        assert tries
        assert [one.name for one in tries if not one.held] == []

    return write


def failed(tries: list[Try]) -> list[str]:
    """What did not hold, by name."""
    assert tries
    assert all(one.sentence.endswith(".") and one.outcome for one in tries)
    return [one.name for one in tries if not one.held]
