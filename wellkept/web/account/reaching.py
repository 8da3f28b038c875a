"""How we reach whoever holds the account: what is on file, whether it is still right, the list for publications.

Serves U-28, P-17. The same page for every audience; nothing is sent from here.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.access.queries import Who
from wellkept.accounts.letter import postal
from wellkept.notices import addresses, publications, reaching
from wellkept.people import confidential
from wellkept.policy import packs
from wellkept.policy.asked import Asks
from wellkept.policy.words import Category, Key, Purpose, Refused, Role
from wellkept.web.shell import doors, reached, subscribing
from wellkept.web.shell.forms import Form

HERE: Final = "/account/reach/"


class List(Form):
    """Whether to be told of publications. The box stands as it was last chosen."""

    asks = Asks("publications", "2026-11", "news", {subscribing.FIELD: subscribing.KEPT}, beside=("act",))

    publications = subscribing.box()


class Right(Form):
    """That an address is still right: a button, and nothing to fill in."""

    asks = Asks("still right", "2026-11", "news", {}, beside=("act",))


def reach(request: HttpRequest) -> HttpResponse:
    """What is on file and whether it still reaches them. Which of the forms was sent, its button says."""
    secret, who = whose(request)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    with access.enter(secret, purpose=Purpose.PATIENT_REQUEST, categories=[Category.CONTACT]) as key:
        standing = publications.standing(key)
        form = boxed(request if act == "list" else None, standing)
        if acted(act, form, key):
            access.changed(key, Category.CONTACT)
            return HttpResponseRedirect(HERE)
        here = addresses.address(key)
        paper = confidential.mailing(key) if who.role == Role.MEMBER else None
    given = {
        "here": here,
        "asks": reaching.asks(secret, months=reached.months()),
        "standing": standing,
        "list_form": form if subscribing.FIELD in form.fields else None,
        "right_form": Right(),
        "letters": who.role == Role.MEMBER,
        "paper": paper is not None and paper.paper,
        "postal": postal(paper.address) if paper is not None and paper.paper else (),
        "change": "/account/address/",
        **doors.framed(request, who),
    }
    return render(request, "account/reach.html", given)


def whose(request: HttpRequest) -> tuple[bytes, Who]:
    """The session that asks, and whose it is; raises ``Refused`` where there is none."""
    secret = getattr(request, "session_secret_hash", None)
    who = access.who(secret) if isinstance(secret, bytes) else None
    if not isinstance(secret, bytes) or who is None:
        raise Refused(_("You are signed out. Please sign in."), clause="U-30", reason="no session")
    return secret, who


def boxed(request: HttpRequest | None, standing: publications.Standing) -> List:
    """The form with its box, where there are publications. Here nothing is preset: it shows what stands."""
    form = List(request.POST if request else None)
    subscribing.settle(form, chosen=True, on=standing.on)
    return form


def acted(act: str, form: List, key: Key) -> bool:
    """Do what a form asks, where it asks something; whether anything was done."""
    under = packs.now_in_force(settings.PACK).version
    if act == "right":
        reaching.still_right(key, collected_under=under)
        return True
    if act == "list" and form.is_valid() and (on := subscribing.wanted(form)) is not None:
        publications.choose(key, on=on, collected_under=under)
        return True
    return False
