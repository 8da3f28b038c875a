"""The newest verdict on every clause, from what was tried."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import Final

from django.db import Error, OperationalError, connection

from wellkept.policy import controls
from wellkept.policy.shapes import Clause, PolicyVersion
from wellkept.proof.values import Attempt, State, Verdict

FRESH: Final = 10.0
LOCK: Final = Lock()
Answer = tuple[float, Mapping[str, Verdict] | Error]
KEPT: dict[str, Answer] = {}
Tried = tuple[str, str, str, str, bool, datetime]

NEWEST = """
select t.control, t.name, t.sentence, t.outcome, t.held, t.at
  from unnest(%s::text[]) as wanted(control)
 cross join lateral (
   select l.run from wellkept.proof_try l where l.control = wanted.control order by l.at desc limit 1) last
  join wellkept.proof_try t on t.run = last.run and t.control = wanted.control
 order by t.control, t.id
"""
BROKEN_SINCE = """
select t.control, min(t.at) from wellkept.proof_try t
 where not t.held and t.at > coalesce(
   (select max(r.last_at) from (select max(h.at) as last_at from wellkept.proof_try h where h.control = t.control
      group by h.run having bool_and(h.held)) r), '-infinity')
   and t.control = any(%s)
 group by t.control
"""


def verdicts(version: PolicyVersion) -> Mapping[str, Verdict]:
    """The verdict on each clause of ``version`` that something was tried for, or that people attest.

    Asked anew when the last answer is older than ten seconds: every page's foot prints how many held. So is an answer
    that did not come: no page waits for a database that did not answer the one before.
    """
    with LOCK:
        kept = KEPT.get(version.version)
        if kept is None or monotonic() - kept[0] > FRESH:
            kept = KEPT[version.version] = answered(version)
    if isinstance(kept[1], Error):
        raise OperationalError(str(kept[1]))
    return kept[1]


def answered(version: PolicyVersion) -> Answer:
    """What the database says now, or why it does not, and when that was."""
    try:
        found: Mapping[str, Verdict] | Error = asked(version)
    except Error as error:
        found = error
    return monotonic(), found


def asked(version: PolicyVersion) -> Mapping[str, Verdict]:
    """The same, from the database."""
    tried = newest()
    broken = {control for control, tries in tried.items() if not all(one[4] for one in tries)}
    since = broken_since(broken) if broken else {}
    found = {clause.id: verdict(clause, tried, since) for clause in version.clauses}
    return {clause: one for clause, one in found.items() if one is not None}


def newest() -> dict[str, list[Tried]]:
    """The tries of each control in its newest round."""
    tried: dict[str, list[Tried]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [list(controls.house())])
        for row in cursor.fetchall():
            tried[row[0]].append(row)
    return tried


def broken_since(broken: set[str]) -> dict[str, datetime]:
    """Since when each of these controls has not held: the first try that failed after the last round that held."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN_SINCE, [list(broken)])
        return dict(cursor.fetchall())


def verdict(clause: Clause, tried: Mapping[str, list[Tried]], since: Mapping[str, datetime]) -> Verdict | None:
    """Where one clause stands: broken when any of its controls is; holding when each was tried and held."""
    house = controls.house()
    kept = [house[name] for name in clause.kept_by if name in house]
    rows = [(control, row) for control in kept for row in tried.get(control.id, [])]
    attempts = tuple(
        Attempt(name=row[1], sentence=row[2], outcome=row[3], at=row[5], kind=control.kind, held=row[4])
        for control, row in rows
    )
    state = standing(
        [all(row[4] for row in tried[c.id]) if tried.get(c.id) else None for c in kept if c.kind != "attested"]
    )
    if state is None and kept and all(control.kind == "attested" for control in kept):
        state = "attested"
    if state is None:
        return None
    starts = [since[control.id] for control in kept if control.id in since]
    return Verdict(
        clause_id=clause.id,
        state=state,
        last_tried=max((row[5] for _, row in rows), default=None),
        broken_since=min(starts, default=None) if state == "broken" else None,
        attempts=attempts,
    )


def standing(held: list[bool | None]) -> State | None:
    """One word for what several controls came to; None entries were never tried."""
    if not held or all(one is None for one in held):
        return None
    if any(one is False for one in held):
        return "broken"
    return "holding" if all(held) else "not tried"
