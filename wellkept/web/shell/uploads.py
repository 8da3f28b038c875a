"""Files that come with a form: only where a view takes them, as its mark says, and never more than it may be sent.

Serves U-32: no part of a paper lies in a temporary file. Source: RFC 7578. The settings name ``handler`` by its text.
"""

from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from wellkept.files.kinds import LARGEST
from wellkept.web.shell.public import Taking, mark_of, reason_of

ALL_TOGETHER: Final = 25 * 1024 * 1024
READ_AT_MOST: Final = 32 * 1024 * 1024


def handler(request: HttpRequest) -> FileUploadHandler:
    """What reads the files of a request: what its view's mark names, memory where it names nothing, nobody unmarked."""
    if not reason_of(request, "files_reason"):
        return Dropped(request)
    by: Taking | None = mark_of(request, "files_by")
    return by(request) if by else InMemory(request)


class Dropped(FileUploadHandler):
    """Keeps no file. Where the request says it is larger than papers may be, reading ends at the first one."""

    def handle_raw_input(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  (stream, headers, length, boundary)
        """Look at how much the sender says will come, before any of it is read."""
        del named
        self.too_much = given[2] > READ_AT_MOST

    def new_file(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """Pass a file over."""
        super().new_file(*given, **named)
        self.look()
        raise SkipFile

    def look(self) -> None:
        """Go no further with a request that is too large."""
        if self.too_much:
            vars(self.request)["too_much"] = True
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """No file was begun."""

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """No file was begun."""


class InMemory(Dropped):
    """Keeps what a view that takes papers is sent, up to a limit; of a file beyond it only that it is too large."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.left = ALL_TOGETHER
        self.content = bytearray()

    def new_file(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """Begin a file."""
        FileUploadHandler.new_file(self, *given, **named)
        self.look()
        self.content = bytearray()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a part, as long as the file and all of them together are within their limits."""
        del start
        room = min(LARGEST + 1 - len(self.content), self.left)
        self.content += raw_data[: max(room, 0)]
        self.left -= min(len(raw_data), max(room, 0))

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """The file as it is kept; ``size`` is what came, which is more where it was cut off."""
        return InMemoryUploadedFile(
            BytesIO(bytes(self.content)),
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            file_size,
            None,
        )
