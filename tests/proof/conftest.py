"""A portal on this machine with its family, and the same once more with one control taken away."""

import contextlib
import subprocess
import textwrap
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from socket import create_connection

import psycopg
import pytest

from tests.cluster import Cluster
from wellkept.cli import probing, proof, rehearsal, serve
from wellkept.cli.cluster.server import free_port
from wellkept.cli.supervise import Child, environment_of
from wellkept.policy import controls, packs
from wellkept.proof.ground import Ground, Probe

PROGRAM = Path(__file__).parents[2] / "wellkept"
WSGI = "wellkept.config.wsgi:application"
Without = Callable[..., AbstractContextManager[Ground]]
Altered = Callable[[str, str], AbstractContextManager[None]]


@dataclass(frozen=True)
class Change:
    """What is taken away: code before the program starts and after, templates by name with their other text."""

    before: str = ""
    after: str = ""
    templates: Mapping[str, str] | None = None

    def write(self, folder: Path) -> str:
        """Write the changed program into the folder; returns what a web server calls."""
        for name, text in (self.templates or {}).items():
            path = folder / "templates" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        head = f"""
            import os
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellkept.config.settings")
            from django.conf import settings
            settings.TEMPLATES[0]["DIRS"] = [{str(folder / "templates")!r}]
            """
        parts = [head, self.before, "from wellkept.config.wsgi import application", self.after]
        (folder / "altered.py").write_text("\n".join(textwrap.dedent(part) for part in parts), encoding="utf-8")
        return "altered:application"


def changed(child: Child, change: Change, folder: Path) -> Child:
    """The same pages from the changed program."""
    command = [word for word in child.command if word != WSGI]
    return replace(child, command=(*command, f"--pythonpath={folder}", change.write(folder)))


@contextmanager
def running(child: Child, log: Path) -> Iterator[None]:
    """A process of ours whose words go into a file."""
    with (
        log.open("ab") as heard,
        subprocess.Popen(
            child.command,
            env=environment_of(child),
            stdin=subprocess.DEVNULL,
            stdout=heard,
            stderr=heard,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(OSError), create_connection(("127.0.0.1", port), timeout=1):
            return
    raise TimeoutError("The portal did not start.")


def pages(port: int) -> Child:
    return serve.web(operator="umr", host="127.0.0.1", port=port, workers=1, threads=4)


@pytest.fixture(scope="session")
def evidence(house: Cluster) -> None:
    """A round of a minute ago in which everything held, so that pages have something to show."""
    with house.connect("umr", "proof", autocommit=True) as connection:
        run = "00000000-0000-8000-8000-00000000000f"
        connection.execute(
            "insert into wellkept.proof_run values (%s, now() - interval '1 min', now(), '2026-11-01', '0')", [run]
        )
        for control in controls.house().values():
            connection.execute(
                "insert into wellkept.proof_try (run, control, name, sentence, outcome, held, at)"
                " values (%s, %s, 'Try', %s, 'Refused', true, now() - interval '1 min')",
                [run, control.id, f"We tried {control.id} once."],
            )


@pytest.fixture(scope="package")
def sound(house: Cluster, evidence: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """The whole portal of UMR with its standing family; its sealer stops with this folder: others seal themselves."""
    with contextlib.ExitStack() as stack:
        port, log = free_port(), tmp_path_factory.mktemp("log") / "pages.log"
        (sealer,) = (child for child in serve.machines(operator="umr") if child.name == "umr seal")
        for child in (pages(port), sealer):
            stack.enter_context(running(child, log))
        wait_for(port)
        base = f"http://127.0.0.1:{port}"
        people = probing.family(operator="umr", base=base)
        here = proof.ground(operator="umr", base=base, people=people, round_=stack)
        yield replace(here, logs=(log, house.state / "postgres" / "postgres.log"))


@pytest.fixture
def ground(sound: Ground, house: Cluster) -> Ground:
    """It, at the beginning of a round: half a minute after the last one, so that codes of apps work again."""
    with house.administer("wellkept_umr") as connection:
        connection.execute("update wellkept.accounts_authenticator set last_step = last_step - 10")
    return replace(sound, memo={})


@pytest.fixture
def without(ground: Ground, tmp_path: Path) -> Without:
    """The same portal from a changed program, for as long as it is lent."""

    @contextmanager
    def lent(*, before: str = "", after: str = "", templates: Mapping[str, str] | None = None) -> Iterator[Ground]:
        port, log = free_port(), tmp_path / "pages.log"
        child = changed(pages(port), Change(before, after, templates), tmp_path)
        with running(child, log):
            wait_for(port)
            yield replace(ground, base=f"http://127.0.0.1:{port}", logs=(log,))

    return lent


@pytest.fixture
def rehearsed_without(ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Without:
    """The rehearsal from a changed program."""
    web = serve.web

    @contextmanager
    def lent(*, options: tuple[str, ...] = (), before: str = "", after: str = "") -> Iterator[Ground]:
        def other(**named: object) -> Child:
            child = changed(web(**named), Change(before, after), tmp_path)  # type: ignore[arg-type]
            return replace(child, command=(*child.command[:-1], *options, child.command[-1]))

        monkeypatch.setattr(serve, "web", other)
        pack = packs.named("umr")
        with rehearsal.rehearsed(pack, today=packs.today(pack).isoformat()) as there:
            yield replace(ground, rehearse=lambda: there)

    return lent


@pytest.fixture
def altered(house: Cluster) -> Altered:
    """The database of UMR after one statement, until another takes it back."""

    @contextmanager
    def lent(statement: str, back: str) -> Iterator[None]:
        with house.administer("wellkept_umr") as connection:
            connection.execute(statement)
            try:
                yield
            finally:
                connection.execute(back)

    return lent


def failed(probe: Probe, ground: Ground) -> list[str]:
    """What did not hold, by name. A probe that made no try shows nothing."""
    tries = probe(ground)
    assert tries
    assert all(one.sentence.endswith(".") and one.outcome for one in tries)
    return [one.name for one in tries if not one.held]


def template(name: str) -> str:
    """A template as it is."""
    (path,) = PROGRAM.glob(f"web/*/templates/{name}")
    return path.read_text(encoding="utf-8")


def one(connection: psycopg.Connection, asked: str, *given: object) -> str:
    """One value of the database."""
    row = connection.execute(asked, list(given)).fetchone()
    assert row
    return str(row[0])
