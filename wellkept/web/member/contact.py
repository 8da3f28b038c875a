"""Where you reach me: the address a file told, and the one I give in confidence (R-05, 45 CFR 164.522(b))."""

import re
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access import queries as access
from wellkept.accounts.letter import postal
from wellkept.notices import post
from wellkept.people import confidential, social
from wellkept.people.confidential import Channel, Wish
from wellkept.people.queries import reach
from wellkept.policy import packs
from wellkept.policy.asked import Asks
from wellkept.policy.words import Category, Key
from wellkept.web.member.door import opened, page, secret
from wellkept.web.member.posting import elsewhere
from wellkept.web.shell import proving, serving
from wellkept.web.shell.forms import Form
from wellkept.web.shell.naming import phone

HERE: Final = "/member/contact/"
LONGEST: Final = 60
ADDRESS: Final = ("line1", "city", "state", "zip")
ZIP: Final = re.compile(r"\d{5}(-\d{4})?")
STATE: Final = re.compile(r"[A-Za-z]{2}")


class Confidence(Form):
    """Where we should send what we send. The address is asked for only where paper may go."""

    asks = Asks(
        "confidence", "2026-11", "contact",
        {
            "channel": "people_confidential.channel",
            **dict.fromkeys(("line1", "line2", "city", "state", "zip"), "people_confidential.address"),
        },
    )  # fmt: skip

    channel = forms.ChoiceField(
        label=gettext_lazy("How should we reach you?"),
        widget=forms.RadioSelect,
        choices=[
            (Channel.LETTER, gettext_lazy("By letter, to another address")),
            (Channel.PORTAL, gettext_lazy("Only here, after I sign in: nothing on paper")),
        ],
    )
    line1 = forms.CharField(label=gettext_lazy("Street or PO box"), max_length=LONGEST)
    line2 = forms.CharField(label=gettext_lazy("Apartment, or in care of"), max_length=LONGEST, required=False)
    city = forms.CharField(label=gettext_lazy("City"), max_length=LONGEST)
    state = forms.CharField(label=gettext_lazy("State"), help_text=gettext_lazy("Two letters, such as WI."))
    zip = forms.CharField(label=gettext_lazy("ZIP code"))

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        if self.data.get("channel") == Channel.PORTAL:
            for name in ADDRESS:
                self.fields[name].required = False

    def clean(self) -> dict[str, str]:
        """One line a box; a state and a ZIP code that an envelope can bear, where a letter is to go there."""
        given = {name: " ".join(str(value).split()) for name, value in self.cleaned_data.items()}
        if given.get("channel") == Channel.LETTER:
            if given.get("state") and not STATE.fullmatch(given["state"]):
                self.add_error("state", _("Please write the state as two letters, such as WI."))
            if given.get("zip") and not ZIP.fullmatch(given["zip"]):
                self.add_error("zip", _("Please write the ZIP code as five figures, such as 54403, or as 54403-1234."))
        return given

    @property
    def address(self) -> tuple[str, ...]:
        """The lines of the address: street, perhaps a second line, city, state, ZIP code."""
        given = self.cleaned_data
        parts = (given["line1"], given["line2"], given["city"], given["state"].upper(), given["zip"].replace("-", ""))
        return tuple(part for part in parts if part)


def contact(request: HttpRequest) -> HttpResponse:
    """What is on file, and the form that gives or changes the confidential address, to which access codes go too.

    Whoever changes it shows first that it is them.
    """
    form = Confidence(request.POST or None)
    valid = request.method == "POST" and form.is_valid()
    pack = serving.pack()
    mine = elsewhere(request)
    with opened(request, Category.CONTACT, Category.SOCIAL) as (key, _who):
        if valid and not proving.recently(request):
            return proving.ask(request)
        if valid:
            confidential.give(
                key, channel=Channel(form.cleaned_data["channel"]), address=form.address, now=timezone.now(),
                collected_under=packs.now_in_force(pack).version,
            )  # fmt: skip
            access.changed(key, Category.CONTACT)
        told, wish = reach(key), confidential.wish(key)
        back, digits = doubted(key, elsewhere=mine), social.last_four(key)
    if valid:
        return HttpResponseRedirect(HERE)
    given = {
        "told": told, "told_address": postal(told.address) if told else (), "wish": wish,
        "told_phone": phone(told.phone) if told else "",
        "back": back, "digits": digits, "wish_address": postal(wish.address) if wish else (),
        "on_paper": bool(wish and wish.channel is Channel.LETTER),
        "form": form if form.is_bound else Confidence(initial=standing(wish)),
    }  # fmt: skip
    return page(request, "contact", given, status=400 if form.errors else 200)


def standing(wish: Wish | None) -> dict[str, str]:
    """The boxes filled with what stands."""
    if wish is None:
        return {}
    *street, city, state, code = wish.address if len(wish.address) >= 4 else ("", "", "", "")
    lines = dict(zip(("line1", "line2"), street, strict=False))
    return {"channel": wish.channel.value, "city": city, "state": state, "zip": code, **lines}


def doubted(key: Key, *, elsewhere: Wish | None) -> list[str]:
    """The address from which a letter came back and where letters would go now; empty where there is none."""
    mailing = confidential.mailing(key, elsewhere=elsewhere)
    lines = postal(mailing.address) if mailing.paper else []
    return lines if lines and post.came_back_from(key, confidential.hashed(lines)) else []


def asked(request: HttpRequest) -> list[str]:
    """The address to ask the reader about, since a letter to it came back; empty where there is none.

    Nothing is opened while no letter came back.
    """
    if not post.came_back(secret(request)):
        return []
    mine = elsewhere(request)
    with opened(request, Category.CONTACT) as (key, _who):
        return doubted(key, elsewhere=mine)


def right(request: HttpRequest) -> HttpResponse:
    """The reader says that the address is right: letters go there again."""
    secret(request)
    if request.method == "POST":
        with opened(request, Category.CONTACT) as (key, _who):
            post.address_stands(key)
            access.changed(key, Category.CONTACT)
    return HttpResponseRedirect(HERE)


def end(request: HttpRequest) -> HttpResponse:
    """End it: from now on we write where the plan's file says. Where nothing stands, nothing changes."""
    secret(request)
    if request.method == "POST":
        with opened(request, Category.CONTACT) as (key, _who):
            if not proving.recently(request):
                return proving.ask(request, "member-contact")
            if confidential.end(key, now=timezone.now()):
                access.changed(key, Category.CONTACT)
    return HttpResponseRedirect(HERE)
