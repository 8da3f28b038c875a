"""The way in of people who work here: an invitation, then a second factor, and only then anything opens.

Serves U-30, U-31, P-01, P-25. The same words answer every code that does not work.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.accounts import staffing
from wellkept.policy.words import Role
from wellkept.web.entrance.arrivals import arrived, greet, home
from wellkept.web.entrance.staff_forms import Invited
from wellkept.web.entrance.throttle import CODES, too_many
from wellkept.web.shell.forms import Form
from wellkept.web.shell.public import public

PAGE: Final = "entrance/invited.html"


@public("Whoever was invited to work here has no account yet.")
def invited(request: HttpRequest) -> HttpResponse:
    """The code, the sign-in name it is bound to, and a password of one's own."""
    here = arrived(request)
    if here.who:
        greet(request, here.who)
        return render(request, "entrance/already.html", {"home": home(here.who.role)})
    form = Invited(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not CODES.allows(request):
            return too_many(request, PAGE, form)
        told = form.cleaned_data
        said, _account = staffing.redeem(code=told["code"], login=told["login"], password=told["password"])
        if said == "yes":
            return render(request, "entrance/works_here.html")
        unusable(form, said)
    return render(request, PAGE, {"form": form}, status=400 if form.errors else 200)


def unusable(form: Form, said: str) -> None:
    """Let the form say that the code does nothing, and what to do."""
    if said == "name taken":
        form.add_error(None, _("Somebody took this sign-in name meanwhile. Ask for another invitation."))
        return
    form.add_error(None, _("This code does not work with this sign-in name. It may be used up or too old."))
    form.add_error(None, _("Look at both again, or ask whoever invited you for a new one."))


def second(request: HttpRequest) -> HttpResponse:
    """Nothing is open yet: set up a second factor, then sign in with it."""
    here = arrived(request)
    if here.who is None:
        return HttpResponseRedirect("/sign-in/")
    if here.who.role != Role.NEWCOMER:
        return HttpResponseRedirect(home(here.who.role))
    greet(request, here.who)
    return render(request, "entrance/second.html")
