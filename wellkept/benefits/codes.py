"""Reason codes in the words of a list that an operator holds itself: the official texts are not ours to ship.

They stand in where ``reasons.toml`` has no words of ours, and say whose they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from wellkept.benefits.reasons import Reason
from wellkept.benefits.values import ClaimStory, ServiceLine, Why
from wellkept.policy.rows import as_json

CARC: Final = "carc"
RARC: Final = "rarc"
LISTS: Final = (CARC, RARC)
FROM_THE_BEGINNING: Final = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class CodeTold:
    """One code of a list, as a file told it. ``told`` orders tellings: a lesser changes nothing."""

    list: str
    code: str
    description: str
    note: str
    valid_from: date
    valid_to: date | None
    told: str


def bring_codes(told: Sequence[CodeTold]) -> None:
    """Write codes; of two tellings of one the later list stands, in whichever order they come."""
    latest: dict[tuple[str, str, date], CodeTold] = {}
    for one in told:
        name = (one.list, one.code, one.valid_from)
        latest[name] = max(one, latest.get(name, one), key=lambda row: row.told)
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [as_json(asdict(one) for one in latest.values())])


def listed(kind: str, codes: Iterable[str], *, on: date | None) -> dict[str, str]:
    """The words of a list for codes, as they were valid on a day; the newest where no day is known."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [kind, sorted(set(codes)), on, on, on])
        return dict(cursor.fetchall())


def filled(story: ClaimStory) -> ClaimStory:
    """The claim with the list's words where we have none of our own. Asks the database once, and only if it must."""
    unknown = {why.code for why in every(story) if why.reason is None}
    found = listed(CARC, unknown, on=story.claim.decided_on) if unknown else {}
    if not found:
        return story
    words = {code: Reason(says=quoted(said), next="", against=False) for code, said in found.items()}
    lines = tuple(replace(line, why=worded(line.why, words)) for line in story.lines)
    return replace(story, why=worded(story.why, words), lines=lines)


def every(story: ClaimStory) -> list[Why]:
    """Every adjustment of a claim and its lines."""
    lines: Iterable[ServiceLine] = story.lines
    return [*story.why, *(why for line in lines for why in line.why)]


def worded(whys: Iterable[Why], words: Mapping[str, Reason]) -> tuple[Why, ...]:
    """Adjustments with words where they had none."""
    return tuple(replace(why, reason=words.get(why.code)) if why.reason is None else why for why in whys)


def quoted(words: str) -> str:
    """The list's own words, marked as such."""
    return _("The payer's list says: “%(words)s”") % {"words": words}


WRITE: Final = """
insert into wellkept.benefits_reasoncode as c (list, code, description, note, valid_from, valid_to, told)
select list, code, description, note, valid_from, valid_to, told
from json_to_recordset(%s::json) as r(list text, code text, description text, note text, valid_from date,
  valid_to date, told text)
on conflict (list, code, valid_from) do update set description = excluded.description, note = excluded.note,
  valid_to = excluded.valid_to, told = excluded.told
where c.told collate "C" < excluded.told
"""
READ: Final = """
select distinct on (code) code, description from wellkept.benefits_reasoncode
where list = %s and code = any(%s)
  and (%s::date is null or (valid_from <= %s::date and (valid_to is null or valid_to >= %s::date)))
order by code, valid_from desc
"""
