"""For whom I act: whose record I may open and which part of it, a code to take on, and how I lay it down (U-19, P-25).

A name is opened like anything else: whoever it is of reads that it was. Their pages lie beneath the address of their
record, and each says whose it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.consent import appointments
from wellkept.consent.appointments import Acting
from wellkept.people.queries import Identity, identities
from wellkept.policy.words import Category, Purpose, Refused
from wellkept.web.member.appointing import KINDS, what
from wellkept.web.member.door import at, opened, page, secret
from wellkept.web.member.helper_forms import TakeOn
from wellkept.web.shell import serving
from wellkept.web.shell.naming import written

HERE: Final = "/member/helping/"


@dataclass(frozen=True, slots=True)
class For:
    """Somebody for whom the reader acts. ``places`` is empty, and ``name`` "", while nothing of theirs opens."""

    one: Acting
    name: str
    kind: str
    what: str
    first: date
    last: date
    places: tuple[tuple[str, str], ...]


def listing(request: HttpRequest) -> HttpResponse:
    """Everybody for whom the reader acts, and the form for a code."""
    form = TakeOn(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if appointments.claim(secret(request), code=form.cleaned_data["code"], born=form.cleaned_data["birth_date"]):
            return HttpResponseRedirect(HERE)
        form.add_error("code", _("This code and this birth date open nothing. Check both, or ask for a new code."))
    with opened(request):
        pass
    found = appointments.acting_for(secret(request))
    known = named(request, found)
    people = [acting(one, known.get(one.person)) for one in found]
    return page(request, "helping", {"people": people, "form": form}, status=400 if form.errors else 200)


def resign(request: HttpRequest, number: UUID) -> HttpResponse:
    """Lay it down. What is not the reader's, or has ended, is not there."""
    mine = secret(request)
    if request.method == "POST" and not appointments.resign(mine, number):
        raise Http404
    return HttpResponseRedirect(HERE)


def named(request: HttpRequest, found: Sequence[Acting]) -> dict[UUID, Identity]:
    """Who they are, of those whose part holds; nobody before the reader has agreed to what we ask of helpers."""
    people = list({one.person for one in found if one.holds})[:20]
    if not people:
        return {}
    try:
        with access.enter(
            secret(request), purpose=Purpose.PATIENT_REQUEST, categories=[Category.IDENTITY], subjects=people
        ) as key:
            return identities(key)
    except Refused:
        return {}


def acting(one: Acting, who: Identity | None) -> For:
    """Somebody for whom the reader acts, as the page shows them."""
    zone = ZoneInfo(serving.pack().time_zone)
    name = written(who.greeting) if who and who.greeting else ""
    return For(
        one=one,
        name=name,
        kind=str(KINDS[one.kind]),
        what=what(one.opens),
        first=one.since.astimezone(zone).date(),
        last=(one.expires - timedelta(seconds=1)).astimezone(zone).date(),
        places=tuple(places(one)) if who else (),
    )


def places(one: Acting) -> Iterator[tuple[str, str]]:
    """The pages of somebody's record that the reader may open."""
    if Category.COVERAGE in one.opens:
        yield _("Coverage"), at(one.person, "coverage/")
        yield _("ID card"), at(one.person, "card/")
    if {Category.CLAIMS, Category.SENSITIVE_CLAIMS} & one.opens:
        yield _("Claims"), at(one.person, "claims/")
    yield _("Who opened it"), at(one.person, "openings/")
