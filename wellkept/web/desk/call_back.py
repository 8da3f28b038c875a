"""Calling the caller back at the number on file, before anything else opens.

Serves U-31, P-19. The number opens for it alone, and never where the person asked to be reached in confidence (R-05).
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from wellkept.people.queries import reach
from wellkept.policy.words import Category
from wellkept.service import actions
from wellkept.web.desk import words
from wellkept.web.desk.after_forms import CallBack
from wellkept.web.desk.calls import who
from wellkept.web.desk.frame import on_call, opened, seat


def call_back(request: HttpRequest, call: UUID) -> HttpResponse:
    """The number to call, once the representative says that they will; else why, and the button."""
    here = seat(request)
    line = on_call(here, call)
    if line.verified is not None or line.about == "letter":
        return HttpResponseRedirect(f"/desk/calls/{call}/")
    given: dict[str, object] = {"call": line, "call_in_words": words.call_in_words(line), "form": CallBack()}
    if request.method == "POST":
        if actions.call_back(here.secret, call):
            return HttpResponseRedirect(f"/desk/calls/{call}/call-back/")
        given["in_confidence"] = True
    if line.call_back is None:
        with opened(here, line, Category.IDENTITY) as key:
            return render(request, "desk/call_back.html", given | who(key))
    with opened(here, line, Category.IDENTITY, Category.CONTACT) as key:
        told = reach(key)
        given |= who(key) | {"calls_back": True, "phone": told.phone if told else ""}
    return render(request, "desk/call_back.html", given)
