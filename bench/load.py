"""A load on a page: a few connections that ask again and again, and what they waited for."""

import socket
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """Requests a second, and the median and 99th percentile of a request, in milliseconds."""

    a_second: float
    median: float
    p99: float
    failed: int


def load(
    *, port: int, path: str | Sequence[str], cookies: Sequence[str], connections: int = 8, seconds: float = 10.0
) -> Load:
    """Ask for ``path``, or several in turn, over kept-alive connections, each request as the next of ``cookies``."""
    paths = (path,) if isinstance(path, str) else tuple(path)
    waits: list[float] = []
    failed: list[int] = []
    until = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=asking, args=(port, paths, cookies[n::connections], until, waits, failed))
        for n in range(connections)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - began
    cut = statistics.quantiles(waits, n=100) if len(waits) > 20 else [0.0] * 99
    return Load(a_second=len(waits) / spent, median=cut[49] * 1000, p99=cut[98] * 1000, failed=len(failed))


def asking(
    port: int, paths: Sequence[str], cookies: Sequence[str], until: float, waits: list[float], failed: list[int]
) -> None:
    """One connection until the time is over. It takes compressed pages, as browsers do, and no empty cookie."""
    heads = [
        f"Host: localhost\r\nAccept-Encoding: gzip\r\n{f'Cookie: {one}' if one else 'X-None: 0'}" for one in cookies
    ]
    asked = [f"GET {path} HTTP/1.1\r\n{head}\r\n\r\n".encode() for head in heads for path in paths]
    connection, turn = connected(port), 0
    while (began := time.perf_counter()) < until:
        try:
            connection.sendall(asked[turn % len(asked)])
            good = answered(connection)
        except OSError:
            connection.close()
            connection, good = connected(port), False
        turn += 1
        (waits.append(time.perf_counter() - began) if good else failed.append(1))
    connection.close()


def connected(port: int) -> socket.socket:
    """A connection to the portal on this machine."""
    return socket.create_connection(("127.0.0.1", port))


def answered(connection: socket.socket) -> bool:
    """Read one answer whole; whether it was a page."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(65536)
        if not piece:
            raise OSError("closed")
        head += piece
    head, _, body = head.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    return head.startswith(b"HTTP/1.1 200")
