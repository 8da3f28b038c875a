"""What changed from one version of the policy to the next, clause by clause.

Serves U-09, U-37, P-02.
"""

from dataclasses import dataclass

from wellkept.policy.shapes import Clause, PolicyVersion


@dataclass(frozen=True, slots=True)
class Change:
    """One promise that reads otherwise. ``before`` is None for a new one, ``after`` for one that went."""

    id: str
    before: Clause | None
    after: Clause | None


@dataclass(frozen=True, slots=True)
class Wording:
    """How a promise read in another version."""

    version: PolicyVersion
    clause: Clause


def posted_before(versions: tuple[PolicyVersion, ...], version: PolicyVersion) -> PolicyVersion | None:
    """The version that ``version`` followed, or None for the first."""
    at = versions.index(version)
    return versions[at - 1] if at else None


def changes(before: PolicyVersion, after: PolicyVersion) -> list[Change]:
    """Every promise that is new, reads otherwise, or went, in the order of the policy; those that went come last."""
    old = {clause.id: clause for clause in before.clauses}
    new = {clause.id: clause for clause in after.clauses}
    found = [Change(id=name, before=old.get(name), after=clause) for name, clause in new.items()]
    gone = [Change(id=name, before=clause, after=None) for name, clause in old.items() if name not in new]
    return [one for one in found if _said(one.before) != _said(one.after)] + gone


def other_wordings(versions: tuple[PolicyVersion, ...], clause: Clause) -> list[Wording]:
    """How ``clause`` read in other versions, newest first, where it read otherwise."""
    found = [Wording(version, one) for version in reversed(versions) for one in version.clauses if one.id == clause.id]
    return [one for one in found if _said(one.clause) != _said(clause)]


def _said(clause: Clause | None) -> tuple[str, str] | None:
    """What a clause promises. How it is kept is not part of that."""
    return (clause.heading, clause.text) if clause else None
