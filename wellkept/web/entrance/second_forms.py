"""What the entrance asks for beside name and password. Codes are compared and dropped."""

from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wellkept.policy.asked import ONCE, Asks
from wellkept.web.entrance.forms import SignIn, Typed
from wellkept.web.shell.forms import PasswordField

OPENS: Final = _("It opens your own pages to you, and nothing else.")


class CodeField(forms.CharField):
    """A code as it was printed or shown; it holds at least one letter or digit."""

    def __init__(self, *, autocomplete: str, **named: object) -> None:
        widget = forms.TextInput({"autocomplete": autocomplete, "spellcheck": "false", "autocapitalize": "off"})
        super().__init__(max_length=40, widget=widget, **named)  # type: ignore[arg-type]

    def clean(self, value: object) -> str:
        """The code. Raises ``ValidationError`` for what holds no letter and no digit."""
        cleaned = str(super().clean(value))
        if cleaned and not any(one.isalnum() for one in cleaned):
            raise ValidationError(_("Please write the code as it stands there."))
        return cleaned


class Second(Typed):
    """The second way, after the password."""

    asks = Asks("second way", "2026-11", "registration", {"code": ONCE}, why=OPENS)

    code = CodeField(
        autocomplete="one-time-code",
        label=_("Code"),
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
    )


class AskMailed(Typed):
    """The name for which a code goes out."""

    asks = Asks(
        "mailed code", "2026-11", "registration", {"login": "accounts_mailedcode.login"},
        why=_("It finds the address you confirmed. We keep a fingerprint of the name for two days."),
    )  # fmt: skip

    login = forms.CharField(
        label=_("Sign-in name"), max_length=60, widget=forms.TextInput({"autocomplete": "username"})
    )


class Mailed(SignIn):
    """The code that came, and the password."""

    asks = Asks("mailed code and password", "2026-11", "registration", {"code": ONCE, "password": ONCE}, why=OPENS)

    login = None  # type: ignore[assignment]
    code = CodeField(
        autocomplete="one-time-code", label=_("Code from our e-mail"), help_text=_("Three groups of four.")
    )
    password = PasswordField(label=_("Password"), autocomplete="current-password")
    field_order = ("code", "password")


class Again(Typed):
    """Showing once more that it is you."""

    asks = Asks(
        "again", "2026-11", "registration", {"word": ONCE},
        why=_("It shows that it is still you, before something about your account changes."),
    )  # fmt: skip

    word = PasswordField(
        label=_("Your password"),
        autocomplete="current-password",
        help_text=_("Or six digits from your authenticator app."),
    )
