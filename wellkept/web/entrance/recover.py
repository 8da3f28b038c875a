"""A forgotten password: the name, a link by mail, then the secret response, the birth date and a new password (P-09).

Everybody gets the same answer to a name. What is typed is kept nowhere, and no page shows a response or a password.
"""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.accounts import passwords, recovery
from wellkept.exchange.mail import sending
from wellkept.policy.asked import ONCE, Asks
from wellkept.web.entrance.arrivals import arrived
from wellkept.web.entrance.forms import BornField, Typed
from wellkept.web.entrance.throttle import Throttle, too_many
from wellkept.web.shell import serving
from wellkept.web.shell.forms import PasswordField
from wellkept.web.shell.public import public

WHY: Final = "Whoever forgot the password cannot sign in."
ASKED: Final = Throttle(limit=100)
TRIED: Final = Throttle(limit=100)


class Forgotten(Typed):
    """Whose password it is."""

    asks = Asks(
        "forgotten password", "2026-11", "registration", {"login": "accounts_recoveryasked.login"},
        why=gettext_lazy("It tells us where to send a link. We keep a fingerprint of it for some minutes."),
    )  # fmt: skip

    login = forms.CharField(
        label=gettext_lazy("Sign-in name"), max_length=60, widget=forms.TextInput({"autocomplete": "username"})
    )


class NewPassword(Typed):
    """What together identifies somebody who followed the link, and what they want to sign in with from now on."""

    asks = Asks(
        "new password", "2026-11", "registration",
        {"response": ONCE, "birth_date": ONCE, "password": "accounts_account.password"},
        why=gettext_lazy("The three together tell us that it is you. We compare them and keep none."),
    )  # fmt: skip

    response = forms.CharField(
        label=gettext_lazy("Your secret response"),
        max_length=120,
        help_text=gettext_lazy("We showed it to you once, when you made it."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    birth_date = BornField(label=gettext_lazy("Your birth date"))
    password = PasswordField(
        label=gettext_lazy("Choose a new password"),
        autocomplete="new-password",
        help_text=gettext_lazy("At least 15 characters. Four or five words in a row are good. You may paste it."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a password that somebody would guess who knows the birth date and this house."""
        cleaned = super().clean() or {}
        if "password" in cleaned:
            born = cleaned.get("birth_date")
            own = (f"{born:%m%d%Y}", f"{born:%Y%m%d}") if born else ()
            try:
                passwords.check(cleaned["password"], known=(*own, *passwords.words_of(serving.pack())))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


@public(WHY)
def forgotten(request: HttpRequest) -> HttpResponse:
    """How somebody gets back in here; where a link is mailed, the name, and the one answer to every name."""
    arrived(request)
    if recovery.way(serving.pack()) == "code":
        return render(request, "entrance/forgotten_code.html")
    form = Forgotten(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not ASKED.allows(request):
            return too_many(request, "entrance/forgotten.html", form)
        recovery.forgotten(login=form.cleaned_data["login"])
        return render(request, "entrance/forgotten_asked.html")
    given = {"form": form, "sends": sending.configured()}
    return render(request, "entrance/forgotten.html", given, status=400 if form.errors else 200)


@public(WHY)
def link(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked of whoever followed a link; with all three right the new password, and nobody is signed in."""
    arrived(request)
    way = recovery.way(serving.pack())
    prompt = recovery.prompt(token) if way != "code" else None
    if prompt is None:
        return render(request, "entrance/forgotten_over.html", status=410)
    form = NewPassword(request.POST if request.method == "POST" else None)
    if way == "question":
        form.fields["response"].label = _("Your answer")
        form.fields["response"].help_text = _("The answer to your own question. Capitals do not matter.")
    page = "entrance/forgotten_link.html"
    given = {"form": form, "prompt": prompt, "question": way == "question"}
    if not form.is_valid():
        return render(request, page, given, status=400 if form.errors else 200)
    if not TRIED.allows(request):
        return too_many(request, page, form)
    told = form.cleaned_data
    if recovery.recover(
        token=token, response=told["response"], born=told["birth_date"], password=told["password"],
        issued=way == "secret",
    ):  # fmt: skip
        return render(request, "entrance/recovered.html")
    form.add_error(None, _("These do not belong together, or the link is used up. Check them and try again."))
    form.add_error(None, _("A link takes five tries. Then ask for a new one, or call us."))
    return render(request, page, given, status=400)
