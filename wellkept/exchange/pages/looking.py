"""One look at a page of somebody else: one GET over TLS to a public address, bounded in size and time.

No redirect is followed, no cookie is kept or sent, nothing of ours is named but that a program asks. The name is looked
up once and every address it has must be public; then the connection goes to one of those addresses and nowhere else,
so that a name cannot be turned to the inside between the two (server-side request forgery, OWASP ASVS 5.0, 1.3.6).

Serves U-35, P-03. Sources: RFC 9110 (status codes), RFC 6890 (addresses that are not public).
"""

import http.client
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Timer
from typing import Final
from urllib.parse import urljoin, urlsplit

from wellkept.exchange.pages import wording
from wellkept.links.actions import Found

MOST: Final = 2_000_000
SECONDS: Final = 15.0
AGENT: Final = "Wellkept (a program that checks links)"
_GONE: Final = (404, 410)
_OPEN: Final = ip_network("2000::/3")
"""Where every address of the open network lies (IANA, IPv6 Global Unicast Address Space)."""
_TRANSLATED: Final = (ip_network("2002::/16"), ip_network("2001::/32"))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open network, also the one that a mapped address means."""
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return is_public(str(found.ipv4_mapped))
        if found not in _OPEN or any(found in net for net in _TRANSLATED):
            return False  # it may carry an address of the older kind, perhaps one of ours
    return found.is_global and not found.is_multicast


def addresses(host: str) -> list[str]:
    """Every address of a host; raises ``OSError`` where it has none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True, slots=True)
class Way:
    """How a look goes out: how a name is found, which addresses may be reached, whose certificates count, which port.

    There is one way, ``OPEN``. Tests alone lend another, to a server of theirs on this machine.
    """

    may_reach: Callable[[str], bool]
    context: Callable[[], ssl.SSLContext]
    find: Callable[[str], list[str]] = addresses
    port: int = http.client.HTTPS_PORT
    seconds: float = SECONDS


OPEN: Final = Way(may_reach=is_public, context=ssl.create_default_context)


class Pinned(http.client.HTTPSConnection):
    """A connection to an address that was judged before; the certificate must be that of the name."""

    def __init__(self, host: str, address: str, way: Way) -> None:
        self.address, self.trust, self.over = address, way.context(), False
        super().__init__(host, way.port, timeout=way.seconds, context=self.trust)

    def connect(self) -> None:
        """Connect, and shake hands under the name."""
        plain = socket.create_connection((self.address, self.port), self.timeout)
        try:
            self.sock = self.trust.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
        if self.over:  # the time ran out while there was nothing to cut
            self.close()
            raise TimeoutError

    def cut(self) -> None:
        """End it from outside, whatever it waits for. What was read by then may be cut short, and counts as nothing."""
        self.over = True
        with suppress(OSError):
            if self.sock is not None:
                self.sock.shutdown(socket.SHUT_RDWR)


def look(address: str, *, way: Way = OPEN) -> Found:
    """What lies at ``address`` now. It raises nothing: whatever goes wrong there is a finding."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme != "https" or not host:
        return Found("forbidden")
    try:
        near = way.find(host)
    except (OSError, UnicodeError):
        return Found("unreachable")
    if not near or not all(way.may_reach(one) for one in near):
        return Found("forbidden")
    asked = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _asked(Pinned(host, near[0], way), asked, address, seconds=way.seconds)


def _asked(connection: Pinned, path: str, address: str, *, seconds: float) -> Found:
    """Ask once, within ``seconds`` altogether, however slowly the other side speaks."""
    end = Timer(seconds, connection.cut)
    end.daemon = True
    end.start()
    try:
        connection.request(
            "GET", path, headers={"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.1", "Connection": "close"}
        )
        found = _read(connection.getresponse(), address)
        return Found("unreachable") if connection.over else found
    except ssl.SSLCertVerificationError:
        return Found("certificate")
    except (OSError, http.client.HTTPException, ValueError):
        return Found("unreachable")
    finally:
        end.cancel()
        connection.close()


def _read(answer: http.client.HTTPResponse, address: str) -> Found:
    status = answer.status
    if 300 <= status < 400:
        return _sent_on(status, answer.getheader("Location") or "", address)
    if status in _GONE:
        return Found("missing", status)
    if not 200 <= status < 300:
        return Found("unreachable", status if 100 <= status <= 999 else None)
    body = answer.read(MOST)
    if answer.length and len(body) < MOST:
        return Found("unreachable", status)  # it broke off
    if answer.getheader("Content-Encoding", "identity").lower() != "identity":
        return Found("fine", status)  # we asked for none; what cannot be read cannot be compared
    kind = answer.headers.get_content_type()
    charset = answer.headers.get_content_charset("utf-8")
    return Found("fine", status, digest=wording.digest(body, media_type=kind, charset=charset))


def _sent_on(status: int, location: str, address: str) -> Found:
    """Where it sends on to: within its site, or to another, which counts as another page."""
    target = urljoin(address, location)
    said = "".join(char for char in target if char.isprintable())[:500]
    there, here = urlsplit(target), urlsplit(address)
    same = location and (there.scheme, there.hostname, there.port) == (here.scheme, here.hostname, here.port)
    return Found("moved" if same else "redirected", status, leads_to=said)
