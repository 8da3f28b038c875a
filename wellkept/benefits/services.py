"""What kind of care a billing code stands for, in a few plain words of our own.

Only the broad kind: procedure codes have owners, and their own texts are not ours to print. A code we cannot place is
called a service. Sources for the ranges: the public section ranges of procedure codes, and HCPCS level II (CMS).
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from wellkept.policy import sayings

Ranges = tuple[tuple[str, str, str], ...]
FILE: Final = Path(__file__).parent / "services.toml"


@cache
def ranges(kind: str) -> Ranges:
    """The ranges of one kind of code, ``procedure`` or ``revenue``: first and last code, and the words."""
    written = tomllib.loads(FILE.read_text(encoding="utf-8"))[kind]
    return tuple((first, last, words) for words, spans in written.items() for first, last in spans)


def service(*, code: str, revenue: str) -> str:
    """The words for a line, from its procedure code or else its revenue code."""
    bare = code.partition("-")[0].upper()
    if bare.startswith("NDC "):
        return _("Prescription drug")
    return placed("procedure", bare) or placed("revenue", revenue.rjust(4, "0") if revenue else "") or _("Service")


def placed(kind: str, code: str) -> str:
    """The words of the range that holds the code; "" where none does."""
    if not code:
        return ""
    found = next(
        (words for first, last, words in ranges(kind) if len(code) == len(first) and first <= code <= last), ""
    )
    return sayings.said(found)
