"""A sign-in code by e-mail, for whoever's password way others closed. The page answers alike for every name.

Serves R-10, P-15. Code and password together sign in, in the browser that asked; the code opens nothing alone.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.accounts import mailed, visits
from wellkept.exchange.mail import sending
from wellkept.web.entrance.arrivals import arrived, entered
from wellkept.web.entrance.second_forms import AskMailed, Mailed
from wellkept.web.entrance.throttle import ASKS, PASSWORDS, too_many
from wellkept.web.shell import browsers
from wellkept.web.shell.public import public
from wellkept.web.shell.visitor import remember

ASK: Final = "entrance/mailed.html"
ENTER: Final = "entrance/mailed_code.html"
WHY: Final = "Whoever asks for a code has not signed in yet."


@public(WHY)
def ask(request: HttpRequest) -> HttpResponse:
    """The name for which a code goes out, if it is somebody's with a confirmed address. Everybody goes on alike."""
    here = arrived(request)
    if here.who:
        return HttpResponseRedirect("/sign-in/cookie/")
    form = AskMailed(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        given = {"form": form, "sends": sending.configured()}
        return render(request, ASK, given, status=400 if form.errors else 200)
    if not ASKS.allows(request):
        return too_many(request, ASK, form)
    secret = mailed.ask(login=form.cleaned_data["login"], before=here.secret)
    response = HttpResponseRedirect("/sign-in/mailed/code/")
    remember(request, response, secret)
    return response


@public(WHY)
def enter(request: HttpRequest) -> HttpResponse:
    """The code that came, and the password."""
    here = arrived(request)
    if here.secret is None:
        return render(request, "entrance/cookie.html", status=403)
    if here.who or visits.standing(here.secret) != "half":
        return HttpResponseRedirect("/sign-in/cookie/" if here.who else "/sign-in/mailed/")
    form = Mailed(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, ENTER, {"form": form}, status=400 if form.errors else 200)
    if not PASSWORDS.allows(request):
        return too_many(request, ENTER, form)
    told = form.cleaned_data
    begun = mailed.sign_in(code=told["code"], password=told["password"], half=here.secret, browser=browsers.of(request))
    if begun:
        return entered(request, begun)
    form.add_error(None, _("This code and this password do not work together. Look at both again."))
    form.add_error(None, _("You have five tries. Then ask for a new code."))
    return render(request, ENTER, {"form": form}, status=400)
