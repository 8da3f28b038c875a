"""Two versions of a policy side by side, clause by clause and word by word (U-09)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from wellkept.policy.shapes import Clause, PolicyVersion

Mark = Literal["same", "added", "removed"]

_WORDS: Final = re.compile(r"\S+|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stands in both versions, only in the later one, or only in the earlier one."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One clause that differs between two versions. ``heading`` and ``pieces`` hold what was and what is, in order."""

    clause: str
    kind: Literal["added", "removed", "changed"]
    heading: tuple[Piece, ...]
    pieces: tuple[Piece, ...]


def compare(earlier: PolicyVersion, later: PolicyVersion) -> tuple[Change, ...]:
    """The clauses that differ: those of ``later`` in its order, then those that only ``earlier`` had."""
    before = {clause.id: clause for clause in earlier.clauses}
    after = {clause.id: clause for clause in later.clauses}
    changed = (_change(one, before.get(one), clause) for one, clause in after.items())
    gone = (_change(one, clause, None) for one, clause in before.items() if one not in after)
    return tuple(change for change in (*changed, *gone) if change is not None)


def introductions(earlier: PolicyVersion, later: PolicyVersion) -> tuple[Piece, ...]:
    """The two introductions as one run of pieces; a single piece marked ``same`` where nothing changed."""
    return pieces(earlier.introduction, later.introduction)


def _change(one: str, before: Clause | None, after: Clause | None) -> Change | None:
    was = (before.heading, before.text) if before else ("", "")
    now = (after.heading, after.text) if after else ("", "")
    if was == now:
        return None
    kind: Literal["added", "removed", "changed"] = "changed"
    if before is None:
        kind = "added"
    elif after is None:
        kind = "removed"
    return Change(one, kind, pieces(was[0], now[0]), pieces(was[1], now[1]))


def pieces(earlier: str, later: str) -> tuple[Piece, ...]:
    """Both texts as runs of words: without the added ones they are ``earlier``, without the removed ones ``later``."""
    was, now = _WORDS.findall(earlier), _WORDS.findall(later)
    return tuple(_runs(was, now))


def _runs(was: list[str], now: list[str]) -> Iterator[Piece]:
    for what, was_from, was_to, now_from, now_to in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("same", "".join(now[now_from:now_to]))
            continue
        if was_to > was_from:
            yield Piece("removed", "".join(was[was_from:was_to]))
        if now_to > now_from:
            yield Piece("added", "".join(now[now_from:now_to]))
