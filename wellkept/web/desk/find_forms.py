"""What finds a caller: a card, a name, or the number of a case. Nothing that is typed is kept."""

from collections.abc import Mapping
from typing import Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wellkept.policy.asked import ONCE, Asks
from wellkept.web.desk.forms import Find
from wellkept.web.shell.forms import DateField, Form

WHY: Final = _("It finds the caller, who reads that their name came up.")
PLAIN: Final = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class FindByName(Form):
    """A caller without the card."""

    asks = Asks("caller by name", "2026-11", "desk", {"first": ONCE, "last": ONCE, "birth_date": ONCE}, why=WHY)

    first = forms.CharField(label=_("First name"), max_length=60, widget=forms.TextInput({"autocomplete": "off"}))
    last = forms.CharField(
        label=_("Last name"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("As it sounds is enough. A name spelled another way is found too."),
    )
    birth_date = DateField(label=_("Birth date"), help_text=_("As the caller says it, for example 4 28 1986."))


class FindByCase(Form):
    """A caller who quotes the number of something they sent."""

    asks = Asks("caller by case", "2026-11", "desk", {"case": ONCE}, why=WHY)

    case = forms.RegexField(
        "^[0-9A-Za-z]{4}[- ]?[0-9A-Za-z]{4}$",
        label=_("Number of the case"),
        help_text=_("Eight letters and figures, such as 7KQ2-MWXD."),
        error_messages={"invalid": _("Please write eight letters and figures, such as 7KQ2-MWXD.")},
        widget=forms.TextInput(PLAIN),
    )

    def clean_case(self) -> str:
        """The number as it was given to the caller."""
        typed = self.cleaned_data["case"].upper().replace("-", "").replace(" ", "")
        return f"{typed[:4]}-{typed[4:]}"


WAYS: Final[Mapping[str, tuple[Promise, type[Form]]]] = {
    "card": (_("Member number"), Find),
    "name": (_("Name"), FindByName),
    "case": (_("Number of a case"), FindByCase),
}
"""Each way to find a caller, in the words of its link, with its form."""
