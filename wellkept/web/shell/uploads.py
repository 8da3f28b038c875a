"""Files that come with a form: only where a view takes them, in memory alone, and never more than a few.

Serves U-32: no part of a paper lies in a temporary file. Source: RFC 7578. The settings name the handler by its text.
"""

from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

from wellkept.files.kinds import LARGEST
from wellkept.web.shell.public import reason_of

ALL_TOGETHER: Final = 25 * 1024 * 1024
READ_AT_MOST: Final = 32 * 1024 * 1024


class InMemory(FileUploadHandler):
    """Keeps what a view that takes papers is sent, up to a limit; of a file beyond it only that it is too large.

    Where the view takes none, or the request says it is larger than all of it may be, reading ends at the first file.
    """

    def handle_raw_input(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  (stream, headers, length, boundary)
        """Look at how much the sender says will come, before any of it is read."""
        del named
        self.too_much = given[2] > READ_AT_MOST
        self.left = ALL_TOGETHER

    def new_file(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """Begin a file, where files are taken here."""
        super().new_file(*given, **named)
        if self.too_much:
            vars(self.request)["too_much"] = True
            raise StopUpload(connection_reset=True)
        if self.request is None or not reason_of(self.request, "files_reason"):
            raise SkipFile
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
