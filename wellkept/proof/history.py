"""When each promise was broken, and how it was mended: from rows that the tries wrote, and nothing besides.

Serves B-01, B-11.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from wellkept.policy.statements import ask
from wellkept.proof.values import Attempt, Outage, Span, Told

MARK: Final = """
select (select max(id) from wellkept.proof_span), (select max(ended) from wellkept.proof_span)
"""
SPANS: Final = "select id, control, began, ended from wellkept.proof_span order by began desc, id desc"
FAILED: Final = """
select s.id, t.name, t.sentence, t.outcome, t.at
  from wellkept.proof_span s join wellkept.proof_try t on t.run = s.began_in and t.control = s.control and not t.held
 where s.id = any(%s) order by t.id
"""
MENDED: Final = """
select distinct on (m.span) m.span, m.words, m.role, m.at from wellkept.proof_mended m
 where m.span = any(%s) order by m.span, m.id desc
"""
CLOSED: Final = """
select s.id, s.control, s.began, s.ended from wellkept.proof_span s where s.ended is not null
 order by exists (select from wellkept.proof_mended m where m.span = s.id), s.began desc limit %s
"""
ONE: Final = "select id, control, began, ended from wellkept.proof_span where id = %s and ended is not null"
MEND: Final = "select wellkept.proof_mend(%s, %s, %s)"
Spans = Mapping[str, tuple[Span, ...]]
READ: list[tuple[tuple[object, ...], Spans]] = []
"""What was read last, with the mark it was read under. Spans are few and change seldom; the mark is two look-ups."""


def spans() -> Spans:
    """Every span by its control, newest first."""
    ((*mark,),) = ask(MARK)
    if not READ or READ[0][0] != tuple(mark):
        found: dict[str, list[Span]] = defaultdict(list)
        for row in ask(SPANS):
            found[row[1]].append(Span(*row))
        READ[:] = [(tuple(mark), {control: tuple(several) for control, several in found.items()})]
    return READ[0][1]


def outages(several: Iterable[Span]) -> tuple[Outage, ...]:
    """The times a promise was broken, newest first: spans that touch or overlap are one time."""
    found: list[list[Span]] = []
    for span in sorted(several, key=lambda one: (one.began, one.id)):
        if found and (until(found[-1]) is None or span.began <= (until(found[-1]) or span.began)):
            found[-1].append(span)
        else:
            found.append([span])
    return tuple(Outage(group[0].began, until(group), tuple(group)) for group in reversed(found))


def until(group: list[Span]) -> datetime | None:
    """When the last of these ended; None while one lasts."""
    ends = [one.ended for one in group]
    return None if None in ends else max(one for one in ends if one is not None)


def told(several: Iterable[Span]) -> list[Told]:
    """Each span with the tries that failed when it began, and the newest words on how it was mended."""
    listed = list(several)
    ids = [one.id for one in listed]
    failed: dict[int, list[Attempt]] = defaultdict(list)
    for number, name, sentence, outcome, at in ask(FAILED, ids):
        failed[number].append(Attempt(name, sentence, outcome, at, "live", held=False))
    words = {row[0]: row[1:] for row in ask(MENDED, ids)}
    return [Told(one, tuple(failed[one.id]), *words.get(one.id, ())) for one in listed]


def mended(*, most: int = 100) -> list[Told]:
    """What was broken and mended, for whoever writes how: first what nobody wrote about yet, then newest first."""
    return told(Span(*row) for row in ask(CLOSED, most))


def one_mended(number: int) -> Told | None:
    """One span that ended, or None."""
    found = told(Span(*row) for row in ask(ONE, number))
    return found[0] if found else None


def mend(secret: bytes, number: int, words: str) -> bool:
    """Write how a span was mended, as the session's person; False where there is no such span that ended.

    The database asks whose session it is: anybody but the privacy office and administration is an error.
    """
    return bool(ask(MEND, secret, number, words)[0][0])
