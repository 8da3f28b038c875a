"""Finding the caller: by what the caller says, at most five people, each of whom reads that their name came up.

Serves U-31, P-01, B-03, B-10. What was typed travels in the form alone, never in an address.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from wellkept.access import queries as access
from wellkept.intake.naming import BY_CARD, Hashes
from wellkept.people.queries import identities
from wellkept.policy.words import Purpose, Refused
from wellkept.service.actions import begin_call
from wellkept.vault.queries import operator_key
from wellkept.web.desk import words
from wellkept.web.desk.forms import Begin, Find
from wellkept.web.desk.frame import Seat, closed, seat


def find(request: HttpRequest) -> HttpResponse:
    """Ask for what finds a caller; show who is found; begin the call with the one who is chosen."""
    here = seat(request)
    form = Find(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/find.html", {"form": form}, status=400 if form.errors else 200)
    chosen = Begin(request.POST) if "begin" in request.POST else None
    if chosen is not None and chosen.is_valid():
        return begun(here, chosen)
    try:
        people = found(here, form)
    except Refused as error:
        if error.reason == "budget":
            return spent(request, error)
        raise
    begin = Begin(request.POST if chosen else None, people=people)
    given = {"form": form, "found": people, "begin": begin, "again": Find(initial=form.cleaned_data)}
    return render(request, "desk/found.html", given, status=400 if chosen else 200)


def found(here: Seat, form: Find) -> list[tuple[UUID, str]]:
    """Who has this number and birth date, with the words that tell them apart. The search is entered before."""
    number, birth_date = form.cleaned_data["number"], form.cleaned_data["birth_date"]
    index = Hashes(index=operator_key("index"), roster=b"").by_card(number, birth_date.isoformat())
    with access.search(here.secret, kind=BY_CARD, index=index, purpose=Purpose.MEMBER_ADMINISTRATION) as key:
        people = identities(key)
        return [(person, words.in_short(people[person])) for person in key.subjects if person in people]


def begun(here: Seat, chosen: Begin) -> HttpResponse:
    """To the page of the call that begins."""
    try:
        call = begin_call(here.secret, person=chosen.cleaned_data["person"], about=chosen.cleaned_data["about"])
    except Refused as error:
        raise closed() from error
    return HttpResponseRedirect(f"/desk/calls/{call}/")


def spent(request: HttpRequest, error: Refused) -> HttpResponse:
    """The hour's callers are all looked up: when it goes on, and who can help meanwhile."""
    given = {"sentence": error.sentence, "again_at": words.next_hour(timezone.now())}
    return render(request, "desk/spent.html", given, status=403)
