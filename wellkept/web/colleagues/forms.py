"""What an invitation asks: the name of one person, and the birth date that its code is bound to."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wellkept.policy.asked import Asks
from wellkept.web.shell import serving
from wellkept.web.shell.forms import DateField, Form

CHILD: Final = 13


def one_name(typed: str) -> str:
    """The name on one line; raises ``ValidationError`` for what holds no letters."""
    name = " ".join(typed.split())
    if sum(map(str.isalpha, name)) < 2:
        raise ValidationError(_("Please write “Their name” in letters."))
    return name


class Rename(Form):
    """Another name of somebody who comes in already."""

    asks = Asks(
        "name of a colleague", "2026-11", "colleagues", {"name": "accounts_account.actor"},
        why=_("Their name stands on what they do here."),
    )  # fmt: skip

    name = forms.CharField(
        label=_("Their name"), min_length=2, max_length=120, widget=forms.TextInput({"autocomplete": "off"})
    )

    def clean_name(self) -> str:
        """One name: refuses what holds no letter."""
        return one_name(str(self.cleaned_data["name"]))


class Invite(Form):
    """One person who is to come in."""

    asks = Asks(
        "colleague", "2026-11", "colleagues",
        {"name": "accounts_invitation.name", "birth_date": "accounts_invitation.birth_date"},
        why=_("It makes one code for one person, and their name stands on what they do here."),
    )  # fmt: skip

    name = forms.CharField(
        label=_("Their name"),
        min_length=2,
        max_length=120,
        help_text=_("First and last name, as they are known where they work."),
        error_messages={
            "min_length": _("Please write “Their name” in full."),
            "max_length": _("Please write “Their name” in fewer characters."),
        },
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    birth_date = DateField(
        label=_("Their birth date"),
        help_text=_("Their code works only together with it. We keep a fingerprint of it, and not the day."),
    )

    def clean_name(self) -> str:
        """One name: refuses what holds no letter."""
        return one_name(str(self.cleaned_data["name"]))

    def clean_birth_date(self) -> date:
        """Nobody under 13 has an account here (16 CFR 312.2, U-14)."""
        born: date = self.cleaned_data["birth_date"]
        today = serving.today(serving.pack())
        if today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < CHILD:
            raise ValidationError(_("Nobody under 13 can have an account here."))
        return born

    def say(self, answer: str) -> None:
        """Tell on the form why there is no code."""
        said: dict[str, Any] = {
            "known": _("This person can come in already, or an invitation for them waits."),
            "full": _("Twenty invitations wait. Take one back, or wait until one is used."),
            "prove": _("Some time has passed. Show us once more that it is you, then fill this in again."),
        }
        self.add_error(None, said[answer])
