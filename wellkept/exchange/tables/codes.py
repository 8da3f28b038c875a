"""A list of codes as a table: code, words, and from when to when."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from wellkept.benefits.codes import FROM_THE_BEGINNING, CodeTold
from wellkept.exchange.tables.columns import Column, day, matching, text

CODE: Final = matching(re.compile(r"[A-Za-z]{0,2}[0-9A-Za-z]{1,5}", re.ASCII), "is no code of at most seven characters")
COLUMNS: Final = (
    Column("code", "The code, without its group.", CODE, "45", required=True),
    Column("description", "The list's own words.", text(2_000), "Words of the list.", required=True),
    Column("valid_from", "First day on which the code is valid.", day, "2026-01-01"),
    Column("valid_to", "Last day.", day, "2026-12-31"),
    Column("note", "A note of your own. Nobody outside sees it.", text(2_000), "Checked in January."),
    Column("as_of", "The day of the list: of two lists the later one stands.", day, "2026-03-01"),
)


def told(values: Mapping[str, Any], *, kind: str) -> CodeTold:
    """What a row says of a code; raises ``ValueError``."""
    begins: date = values["valid_from"] or FROM_THE_BEGINNING
    ends: date | None = values["valid_to"]
    if ends is not None and ends < begins:
        raise ValueError("valid_to is before valid_from.")
    said = (values["code"].upper(), values["description"], values["note"] or "", str(begins), str(ends))
    digest = hashlib.sha256("\x1f".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return CodeTold(kind, said[0], said[1], said[2], begins, ends, told=f"{values['as_of'] or ''}:{digest}")
