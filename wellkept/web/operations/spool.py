"""A file on its way in: written as it arrives, under a name of ours, never held in memory and never read back here.

It lies in the inbox under an ending that the reader of the inbox passes over, and gets its name only when an entry says
who handed it in. What is refused or broken off is removed at once.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from wellkept.access import queries as access
from wellkept.policy.words import Role
from wellkept.web.shell.uploads import Dropped

FIELD: Final = "file"
LONGEST: Final = int(os.environ.get("WELLKEPT_UPLOAD_BYTES", "500000000"))
LEFT_FREE: Final = 1_000_000_000  # the disk keeps this much for the database
LOOKED_AT: Final = 4_096


class Spooled:
    """A file that arrived whole. ``head`` is how it begins; ``too_long`` says that it was broken off."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        self.number = uuid4()
        self.size = 0
        self.head = b""
        self.too_long = False
        self._hash = hashlib.sha256()
        self._kept = False
        self._stream: IO[bytes] | None = None

    def begin(self) -> None:
        """Make the file: a new one, for us alone."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        self._stream = os.fdopen(os.open(self.path, flags, 0o600), "wb")

    def write(self, piece: bytes) -> None:
        """The next bytes."""
        if self._stream is not None:
            self._stream.write(piece)
        self._hash.update(piece)
        self.size += len(piece)
        if len(self.head) < LOOKED_AT:
            self.head += piece[: LOOKED_AT - len(self.head)]

    def end(self) -> None:
        """All of it is on the disk."""
        if self._stream is not None:
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            self._stream = None

    def digest(self) -> bytes:
        """SHA-256 of its bytes."""
        return self._hash.digest()

    def keep(self, name: str) -> None:
        """Give it the name under which the inbox is read. From here on it is not ours."""
        self.path.rename(self.path.with_name(name))
        self._kept = True

    def close(self) -> None:
        """Remove it, unless it was kept. Django says so at the end of each request."""
        self.end()
        if not self._kept:
            self.path.unlink(missing_ok=True)


class Spool(FileUploadHandler):
    """Writes the one file of the form into the inbox, as far as it may be long."""

    def __init__(self, request: HttpRequest, folder: Path) -> None:
        super().__init__(request)
        self.folder = folder
        self.spooled: Spooled | None = None

    def new_file(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """Begin the one file; a second one, and one in another field, is passed over."""
        super().new_file(*given, **named)
        if self.field_name != FIELD or self.spooled is not None:
            raise SkipFile
        spooled = Spooled(self.folder / f".{uuid4()}.part", self.file_name or "")
        spooled.begin()
        self.spooled = spooled

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write a piece; nobody after us gets it."""
        del start
        spooled = cast("Spooled", self.spooled)
        if spooled.size + len(raw_data) > min(LONGEST, room(self.folder) + spooled.size):
            spooled.too_long = True
            spooled.close()
            # What has not arrived is not waited for.
            raise StopUpload(connection_reset=True)
        spooled.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> Any:  # noqa: ANN401  (Django keeps it among the request's files)
        """The file, once it is whole."""
        del file_size
        spooled = cast("Spooled", self.spooled)
        spooled.end()
        return spooled

    def upload_interrupted(self) -> None:
        """Whoever sent it has gone."""
        if self.spooled is not None:
            self.spooled.close()


def spooling(request: HttpRequest) -> FileUploadHandler:
    """What reads the files of a request: they are dropped, unless an administrator sends them."""
    secret = getattr(request, "session_secret_hash", None)
    who = access.who(secret) if secret else None
    return Spool(request, inbox()) if who is not None and who.role == Role.ADMINISTRATOR else Dropped(request)


def inbox() -> Path:
    """The folder that intake watches: the one that ``WELLKEPT_INBOX`` names, or the operator's own."""
    own = Path(settings.WELLKEPT_STATE) / settings.WELLKEPT_OPERATOR / "inbox"
    folder = Path(os.environ.get("WELLKEPT_INBOX") or own)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700, parents=True)
    return folder


def room(folder: Path) -> int:
    """How many bytes may still be written there."""
    disk = os.statvfs(folder)
    return max(0, disk.f_bavail * disk.f_frsize - LEFT_FREE)


def named(name: str, number: UUID) -> str:
    """The name in the inbox: the plain one with a part of its number, so that two of one name are two files."""
    stem, dot, ending = name.rpartition(".")
    mark = number.hex[:8]
    return f"{stem}-{mark}.{ending}" if dot else f"{name}-{mark}"
