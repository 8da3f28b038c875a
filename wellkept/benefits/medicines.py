"""Which medicines tell of sensitive care (R-17), by the names of their ingredients, for pharmacy claims.

A drug code alone names no ingredient, and lists of codes change every week. So a pharmacy claim that does not name its
medicine is held to be sensitive: the judgement errs towards sensitive.
"""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "medicines.toml"
WORD: Final = re.compile(r"[a-z0-9-]+")


@cache
def names() -> tuple[str, ...]:
    """Beginnings of ingredient and brand names, each behind a space."""
    written = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(sorted({f" {name}" for kind in written.values() for name in kind["begins"]}))


@lru_cache(maxsize=16_384)
def is_sensitive(drug: str) -> bool:
    """Whether a medicine tells of sensitive care, or is not named."""
    words = " ".join(WORD.findall(drug.lower()))
    return not words or any(name in f" {words} " for name in names())
