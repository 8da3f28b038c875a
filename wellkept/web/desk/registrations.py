"""Requests to register that stand on no list: a representative reads one, finds who is meant, or ends it.

Serves U-05, U-30, P-07, P-13, P-15. The list shows an age and a kind. What was typed opens one by one, each time with
an entry. Whatever is decided, whoever asked reads the same page; a code goes by letter to an address on file alone.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access import queries as access
from wellkept.accounts import registrations
from wellkept.accounts.registrations import Told
from wellkept.clocks.business import business_day_after
from wellkept.organisations.near import Near, near
from wellkept.policy import practices
from wellkept.policy.words import Category, Key, Purpose, Refused, Role
from wellkept.web.desk.find import found
from wellkept.web.desk.forms import Find
from wellkept.web.desk.frame import Seat, clause, seat, spent
from wellkept.web.desk.settling import Meant, Refuse, Search
from wellkept.web.shell import serving
from wellkept.web.shell.templatetags.shell import day

KINDS: Final[Mapping[str, Promise]] = {
    Role.MEMBER: gettext_lazy("A member"),
    Role.PROVIDER: gettext_lazy("A provider"),
    Role.EMPLOYER: gettext_lazy("An employer"),
    Role.AGENT: gettext_lazy("An agent"),
    Role.PARTNER: gettext_lazy("A business partner"),
}
LABELS: Final[Mapping[str, Promise]] = {
    "name": gettext_lazy("Name"),
    "birth_date": gettext_lazy("Birth date"),
    "member_number": gettext_lazy("Member number"),
    "organisation": gettext_lazy("Organisation"),
    "street": gettext_lazy("Street"),
    "city": gettext_lazy("City"),
    "state": gettext_lazy("State"),
    "zip_code": gettext_lazy("ZIP code"),
    "npi": gettext_lazy("NPI"),
    "producer_number": gettext_lazy("Producer number"),
    "group_number": gettext_lazy("Group number"),
    "group_numbers": gettext_lazy("Groups"),
    "agreement_number": gettext_lazy("Agreement number"),
    "tax_number": gettext_lazy("Tax number, last four digits"),
    "email": gettext_lazy("E-mail"),
}


def listed(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, oldest first: its kind, and by when it is decided or gone."""
    here = seat(request)
    pack = serving.pack()
    days, today = practices.number(pack, "registrations_in_business_days"), serving.today(pack)
    zone = ZoneInfo(pack.time_zone)
    rows = [
        {"line": line, "kind": KINDS[line.audience], "until": until, "late": until <= today}
        for line in registrations.unmatched(here.secret)
        for until in [business_day_after(timezone.localdate(line.asked_at, zone), days)]
    ]
    return render(request, "desk/registrations.html", {"rows": rows, "days": days})


def one(request: HttpRequest, registration: UUID) -> HttpResponse:
    """What was typed, and who may be meant: a member by number and birth date, an organisation by name or number."""
    here = seat(request)
    with opened(here, registration) as key:
        told = shown(key, registration)
    if told.audience == Role.MEMBER:
        return member(request, here, registration, told)
    form = Search(request.POST or None, initial={"words": told.answers.get("organisation", "")})
    asked = form.cleaned_data["words"] if form.is_valid() else typed(told)
    matches = near(here.secret, kind=told.audience, words=asked)
    meant = Meant(people=[(one.id, in_words(one)) for one in matches])
    return page(request, registration, told, {"search": form, "matches": matches, "meant": meant})


def member(request: HttpRequest, here: Seat, registration: UUID, told: Told) -> HttpResponse:
    """The same search that finds a caller, filled in with what was typed; it is entered like any other."""
    initial = {"number": told.answers.get("member_number", ""), "birth_date": born(told)}
    form = Find(request.POST or None, initial=initial)
    form.fields["number"].help_text = _("As it was typed. Mend what looks mistyped.")
    form.fields["birth_date"].help_text = _("As it was typed, too.")
    people: list[tuple[UUID, str]] = []
    if form.is_valid():
        try:
            people = found(here, form, way="card")
        except Refused as error:
            if error.reason == "budget":
                raise spent(error) from None
            raise
    given = {"search": form, "matches": people, "meant": Meant(people=people)}
    return page(request, registration, told, given)


def page(request: HttpRequest, registration: UUID, told: Told, given: Mapping[str, object]) -> HttpResponse:
    """The page of one request."""
    said = {**told.answers, "birth_date": day(born(told))}
    facts = [(label, said[name]) for name, label in LABELS.items() if said.get(name)]
    whole = {"registration": registration, "told": told, "kind": KINDS[told.audience], "facts": facts}
    status = 400 if getattr(given["search"], "errors", None) else 200
    return render(request, "desk/registration.html", whole | {"refuse": Refuse()} | dict(given), status=status)


def choose(request: HttpRequest, registration: UUID) -> HttpResponse:
    """Say who is meant. The program writes the letter; it goes to the address on file."""
    here, form = seat(request), Meant(request.POST)
    if request.method == "POST" and form.is_valid():
        with opened(here, registration):
            done = registrations.choose(here.secret, registration, form.cleaned_data["meant"])
        if not done:
            sentence = _("Look them up again: a code goes only to whom you have just found on a list.")
            raise Refused(sentence, clause=clause(), reason="not found lately")
        return HttpResponseRedirect("/desk/registrations/")
    return HttpResponseRedirect(f"/desk/registrations/{registration}/")


def refuse(request: HttpRequest, registration: UUID) -> HttpResponse:
    """Find nobody who is meant, for a reason of the list. What was typed is destroyed."""
    here, form = seat(request), Refuse(request.POST)
    if request.method == "POST" and form.is_valid():
        with opened(here, registration):
            registrations.refuse(here.secret, registration, form.cleaned_data["reason"])
        return HttpResponseRedirect("/desk/registrations/")
    return HttpResponseRedirect(f"/desk/registrations/{registration}/")


@contextmanager
def opened(here: Seat, registration: UUID) -> Iterator[Key]:
    """Open one request for the length of the block, with its entry."""
    try:
        with access.enter(
            here.secret,
            purpose=Purpose.MEMBER_ADMINISTRATION,
            categories=[Category.IDENTITY],
            subjects=[registration],
        ) as key:
            yield key
    except Refused as error:
        if error.reason == "no rule":
            sentence = _("Nothing is open here. A request to register opens while it waits for a decision.")
            raise Refused(sentence, clause=clause(), reason="not waiting") from None
        if error.reason == "budget":
            raise spent(error) from None
        raise


def shown(key: Key, registration: UUID) -> Told:
    """What was typed; a page that is not there where it was decided meanwhile."""
    told = registrations.told(key, registration)
    if told is None:
        raise Http404
    return told


def typed(told: Told) -> str:
    """The name and the numbers that were typed."""
    names = ("npi", "producer_number", "agreement_number", "group_number", "group_numbers", "organisation")
    return " ".join(told.answers.get(name, "") for name in names)


def born(told: Told) -> date | None:
    """The birth date that was typed."""
    given = told.answers.get("birth_date")
    return date.fromisoformat(given) if given else None


def in_words(one: Near) -> str:
    """An organisation in one line, and whether somebody administers it already."""
    said = f"{one.name}, {one.place}"
    return (
        _("%(office)s. Somebody of it is in already, and can invite.") % {"office": said} if one.administered else said
    )
