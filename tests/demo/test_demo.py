"""``wellkept demo`` from nothing: both portals serve, its accounts sign in, Ctrl-C ends it, the next run goes on."""

import contextlib
import http.client
import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyotp
import pytest

from tests.cluster import temporary_state
from wellkept.cli import cluster as server

pytestmark = pytest.mark.database
DEMO = (sys.executable, "-c", "from wellkept.cli import main; main(prog_name='wellkept')", "demo")


def free_ports() -> int:
    """The first of three ports in a row that nobody listens on."""
    for port in range(18200, 19000, 10):
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            for number in range(port, port + 3):
                stack.enter_context(socket.socket()).bind(("127.0.0.1", number))
            return port
    raise AssertionError("no three ports in a row are free")


@pytest.fixture(scope="module")
def state() -> Iterator[Path]:
    folder = temporary_state()
    yield folder
    server.stop(folder)
    shutil.rmtree(folder)


@dataclass(slots=True)
class Demo:
    """A demonstration that runs, and what it has said so far."""

    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    def until(self, words: str) -> None:
        """Wait for a line with these words."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if words in line:
                return
        raise AssertionError("".join(self.said))


@contextlib.contextmanager
def running(state: Path, port: int) -> Iterator[Demo]:
    """The demonstration once it can be opened, until it is told to stop."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [*DEMO, "--port", str(port), "--members", "20"]
    environment = kept | {"WELLKEPT_STATE": str(state)}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, restore_signals=True
    )
    demo = Demo(process)
    try:
        demo.until(f"Open http://localhost:{port}/")
        yield demo
    finally:
        process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=60)
        demo.said.append(rest)


DOORS = {
    "member": "/member/",
    "representative": "/desk/",
    "privacy_officer": "/privacy/",
    "administrator": "/operations/",
    "access_administrator": "/staff/",
    "provider": "/provider/",
    "employer": "/employer/",
    "agent": "/agent/",
    "partner": "/partner/",
}


def page(url: str) -> tuple[str, Mapping[str, str]]:
    """Text and headers of an address."""
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310  (an address of this machine)
        return answer.read().decode(), answer.headers


def signed_in(port: int, account: dict[str, str]) -> str:
    """Where an account ends up that signs in over HTTP as a browser does, staff with the code of their app."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    origin = {"Origin": f"http://localhost:{port}", "Sec-Fetch-Site": "same-origin"}

    def send(path: str, told: dict[str, str]) -> tuple[str, str]:
        form = urllib.parse.urlencode(told).encode()
        request = urllib.request.Request(f"http://localhost:{port}{path}", form, origin)
        try:
            opened = browser.open(request, timeout=60)
        except urllib.error.HTTPError as refused:
            words = re.sub(r"<[^>]+>", " ", refused.read().decode().partition("<main")[2])
            raise AssertionError(" ".join(words.split())) from None
        with opened as answer:
            return str(urllib.parse.urlsplit(answer.url).path), answer.read().decode()

    where, text = send("/sign-in/", {"login": account["login"], "password": account["password"]})
    if not account["seed"]:
        return where
    assert where == "/sign-in/second/"
    word = re.search(r'name="token" value="([0-9a-f]+)"', text)
    assert word
    return send(where, {"code": pyotp.TOTP(account["seed"]).now(), "token": word[1]})[0]


def test_it_comes_to_life_stops_and_goes_on(state: Path) -> None:
    port = free_ports()
    with running(state, port) as first:
        text, headers = page(f"http://localhost:{port}/")
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert "Lakes Benefit Services" in text
        assert "Rowan Wellness Record" in text
        assert refused(port) == 421
        accounts = kept(state)
        for place, operator in enumerate(("umr", "pwer"), 1):
            assert "<main" in page(f"http://localhost:{port + place}/")[0]
            there = {one["login"]: one for one in accounts[operator] if one["login"]}
            doors = {login: signed_in(port + place, one) for login, one in there.items()}
            assert doors == {login: DOORS[one["role"]] for login, one in there.items()}
            assert all(one["password"] in text for one in accounts[operator])
        assert text.count("Code now") == sum(bool(one["seed"]) for some in accounts.values() for one in some)
    assert not server.status(state).running
    with running(state, port) as second:
        assert kept(state) == accounts
        assert signed_in(port + 1, accounts["umr"][0]) == "/member/"
    assert any("Bringing" in line for line in first.said)
    assert not any("Bringing" in line for line in second.said)
    assert not any("Traceback" in line or "ended (" in line for line in first.said + second.said)


def refused(port: int) -> int:
    """How the index answers whoever calls it by a name that is none of this machine's."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", "/", headers={"Host": "elsewhere.example"})
        return connection.getresponse().status


def kept(state: Path) -> dict[str, list[dict[str, str]]]:
    """The accounts, in a file of its owner alone."""
    path = state / "demo.json"
    assert path.stat().st_mode & 0o777 == 0o600
    accounts: dict[str, list[dict[str, str]]] = json.loads(path.read_text())
    return accounts


def test_no_password_of_it_stands_in_the_code() -> None:
    root = Path(__file__).parents[2] / "wellkept"
    words = re.compile(r"\b(?:[bdfgklmnprstvz][aeiou]){2}(?:-(?:[bdfgklmnprstvz][aeiou]){2}){3}\b")
    places = [*(root / "demo").rglob("*"), *(root / "cli" / "demo").rglob("*")]
    assert [path for path in places if path.suffix in {".py", ".html"} and words.search(path.read_text())] == []


def test_a_port_in_use_is_named_with_what_to_say_instead(tmp_path: Path) -> None:
    port = free_ports()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + 2))
        taken.listen()
        environment = {"PATH": os.environ["PATH"], "WELLKEPT_STATE": str(tmp_path / "state")}
        done = subprocess.run(
            [*DEMO, "--port", str(port)], env=environment, capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert f"Port {port + 2} is in use" in done.stderr
    assert f"make demo PORT={port + 10}" in done.stderr
    assert not (tmp_path / "state").exists()
