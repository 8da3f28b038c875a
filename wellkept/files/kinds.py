"""What a paper is, as its bytes show it: never as its name or its sender says (OWASP ASVS 5.0, 5.2.2).

PDF, JPEG, PNG, TIFF and HEIC are taken, and nothing else. A picture is written anew without what is not the picture:
where it was taken, comments, films, and whatever hangs at its end. Nothing is unpacked, so no archive can grow.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.files import pictures
from wellkept.files.pictures import NoPictureError, TooLargeError

LARGEST: Final = 10 * 1024 * 1024
MOST: Final = 5
# What turns a file into a page or a program where some other program reads it.
_MARKUP: Final = re.compile(rb"<(?:script|svg|html|!doctype|iframe|\?php|\?xml-stylesheet)", re.IGNORECASE)
# ISO 32000-2: actions and streams by which a PDF runs something or carries another file; names may hide in #xx.
_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|JS\s*[(<]|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b|/JS\s"
)
_HIDDEN: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: its media type, the ending of its name, and how people call it."""

    media_type: str
    ending: str
    words: str


PDF: Final = Kind("application/pdf", ".pdf", "PDF")
JPEG: Final = Kind("image/jpeg", ".jpg", "JPEG")
PNG: Final = Kind("image/png", ".png", "PNG")
TIFF: Final = Kind("image/tiff", ".tiff", "TIFF")
HEIC: Final = Kind("image/heic", ".heic", "HEIC")
KINDS: Final = {kind.media_type: kind for kind in (PDF, JPEG, PNG, TIFF, HEIC)}

TAKEN: Final = gettext_lazy("We can take PDF, JPEG, PNG, TIFF and HEIC files.")
_OTHERS: Final[tuple[tuple[bytes, str | Promise], ...]] = (
    (b"PK", gettext_lazy("This is a ZIP archive or an office document. Save it as PDF and try again.")),
    (b"\x1f\x8b", gettext_lazy("This is an archive. Send each paper by itself.")),
    (b"\xd0\xcf\x11\xe0", gettext_lazy("This is an office document. Save it as PDF and try again.")),
    (b"GIF8", gettext_lazy("This is a GIF picture. Save it as PNG or JPEG and try again.")),
    (b"MZ", gettext_lazy("This is a program. We do not take programs.")),
)


def checked(content: bytes) -> tuple[Kind, bytes]:
    """What ``content`` is, and the bytes to keep of it.

    Raises ``ValidationError`` with a sentence for the sender where it is nothing we take.
    """
    if not content:
        raise ValidationError(_("This file is empty."))
    if len(content) > LARGEST:
        raise ValidationError(too_large())
    for starts, kind, kept in _READERS:
        if content.startswith(starts):
            return kind, _read(kept, content)
    if content[4:8] == b"ftyp":
        return HEIC, _read(pictures.heic, content)
    raise ValidationError(_sentence(content))


def too_large() -> str:
    """What to do about a file that is too large."""
    return _("This file is larger than 10 MB. Scan it with less detail, or send it in parts.")


def _read(kept: Callable[[bytes], bytes], content: bytes) -> bytes:
    try:
        found = kept(content)
    except TooLargeError:
        raise ValidationError(_("This picture has too many dots. Save it smaller and try again.")) from None
    except NoPictureError:
        sentence = _("This file is damaged, or not what its first bytes say. Save it again and try once more.")
        raise ValidationError(sentence) from None
    if _MARKUP.search(found):
        raise ValidationError(_("This file hides a web page. We do not take that."))
    return found


def _pdf(content: bytes) -> bytes:
    """A PDF from its first byte to its end mark, that runs nothing and carries no other file."""
    whole = content.rstrip(b"\0\r\n\t ")
    if not whole.endswith(b"%%EOF") or b"PK\x05\x06" in whole[-66_000:]:
        raise NoPictureError
    plain = _HIDDEN.sub(lambda found: bytes([int(found[1], 16)]), whole)
    if _ACTIVE.search(plain):
        sentence = _("This PDF holds a program or another file. Print it to a new PDF and send that.")
        raise ValidationError(sentence)
    return whole + b"\n"


def _sentence(content: bytes) -> str:
    for starts, sentence in _OTHERS:
        if content.startswith(starts):
            return f"{sentence} {TAKEN}"
    if _MARKUP.search(content[:4096]) or content.lstrip()[:5].lower() == b"<?xml":
        return _("This is a web page or a drawing in code. %(taken)s") % {"taken": TAKEN}
    return _("We do not know this kind of file. %(taken)s") % {"taken": TAKEN}


_READERS: Final = (
    (b"%PDF-1.", PDF, _pdf),
    (b"%PDF-2.", PDF, _pdf),
    (b"\xff\xd8\xff", JPEG, pictures.jpeg),
    (pictures.PNG_SIGNATURE, PNG, pictures.png),
    (b"II*\0", TIFF, pictures.tiff),
    (b"MM\0*", TIFF, pictures.tiff),
)
