"""Where mail goes: the address in use, the one that waits for its code, and taking a change back (P-18, U-28)."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from wellkept.access import queries as access
from wellkept.accounts import own
from wellkept.exchange.mail import sending
from wellkept.notices import addresses, publications
from wellkept.notices.addresses import Sent
from wellkept.policy.words import Category, Purpose
from wellkept.web.account import frame
from wellkept.web.shell import changing, proving
from wellkept.web.shell.public import public

HERE: Final = "/account/address/"


def change(request: HttpRequest) -> HttpResponse:
    """The address in use, and the forms that change it. Which of them was sent, its button says."""
    here = frame.own(request)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if changing.unproven(request, act):
        return proving.ask(request)
    code: Sent | None = None
    with (
        changing.telling(act) as over,
        access.enter(here.secret, purpose=Purpose.PATIENT_REQUEST, categories=[Category.CONTACT]) as key,
    ):
        given = changing.forms_of(request, act=act, standing=publications.standing(key))
        done, code = changing.acted(act, given.get(act), key, over)
        if done:
            access.changed(key, Category.CONTACT)
        line = addresses.address(key)
    if code is not None:
        done = changing.sent(given["address"], code)
    if done:
        return HttpResponseRedirect(HERE)
    form = given.get(act)
    shown = {
        "line": line, "can_mail": sending.configured(), "form": form, "now": timezone.now(),
        "address_form": given["address"], "code_form": given["code"],
    }  # fmt: skip
    return frame.page(request, here, "address", shown, status=400 if form is not None and form.errors else 200)


@public("Whoever reads mail at an old address takes the change back, and is signed in nowhere.")
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """What the link does, and a button that does it: programs that look at links in mails press none."""
    vars(request)["private"] = True
    works = own.undo_address(token) if request.method == "POST" else own.may_undo(token)
    # What does not work repeats nothing of what was asked for.
    vars(request)["nothing_shown"] = not works
    template = "undo" if request.method != "POST" and works else "undone" if works else "undo_not"
    return render(request, f"account/{template}.html", {}, status=200 if works else 404)
