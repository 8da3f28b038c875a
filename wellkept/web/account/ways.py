"""The ways to sign in beside the password: passkeys, an authenticator app, recovery codes. For every audience alike.

Serves R-10. Whatever changes one asks first for a fresh proof (``web.shell.proving``); the database asks for it too.
"""

from collections.abc import Callable
from functools import wraps
from typing import Final
from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from wellkept.accounts import passkeys, totp, ways
from wellkept.web.account import frame
from wellkept.web.account.frame import Own
from wellkept.web.account.ways_forms import FirstCode, Name, Rename
from wellkept.web.shell import proving, serving
from wellkept.web.shell.passkeys import site, with_passkeys, works_here

HERE: Final = "/account/ways/"
HOME: Final = "account-ways"
QUIET: Final = 4

View = Callable[..., HttpResponse]


def proven(view: View) -> View:
    """The view, for a session that showed within minutes who it is; else off to show it."""

    @wraps(view)
    def answer(request: HttpRequest, **named: object) -> HttpResponse:
        here = frame.own(request)
        if not proving.recently(request):
            return proving.ask(request, HOME)
        return view(request, here, **named)

    return answer


def overview(request: HttpRequest) -> HttpResponse:
    """Every way there is, and what may be added."""
    here = frame.own(request)
    return shown(request, here)


def shown(request: HttpRequest, here: Own, form: Name | None = None, said: str = "") -> HttpResponse:
    """The overview, perhaps with a form that was wrong or a sentence of what cannot be."""
    mine = ways.mine(here.secret, account=here.who.account)
    by_kind = {
        kind: [one for one in mine if one.kind == kind] for kind in ("passkey", "authenticator", "recovery codes")
    }
    with_passkeys(request)
    given = {
        "passkeys": by_kind["passkey"],
        "app": next(iter(by_kind["authenticator"]), None),
        "codes": next(iter(by_kind["recovery codes"]), None),
        "second": bool(by_kind["passkey"] or by_kind["authenticator"]),
        "proven": proving.recently(request),
        "works_here": works_here(request),
        "form": form or Name(),
        "said": said,
    }
    return frame.page(request, here, "ways", given, status=400 if form and form.errors else 200)


@proven
def app(request: HttpRequest, here: Own) -> HttpResponse:
    """An authenticator app: its secret as a square code and in letters, and the first code that makes it count."""
    if request.method == "POST" and "code" not in request.POST:
        ways.begin_app(here.secret)
        return HttpResponseRedirect(f"{HERE}app/")
    form = FirstCode(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if ways.confirm_app(here.secret, form.cleaned_data["code"]):
            return HttpResponseRedirect(HERE)
        form.add_error("code", _("This code is not the one. Look at the clock of your phone, and try the next code."))
    secret = ways.waiting_app(here.secret)
    if secret is None:
        return HttpResponseRedirect(HERE)
    address = totp.address(secret, issuer=serving.pack().display_name, name=_("Your account"))
    spaced = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    given = {"form": form, "square": square(address), "secret": spaced, "address": address}
    return frame.page(request, here, "ways_app", given, status=400 if form.errors else 200)


def square(text: str) -> tuple[int, str]:
    """A square code: how many modules wide, its quiet zone too, and its dark modules as the path of a drawing."""
    rows = list(segno.make(text, error="m").matrix_iter(border=QUIET))
    dark = ((x, y) for y, row in enumerate(rows) for x, one in enumerate(row) if one)
    return len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)


@proven
def remove_app(request: HttpRequest, here: Own) -> HttpResponse:
    """Forget the app, after a question."""
    if request.method != "POST":
        return frame.page(request, here, "ways_remove", {"what": _("your authenticator app"), "action": request.path})
    return removed(request, here, ways.remove_app(here.secret))


@proven
def codes(request: HttpRequest, here: Own) -> HttpResponse:
    """What recovery codes are for; then ten of them, shown once."""
    made = ways.new_codes(here.secret) if request.method == "POST" else ()
    if request.method == "POST" and not made:
        return shown(
            request, here, said=_("Add a passkey or an authenticator app first. Recovery codes stand beside it.")
        )
    given = {"made": made, "left": any(one.kind == "recovery codes" for one in kept(here))}
    return frame.page(request, here, "ways_codes", given)


@proven
def options(request: HttpRequest, here: Own) -> HttpResponse:
    """What a browser needs to make a passkey, as JSON."""
    if request.method != "POST":
        raise Http404
    made = passkeys.new_options(here.secret, site=site(request), name=_("Your account"))
    return HttpResponse(made, "application/json") if made else HttpResponse(status=403)


@proven
def add(request: HttpRequest, here: Own) -> HttpResponse:
    """Keep a passkey that the browser made."""
    if request.method != "POST":
        return HttpResponseRedirect(HERE)
    form = Name(request.POST)
    if form.is_valid():
        credential = request.POST.get("credential", "")
        said = passkeys.add(here.secret, credential, label=form.cleaned_data["label"], site=site(request))
        if said == "yes":
            return HttpResponseRedirect(HERE)
        form.add_error(None, not_added(said))
    return shown(request, here, form)


@proven
def one(request: HttpRequest, here: Own, number: UUID) -> HttpResponse:
    """Call a passkey otherwise."""
    found = next((way for way in kept(here) if way.id == number and way.kind == "passkey"), None)
    if found is None:
        raise Http404
    form = Rename(request.POST if request.method == "POST" else None, initial={"label": found.label})
    if form.is_valid():
        passkeys.rename(here.secret, number, form.cleaned_data["label"])
        return HttpResponseRedirect(HERE)
    return frame.page(request, here, "ways_passkey", {"form": form, "way": found}, status=400 if form.errors else 200)


@proven
def remove_one(request: HttpRequest, here: Own, number: UUID) -> HttpResponse:
    """Forget a passkey, after a question."""
    found = next((way for way in kept(here) if way.id == number and way.kind == "passkey"), None)
    if found is None:
        raise Http404
    if request.method != "POST":
        what = _("the passkey “%s”") % found.label
        return frame.page(request, here, "ways_remove", {"what": what, "action": request.path, "passkey": True})
    return removed(request, here, passkeys.remove(here.secret, number))


def kept(here: Own) -> tuple[ways.Way, ...]:
    """The ways of the account that asks."""
    return ways.mine(here.secret, account=here.who.account)


def removed(request: HttpRequest, here: Own, said: str) -> HttpResponse:
    """Back to the overview, with the reason where it could not be."""
    if said == "password":
        why = _("Choose a password of at least 15 characters first. Yours is too short to stand alone.")
        return shown(request, here, said=why)
    return HttpResponseRedirect(HERE)


def not_added(said: str) -> str:
    """Why a passkey was not kept."""
    if said == "known":
        return _("This passkey is on your list already.")
    if said == "many":
        return _("You have 20 passkeys. Remove one first.")
    return _("This passkey was not made for this page. Please try again.")
