"""How something that was broken was mended, in the words of whoever answers for it, for anyone to read.

Serves B-01. Nothing here is about a person. The privacy office writes, and so does administration.
"""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.consent.actions import owed
from wellkept.policy import controls, packs
from wellkept.policy.words import Refused, Role
from wellkept.proof import history
from wellkept.proof.values import Told
from wellkept.web.privacy.forms import Mended
from wellkept.web.privacy.frame import closed, office
from wellkept.web.shell import serving
from wellkept.web.shell.values import NavItem


def mended(request: HttpRequest) -> HttpResponse:
    """What was broken and mended: first what nobody has written about."""
    writer(request)
    found = history.mended()
    sentences = {name: one.sentence for name, one in controls.of(serving.pack()).items()}
    given = {
        "waiting": [(one, sentences.get(one.span.control, one.span.control)) for one in found if not one.words],
        "written": [(one, sentences.get(one.span.control, one.span.control)) for one in found if one.words],
    }
    return render(request, "privacy/mended.html", given)


def how(request: HttpRequest, number: int) -> HttpResponse:
    """One time something was broken; with POST write how it was mended. Later words take the place of earlier ones."""
    secret = writer(request)
    told = history.one_mended(number)
    if told is None:
        raise Http404
    form = Mended(request.POST or None, initial={"words": told.words})
    if form.is_valid():
        if not history.mend(secret, number, form.cleaned_data["words"]):
            raise ValidationError(_("This is not mended yet."))
        return HttpResponseRedirect("/privacy/mended/")
    given = {"told": told, "form": form, "sentence": sentence(told), "about": promises(told)}
    return render(request, "privacy/how_mended.html", given, status=400 if form.errors else 200)


def writer(request: HttpRequest) -> bytes:
    """The hash of the session's secret. Raises ``Refused`` for whoever is of neither office."""
    secret = getattr(request, "session_secret_hash", None)
    who = access.who(secret) if secret else None
    if secret is None or who is None:
        raise Refused(_("You are signed out. Please sign in again."), reason="no session")
    if who.role not in (Role.PRIVACY_OFFICER, Role.ADMINISTRATOR):
        raise closed()
    if owed(secret):
        raise Refused(_("There is something to agree to first."), reason="needs agreement")
    if who.role == Role.PRIVACY_OFFICER:
        office(request)
        return bytes(secret)
    vars(request)["signed_in_as"] = _("%(name)s, administration") % {"name": who.actor or _("Administration")}
    vars(request)["nav"] = (
        NavItem(_("Files"), "/operations/"),
        NavItem(_("What was mended"), "/privacy/mended/"),
        NavItem(_("Promises"), "/how-we-keep-it/"),
    )
    return bytes(secret)


def sentence(told: Told) -> str:
    """What the control keeps, in words; its name where it is no more."""
    found = controls.of(serving.pack()).get(told.span.control)
    return found.sentence if found else told.span.control


def promises(told: Told) -> list[str]:
    """The promises in force that the control keeps."""
    pack = serving.pack()
    version = packs.now_in_force(pack)
    return [clause.id for clause in version.clauses if told.span.control in clause.kept_by]
