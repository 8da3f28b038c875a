"""The name a paper came with, made harmless: it is shown as text, and given back in one header (RFC 6266)."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 80
# Control, format (which turn the reading direction) and private characters, line ends, lone surrogates.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_APART: Final = re.compile(r'[/\\:*?"<>|;%\'`]+')
# Names that a Windows machine takes for devices.
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_ENDINGS: Final = re.compile(r"(?:\.[^. ]{1,5})+$")


def cleaned(name: str, *, ending: str) -> str:
    """``name`` without folders, unseen signs and its own endings, with the one ``ending`` that its bytes show.

    Nothing that is left: "paper". At most 80 characters and the ending.
    """
    kept = _ENDINGS.sub("", seen(name)).strip(" .-_")
    return f"{'paper' if not kept or _DEVICES.fullmatch(kept) else kept}{ending}"


def seen(name: str) -> str:
    """``name`` without folders and unseen signs, at most 80 characters, as a page may say it."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name.replace("\0", "")))[-1]
    plain = "".join(" " if unicodedata.category(one) in _UNSEEN else one for one in last)
    return " ".join(_APART.sub(" ", plain).split()).strip(" .-_")[:LONGEST].strip(" .-_")
