"""Ending what a caller allowed somebody, because they say so on the phone: a helper, their word, an authorization.

Serves P-19, U-19. The caller is verified, and the call is about it. Nothing is given by phone: less opens, never more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wellkept.consent import phone
from wellkept.consent.outside import OFFERED
from wellkept.consent.phone import Allowed
from wellkept.ledger.sentences import CATEGORIES, listed
from wellkept.policy.asked import Asks
from wellkept.policy.words import Category
from wellkept.service.queries import CallLine
from wellkept.web.desk import authority_letter, words
from wellkept.web.desk.calls import who
from wellkept.web.desk.frame import Seat, closed, opened
from wellkept.web.desk.showing import showing
from wellkept.web.shell import serving
from wellkept.web.shell.forms import Form

SORTS: Final[Mapping[str, Promise]] = {
    "helper": _("A helper who acts for them"),
    "word": _("Somebody covered with them who may see it"),
    "authorization": _("Somebody outside to whom we may send it"),
}


class EndByPhone(Form):
    """The caller takes it back: a button, and nothing to fill in."""

    asks = Asks(
        "end by phone", "2026-11", "sharing", {}, why=_("The caller says so on the phone. They read who ended it.")
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that can be ended, in words, with its last day."""

    one: Allowed
    sort: str
    what: str
    last: date


def choices(request: HttpRequest, call: UUID) -> HttpResponse:
    """What the caller allowed and can end. That it was read out is entered before it is."""
    here, line = on_choices(request, call)
    with opened(here, line, Category.IDENTITY) as key:
        given = who(key) | {"rows": [shown(one) for one in phone.choices(here.secret, key, call)]}
    return render(request, "desk/choices.html", given | {"call": line, "call_in_words": words.call_in_words(line)})


def end(request: HttpRequest, call: UUID, number: UUID) -> HttpResponse:
    """One of them with the button that ends it at once. What is not the caller's, or has ended, is refused."""
    here, line = on_choices(request, call)
    with opened(here, line, Category.IDENTITY) as key:
        found = next((one for one in phone.choices(here.secret, key, call) if one.id == number), None)
        if found is None:
            raise closed()
        if request.method == "POST":
            letter = authority_letter.taken_back(serving.original(), sort=found.sort)
            if not phone.end(here.secret, key, call, number, letter=letter):
                raise closed()
            return HttpResponseRedirect(f"/desk/calls/{call}/choices/")
        given = who(key) | {"row": shown(found), "form": EndByPhone()}
    return render(request, "desk/choice_end.html", given | {"call": line, "call_in_words": words.call_in_words(line)})


def on_choices(request: HttpRequest, call: UUID) -> tuple[Seat, CallLine]:
    """The seat and the verified call about it, once it is entered that it is read out; else the one refusal."""
    here, line = showing(request, call)
    if line.about != "choices" or not phone.asks(here.secret, call):
        raise closed()
    return here, line


def shown(one: Allowed) -> Shown:
    """One of them in words. The name is as the person wrote it."""
    zone = ZoneInfo(serving.pack().time_zone)
    return Shown(
        one=one,
        sort=str(SORTS[one.sort]),
        what=listed(str(CATEGORIES[category]) for category in OFFERED if category in one.opens),
        last=(one.expires - timedelta(seconds=1)).astimezone(zone).date(),
    )
