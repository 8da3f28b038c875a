"""What changed from one version of the policy to another, and how each promise read over time.

Serves U-09, U-37, P-02.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from wellkept.policy import compare, controls
from wellkept.policy.compare import Mark, Piece
from wellkept.policy.shapes import Clause, Pack, PolicyVersion
from wellkept.web.shell import serving
from wellkept.web.site.promised import reason

Run = tuple[Piece, ...]

_BETWEEN_PARAGRAPHS: Final = re.compile(r"\n{2,}")


@dataclass(frozen=True, slots=True)
class Change:
    """One promise that reads otherwise. ``before`` is None for a new one, ``after`` for one that went.

    ``heading`` holds what was and what is. ``was`` and ``now`` hold a run of pieces for each paragraph of the one side.
    """

    id: str
    before: Clause | None
    after: Clause | None
    heading: Run
    was: tuple[Run, ...]
    now: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Rekept:
    """A promise that is kept otherwise: what keeps it since, and no longer, in sentences; why it was or is not kept."""

    id: str
    heading: str
    came: tuple[str, ...]
    went: tuple[str, ...]
    was_not_kept: str
    is_not_kept: str


@dataclass(frozen=True, slots=True)
class Wording:
    """How a promise read from ``since`` on; ``until`` is the version that changed it, None while it stands.

    ``before`` is the version that had other words, None for the first. ``words`` hold a run of pieces for each
    paragraph, with what that version had not marked as added.
    """

    since: PolicyVersion
    until: PolicyVersion | None
    before: PolicyVersion | None
    heading: str
    words: tuple[Run, ...]


def posted(pack: Pack, day: date) -> tuple[PolicyVersion, ...]:
    """The versions that anyone can read on ``day``, the oldest first."""
    return tuple(one for one in pack.versions if one.posted <= day)


def alike(versions: tuple[PolicyVersion, ...]) -> tuple[PolicyVersion, ...]:
    """These versions in one language: as they are, or in the one that holds where not all are in the same."""
    if len({one.language for one in versions}) <= 1:
        return versions
    return tuple(one.original or one for one in versions)


def named(versions: Iterable[PolicyVersion], name: str) -> PolicyVersion | None:
    """The version of that name among these."""
    return next((one for one in versions if one.version == name), None)


def posted_before(versions: tuple[PolicyVersion, ...], version: PolicyVersion) -> PolicyVersion | None:
    """The version that ``version`` followed, or None for the first."""
    at = versions.index(version)
    return versions[at - 1] if at else None


def changes(before: PolicyVersion, after: PolicyVersion) -> list[Change]:
    """Every promise that is new, reads otherwise, or went, in the order of the policy; those that went come last."""
    old = {clause.id: clause for clause in before.clauses}
    new = {clause.id: clause for clause in after.clauses}
    return [
        Change(
            id=one.clause,
            before=old.get(one.clause),
            after=new.get(one.clause),
            heading=one.heading,
            was=paragraphs(one.pieces, "removed"),
            now=paragraphs(one.pieces, "added"),
        )
        for one in compare.compare(before, after)
    ]


def introduction(before: PolicyVersion, after: PolicyVersion) -> tuple[tuple[Run, ...], tuple[Run, ...]] | None:
    """What stood before the promises and what stands there now; None where no word differs."""
    run = compare.introductions(before, after)
    if all(piece.mark == "same" for piece in run):
        return None
    return paragraphs(run, "removed"), paragraphs(run, "added")


def rekept(before: PolicyVersion, after: PolicyVersion) -> list[Rekept]:
    """The promises of both versions that are kept otherwise in ``after``."""
    return [
        Rekept(
            id=one.clause,
            heading=one.heading,
            came=sentences(one.came),
            went=sentences(one.went),
            was_not_kept=reason(one.was_not_kept),
            is_not_kept=reason(one.is_not_kept),
        )
        for one in compare.keeping(before, after)
    ]


def sentences(names: Iterable[str]) -> tuple[str, ...]:
    """What each control does; one that is gone by now has only its name."""
    house, gone = controls.of(serving.pack()), controls.retired()
    return tuple(house[name].sentence if name in house else gone.get(name, name) for name in names)


def wordings(versions: tuple[PolicyVersion, ...], name: str) -> list[Wording]:
    """How the promise ``name`` read in these versions, the newest first; words that stayed are one wording.

    They are compared in one language: that of the page, or where a version is not in it the one that holds.
    """
    found: list[Wording] = []
    held: tuple[PolicyVersion, Clause] | None = None
    for version in alike(versions):
        clause = next((one for one in version.clauses if one.id == name), None)
        if clause is None or (held and said(held[1]) == said(clause)):
            continue
        words = compare.pieces(held[1].text, clause.text) if held else (Piece("same", clause.text),)
        if found:
            found[0] = replace(found[0], until=version)
        now = paragraphs(words, "added")
        found.insert(0, Wording(version, None, held[0] if held else None, clause.heading, now))
        held = (version, clause)
    return found


def paragraphs(run: Run, side: Mark) -> tuple[Run, ...]:
    """One side of a comparison, ``removed`` for what was and ``added`` for what is: a run of pieces a paragraph."""
    found: list[list[Piece]] = [[]]
    for piece in run:
        if piece.mark not in ("same", side):
            continue
        first, *rest = _BETWEEN_PARAGRAPHS.split(piece.text)
        found[-1] += trimmed(Piece(piece.mark, first))
        found += [trimmed(Piece(piece.mark, text)) for text in rest]
    return tuple(tuple(one) for one in found if one)


def trimmed(piece: Piece) -> list[Piece]:
    """The piece with the white space around it left unmarked, and nothing that is empty."""
    words = piece.text.strip()
    if not words:
        return [Piece("same", piece.text)] if piece.text else []
    before, _, after = piece.text.partition(words)
    parts = (Piece("same", before), Piece(piece.mark, words), Piece("same", after))
    return [one for one in parts if one.text]


def said(clause: Clause) -> tuple[str, str]:
    """What a clause promises. How it is kept is not part of that."""
    return clause.heading, clause.text
