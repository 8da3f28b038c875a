"""The claims of the one person who is open: filtered, paged, and searched by what people remember of them.

A word is looked for among the person's own claims, after they are open: nothing is indexed by it and nobody else's rows
are asked. Provider, kind of care and medicine match by their words, the number from its beginning, amounts whole.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from wellkept.benefits.rows import COLUMNS, ask, lines_of, spoken
from wellkept.benefits.services import service
from wellkept.benefits.values import ClaimLine, ClaimPage, Only
from wellkept.policy.words import Key

PAGE: Final = 20
NUMBER_AT_LEAST: Final = 4
_CLAIMS: Final = (
    f"select {COLUMNS}, count(*) over () from wellkept.benefits_claim where person_id = %s and joined is null"  # noqa: S608  (columns of ours)
)
_NEWEST: Final = " order by coalesce(served_from, decided_on, received_on) desc nulls last, id"
_WHERE: Final[Mapping[str, str]] = {
    "waiting": " and status = 'filed'",
    "paid": " and status = 'paid' and paid <> 0",
    "nothing": " and status = 'paid' and coalesce(paid, 0) = 0",
    "denied": " and status = 'denied'",
    "back": " and status in ('reversed', 'withdrawn')",
}
_SORTS: Final = (
    "select distinct extract(year from served_from)::int, kind from wellkept.benefits_claim"
    " where person_id = %s and joined is null"
)
_NUMBERS: Final = "select id, coalesce(joined, id), number from wellkept.benefits_claim where person_id = %s"
_SERVICES: Final = (
    "select c.told_as, l->>'code', l->>'revenue', l->>'drug' from (select claim_id, content from"
    " wellkept.benefits_filing where person_id = %s union all select claim_id, content from wellkept.benefits_decision"
    " where person_id = %s) s join (select id, coalesce(joined, id) as told_as from wellkept.benefits_claim"
    " where person_id = %s) c on c.id = s.claim_id, jsonb_array_elements(s.content->'lines') l"
)
_TOLD_AS: Final = (
    "select id, coalesce(joined, id) from wellkept.benefits_claim where person_id = %s and (id = any(%s)"
    " or joined = any(%s))"
)
_FIRST_LINE: Final = "content->'lines'->0->>'code', content->'lines'->0->>'revenue', content->'lines'->0->>'drug'"
_FIRST_LINES: Final = (
    f"select claim_id, 1 as said, {_FIRST_LINE} from wellkept.benefits_decision"  # noqa: S608  (words of ours)
    " where person_id = %s and claim_id = any(%s)"
    f" union all select claim_id, 2, {_FIRST_LINE} from wellkept.benefits_filing"
    " where person_id = %s and claim_id = any(%s) order by 2, 3, 4, 5, 1"
)
EVERYTHING: Final = Only()


def claims(key: Key, *, page: int = 1, size: int = PAGE, only: Only = EVERYTHING) -> ClaimPage:
    """One page of the claims, newest care first. The opening names ``claims``; ``sensitive_claims`` shows those too."""
    (person,) = key.subjects
    clause, more = narrowed(only)
    rows = ask(f"{_CLAIMS}{clause}{_NEWEST} limit %s offset %s", [person, *more, size, (page - 1) * size])
    return ClaimPage(lines=lines_of(rows), first=(page - 1) * size + 1, total=rows[0][-1] if rows else 0)


def found(key: Key, words: str, *, page: int = 1, size: int = PAGE, only: Only = EVERYTHING) -> ClaimPage:
    """One page of the claims that ``words`` find, newest care first."""
    (person,) = key.subjects
    clause, more = narrowed(only)
    lines = lines_of(ask(f"{_CLAIMS}{clause}{_NEWEST}", [person, *more]))
    by_office = {line.id for line in lines if matches(line, words, numbers=(), services=())}
    rest = len(by_office) < len(lines)
    numbers = numbered(key, person) if rest and any(sign.isdigit() for sign in words) else {}
    done = served(person) if rest else {}
    matching = [
        line
        for line in lines
        if line.id in by_office
        or matches(line, words, numbers=numbers.get(line.id, ()), services=done.get(line.id, ()))
    ]
    first = (page - 1) * size
    return ClaimPage(lines=tuple(matching[first : first + size]), first=first + 1, total=len(matching))


def sorts(key: Key) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The years of care, latest first, and the kinds of claim there are."""
    rows = ask(_SORTS, [key.subjects[0]])
    years, kinds = {year for year, _kind in rows if year}, {kind for _year, kind in rows if kind}
    return tuple(sorted(years, reverse=True)), tuple(sorted(kinds))


def narrowed(only: Only) -> tuple[str, list[object]]:
    """The clause of a filter and its arguments."""
    clause, more = _WHERE.get(only.status, ""), list[object]()
    if only.year is not None:
        clause, more = (
            clause + " and served_from between make_date(%s, 1, 1) and make_date(%s, 12, 31)",
            [only.year] * 2,
        )
    if only.kind:
        clause, more = clause + " and kind = %s", [*more, only.kind]
    return clause + (" and owed > 0" if only.owing else ""), more


def matches(line: ClaimLine, words: str, *, numbers: Iterable[str], services: Iterable[str]) -> bool:
    """Whether the words are an amount of the claim, begin its number, or all stand in what is known of the care."""
    bare = letters(words)
    if len(bare) >= NUMBER_AT_LEAST and any(letters(number).startswith(bare) for number in numbers):
        return True
    sum_ = re.fullmatch(r"\$?([\d,]{1,12}(?:\.\d\d)?)", words.strip())
    if sum_ and Decimal(sum_[1].replace(",", "") or "0") in {line.billed, line.allowed, line.paid, line.owed}:
        return True
    known = " ".join((line.provider, *services)).casefold()
    asked = words.casefold().split()
    return bool(asked) and all(word in known for word in asked)


def services(key: Key, lines: Sequence[ClaimLine]) -> dict[UUID, str]:
    """What the first line of each of these claims says was done, in our words or as the file names a medicine.

    What an office filed is told before what a payer decided; a code without words tells nothing.
    """
    (person,), here = key.subjects, [line.id for line in lines]
    if not here:
        return {}
    told_as = dict(ask(_TOLD_AS, [person, here, here]))
    told: dict[UUID, str] = {}
    for claim, _said, code, revenue, drug in ask(_FIRST_LINES, [person, [*told_as]] * 2):
        words = drug or str(service(code=code or "", revenue=revenue or ""))
        if words != service(code="", revenue=""):
            told[told_as[claim]] = words
    return told


def letters(text: str) -> str:
    """Letters and digits alone, small."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def numbered(key: Key, person: UUID) -> dict[UUID, list[str]]:
    """The numbers of each claim, under whichever claim it is told."""
    known: dict[UUID, list[str]] = defaultdict(list)
    for row, told_as, sealed in ask(_NUMBERS, [person]):
        known[told_as].append(spoken(key, person, row, sealed))
    return known


def served(person: UUID) -> dict[UUID, set[str]]:
    """What was done on each claim, in our words and by code, and each medicine as told."""
    known: dict[UUID, set[str]] = defaultdict(set)
    rows: Sequence[Sequence[Any]] = ask(_SERVICES, [person] * 3)
    for claim, code, revenue, product in rows:
        known[claim] |= {str(service(code=code or "", revenue=revenue or "")), code or "", product or ""}
    return known
