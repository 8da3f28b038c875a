"""What the entrance asks for, and why. Each form says which service it is for (P-12); nothing else is read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wellkept.accounts import passwords
from wellkept.web.shell.forms import DateField, Form


class BirthDate(Form):
    """The first question, alone and neutral (U-14)."""

    birth_date = DateField(
        label=_("Your birth date"), help_text=_("For example 4 28 1986. We ask it first, of everybody.")
    )


class Who(Form):
    """What finds a person on the roster."""

    birth_date = DateField(
        label=_("Your birth date"), help_text=_("As on the first page. We compare it with your plan's list.")
    )
    first_name = forms.CharField(label=_("First name"), max_length=80, help_text=_("As your plan writes it."))
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    member_number = forms.CharField(label=_("Member number"), max_length=40, help_text=_("It is on your ID card."))
    group_number = forms.CharField(label=_("Group number"), max_length=40, help_text=_("It is on your ID card, too."))

    def clean(self) -> dict[str, Any]:
        """Refuse numbers and names that hold no letter and no digit."""
        cleaned = super().clean() or {}
        for name in ("first_name", "member_number", "group_number"):
            if name in cleaned and not any(one.isalnum() for one in cleaned[name]):
                self.add_error(name, _("Please write it as it is on your ID card."))
        return cleaned


class Code(Form):
    """What the letter brought, and how this person will sign in from now on."""

    code = forms.CharField(
        label=_("Access code"), max_length=40, help_text=_("From our letter. It works once, for you alone.")
    )
    birth_date = DateField(label=_("Your birth date"), help_text=_("The code works only together with it."))
    login = forms.CharField(
        label=_("Choose a sign-in name"),
        min_length=4,
        max_length=60,
        help_text=_("At least 4 characters. It need not be your name."),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        max_length=passwords.LONGEST,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least 15 characters. Four or five words in a row are good. You may paste it."),
    )

    def clean_password(self) -> str:
        """A password that lasts."""
        password: str = self.cleaned_data["password"]
        passwords.check(password, known=(self.cleaned_data.get("login", ""),))
        return password


class SignIn(Form):
    """Name and password."""

    login = forms.CharField(
        label=_("Sign-in name"), max_length=60, widget=forms.TextInput({"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=passwords.LONGEST,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class Agree(Form):
    """Agreement to one document."""

    agree = forms.BooleanField(label=_("I have read this and agree"))
