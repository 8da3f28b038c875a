"""The entrance as a process of its own: the pages hold nothing of it, also where somebody runs code in them (R-10)."""

import contextlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.accounts.people import PASSWORD, registered
from tests.cast import Cast
from tests.cluster import Cluster
from tests.proof.conftest import Change, changed, running, wait_for
from wellkept.cli import serve
from wellkept.cli.cluster.server import free_port
from wellkept.cli.supervise import environment_of
from wellkept.policy import entrances

pytestmark = pytest.mark.database

# What somebody could try who runs code of their own in a process of pages.
INJECTED = """
import json, os
import psycopg
from django.db import connections
from wellkept.accounts import actions
from wellkept.cli import cluster
from uuid import UUID
said = {}
def tried(name, work):
    try:
        work()
    except Exception as error:
        said[name] = type(error).__name__
    else:
        said[name] = "done"
account = UUID(%(account)r)
tried("connection", lambda: connections["entrance"].ensure_connection())
tried("session", lambda: actions.begin_session(account))
tried("secret", lambda: cluster.connect(operator="umr", role="entrance"))
def as_web():
    with connections["default"].cursor() as cursor:
        cursor.execute("select wellkept.accounts_begin_session(%%s, '', '1 h', '1 h', null, '', '', '')", [account])
tried("as web", as_web)
def with_own_word():
    parts = cluster.parameters(operator="umr", role="web")
    psycopg.connect(**(parts | {"user": "umr_entrance"}))
tried("own word", with_own_word)
said["named"] = [name for name in os.environ if "ENTRANCE" in name]
with open(%(path)r, "w") as file:
    json.dump(said, file)
connections.close_all()
"""


@dataclass(frozen=True)
class Apart:
    """Two processes: where the pages are, where the entrance is, and what injected code found in the first."""

    pages: int
    entrance: int
    found: dict[str, object]


def asked(port: int, path: str, *, form: dict[str, str] | None = None, cookie: str = "") -> tuple[int, str]:
    """The status of a page, and the first cookie it sets."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    body = urlencode(form) if form else None
    with contextlib.closing(connection):
        connection.request("POST" if form else "GET", path, body=body, headers=headers)
        got = connection.getresponse()
        got.read()
        return got.status, str(got.headers.get("Set-Cookie", "")).partition(";")[0]


@pytest.fixture(scope="module")
def both(house: Cluster, cast: Cast, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apart]:
    """Both processes. The pages have a state folder of their own, as under their own system user: no secret in it."""
    folder = tmp_path_factory.mktemp("apart")
    state = folder / "state"
    shutil.copytree(house.state / "umr" / "kek", state / "umr" / "kek")
    shutil.copy(house.state / "cluster.json", state / "cluster.json")
    found, account = folder / "found.json", str(cast.accounts["stranger"])
    pages_port, entrance_port = free_port(), free_port()
    pages, entrance = (
        serve.web(operator="umr", host="127.0.0.1", port=port, workers=1, threads=4, entrance=kind)
        for port, kind in ((pages_port, entrances.APART), (entrance_port, entrances.ALONE))
    )
    pages = replace(pages, environment={**pages.environment, "WELLKEPT_STATE": str(state)})
    pages = changed(pages, Change(after=INJECTED % {"account": account, "path": str(found)}), folder)
    assert "WELLKEPT_SECRET_ENTRANCE" not in environment_of(pages)
    log = folder / "log"
    with running(pages, log), running(entrance, log):
        for port in (pages_port, entrance_port):
            wait_for(port)
        assert asked(pages_port, "/")[0] == 200, Path(log).read_text()
        yield Apart(pages_port, entrance_port, json.loads(found.read_text()))


def test_code_in_a_process_of_pages_makes_no_session(both: Apart) -> None:
    assert both.found == {
        "connection": "ConnectionDoesNotExist",
        "session": "ConnectionDoesNotExist",
        "secret": "OperationalError",
        "as web": "ProgrammingError",
        "own word": "OperationalError",
        "named": ["WELLKEPT_ENTRANCE"],
    }


@pytest.mark.parametrize("path", ["/sign-in/", "/register/", "/sign-out/", "/account/ways/", "/es/sign-in/"])
def test_the_pages_answer_nothing_of_the_entrance(both: Apart, path: str) -> None:
    assert asked(both.pages, path)[0] == 421
    assert asked(both.pages, path, form={"login": "somebody", "password": PASSWORD})[0] == 421


@pytest.mark.parametrize("path", ["/", "/policy/", "/member/", "/desk/", "/how-we-keep-it/", "/es/policy/"])
def test_the_entrance_answers_nothing_else(both: Apart, path: str) -> None:
    assert asked(both.entrance, path)[0] == 421


@pytest.mark.usefixtures("django")
def test_a_session_of_the_entrance_opens_the_pages(house: Cluster, both: Apart) -> None:
    told = {"login": registered(house).login, "password": PASSWORD}
    status, cookie = asked(both.entrance, "/sign-in/", form=told)
    assert (status, cookie.startswith("umr_session=")) == (302, True)
    assert asked(both.entrance, "/sign-in/agree/", cookie=cookie)[0] == 200
    assert asked(both.pages, "/member/")[0] == 302
    assert asked(both.pages, "/member/", cookie=cookie)[0] in (200, 302)


def test_a_process_with_both_answers_both(house: Cluster) -> None:
    child = serve.web(operator="umr", host="127.0.0.1", port=1, workers=1, threads=1)
    assert child.environment["WELLKEPT_ENTRANCE"] == entrances.WITH
    assert "WELLKEPT_SECRET_ENTRANCE" in child.environment


@pytest.mark.parametrize(
    ("path", "own"),
    [("/sign-in/", True), ("/es/account/ways/", True), ("/sign-inside/", False), ("/fr/sign-in/", False), ("/", False)],
)
def test_which_addresses_are_the_entrance_s(path: str, *, own: bool) -> None:
    assert entrances.led(path, ("es",)) is own
