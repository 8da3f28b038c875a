"""Coverage and claims of the one person who is open, as finished values.

One query each, and one for the names of plans or providers.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

import orjson
from django.db import connection

from wellkept.benefits.lines import kind_of, level_of
from wellkept.benefits.story import story
from wellkept.benefits.sums import Statement
from wellkept.benefits.values import ClaimLine, ClaimPage, ClaimStory, CoverageLine, CoverageToday, Standing, Status
from wellkept.organisations.queries import plans, providers
from wellkept.policy.words import Category, Key, Retention

PAGE: Final = 20
_CLAIM: Final = (
    "select id, provider_id, served_from, served_to, received_on, decided_on, status, billed, allowed, paid, owed,"
    " kind, category, number, count(*) over () from wellkept.benefits_claim where person_id = %s"
)
_NEWEST: Final = " order by coalesce(served_from, decided_on, received_on) desc nulls last, id limit %s offset %s"
_OWED: Final = " and owed > 0 and decided_on >= %s order by decided_on desc, owed desc, id limit %s"
_COVERAGE: Final = (
    "select line, description, level, begins_on, ends_on, plan_id from wellkept.benefits_coverage where person_id = %s"
    " order by ends_on is not null, begins_on desc nulls last, line"
)
_STATEMENTS: Final = (
    "select 'filing', id, coalesce(filed_on::text, ''), content from wellkept.benefits_filing"
    " where person_id = %s and claim_id = %s union all"
    " select 'decision', id, coalesce(decided_on::text, ''), content from wellkept.benefits_decision"
    " where person_id = %s and claim_id = %s"
)
# Which line answers for the whole: health coverage before the others, then what began last.
_FIRST: Final = ("HLT", "MM", "PPO", "HMO", "EPO", "POS")


def coverage(key: Key) -> tuple[CoverageLine, ...]:
    """Every line of coverage on file. The opening names the category ``coverage``."""
    (person,) = key.subjects
    rows = _ask(_COVERAGE, [person])
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


def claims(key: Key, *, page: int = 1, size: int = PAGE) -> ClaimPage:
    """One page of the claims, newest care first. The opening names ``claims``; ``sensitive_claims`` shows those too."""
    (person,) = key.subjects
    rows = _ask(_CLAIM + _NEWEST, [person, size, (page - 1) * size])
    return ClaimPage(lines=_lines(rows), first=(page - 1) * size + 1, total=rows[0][-1] if rows else 0)


def owing(key: Key, *, since: date, at_most: int = 3) -> tuple[ClaimLine, ...]:
    """The latest claims, decided on ``since`` or later, of which the person may owe something."""
    (person,) = key.subjects
    return _lines(_ask(_CLAIM + _OWED, [person, since, at_most]))


def claim(key: Key, number: UUID) -> ClaimStory | None:
    """One claim of the person, whole; None where they have none with this id."""
    (person,) = key.subjects
    rows = _ask(_CLAIM + " and id = %s", [person, number])
    if not rows:
        return None
    told = _ask(_STATEMENTS, [person, number, person, number])
    filings, decisions = _statements(told, "filing"), _statements(told, "decision")
    spoken = _number(key, person, number, rows[0][13])
    return story(_lines(rows)[0], number=spoken, filings=filings, decisions=decisions)


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


def _lines(rows: Sequence[Sequence[Any]]) -> tuple[ClaimLine, ...]:
    names = providers({row[1] for row in rows if row[1]})
    return tuple(_line(row, names.get(row[1], "")) for row in rows)


def _line(row: Sequence[Any], provider: str) -> ClaimLine:
    (
        number,
        _provider,
        served_from,
        served_to,
        received_on,
        decided_on,
        status,
        billed,
        allowed,
        paid,
        owed,
        kind,
        category,
    ) = row[:13]
    return ClaimLine(
        id=number, provider=provider, served_from=served_from, served_to=served_to, received_on=received_on,
        decided_on=decided_on, status=Status.NOTHING_PAID if status == Status.PAID and not paid else Status(status),
        billed=billed, allowed=allowed, paid=paid, owed=owed, kind=kind,
        sensitive=category == Category.SENSITIVE_CLAIMS,
    )  # fmt: skip


def _statements(told: Sequence[Sequence[Any]], kind: str) -> list[Statement]:
    found = [
        Statement(id=row[1], day=row[2], content=orjson.loads(row[3]) if isinstance(row[3], str | bytes) else row[3])
        for row in told
        if row[0] == kind
    ]
    return sorted(found, key=lambda statement: (statement.day, statement.id))


def _number(key: Key, person: UUID, claim_id: UUID, sealed: bytes) -> str:
    """The number to quote; "" where its key was destroyed."""
    if not sealed:
        return ""
    try:
        return key.unseal(person, Retention.BENEFITS, "claim.number", claim_id, bytes(sealed))
    except LookupError:
        return ""


def _ask(statement: str, arguments: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
