"""Coverage and claims of the one person who is open, as finished values.

One query each, and one for the names of plans or providers.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

import orjson

from wellkept.benefits.codes import filled
from wellkept.benefits.finding import PAGE, claims, found, services, sorts
from wellkept.benefits.lines import kind_of, level_of
from wellkept.benefits.rows import COLUMNS, ask, lines_of, spoken
from wellkept.benefits.story import story
from wellkept.benefits.sums import Statement
from wellkept.benefits.values import ClaimLine, ClaimStory, CoverageLine, CoverageToday, Standing
from wellkept.organisations.queries import plans
from wellkept.policy.words import Key

_CLAIM: Final = f"select {COLUMNS} from wellkept.benefits_claim where person_id = %s and joined is null"  # noqa: S608  (columns of ours)
_OWED: Final = " and owed > 0 and decided_on >= %s order by decided_on desc, owed desc, id limit %s"
_COVERAGE: Final = (
    "select line, description, level, begins_on, ends_on, plan_id from wellkept.benefits_coverage where person_id = %s"
    " order by ends_on is not null, begins_on desc nulls last, line"
)
_TOLD_AS: Final = "select coalesce(joined, id) from wellkept.benefits_claim where person_id = %s and id = %s"
_PARTS: Final = (
    "select id, number, number_told from wellkept.benefits_claim where person_id = %s and (id = %s or joined = %s)"
)
_STATEMENTS: Final = (
    "select 'filing', id, coalesce(filed_on::text, ''), content from wellkept.benefits_filing"
    " where person_id = %s and claim_id = any(%s) union all"
    " select 'decision', id, coalesce(decided_on::text, ''), content from wellkept.benefits_decision"
    " where person_id = %s and claim_id = any(%s)"
)
__all__ = ("PAGE", "claim", "claims", "coverage", "covered", "found", "health_first", "owing", "services", "sorts")
# Which line answers for the whole: health coverage before the others, then what began last.
_FIRST: Final = ("HLT", "MM", "PPO", "HMO", "EPO", "POS")


def coverage(key: Key) -> tuple[CoverageLine, ...]:
    """Every line of coverage on file. The opening names the category ``coverage``."""
    (person,) = key.subjects
    rows = ask(_COVERAGE, [person])
    named = plans({row[5] for row in rows if row[5]})
    return tuple(_coverage(row, named.get(row[5])) for row in rows)


def covered(lines: Sequence[CoverageLine], *, on: date) -> CoverageToday:
    """What the lines come to on a day: the best that any of them says, health coverage first."""
    for standing in (Standing.COVERED, Standing.COMING, Standing.UNKNOWN, Standing.ENDED):
        found = [line for line in lines if line.on(on) is standing]
        if found:
            return CoverageToday(standing, min(found, key=lambda line: _weight(line, standing)))
    return CoverageToday(Standing.NONE, None)


def health_first(lines: Sequence[CoverageLine]) -> list[CoverageLine]:
    """The lines in the order in which people look for them; those of one kind as they came."""
    return sorted(lines, key=lambda line: line.code not in _FIRST)


def owing(key: Key, *, since: date, at_most: int = 3) -> tuple[ClaimLine, ...]:
    """The latest claims, decided on ``since`` or later, of which the person may owe something."""
    (person,) = key.subjects
    return lines_of(ask(_CLAIM + _OWED, [person, since, at_most]))


def claim(key: Key, number: UUID) -> ClaimStory | None:
    """One claim of the person, whole; None where they have none with this id.

    The id of a claim that turned out to be part of another one gives that one.
    """
    (person,) = key.subjects
    first = ask(_TOLD_AS, [person, number])
    if not first:
        return None
    told_as: UUID = first[0][0]
    row = ask(_CLAIM + " and id = %s", [person, told_as])
    parts = ask(_PARTS, [person, told_as, told_as])
    told = ask(_STATEMENTS, [person, [part[0] for part in parts]] * 2)
    part, sealed, _told = max(parts, key=lambda one: (one[2], one[0]))
    told_whole = story(
        lines_of(row)[0],
        number=spoken(key, person, part, sealed),
        filings=_statements(told, "filing"),
        decisions=_statements(told, "decision"),
    )
    return filled(told_whole)


def _coverage(row: Sequence[Any], plan: Any) -> CoverageLine:  # noqa: ANN401  (the row and the plan, or None)
    line, description, level, begins_on, ends_on, _plan = row
    return CoverageLine(
        code=line, kind=kind_of(line), description=description, level=level_of(level), begins_on=begins_on,
        ends_on=ends_on, sponsor=plan.sponsor if plan else "", group_number=plan.group_number if plan else "",
    )  # fmt: skip


def _weight(line: CoverageLine, standing: Standing) -> tuple[bool, int]:
    """Health first; of several that ended the one that lasted longest, of others the one that began first."""
    day = line.ends_on if standing is Standing.ENDED else line.begins_on
    number = day.toordinal() if day else 0
    return (line.code not in _FIRST, -number if standing is Standing.ENDED else number)


def _statements(told: Sequence[Sequence[Any]], kind: str) -> list[Statement]:
    found = [
        Statement(id=row[1], day=row[2], content=orjson.loads(row[3]) if isinstance(row[3], str | bytes) else row[3])
        for row in told
        if row[0] == kind
    ]
    return sorted(found, key=lambda statement: (statement.day, statement.id))
