"""Papers are looked at by the operator's own virus scanner before they are kept, where one is configured (U-32).

Its socket is named by ``WELLKEPT_CLAMD``: a path on this machine, never a host. A scanner that is configured and does
not answer refuses every paper. Source: clamd(8), the command INSTREAM.
"""

import os
import socket
import struct
from time import monotonic
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

VARIABLE: Final = "WELLKEPT_CLAMD"
SECONDS: Final = 20.0
"""For the whole of one paper, however slowly the scanner reads or answers."""
CHUNK: Final = 64 * 1024
LONGEST_ANSWER: Final = 4096


class CannotLookError(ValidationError):
    """The scanner did not answer, or did not come to an end; the next paper would wait as long."""


def checked(content: bytes) -> None:
    """Have the scanner look at the bytes as they came; nothing to do where none is configured.

    It may take ``SECONDS``, which is longer than a transaction may last: nothing may be open meanwhile. Raises
    ``ValidationError`` where it found something, ``CannotLookError`` where it could not look.
    """
    path = os.environ.get(VARIABLE, "")
    if not path:
        return
    try:
        answer = _asked(path, content)
    except OSError:
        answer = b""
    if answer == b"stream: OK":
        return
    if answer.endswith(b" FOUND"):
        raise ValidationError(_("Our scanner found something harmful in this file. We did not keep it."))
    raise CannotLookError(_("We cannot look at files for viruses just now. Please try again later, or call us."))


def _asked(path: str, content: bytes) -> bytes:
    """What the scanner says of the bytes: "stream: OK", "stream: NAME FOUND", or that it failed."""
    ends, said = monotonic() + SECONDS, bytearray()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        within(line, ends).connect(path)
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), CHUNK):
            part = content[at : at + CHUNK]
            within(line, ends).sendall(struct.pack("!I", len(part)) + part)
        within(line, ends).sendall(struct.pack("!I", 0))
        while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
            part = within(line, ends).recv(LONGEST_ANSWER)
            if not part:
                break
            said += part
    return bytes(said).rstrip(b"\0")


def within(line: socket.socket, ends: float) -> socket.socket:
    """The line, which waits no longer than until then; raises ``TimeoutError`` where that is over."""
    left = ends - monotonic()
    if left <= 0:
        raise TimeoutError
    line.settimeout(left)
    return line
