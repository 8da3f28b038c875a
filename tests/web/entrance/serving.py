"""The pages under gunicorn, on a port of their own."""

import contextlib
import os
import socket
import subprocess
from collections.abc import Iterator

from wellkept.cli.cluster.server import free_port
from wellkept.cli.serve import web


@contextlib.contextmanager
def serving(operator: str, *, tls: tuple[str | None, str | None] = (None, None)) -> Iterator[int]:
    """The pages of an operator, started as ``wellkept serve`` starts them; gives the port."""
    port = free_port()
    child = web(operator=operator, host="127.0.0.1", port=port, workers=1, threads=2, tls=tls)
    with subprocess.Popen(child.command, env=os.environ | dict(child.environment)) as process:
        while process.poll() is None and not answers(port):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.2)
        yield port
        process.terminate()


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
        return True
    return False
