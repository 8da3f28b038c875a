"""An index of the public pages, in memory: which words stand in which passages, and what somebody may have meant.

Serves U-01, U-02. It is made from the pages and knows nothing of what was ever looked for.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wellkept.web.site.passages import Passage

WORD: Final = re.compile(r"[^\W_]+", re.UNICODE)
MOST_WORDS: Final = 8
SHORTEST_PREFIX: Final = 3
SHORTEST_TYPO: Final = 5
TITLE: Final = 6.0
AROUND: Final = 14
SILENT: Final = frozenset(
    WORD.findall(
        "a an and are as at be but by can do does for from had has have how i if in is it its me my of on or our so"
        " that the their there they this to up us was we were what when where which who why will with you your"
        " al como con cual cuando de del el en es esta este la las lo los me mi mis no nos o para pero por que quien"
        " se si sin su sus tu un una y ya"
    )
)
ENDINGS: Final = ("ings", "ing", "ies", "ed", "es", "s", "y", "e")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of an excerpt, and whether they were looked for."""

    text: str
    meant: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that was found."""

    href: str
    title: str
    page: str
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The passages, and for each stem the passages it stands in with its weight there."""

    passages: Sequence[Passage]
    weights: Mapping[str, Mapping[int, float]]


def built(passages: Sequence[Passage]) -> Index:
    """The index of these passages. A word of a heading weighs six of a text; a word said often weighs little more."""
    weights: dict[str, dict[int, float]] = defaultdict(dict)
    for number, one in enumerate(passages):
        counted: dict[str, float] = defaultdict(float)
        for word in words(one.text):
            counted[stem(word)] += 1
        for word in words(one.title):
            counted[stem(word)] += TITLE
        for name, count in counted.items():
            weights[name][number] = 1 + math.log(count)
    return Index(passages, dict(weights))


def found(index: Index, asked: str, *, most: int) -> list[Hit]:
    """The passages that hold what was asked, best first, at most ``most``; those that hold all of it before others."""
    wanted = [meant(index, word) for word in asked_words(asked)]
    scores: dict[int, float] = defaultdict(float)
    matched: dict[int, int] = defaultdict(int)
    for near in wanted:
        best: dict[int, float] = {}
        for name, nearness in near.items():
            rare = math.log(1 + len(index.passages) / len(index.weights[name]))
            for number, weight in index.weights[name].items():
                best[number] = max(best.get(number, 0.0), nearness * rare * weight)
        for number, score in best.items():
            scores[number] += score
            matched[number] += 1
    stems = {name for near in wanted for name in near}
    order = sorted(scores, key=lambda number: (-matched[number], -scores[number], number))
    return [hit(index.passages[number], stems) for number in order[:most]]


def asked_words(asked: str) -> list[str]:
    """The words looked for, each once, without those that stand everywhere; eight at most."""
    said = dict.fromkeys(words(asked))
    return [word for word in said if word not in SILENT][:MOST_WORDS] or list(said)[:1]


def meant(index: Index, word: str) -> Mapping[str, float]:
    """The stems ``word`` may mean, with their nearness: the same, else those it begins, else those one letter off."""
    name = stem(word)
    if name in index.weights:
        return {name: 1.0}
    if len(word) >= SHORTEST_PREFIX and (begun := [one for one in index.weights if one.startswith(word)]):
        return dict.fromkeys(begun, 0.6)
    if len(word) < SHORTEST_TYPO:
        return {}
    return dict.fromkeys([one for one in index.weights if one[:1] == name[:1] and is_near(one, name)], 0.5)


def words(text: str) -> list[str]:
    """The words of a text in small letters without accents."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(one))
    return WORD.findall(bare)


def stem(word: str) -> str:
    """The word without the ending that number and tense give it, at least three letters long."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def is_near(one: str, other: str) -> bool:
    """Whether one letter more, less, other or swapped with its neighbour makes one word of the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return one == other
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, against = one[at:], other[at:]
    swapped = rest[:2] == against[:2][::-1] and rest[2:] == against[2:]
    return rest[1:] == against[1:] or rest[1:] == against or rest == against[1:] or swapped


def hit(passage: Passage, stems: set[str]) -> Hit:
    """The passage with the words around the first that was meant."""
    said = passage.text.split()
    meant_at = [at for at, word in enumerate(said) if any(stem(one) in stems for one in words(word))]
    first = max(0, (meant_at[0] if meant_at else 0) - AROUND)
    last = min(len(said), first + 2 * AROUND)
    pieces = [*(["…"] if first else []), *said[first:last], *(["…"] if last < len(said) else [])]
    return Hit(passage.href, passage.title, passage.page, tuple(joined(pieces, stems)))


def joined(pieces: Iterable[str], stems: set[str]) -> list[Piece]:
    """Words side by side that were all meant, or all not, as one piece."""
    runs: list[tuple[bool, list[str]]] = []
    for word in pieces:
        is_meant = any(stem(one) in stems for one in words(word))
        if not runs or runs[-1][0] != is_meant:
            runs.append((is_meant, []))
        runs[-1][1].append(word)
    return [Piece(" ".join(said), meant=is_meant) for is_meant, said in runs]
