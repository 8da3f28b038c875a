"""What the privacy officer says to have one decision explained."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access.plain import plain
from wellkept.policy.asked import ONCE, Asks
from wellkept.policy.words import Category, Purpose
from wellkept.web.shell.forms import DateField, Form

LARGEST = 2**63 - 1


class WhyOne(Form):
    """An entry, or an account and a person; for what, and what of the record."""

    asks = Asks(
        "why one", "2026-11-22", "privacy",
        dict.fromkeys(("entry", "login", "number", "birth_date", "purpose", "category"), ONCE),
        why=gettext_lazy("It finds the account and the person. The person reads that somebody asked."),
    )  # fmt: skip

    entry = forms.IntegerField(
        label=gettext_lazy("Number of an entry"),
        required=False,
        min_value=1,
        max_value=LARGEST,
        help_text=gettext_lazy("It stands on the receipt of an opening. It says who and whose by itself."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    login = forms.CharField(
        label=gettext_lazy("Sign-in name of the account"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Instead of the one in the entry."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    number = forms.CharField(
        label=gettext_lazy("Member number of the person"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Instead of the one in the entry. With the birth date."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    birth_date = DateField(label=gettext_lazy("Birth date of the person"), required=False)
    purpose = forms.ChoiceField(
        label=gettext_lazy("For"), choices=lambda: [(one.value, f"{plain(one.name)} ({one.value})") for one in Purpose]
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Opens"), choices=lambda: [(one.value, plain(one)) for one in Category]
    )

    def clean(self) -> dict[str, Any]:
        """Without an entry both the account and the person are needed; a member number goes with a birth date."""
        told = super().clean() or {}
        if not told.get("entry") and "entry" not in self.errors:
            for name in ("login", "number"):
                if not told.get(name):
                    label = self.fields[name].label
                    self.add_error(name, _("Please fill in “%s”, or the number of an entry.") % label)
        if told.get("number"):
            if not any(one.isalnum() for one in told["number"]):
                self.add_error("number", _("Please write the number as it is on the ID card."))
            if not told.get("birth_date") and "birth_date" not in self.errors:
                self.add_error("birth_date", _("Please fill in the birth date that goes with the number."))
        return told
