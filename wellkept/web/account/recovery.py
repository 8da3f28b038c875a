"""The secret response for a forgotten password: made here, shown once, replaced when its holder wants (P-09)."""

from datetime import date
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access import queries as access
from wellkept.access.queries import Who
from wellkept.accounts import recovery
from wellkept.people.queries import identity
from wellkept.policy.asked import Asks
from wellkept.policy.words import Category, Purpose, Refused, Role
from wellkept.web.shell import doors, proving, serving
from wellkept.web.shell.forms import DateField, Form

HERE: Final = "/account/recovery/"
SHORTEST_ANSWER: Final = 6


class Secret(Form):
    """The holder's own reminder; with it, where the record does not say it, the birth date that is asked later."""

    asks = Asks(
        "secret response", "2026-11", "registration",
        {"prompt": "accounts_recovery.prompt", "birth_date": "accounts_recovery.birth_date"},
        why=gettext_lazy("It reminds you where your response lies, on the day you need it."),
    )  # fmt: skip

    prompt = forms.CharField(
        label=gettext_lazy("Where will you keep it?"),
        max_length=recovery.LONGEST_PROMPT,
        help_text=gettext_lazy("For example: with my passport. Never write the response itself here."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    birth_date = DateField(
        label=gettext_lazy("Your birth date"), help_text=gettext_lazy("You give it again when you use the response.")
    )


class Question(Form):
    """The form of 2008: a question of one's own, and its answer."""

    asks = Asks(
        "own question", "2026-11", "registration",
        {
            "prompt": "accounts_recovery.prompt",
            "response": "accounts_recovery.response",
            "birth_date": "accounts_recovery.birth_date",
        },
        why=gettext_lazy("The answer lets you choose a new password, together with our link and your birth date."),
    )  # fmt: skip

    prompt = forms.CharField(label=gettext_lazy("Your own question"), max_length=recovery.LONGEST_PROMPT)
    response = forms.CharField(
        label=gettext_lazy("Your answer"),
        min_length=SHORTEST_ANSWER,
        max_length=120,
        help_text=gettext_lazy("At least 6 characters that nobody who knows you would guess."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    birth_date = DateField(label=gettext_lazy("Your birth date"))


def secret(request: HttpRequest) -> HttpResponse:
    """How the response stands, and the form that makes one. The new one is on this answer alone."""
    digest, who = somebody(request)
    pack = serving.pack()
    way = recovery.way(pack)
    frame = doors.framed(request, who)
    if way == "code":
        return render(request, "account/recovery_code.html", dict(frame))
    if not proving.recently(request):
        return proving.ask(request)
    born = birth_date(digest, who)
    form = made_form(request, way, known=born is not None)
    given = {**frame, "form": form, "standing": recovery.standing(digest), "question": way == "question"}
    if not form.is_valid():
        return render(request, "account/recovery.html", given, status=400 if form.errors else 200)
    told = form.cleaned_data
    response = told["response"] if way == "question" else recovery.new_response()
    kept = recovery.keep(
        digest, holder=who.holder, words=told["prompt"], response=response, born=born or told["birth_date"],
        issued=way == "secret",
    )  # fmt: skip
    if not kept:
        return proving.ask(request)
    shown = "" if way == "question" else response
    return render(request, "account/recovery_made.html", {**frame, "response": shown, "prompt": told["prompt"]})


def made_form(request: HttpRequest, way: str, *, known: bool) -> Form:
    """The form of this operator's way; without the birth date where the record says it."""
    form: Form = (Question if way == "question" else Secret)(request.POST if request.method == "POST" else None)
    if known:
        del form.fields["birth_date"]
    return form


def birth_date(digest: bytes, who: Who) -> date | None:
    """The birth date on a member's own record, which is opened for it; None where it says none, and for others."""
    if who.role != Role.MEMBER:
        return None
    with access.enter(digest, purpose=Purpose.PATIENT_REQUEST, categories=[Category.IDENTITY]) as key:
        found = identity(key)
    return found.birth_date if found else None


def somebody(request: HttpRequest) -> tuple[bytes, Who]:
    """The hash of the session's secret, and whose it is. Raises ``Refused`` where nobody is signed in."""
    digest: bytes | None = getattr(request, "session_secret_hash", None)
    who = access.who(digest) if digest else None
    if digest is None or who is None:
        raise Refused(_("You are signed out. Please sign in again."), reason="no session")
    return digest, who
