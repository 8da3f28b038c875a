"""Finding the caller: by what the caller says, at most five people, each of whom reads that their name came up.

Serves U-31, P-01, B-03, B-10. What was typed travels in the form alone, never in an address.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellkept.access import queries as access
from wellkept.intake.naming import BY_CARD, BY_SOUND, Hashes
from wellkept.people.queries import identities
from wellkept.policy.words import Purpose, Refused
from wellkept.service.actions import begin_call
from wellkept.service.queries import my_calls
from wellkept.vault.queries import operator_key
from wellkept.web.desk import words
from wellkept.web.desk.find_forms import WAYS
from wellkept.web.desk.forms import Begin
from wellkept.web.desk.frame import Seat, closed, seat
from wellkept.web.shell.forms import Form

BY_CASE = "case_number"


def find(request: HttpRequest) -> HttpResponse:
    """Ask for what finds a caller; show who is found; begin the call with the one who is chosen."""
    here = seat(request)
    asked = request.GET.get("by", "card")
    way = asked if asked in WAYS else "card"
    form = WAYS[way][1](request.POST or None)
    given: dict[str, object] = {"way": way, "ways": [(name, words_) for name, (words_, _form) in WAYS.items()]}
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/find.html", given | {"form": form}, status=400 if form.errors else 200)
    chosen = Begin(request.POST) if "begin" in request.POST else None
    if chosen is not None and chosen.is_valid():
        return begun(here, chosen, way=way)
    try:
        people = found(here, form, way=way)
    except Refused as error:
        if error.reason == "budget":
            return spent(request, error)
        raise
    begin = Begin(request.POST if chosen else None, people=people)
    given |= {
        "form": form, "found": people, "begin": begin, "again": WAYS[way][1](initial=form.cleaned_data),
        "known": known(request, form), "head": head(len(people), way=way), "now": going_on(here),
    }  # fmt: skip
    return render(request, "desk/found.html", given, status=400 if chosen else 200)


def found(here: Seat, form: Form, *, way: str) -> list[tuple[UUID, str]]:
    """Whom what was typed finds, with the words that tell them apart. The search is entered before."""
    kind, index = looked_for(form, way=way)
    with access.search(here.secret, kind=kind, index=index, purpose=Purpose.MEMBER_ADMINISTRATION) as key:
        people = identities(key)
        return [(person, words.in_short(people[person])) for person in key.subjects if person in people]


def looked_for(form: Form, *, way: str) -> tuple[str, bytes]:
    """The kind of search, and the hash or the number that it looks for."""
    told = form.cleaned_data
    if way == "case":
        return BY_CASE, told["case"].encode()
    hashes, born = Hashes(index=operator_key("index"), roster=b""), told["birth_date"].isoformat()
    if way == "name":
        return BY_SOUND, hashes.by_sound(first=told["first"], last=told["last"], birth_date=born)
    return BY_CARD, hashes.by_card(told["number"], born)


def going_on(here: Seat) -> str:
    """The call of one's own that goes on, without a name; "" where none does. Beginning another one ends it."""
    now = next((line for line in my_calls(here.secret) if line.goes_on), None)
    return words.call_in_words(now) if now else ""


def known(request: HttpRequest, form: Form) -> list[tuple[str, str]]:
    """What was typed, carried on in the form so that nothing has to be typed twice."""
    return [(name, str(value)) for name, value in request.POST.items() if name.startswith(tuple(form.fields))]


def head(count: int, *, way: str) -> str:
    """How many are found, as the heading says it."""
    if way == "card" and count:
        one, many = (
            _("One person has this number and this birth date"),
            _("%(n)d people have this number and this birth date"),
        )
        return many % {"n": count} if count > 1 else one
    if count:
        return ngettext("One person is found", "%(n)d people are found", count) % {"n": count}
    if way == "card":
        return _("Nobody is found with this number and this birth date")
    if way == "name":
        return _("Nobody is found with a name like this and this birth date")
    return _("Nobody is found with this number")


def begun(here: Seat, chosen: Begin, *, way: str) -> HttpResponse:
    """To the page of the call that begins."""
    told = chosen.cleaned_data
    try:
        call = begin_call(here.secret, person=told["person"], about=told["about"], way=way)
    except Refused as error:
        raise closed() from error
    return HttpResponseRedirect(f"/desk/calls/{call}/")


def spent(request: HttpRequest, error: Refused) -> HttpResponse:
    """The hour's callers are all looked up: when it goes on, and who can help meanwhile."""
    given = {"sentence": error.sentence, "again_at": words.next_hour(timezone.now())}
    return render(request, "desk/spent.html", given, status=403)
