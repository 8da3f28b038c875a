"""The family of a browser, from a closed list, and whether a program crawls.

Serves U-02, P-22. What an agent calls itself is looked at and forgotten; only the family is counted. The patterns of
crawlers are those of monperrus/crawler-user-agents (MIT licence; see ``crawlers.txt`` beside this module).
"""

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

LONGEST: Final = 400
"""How much of a name is looked at; real ones are shorter."""

CRAWLER: Final = "crawler"
PROOF: Final = "our own tries"
NONE: Final = "none"
OTHER: Final = "other"
PROOF_AGENT: Final = "wellkept-proof"

# In this order: each of the later ones also stands in the names of the earlier ones.
_FAMILIES: Final = (
    ("Edge", ("Edg/", "EdgA/", "EdgiOS/", "Edge/")),
    ("Opera", ("OPR/", "Opera", "OPiOS/")),
    ("Samsung Internet", ("SamsungBrowser/",)),
    ("Firefox", ("Firefox/", "FxiOS/")),
    ("Chrome", ("Chrome/", "Chromium/", "CriOS/")),
    ("Safari", ("Safari/",)),
    ("Internet Explorer", ("MSIE ", "Trident/")),
)
FAMILIES: Final = (*(name for name, _words in _FAMILIES), CRAWLER, PROOF, NONE, OTHER)


def family(agent: str) -> str:
    """One of ``FAMILIES``."""
    return _family(agent[:LONGEST])


def is_crawler(agent: str) -> bool:
    """Whether a program crawls. One that does not say what it is counts as such: a browser says it."""
    return family(agent) in (CRAWLER, NONE)


@lru_cache(maxsize=1024)
def _family(agent: str) -> str:
    if not agent.strip() or agent == "-":
        return NONE
    if agent.startswith(PROOF_AGENT):
        return PROOF
    if crawls(agent):
        return CRAWLER
    return next((name for name, words in _FAMILIES if any(word in agent for word in words)), OTHER)


def crawls(agent: str) -> bool:
    """Whether one of the patterns is found in it."""
    return any(one.search(agent) for one in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Plain words as one tree, in which each letter is looked at once, and the few patterns that are more."""
    words = [word(one) for one in listed() if is_word(one)]
    # "[\\s\\S]*" between two words looks no further than this part of the name.
    others = [one.replace(r"[\s\S]*", ".{0,200}") for one in listed() if not is_word(one)]
    return (re.compile(tree(words)), re.compile("|".join(f"(?:{one})" for one in others), re.DOTALL))


def listed() -> list[str]:
    """The patterns as they were published."""
    lines = files("wellkept.statistics").joinpath("crawlers.txt").read_text("utf-8").splitlines()
    return [one for one in lines if not one.startswith("#")]


def is_word(pattern: str) -> bool:
    """Whether a pattern is nothing but a word: every sign in it that means something is escaped."""
    return not re.search(r"[\[\](){}^$|?*+.\\]", re.sub(r"\\[^A-Za-z0-9]", "", pattern))


def word(pattern: str) -> str:
    r"""The word such a pattern looks for: of "Googlebot\/" it is "Googlebot/"."""
    return re.sub(r"\\(.)", r"\1", pattern)


def tree(words: list[str]) -> str:
    """One pattern that finds any of the words; those that begin alike share their beginning."""
    heads: dict[str, list[str]] = {}
    for one in words:
        heads.setdefault(one[0], []).append(one[1:])
    return "|".join(
        re.escape(head) + ("" if "" in rest else f"(?:{tree(rest)})") for head, rest in sorted(heads.items())
    )
