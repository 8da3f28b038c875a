"""Tries against the line: plain text where it could be read, old protocols, weak ciphers, a stranger's certificate."""

import socket
import ssl
import warnings
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from wellkept.proof.ground import Ground, Rehearsal, Try
from wellkept.proof.probes.cookies import guarded

OLD: Final = (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1)
WEAK: Final = "NULL:aNULL:3DES:RC4:AES128-SHA:AES256-SHA:AES128-SHA256:@SECLEVEL=0"
"""No encryption, no name, broken ciphers, and those without forward secrecy."""
SECONDS: Final = 5
YEAR: Final = 31_536_000


def nothing_travels_in_clear(ground: Ground) -> list[Try]:
    """Ask the program to serve in clear elsewhere than here; then meet the same pages over TLS with bad manners."""
    there = ground.rehearse()
    plain = ground.say(("serve", "--operator", ground.pack.name, "--host", "0.0.0.0", "--port", "1"), {})  # noqa: S104  (it must refuse)
    page = ground.ask("/", base=there.base, trusted=there.certificate)
    strict = page.headers.get("strict-transport-security", "")
    lasts = int(strict.partition("max-age=")[2].partition(";")[0] or 0) if "max-age=" in strict else 0
    older = [version.name for version in OLD if shakes(there, only(version))]
    weak = shakes(there, weakened)
    stranger = shakes(there, as_it_is, trusted=False)
    one = ground.members["one"]
    signed = ground.ask(
        "/sign-in/", form={"login": one.login, "password": one.password}, base=there.base, trusted=there.certificate
    )
    return [
        Try(
            "Serve in clear",
            "We told the program to serve without encryption on an address that others can reach.",
            "Refused" if plain.code and "Plain HTTP" in plain.text else "Served",
            held=bool(plain.code) and "Plain HTTP" in plain.text,
        ),
        Try(
            "Speak in clear to an encrypted line",
            "We asked a page of the encrypted line without encryption.",
            "No answer" if not clear(there) else "Answered",
            held=not clear(there),
        ),
        Try(
            "Speak an old protocol",
            "We asked for each protocol older than TLS 1.2.",
            "Refused" if not older else "Taken",
            held=not older,
        ),
        Try(
            "Ask for a weak cipher", "We offered weak ciphers alone.", "Refused" if not weak else "Taken", held=not weak
        ),
        Try(
            "Meet a certificate nobody vouches for",
            "We asked as a browser that does not know this certificate.",
            "Refused" if not stranger else "Taken",
            held=not stranger,
        ),
        Try(
            "Come back without encryption",
            "We looked whether a browser is told to use encryption for a year.",
            "It is told" if page.status == 200 and lasts >= YEAR else "Not told",
            held=page.status == 200 and lasts >= YEAR,
        ),
        Try(
            "Take the cookie off the line",
            "We signed in over the encrypted line and looked at the cookie's marks.",
            "Bound to the line" if guarded(signed, secure=True) else "Not bound",
            held=guarded(signed, secure=True),
        ),
    ]


def clear(there: Rehearsal) -> bool:
    """Whether the encrypted line answers a request in clear with a page."""
    parts = urlsplit(there.base)
    with socket.create_connection((parts.hostname or "", parts.port or 443), timeout=SECONDS) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        try:
            return line.recv(200).startswith(b"HTTP/1.1 200")
        except OSError:
            return False


def shakes(there: Rehearsal, how: Callable[[ssl.SSLContext], None], *, trusted: bool = True) -> bool:
    """Whether a handshake comes to pass."""
    context = ssl.create_default_context(cafile=there.certificate if trusted else None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # asking for what is old is the try
        try:
            how(context)
        except ssl.SSLError:
            return False  # this machine cannot even ask for it
    parts = urlsplit(there.base)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 443), timeout=SECONDS) as line:
            context.wrap_socket(line, server_hostname=parts.hostname).close()
    except (ssl.SSLError, OSError):
        return False
    return True


def as_it_is(_context: ssl.SSLContext) -> None:
    """Ask as any program of today does."""


def weakened(context: ssl.SSLContext) -> None:
    """Offer what nobody should take."""
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(WEAK)


def only(version: ssl.TLSVersion) -> Callable[[ssl.SSLContext], None]:
    """Offer one protocol alone, with every cipher it knows."""

    def set_to(context: ssl.SSLContext) -> None:
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = version

    return set_to
