"""What the desk says about a request to register: whom to look for, who is meant, or why nobody is."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from wellkept.accounts.registrations import REASONS
from wellkept.policy.asked import ONCE, Asks
from wellkept.web.shell.forms import Form

IN_WORDS = {
    "not on our list": _("Nobody on our lists is meant"),
    "no address on file": _("We have no address to write to"),
    "has an administrator": _("Somebody of the organisation is in already, and can invite"),
    "not a real request": _("It is no real request"),
}


class Search(Form):
    """What finds an organisation on its list."""

    asks = Asks("list search", "2026-11", "registration", {"words": ONCE}, why=_("It finds who may be meant."))

    words = forms.CharField(
        label=_("Name or number"),
        max_length=200,
        help_text=_("A part of the name, an NPI, a group, producer or agreement number."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class Meant(Form):
    """Who of those found is meant."""

    asks = Asks("who is meant", "2026-11", "registration", {"meant": "accounts_registration.meant"})

    meant = forms.UUIDField(label=_("Who is meant?"), widget=forms.RadioSelect)

    def __init__(self, *given: Any, people: Sequence[tuple[UUID, str]] = (), **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """``people`` are those found, with the words that tell them apart."""
        super().__init__(*given, **named)
        self.fields["meant"].widget.choices = [(str(one), text) for one, text in people]


class Refuse(Form):
    """Why nobody is meant."""

    asks = Asks("end a request", "2026-11", "registration", {"reason": "ledger_entry.reason"})

    reason = forms.ChoiceField(
        label=_("Why?"), choices=[(one, IN_WORDS[one]) for one in REASONS], widget=forms.RadioSelect
    )
