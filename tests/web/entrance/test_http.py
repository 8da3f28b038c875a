"""The entrance over real HTTP, plain on the loopback and over TLS, with a browser's own view of cookies."""

import contextlib
import http.client
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes as digests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.accounts.people import PASSWORD, Card, registered
from tests.cluster import Cluster
from tests.web.entrance.serving import serving

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A throw-away certificate for localhost, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, digests.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return str(folder / "cert.pem"), str(folder / "key.pem")


@pytest.fixture(scope="module", params=["http", "https"])
def server(
    house: Cluster, certificate: tuple[str, str], request: pytest.FixtureRequest
) -> Iterator[http.client.HTTPConnection]:
    """A connection to a server of its own, plain or over TLS."""
    secure = request.param == "https"
    with serving("umr", tls=certificate if secure else (None, None)) as port:
        context = ssl.create_default_context(cafile=certificate[0])
        plain = http.client.HTTPConnection("localhost", port, timeout=60)
        found = http.client.HTTPSConnection("localhost", port, timeout=60, context=context) if secure else plain
        with contextlib.closing(found):
            yield found


def ask(
    server: http.client.HTTPConnection, method: str, path: str, told: dict[str, str] | None = None, cookie: str = ""
) -> tuple[http.client.HTTPResponse, str]:
    headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
    if cookie:
        headers["Cookie"] = cookie
    server.request(method, path, urlencode(told or {}), headers)
    answer = server.getresponse()
    return answer, answer.read().decode()


def signed_in(server: http.client.HTTPConnection, card: Card, cookie: str = "") -> list[str]:
    """The parts of the one cookie that signing in sets."""
    answer, _ = ask(server, "POST", "/sign-in/", {"login": card.login, "password": PASSWORD}, cookie)
    assert (answer.status, answer.headers["Location"]) == (302, "/sign-in/cookie/")
    (given,) = answer.headers.get_all("Set-Cookie") or []
    return [part.strip() for part in given.split(";")]


def is_secure(server: http.client.HTTPConnection) -> bool:
    return isinstance(server, http.client.HTTPSConnection)


@pytest.mark.usefixtures("django")
def test_the_session_cookie_is_bound_hidden_and_without_a_lifetime(
    house: Cluster, server: http.client.HTTPConnection
) -> None:
    first, *marks = signed_in(server, registered(house))
    name = "__Host-umr_session" if is_secure(server) else "umr_session"
    assert first.startswith(f"{name}=")
    assert {one.lower() for one in marks} == {"path=/", "httponly", "samesite=lax"} | (
        {"secure"} if is_secure(server) else set()
    )


@pytest.mark.usefixtures("django")
def test_a_planted_cookie_is_replaced_and_an_old_one_ended(house: Cluster, server: http.client.HTTPConnection) -> None:
    card = registered(house)
    planted = "__Host-umr_session=planted" if is_secure(server) else "umr_session=planted"
    first = signed_in(server, card, planted)[0]
    assert first != planted
    second = signed_in(server, card, first)[0]
    assert second != first
    assert ask(server, "GET", "/sign-in/cookie/", cookie=second)[0].headers["Location"] == "/sign-in/agree/"
    assert ask(server, "GET", "/member/", cookie=first)[0].headers["Location"] == "/sign-in/"


@pytest.mark.usefixtures("django")
def test_signing_out_takes_the_cookie_back_and_clears_the_browser(
    house: Cluster, server: http.client.HTTPConnection
) -> None:
    held = signed_in(server, registered(house))[0]
    answer, page = ask(server, "POST", "/sign-out/", cookie=held)
    assert "You are signed out" in page
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    assert ask(server, "GET", "/sign-in/cookie/", cookie=held)[0].headers["Location"] == "/sign-in/"


@pytest.mark.usefixtures("django")
def test_the_other_transport_s_cookie_opens_nothing(house: Cluster, server: http.client.HTTPConnection) -> None:
    held = signed_in(server, registered(house))[0]
    other = held.removeprefix("__Host-") if is_secure(server) else f"__Host-{held}"
    answer, _ = ask(server, "GET", "/sign-in/cookie/", cookie=other)
    assert answer.status == 403


def test_strict_transport_is_asked_over_tls_alone(server: http.client.HTTPConnection) -> None:
    answer, _ = ask(server, "GET", "/sign-in/")
    assert ("Strict-Transport-Security" in answer.headers) == is_secure(server)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers.get_all("Set-Cookie") is None


@pytest.mark.usefixtures("django")
def test_no_header_of_a_visitor_says_where_we_lie(server: http.client.HTTPConnection) -> None:
    for path, name in (
        ("//evil.example/contact/", "//evil.example"),
        ("/contact/", "/evil"),
        ("/contact/", "/contact"),
    ):
        server.putrequest("GET", path)
        server.putheader("SCRIPT_NAME", name)
        server.putheader("PATH_INFO", "/evil/")
        server.endheaders()
        answer = server.getresponse()
        assert "evil" not in answer.read().decode()
        assert answer.status == (404 if "evil" in path else 200)


def test_no_request_says_of_itself_whether_it_is_secure(server: http.client.HTTPConnection) -> None:
    for scheme in ("https", "http"):
        server.request("GET", "/sign-in/", headers={"X-Forwarded-Proto": scheme, "X-Forwarded-Ssl": "on"})
        answer = server.getresponse()
        answer.read()
        assert ("Strict-Transport-Security" in answer.headers) == is_secure(server)


def test_a_child_gets_the_one_cookie_that_says_closed_here(server: http.client.HTTPConnection) -> None:
    told = {"birth_date_month": "5", "birth_date_day": "6", "birth_date_year": "2018"}
    answer, page = ask(server, "POST", "/register/", told)
    assert "You cannot register here" in page
    (given,) = answer.headers.get_all("Set-Cookie") or []
    parts = {part.strip().lower() for part in given.split(";")}
    assert parts == {"closed_here=1", "path=/", "httponly", "samesite=lax"} | (
        {"secure"} if is_secure(server) else set()
    )


def test_a_form_of_another_site_is_refused(server: http.client.HTTPConnection) -> None:
    server.request("POST", "/sign-in/", "login=x&password=y", {"Content-Type": "application/x-www-form-urlencoded"})
    answer = server.getresponse()
    answer.read()
    assert answer.status == 403
