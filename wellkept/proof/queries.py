"""The newest verdict on every clause, from what was tried."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from threading import Lock
from time import monotonic
from typing import Final
from zoneinfo import ZoneInfo

from django.db import Error, OperationalError

from wellkept.policy import controls
from wellkept.policy.controls import Control
from wellkept.policy.shapes import Clause, Pack, PolicyVersion
from wellkept.policy.statements import ask
from wellkept.proof import history, release
from wellkept.proof.release import Release
from wellkept.proof.values import Attempt, Kept, State, Verdict

FRESH: Final = 0.5
SILENT: Final = 15.0
PATIENCE: Final = 0.5
LOCK: Final = Lock()
Answer = tuple[float, Mapping[str, Verdict] | Error]
KEPT: dict[tuple[str, str, date], Answer] = {}
Tried = tuple[str, str, str, str, bool, datetime]

NEWEST: Final = """
select t.control, t.name, t.sentence, t.outcome, t.held, t.at
  from unnest(%s::text[]) as wanted(control)
 cross join lateral (
   select l.run from wellkept.proof_try l where l.control = wanted.control order by l.at desc limit 1) last
  join wellkept.proof_try t on t.run = last.run and t.control = wanted.control
 order by t.control, t.id
"""
FIRST: Final = """
select wanted.control, (select min(t.at) from wellkept.proof_try t where t.control = wanted.control)
  from unnest(%s::text[]) as wanted(control)
"""
DUE: Final = "select next_at from wellkept.proof_run where ended is not null order by began desc limit 1"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a verdict is found from: tries by control, when trying began and goes on, spans, release, the day."""

    house: Mapping[str, Control]
    tried: Mapping[str, list[Tried]]
    first: Mapping[str, datetime]
    due: datetime | None
    spans: history.Spans
    release: Release
    day: date
    zone: ZoneInfo


def verdicts(pack: Pack, version: PolicyVersion, *, day: date) -> Mapping[str, Verdict]:
    """The verdict on each clause of ``version`` that something was tried for, or that people attest, on ``day``.

    Asked anew when the last answer is older than half a second: every page's foot prints how many held, and pages are
    kept a little longer. One asks at a time. A database that did not answer is left alone for fifteen seconds, and no
    other page waits for the one that asks it.
    """
    about = (str(pack.folder), version.version, day)
    if is_old(KEPT.get(about)) and LOCK.acquire(timeout=PATIENCE):
        try:
            if is_old(KEPT.get(about)):
                KEPT[about] = answered(pack, version, day)
        finally:
            LOCK.release()
    kept = KEPT.get(about)
    if kept is None or is_old(kept) or isinstance(kept[1], Error):
        raise OperationalError("The database did not answer.")
    return kept[1]


def is_old(kept: Answer | None) -> bool:
    """Whether it is time to ask again."""
    return kept is None or monotonic() - kept[0] > (SILENT if isinstance(kept[1], Error) else FRESH)


def answered(pack: Pack, version: PolicyVersion, day: date) -> Answer:
    """What the database says now, or why it does not, and when that was."""
    try:
        found: Mapping[str, Verdict] | Error = asked(pack, version, day)
    except Error as error:
        found = error
    return monotonic(), found


def asked(pack: Pack, version: PolicyVersion, day: date) -> Mapping[str, Verdict]:
    """The same, from the database."""
    house = controls.of(pack)
    named = sorted({name for clause in version.clauses for name in clause.kept_by} & house.keys())
    shipped = release.shipped()
    tried = newest(named)
    for name in named:
        if house[name].kind == "release":
            tried[name] = [(name, *row) for row in shipped.counted(name)]
    due = ask(DUE)
    all_there_is = Evidence(
        house=house,
        tried=tried,
        first={control: at for control, at in ask(FIRST, named) if at is not None},
        due=due[0][0] if due else None,
        spans=history.spans(),
        release=shipped,
        day=day,
        zone=ZoneInfo(pack.time_zone),
    )
    found = {clause.id: verdict(clause, all_there_is) for clause in version.clauses}
    return {clause: one for clause, one in found.items() if one is not None}


def newest(named: list[str]) -> dict[str, list[Tried]]:
    """The tries of each control in its newest round."""
    tried: dict[str, list[Tried]] = defaultdict(list)
    for row in ask(NEWEST, named):
        tried[row[0]].append(row)
    return tried


def verdict(clause: Clause, found: Evidence) -> Verdict | None:
    """Where one clause stands: broken when any of its controls is; holding when each was tried and held."""
    controls_ = [found.house[name] for name in clause.kept_by if name in found.house]
    keepers = tuple(kept(control, found) for control in controls_)
    rows = [(control, row) for control in controls_ for row in found.tried.get(control.id, [])]
    state = standing([one.state for one in keepers])
    if state is None or (state == "not tried" and not rows):
        return None
    outages = history.outages(
        span for control in controls_ if control.kind == "live" for span in found.spans.get(control.id, ())
    )
    return Verdict(
        clause_id=clause.id,
        state=state,
        last_tried=max((row[5] for _, row in rows), default=None),
        broken_since=since(controls_, found) if state == "broken" else None,
        attempts=tuple(
            Attempt(name=row[1], sentence=row[2], outcome=row[3], at=row[5], kind=control.kind, held=row[4])
            for control, row in rows
        ),
        keepers=keepers,
        outages=outages,
        first_tried=max((found.first[one.id] for one in controls_ if one.id in found.first), default=None),
        due=found.due if any(one.kind == "live" for one in controls_) else None,
        overdue=tuple(one.id for one in controls_ if controls.overdue(one, found.day)),
    )


def kept(control: Control, found: Evidence) -> Kept:
    """Where one control stands. A review that lapsed is broken; a release result that does not count is no try."""
    if control.kind == "attested":
        return Kept(control.id, control.kind, "broken" if controls.overdue(control, found.day) else "attested")
    rows = found.tried.get(control.id, [])
    state: State = "not tried" if not rows else "holding" if all(row[4] for row in rows) else "broken"
    at = max((row[5] for row in rows), default=None)
    if control.kind == "release":
        return Kept(control.id, control.kind, state, at, None, found.release.standing)
    return Kept(control.id, control.kind, state, at, found.due)


def since(several: Iterable[Control], found: Evidence) -> datetime | None:
    """Since when one of these has not held: the open span, else the first failed try of its newest round.

    A review is overdue from the first moment of the day after it was due.
    """
    starts: list[datetime] = []
    for control in several:
        failed = [row[5] for row in found.tried.get(control.id, []) if not row[4]]
        open_ = [span.began for span in found.spans.get(control.id, ()) if span.ended is None]
        starts += (open_ or [min(failed)]) if failed else []
        if control.next_review is not None and controls.overdue(control, found.day):
            starts.append(datetime.combine(control.next_review + timedelta(days=1), time(), tzinfo=found.zone))
    return min(starts, default=None)


def standing(states: list[State]) -> State | None:
    """One word for what several controls came to; None where there is none. What people attest claims no try."""
    tried = [one for one in states if one != "attested"]
    if "broken" in tried:
        return "broken"
    if not tried:
        return "attested" if states else None
    return "holding" if all(one == "holding" for one in tried) else "not tried"
