"""Taking a caller off the list for publications, at once and for good, because they say so on the phone.

Serves P-17. The caller is verified first; they read who did it and on which call. Nobody is put on the list from here.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from wellkept.access.queries import changed
from wellkept.notices import publications
from wellkept.policy import packs
from wellkept.policy.asked import Asks
from wellkept.policy.words import Category
from wellkept.service.values import shown
from wellkept.web.desk import words
from wellkept.web.desk.calls import who
from wellkept.web.desk.frame import closed, on_call, opened, seat
from wellkept.web.shell import serving
from wellkept.web.shell.forms import Form


class Leave(Form):
    """The caller leaves the list: a button, and nothing to fill in."""

    asks = Asks("leave list", "2026-11", "news", {})


def leave(request: HttpRequest, call: UUID) -> HttpResponse:
    """Whether the caller is on the list, and the button; the change is entered in the transaction that makes it."""
    here = seat(request)
    line = on_call(here, call)
    if line.verified is None or Category.CONTACT not in shown(line.about):
        raise closed()
    with opened(here, line, *shown(line.about)) as key:
        standing = publications.standing(key)
        if request.method == "POST":
            publications.choose(key, on=False, collected_under=packs.now_in_force(serving.pack()).version)
            changed(key, Category.CONTACT)
            return HttpResponseRedirect(f"/desk/calls/{call}/publications/")
        given = who(key)
    given |= {"call": line, "call_in_words": words.call_in_words(line), "standing": standing, "form": Leave()}
    return render(request, "desk/publications.html", given)
