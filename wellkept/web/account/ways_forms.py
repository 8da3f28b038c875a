"""What the pages of one's ways to sign in ask for."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from wellkept.accounts.passkeys import LONGEST_LABEL
from wellkept.policy.asked import ONCE, Asks
from wellkept.web.shell.forms import Form

WHY: Final = _("It lets you sign in, and nobody else.")


class Name(Form):
    """What its owner calls a passkey."""

    asks = Asks(
        "passkey", "2026-11", "registration", {"label": "accounts_passkey.label"}, why=WHY, beside=("credential",)
    )  # fmt: skip

    label = forms.CharField(
        label=_("What do you call it?"),
        max_length=LONGEST_LABEL,
        help_text=_("For example “My phone”. You alone see it."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class Rename(Form):
    """Another name for it."""

    asks = Asks("name of a passkey", "2026-11", "registration", {"label": "accounts_passkey.label"}, why=WHY)

    label = forms.CharField(
        label=_("What do you call it?"), max_length=LONGEST_LABEL, widget=forms.TextInput({"autocomplete": "off"})
    )


class FirstCode(Form):
    """The first code of an authenticator app."""

    asks = Asks("authenticator", "2026-11", "registration", {"code": ONCE}, why=WHY)

    code = forms.CharField(
        label=_("Code that the app shows"),
        max_length=20,
        help_text=_("Six digits. They change twice a minute."),
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
