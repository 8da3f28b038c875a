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


@dataclass(frozen=True, slots=True)
class Rekept:
    """A promise that is kept otherwise than before: which controls came and went, and why it was or is not kept."""

    clause: str
    heading: str
    came: tuple[str, ...]
    went: tuple[str, ...]
    was_not_kept: str | None
    is_not_kept: str | None


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


def keeping(earlier: PolicyVersion, later: PolicyVersion) -> tuple[Rekept, ...]:
    """The promises of both versions that are kept otherwise in ``later``, whether or not they read otherwise."""
    before = {clause.id: clause for clause in earlier.clauses}
    pairs = [(before[clause.id], clause) for clause in later.clauses if clause.id in before]
    return tuple(_rekept(was, now) for was, now in pairs if _kept(was) != _kept(now))


def _kept(clause: Clause) -> tuple[frozenset[str], str | None]:
    return frozenset(clause.kept_by), clause.not_kept


def _rekept(was: Clause, now: Clause) -> Rekept:
    return Rekept(
        clause=now.id,
        heading=now.heading,
        came=tuple(name for name in now.kept_by if name not in was.kept_by),
        went=tuple(name for name in was.kept_by if name not in now.kept_by),
        was_not_kept=was.not_kept,
        is_not_kept=now.not_kept,
    )


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
    """The runs in order. White space between two changed runs joins them: a changed phrase reads as one."""
    removed = added = ""
    for what, was_from, was_to, now_from, now_to in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        old, new = "".join(was[was_from:was_to]), "".join(now[now_from:now_to])
        if what != "equal" or (new.isspace() and removed and added):
            removed, added = removed + old, added + new
            continue
        yield from _changed(removed, added)
        removed = added = ""
        yield Piece("same", new)
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)
