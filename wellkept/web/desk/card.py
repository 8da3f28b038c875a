"""The caller's ID card, as the member has it (U-39). It is looked at here; a copy is the member's own to take.

Serves U-12, U-31, P-01. A plan's administrator gives cards; who keeps personal records gives none.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wellkept.benefits import cards
from wellkept.people.queries import identity
from wellkept.policy.words import Category
from wellkept.web.desk import words
from wellkept.web.desk.frame import opened
from wellkept.web.desk.showing import showing
from wellkept.web.shell import id_card, serving


def card(request: HttpRequest, call: UUID) -> HttpResponse:
    """Both sides of each card of today, while the call goes on and its reason opens coverage."""
    here, line = showing(request, call, Category.COVERAGE)
    pack = serving.pack()
    if "plans" not in pack.law:
        raise Http404
    with opened(here, line, Category.IDENTITY, Category.COVERAGE) as key:
        who = identity(key)
        found = [id_card.sides(one, who) for one in cards.cards(key, on=serving.today(pack))] if who else []
    given = {"call": line, "call_in_words": words.call_in_words(line), "cards": found}
    return render(request, "desk/card.html", given)
