"""What an invitation to work here asks for."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wellkept.accounts import passwords
from wellkept.policy.asked import ONCE, Asks
from wellkept.web.entrance.forms import Typed
from wellkept.web.shell import serving
from wellkept.web.shell.forms import PasswordField

CODE: Final = _("It works once. Somebody here gave it to you.")


class InvitedSignOn(Typed):
    """A code and the sign-in name it is bound to, of somebody who signs in by the operator's own sign-on."""

    asks = Asks(
        "invitation by sign-on", "2026-11", "staff",
        {"code": "accounts_openidway.code_hash", "login": "accounts_account.login"},
        why=_("It ties your sign-on to the account you were invited to, and gives it to nobody else."),
    )  # fmt: skip

    code = forms.CharField(
        label=_("Invitation code"),
        max_length=40,
        help_text=CODE,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    login = forms.CharField(
        label=_("Your sign-in name"),
        max_length=60,
        help_text=_("As it was told to you. The code works only together with it."),
        widget=forms.TextInput({"autocomplete": "username"}),
    )


class Invited(InvitedSignOn):
    """Somebody who signs in with a password from now on."""

    asks = Asks(
        "invitation to work here", "2026-11", "staff",
        {"code": ONCE, "login": "accounts_account.login", "password": "accounts_account.password"},
        why=_("It makes your account. Your name and password stay only as fingerprints that nobody can read back."),
    )  # fmt: skip

    password = PasswordField(
        label=_("Choose a password"),
        autocomplete="new-password",
        help_text=_("At least 15 characters. Four or five words in a row are good. You may paste it."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a password that somebody would guess who knows the sign-in name and this house."""
        cleaned = super().clean() or {}
        if "password" in cleaned:
            known = (cleaned.get("login", ""), *passwords.words_of(serving.pack()))
            try:
                passwords.check(cleaned["password"], known=tuple(one for one in known if one))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
