"""What was put together in English elsewhere, said in the language of a page.

A try says what it did when it is made, and its words lie in the evidence; a control and a reason say theirs in files.
Pages say them in Spanish: a text that stands in the catalogues as it is, and a text with values in it by its pattern,
such as "We read {pages} pages.". ``python scripts/words`` writes the list of patterns.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from django.utils.translation import get_language, gettext

MADE: Final = Path(__file__).parent / "locale" / "made.txt"
_NAME: Final = re.compile(r"\{(\w+)\}")


def said(text: str) -> str:
    """``text`` in the language of the page; as it is where nobody has translated it."""
    language = get_language() or "en"
    return text if language.startswith("en") or not text else _in(language, text)


@lru_cache(maxsize=4096)
def _in(_language: str, text: str) -> str:
    whole = gettext(text)
    if whole != text:
        return whole
    for pattern, made in _patterns():
        if found := pattern.fullmatch(text):
            return _filled(gettext(made), {name: said(value) for name, value in found.groupdict().items()})
    return text


def _filled(made: str, values: Mapping[str, str]) -> str:
    return _NAME.sub(lambda name: values[name[1]], made)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    lines = MADE.read_text(encoding="utf-8").splitlines()
    return tuple((_pattern(line), line) for line in lines if line)


def _pattern(made: str) -> re.Pattern[str]:
    parts = _NAME.split(made)
    return re.compile("".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)))
