"""A look asks once, over TLS, a public address, and says what it found; it follows nothing and waits for nobody."""

import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from wellkept.cli.rehearsal import vouched
from wellkept.exchange.pages import looking, wording
from wellkept.exchange.pages.looking import OPEN, Way, is_public, look

ASKED: list[tuple[str, dict[str, str]]] = []
DONE = threading.Event()
PAGE = "<title>Guide</title><script>var now = 1;</script><p>Care on {} of {}.</p>"


class Site(BaseHTTPRequestHandler):
    """Another site, with a page for each way of answering."""

    def do_GET(self) -> None:
        ASKED.append((self.path, dict(self.headers)))
        name = self.path.strip("/").split("?")[0]
        sends = {
            "moved": "/page",
            "away": "https://other.example/page",
            "down": "http://localhost/page",
            "up": "//other.example/",
        }
        if name in sends:
            self.answer(302, b"", Location=sends[name])
        elif name.isdigit():
            self.answer(int(name), b"No.")
        elif name == "drip":
            self.drip()
        elif name == "endless":
            self.endless()
        elif name == "short":
            self.answer(200, b"Half", **{"Content-Length": "100"})
        elif name == "silent":
            DONE.wait(20)
        else:
            self.answer(200, (self.server.page).encode(), **{"Set-Cookie": "seen=1"})  # type: ignore[attr-defined]

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for header, value in {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(body)),
            **headers,
        }.items():
            self.send_header(header, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        """A header a byte at a time, each within the time one read may take."""
        self.connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not DONE.wait(0.02):
            try:
                self.connection.sendall(b"a")
            except OSError:
                return

    def endless(self) -> None:
        self.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        try:
            while not DONE.is_set():
                self.connection.sendall(b"word " * 10_000)
        except OSError:
            return

    def log_message(self, *given: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    page = PAGE.format("June 1", "2026")

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A shake of hands that failed is what some tests want."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Way]]:
    """A site on this machine, and the one way that reaches it."""
    DONE.clear()
    certificate, key = vouched(tmp_path_factory.mktemp("site"))
    server = Server(("127.0.0.1", 0), Site)
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(certificate, key)
    server.socket = inside.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server, way_to(server.server_port, certificate)
    DONE.set()
    server.shutdown()
    server.server_close()


def way_to(port: int, certificate: Path) -> Way:
    return Way(
        may_reach=lambda address: address == "127.0.0.1",
        context=lambda: ssl.create_default_context(cafile=certificate),
        find=lambda _host: ["127.0.0.1"],
        port=port,
        seconds=5,
    )


@pytest.fixture(autouse=True)
def _nothing_asked_yet() -> None:
    ASKED.clear()


def test_a_page_is_fine_and_is_known_by_its_words(site: tuple[Server, Way]) -> None:
    server, way = site
    first = look("https://localhost/page", way=way)
    assert (first.result, first.status) == ("fine", 200)
    server.page = PAGE.format("June 2", "2027").replace("now = 1", "now = 2")
    assert look("https://localhost/page", way=way).digest == first.digest
    server.page = PAGE.format("June 2", "2027").replace("Care", "Tea")
    assert look("https://localhost/page", way=way).digest != first.digest


def test_it_sends_no_cookie_back_and_says_nothing_of_where_it_comes_from(site: tuple[Server, Way]) -> None:
    for _twice in range(2):
        look("https://localhost/page?a=b#part", way=site[1])
    assert [path for path, _headers in ASKED] == ["/page?a=b"] * 2
    for _path, headers in ASKED:
        assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
        assert headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    ("name", "result", "leads_to"),
    [
        ("moved", "moved", "https://localhost/page"),
        ("away", "redirected", "https://other.example/page"),
        ("down", "redirected", "http://localhost/page"),
        ("up", "redirected", "https://other.example/"),
    ],
)
def test_it_follows_nothing_and_says_where_it_was_sent(
    site: tuple[Server, Way], name: str, result: str, leads_to: str
) -> None:
    found = look(f"https://localhost/{name}", way=site[1])
    assert (found.result, found.leads_to) == (result, leads_to)
    assert [path for path, _headers in ASKED] == [f"/{name}"]


@pytest.mark.parametrize(
    ("status", "result"),
    [(404, "missing"), (410, "missing"), (403, "unreachable"), (500, "unreachable"), (503, "unreachable")],
)
def test_a_page_that_is_gone_is_told_from_one_that_does_not_answer(
    site: tuple[Server, Way], status: int, result: str
) -> None:
    found = look(f"https://localhost/{status}", way=site[1])
    assert (found.result, found.status) == (result, status)


def test_a_certificate_nobody_vouches_for_is_a_fault(site: tuple[Server, Way]) -> None:
    stranger = replace(site[1], context=ssl.create_default_context)
    assert look("https://localhost/page", way=stranger).result == "certificate"
    assert ASKED == []


def test_a_certificate_of_another_name_is_a_fault(site: tuple[Server, Way]) -> None:
    assert look("https://guide.example.org/page", way=site[1]).result == "certificate"


@pytest.mark.parametrize("name", ["drip", "silent", "short"])
def test_it_waits_for_nobody(site: tuple[Server, Way], name: str) -> None:
    assert look(f"https://localhost/{name}", way=replace(site[1], seconds=0.3)).result == "unreachable"


def test_time_that_ran_out_before_there_was_anything_to_cut_ends_it_too(site: tuple[Server, Way]) -> None:
    connection = looking.Pinned("localhost", "127.0.0.1", site[1])
    connection.cut()
    with pytest.raises(TimeoutError):
        connection.connect()
    assert connection.sock is None


def test_it_reads_no_more_than_it_must(site: tuple[Server, Way], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MOST", 20_000)
    found = look("https://localhost/endless", way=site[1])
    assert found.digest == wording.digest(b"word " * 4_000, media_type="text/html", charset="utf-8")


def test_nobody_listening_is_unreachable(site: tuple[Server, Way]) -> None:
    assert look("https://localhost/page", way=replace(site[1], port=1)).result == "unreachable"


def test_a_name_nobody_has_is_unreachable() -> None:
    def find(_host: str) -> list[str]:
        raise OSError

    assert look("https://guide.example.org/", way=replace(OPEN, find=find)).result == "unreachable"


@pytest.mark.parametrize("address", ["http://localhost/page", "ftp://localhost/", "https://", "file:///etc/passwd"])
def test_it_asks_over_https_alone(site: tuple[Server, Way], address: str) -> None:
    assert look(address, way=site[1]).result == "forbidden"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "169.254.169.254", "10.0.0.1", "2130706433"])
def test_the_open_way_leads_to_no_address_inside(site: tuple[Server, Way], host: str) -> None:
    found = look(f"https://{host}:{site[0].server_port}/page", way=replace(OPEN, seconds=2))
    assert found.result == "forbidden"
    assert ASKED == []


def test_one_inside_address_among_several_is_enough_to_refuse(site: tuple[Server, Way]) -> None:
    both = replace(OPEN, find=lambda _host: ["93.184.216.34", "127.0.0.1"], port=site[0].server_port)
    assert look("https://guide.example.org/", way=both).result == "forbidden"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.1.2.3", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2001:0:7f00:1::", "::127.0.0.1", "::ffff:0:127.0.0.1", "fec0::1", "64:ff9b:1::1",
    ],
)  # fmt: skip
def test_no_such_address_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_these_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("<p>Call  us</p>", "<div>call</div> <b>US</b>", True),
        ("<p>Price $5</p>", "<p>Price $9,50</p>", True),
        ("<p>ﬁne</p>", "<p>fine</p>", True),
        ("<p>Take two</p>", "<p>Take ten</p>", False),
        ("<p>safe</p><style>a</style>", "<p>safe</p><style>b</style>", True),
        ("<p>safe</p>", "<meta http-equiv=Refresh content='0;url=https://other.example/'><p>safe</p>", False),
        ("<p>safe</p>", "<meta http-equiv=refresh content=300><p>safe</p>", True),
        ("<p>safe</p><![then]><p>here</p>", "<p>safe here</p>", True),
    ],
)
def test_pages_are_compared_by_their_words(one: str, other: str, same: bool) -> None:  # noqa: FBT001
    found = [wording.digest(text.encode(), media_type="text/html", charset="utf-8") for text in (one, other)]
    assert (found[0] == found[1]) is same
