"""What the entrance asks for. Every form serves one of the three reasons of P-12: to provide what was asked for."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wellkept.accounts import passwords
from wellkept.policy.asked import ONCE, Asks
from wellkept.web.shell import serving
from wellkept.web.shell.forms import DateField, Form, PasswordField

# The three boxes as browsers know them (WCAG 2.2, 1.3.5; HTML, autofill).
BOXES: Final = ("bday-month", "bday-day", "bday-year")
SHORTEST_NAME: Final = 4


class BornField(DateField):
    """One's own birth date."""

    def __init__(self, **named: Any) -> None:  # noqa: ANN401 (passed on as it came)
        super().__init__(**named)
        for box, purpose in zip(self.widget.widgets, BOXES, strict=True):
            box.attrs["autocomplete"] = purpose


class Typed(Form):
    """A form whose lines of text say by name when they are too long."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 (passed on as it came)
        super().__init__(*given, **named)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.error_messages["max_length"] = _("Please write “%s” in fewer characters.") % field.label


class BirthDate(Form):
    """The first question, alone and neutral (U-14)."""

    asks = Asks(
        "birth date", "2026-11", "registration", {"birth_date": ONCE},
        why=_("It tells us whether you are old enough to register. We compare it and drop it."),
    )  # fmt: skip

    birth_date = BornField(
        label=_("Your birth date"), help_text=_("For example 4 28 1986. We ask it first, of everybody.")
    )


class Code(Typed):
    """What the letter brought, and how this person will sign in from now on."""

    asks = Asks(
        "access code", "2026-11", "registration",
        {"code": ONCE, "birth_date": ONCE, "login": "accounts_account.login", "password": "accounts_account.password"},
        why=_("It makes your account. Your name and password stay only as fingerprints that nobody can read back."),
    )  # fmt: skip

    code = forms.CharField(
        label=_("Access code"),
        max_length=40,
        help_text=_("From our letter. It works once, for you alone."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    birth_date = BornField(label=_("Your birth date"), help_text=_("The code works only together with it."))
    login = forms.CharField(
        label=_("Choose a sign-in name"),
        min_length=SHORTEST_NAME,
        max_length=60,
        error_messages={"min_length": _("Use at least 4 characters for your sign-in name.")},
        help_text=_("At least 4 characters. It need not be your name."),
        widget=forms.TextInput({"autocomplete": "username"}),
    )
    password = PasswordField(
        label=_("Choose a password"),
        autocomplete="new-password",
        help_text=_("At least 15 characters. Four or five words in a row are good. You may paste it."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a password that somebody would guess who knows the sign-in name, the birth date and this house."""
        cleaned = super().clean() or {}
        if "password" in cleaned:
            born = cleaned.get("birth_date")
            own = (cleaned.get("login", ""), f"{born:%m%d%Y}" if born else "", f"{born:%Y%m%d}" if born else "")
            known = tuple(one for one in (*own, *passwords.words_of(serving.pack())) if one)
            try:
                passwords.check(cleaned["password"], known=known)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class SignIn(Typed):
    """Name and password."""

    asks = Asks(
        "sign-in", "2026-11", "registration", {"login": ONCE, "password": ONCE},
        why=_("It opens your own pages to you, and nothing else."),
    )  # fmt: skip

    login = forms.CharField(
        label=_("Sign-in name"), max_length=60, widget=forms.TextInput({"autocomplete": "username"})
    )
    password = PasswordField(label=_("Password"), autocomplete="current-password")

    def clean_password(self) -> str:
        """Refuse, of whatever name, what is no password here: it is never cut to fit."""
        password: str = self.cleaned_data["password"]
        if passwords.is_too_long(password):
            raise ValidationError(_("A password here has at most 200 characters."))
        return password


class Agree(Form):
    """Agreement to one document."""

    asks = Asks(
        "agreement", "2026-11", "registration", {"agree": "consent_acknowledgement.document"},
        why=_("It shows that you read the text before anything opened."),
    )  # fmt: skip

    agree = forms.BooleanField(label=_("I have read this and agree"))
