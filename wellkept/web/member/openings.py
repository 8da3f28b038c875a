"""Who opened my record: one sentence an occasion, the entries behind it, and a receipt for each (B-02, B-03)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from wellkept.access import family as kin
from wellkept.consent import appointments, words
from wellkept.ledger import queries as ledger
from wellkept.ledger.queries import Counts, EntryLine, OpeningLine, OpeningPage
from wellkept.ledger.receipt import as_file, receipt_for
from wellkept.ledger.sentences import NAMED, Piece, sentence
from wellkept.policy.words import Category, Key
from wellkept.web.member.door import opened, page, page_number
from wellkept.web.shell import serving
from wellkept.web.shell.naming import written
from wellkept.web.shell.values import Pager

LIST: Final = "/member/privacy/openings/"
FILTERS: Final[Mapping[str, str | Promise]] = {
    "all": gettext_lazy("Everyone"),
    "staff": gettext_lazy("Our staff"),
    "family": gettext_lazy("Family"),
    "machines": gettext_lazy("Files and programs"),
    "you": gettext_lazy("You"),
    "refused": gettext_lazy("Refused"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """An occasion or an entry with its sentence, and the address of the promise it rests on, or ""."""

    line: OpeningLine | EntryLine
    pieces: tuple[Piece, ...]
    clause: str
    clause_href: str


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow the list, with how many occasions it leaves."""

    label: str
    count: int
    href: str
    current: bool


def openings(request: HttpRequest) -> HttpResponse:
    """A page of occasions, newest first, perhaps of one sort of actor."""
    who, asked = request.GET.get("who", "all"), page_number(request)
    if who not in FILTERS:
        raise Http404
    with opened(request, Category.OPENINGS, Category.REQUESTS) as (key, _who):
        counts = ledger.counts(key)
        found = ledger.openings(key, who=who, page=asked)
        names = let_see(key, found.lines) | acted(key, found.lines)
    if asked > 1 and not found.lines:
        raise Http404
    given = {
        "filters": list(filters(counts, who)),
        "counts": counts,
        "who": who,
        "seen": [seen(line, name=names.get(line.occasion, "")) for line in found.lines],
        "pager": pager(found, counts.all if who == "all" else counts.by_sort[who], who, asked),
    }
    return page(request, "openings", given)


def occasion(request: HttpRequest, number: UUID) -> HttpResponse:
    """The single entries of one occasion, each with its receipt."""
    with opened(request, Category.OPENINGS) as (key, _who):
        found = ledger.entries(key, number)
    if not found:
        raise Http404
    return page(request, "occasion", {"seen": [seen(line) for line in found], "first": found[-1], "last": found[0]})


def receipt(request: HttpRequest, number: int) -> HttpResponse:
    """The receipt of one entry as a file; where no signed head covers it yet, a page that says when."""
    with opened(request, Category.OPENINGS) as (key, _who):
        found = ledger.entry(key, number)
        text = receipt_text(key, number) if found else ""
    if found is None:
        raise Http404
    if not text:
        return page(request, "receipt_waits", {"side_here": LIST, "number": number}, status=409)
    disposition = f'attachment; filename="receipt-{number}.json"'
    return HttpResponse(text, content_type="application/json", headers={"Content-Disposition": disposition})


def receipt_text(key: Key, number: int) -> str:
    """The receipt's file; "" while the entry waits for its seal."""
    (person,) = key.subjects
    try:
        return as_file(receipt_for(connection, number, person))
    except LookupError:
        return ""


def let_see(key: Key, lines: Sequence[OpeningLine]) -> dict[UUID | None, str]:
    """By occasion the name of whom the person had let see what was opened, as the person knew them."""
    occasions = [line.occasion for line in lines if line.occasion and line.told.reason == "authorised"]
    if not occasions:
        return {}
    known = {word.to: word.name for word in words.words(key)}
    return {occasion: known.get(person, "") for occasion, person in kin.openers(key, occasions).items()}


def acted(key: Key, lines: Sequence[OpeningLine]) -> dict[UUID | None, str]:
    """By occasion the name of whom the person had named to act for them, or whose paper we saw, as it was given."""
    if not any(line.told.reason in NAMED for line in lines):
        return {}
    known = {one.id: one.name for one in appointments.appointed(key)}
    return {one.occasion: known.get(one.appointment, "") for one in appointments.acts(key, limit=500) if one.occasion}


def seen(line: OpeningLine | EntryLine, *, name: str = "") -> Seen:
    """A line with its sentence and the promise it rests on, where this operator's policy has that promise.

    ``name`` is that of a member of the family, whom the entry names by their account alone.
    """
    known = line.clause[:1] in serving.pack().promises
    told = replace(line.told, label=written(line.told.label))
    said = replace(told, actor=name) if name else told
    return Seen(line, sentence(said), line.clause, f"/policy/{line.clause.lower()}/" if line.clause and known else "")


def filters(counts: Counts, who: str) -> Iterator[Filter]:
    """The sorts of actor with how many occasions each has; "refused" only where there is one."""
    for name, label in FILTERS.items():
        count = counts.all if name == "all" else counts.by_sort[name]
        if count or name in ("all", "staff", who):
            yield Filter(str(label), count, "?" if name == "all" else f"?who={name}", current=name == who)


def pager(found: OpeningPage, total: int, who: str, asked: int) -> Pager | None:
    """Where this page stands; None where everything is on it."""
    if asked == 1 and not found.older:
        return None
    narrowed = "" if who == "all" else f"who={who}&"
    last = found.first + len(found.lines) - 1
    return Pager(
        first=found.first, last=last, total=max(total, last),
        newer=f"?{narrowed}page={asked - 1}" if asked > 1 else "",
        older=f"?{narrowed}page={asked + 1}" if found.older else "",
    )  # fmt: skip
