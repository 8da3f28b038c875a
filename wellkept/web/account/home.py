"""Your account: how you sign in, when you last did, what is open, and what happened (U-30, U-37, U-41, P-18)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from wellkept.accounts import events, own, visits
from wellkept.accounts.events import PARTS, Event
from wellkept.consent.documents import documents, said_in
from wellkept.policy.kinds import Words
from wellkept.web.account import frame
from wellkept.web.shell import serving
from wellkept.web.shell.values import Pager

HERE = "/account/"
LONGEST = 4


@dataclass(frozen=True, slots=True)
class Agreed:
    """A text that was agreed to: its heading in the language of the page, its version, and when."""

    title: str
    version: str
    at: object


def account(request: HttpRequest) -> HttpResponse:
    """What is so now comes first; then each open sign-in; then what happened, day by day, perhaps of one part."""
    here = frame.own(request)
    part, asked = request.GET.get("part", ""), numbered(request)
    if part and part not in PARTS:
        raise Http404
    total, found = events.mine(here.secret, part=part, page=asked)
    if asked > 1 and not found:
        raise Http404
    open_now = visits.visits(here.secret)
    entered = events.latest(here.secret, "signed in", most=2)
    given = {
        "now": next((one for one in open_now if one.this), None),
        "before": entered[1] if len(entered) > 1 else None,
        "unusual": events.unusual(here.secret),
        "visits": open_now,
        "others": len(open_now) - 1,
        "days": by_day(found),
        "pager": pager(asked, len(found), total, part),
        "filters": filters(part),
        "kept_days": events.days(serving.pack()),
        "met": visits.met(here.secret),
        "known": {one.version for one in serving.pack().versions},
        "terms": tuple(agreed(here.secret)),
        "places": frame.places(),
    }
    return frame.page(request, here, "account", given)


def end(request: HttpRequest, number: UUID) -> HttpResponse:
    """End one sign-in. One that is not the account's own, or has ended, changes nothing."""
    here = frame.own(request)
    if request.method == "POST":
        visits.end(here.secret, occasion=number)
    return HttpResponseRedirect(HERE)


def end_others(request: HttpRequest) -> HttpResponse:
    """End every sign-in but this one."""
    here = frame.own(request)
    if request.method == "POST":
        visits.end_others(here.secret)
    return HttpResponseRedirect(HERE)


def numbered(request: HttpRequest) -> int:
    """Which page of the list is asked for; raises ``Http404`` for what is no page."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= LONGEST and int(asked) >= 1):
        raise Http404
    return int(asked)


def by_day(found: Sequence[Event]) -> list[tuple[date, list[Event]]]:
    """The events of each day, where the operator works, newest first."""
    zone = ZoneInfo(serving.pack().time_zone)
    return [(day, list(some)) for day, some in groupby(found, key=lambda one: one.at.astimezone(zone).date())]


def filters(part: str) -> list[tuple[Words, str, bool]]:
    """Each part of the list: its name, its address, and whether it is the one shown."""
    parts = [(name, words) for name, words in PARTS.items()]
    everything = (events.EVERYTHING, HERE, not part)
    return [everything, *((words, f"{HERE}?part={name}", name == part) for name, words in parts)]


def pager(page: int, shown: int, total: int, part: str) -> Pager:
    """Where the list stands."""
    first = (page - 1) * events.PAGE + 1
    last, kept = first + shown - 1, f"&part={part}" if part else ""
    newer = f"?page={page - 1}{kept}#happened" if page > 1 else ""
    older = f"?page={page + 1}{kept}#happened" if last < total else ""
    return Pager(first if shown else 0, last if shown else 0, total, newer, older)


def agreed(secret: bytes) -> Iterator[Agreed]:
    """The texts agreed to, each by its heading; by its name where the text is not with us any more."""
    known = {(one.name, one.version): one for one in documents(settings.PACK)}
    for one in own.terms(secret):
        text = known.get((one.document, one.version))
        title = said_in(serving.language(), settings.PACK, text).title if text else one.document
        yield Agreed(title, one.version, one.at)
