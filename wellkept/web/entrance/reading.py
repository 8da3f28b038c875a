"""Saying that one has read the policy: remembered for the account, at every door.

Serves U-09, U-37. No address to go on to is taken: everyone lands at home.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from wellkept.accounts import visits
from wellkept.policy import packs
from wellkept.web.entrance.arrivals import arrived, greet, home
from wellkept.web.shell import serving


def read(request: HttpRequest, version: str) -> HttpResponse:
    """Keep that the session's holder read the version in force. Another version is a page that is not there."""
    here = arrived(request)
    if here.secret is None or here.who is None:
        return HttpResponseRedirect("/sign-in/")
    if request.method == "POST":
        pack = serving.pack()
        if version != packs.now_in_force(pack).version:
            raise Http404
        visits.say_read(here.secret, version=version)
    return HttpResponseRedirect(home(here.who.role))


def met(request: HttpRequest) -> HttpResponse:
    """The versions of the policy that the account met at its sign-ins, for its holder, at whichever door they work."""
    here = arrived(request)
    if here.secret is None or here.who is None:
        return HttpResponseRedirect("/sign-in/")
    greet(request, here.who)
    known = {one.version for one in serving.pack().versions}
    given = {"met": visits.met(here.secret), "known": known, "home": home(here.who.role)}
    return render(request, "entrance/met.html", given)
