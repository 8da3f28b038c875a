"""The promises of one series as a table for readers of the code: each with what keeps it, or why nothing does.

Serves B-01. ``docs/promises.md`` holds these tables, and a test holds it to them.
"""

from collections.abc import Iterator, Mapping

from wellkept.policy.controls import Control
from wellkept.policy.shapes import Clause, PolicyVersion

HEAD = "| id | promise | kept by | tried by | fails without it |\n|---|---|---|---|---|\n"


def series(version: PolicyVersion, letter: str, house: Mapping[str, Control]) -> str:
    """The clauses of ``version`` whose id begins with ``letter``, one a row, in Markdown."""
    clauses = [clause for clause in version.clauses if clause.id.startswith(f"{letter}-")]
    return HEAD + "".join(f"| {' | '.join(_row(clause, house))} |\n" for clause in clauses)


def _row(clause: Clause, house: Mapping[str, Control]) -> Iterator[str]:
    yield clause.id
    yield clause.heading
    if clause.not_kept is not None:
        yield from (f"not yet: {clause.not_kept}", "", "")
        return
    kept_by = [house[name] for name in clause.kept_by]
    yield _lines(control.keeper or f"attested by {control.owner}" for control in kept_by)
    yield _lines(control.probe or f"next review {control.next_review}" for control in kept_by)
    yield _lines(control.test or "" for control in kept_by)


def _lines(cells: Iterator[str]) -> str:
    return "<br>".join(cells)
