"""A scanner as the operator's own, over a real socket; and what the watcher would end while it looks."""

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from tests.cluster import Cluster
from wellkept.cli.watch import TRANSACTIONS


@contextmanager
def scanner(path: Path, answer: bytes, meanwhile: Callable[[], None] = lambda: None) -> Iterator[list[bytes]]:
    """A scanner of one question, which does something before it answers; gives what it was sent."""
    heard: list[bytes] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(path))
        door.listen(1)

        def serve() -> None:
            line, _who = door.accept()
            with line, line.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                while size := struct.unpack("!I", said.read(4))[0]:
                    heard.append(said.read(size))
                meanwhile()
                line.sendall(answer)

        thread = Thread(target=serve)
        thread.start()
        yield heard
        thread.join()


def ends_what_is_open(house: Cluster) -> tuple[list[int], Callable[[], None]]:
    """What ends every transaction of the pages, as the watcher does to one of over five seconds; and which it ended."""
    ended: list[int] = []

    def end() -> None:
        with house.administer("wellkept_umr") as connection:
            for pid, _number in connection.execute(TRANSACTIONS, [["umr_web"]]).fetchall():
                ended.append(pid)
                connection.execute("select pg_terminate_backend(%s)", [pid])

    return ended, end
