"""What an access administrator is asked: whom to invite, and which role somebody gets."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wellkept.accounts.staffing import LONGEST_NAME, ROLES
from wellkept.policy.asked import Asks
from wellkept.web.shell.forms import Form
from wellkept.web.staff import words

SHORTEST_NAME: Final = 4


def choices() -> list[tuple[str, str]]:
    """Every role of people who work here, each with what it opens."""
    return [(one.value, f"{words.ROLES[one]}. {words.OPENS[one]}") for one in ROLES]


class Invite(Form):
    """Somebody who is to work here."""

    asks = Asks(
        "invite to work here", "2026-11", "staff",
        {
            "actor": "accounts_staffchange.actor",
            "role": "accounts_staffchange.role",
            "login": "accounts_staffchange.login",
        },
        why=_("It lets a second person decide, and binds the code to one person."),
    )  # fmt: skip

    actor = forms.CharField(
        label=_("Name that members read"),
        max_length=LONGEST_NAME,
        help_text=_("Such as “Dana R.”. It stands on every record this person opens."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=choices, widget=forms.RadioSelect)
    login = forms.CharField(
        label=_("Sign-in name"),
        min_length=SHORTEST_NAME,
        max_length=60,
        help_text=_("Tell it to this person yourself. The code works only together with it, and we show it to nobody."),
        error_messages={"min_length": _("Use at least 4 characters for the sign-in name.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean_actor(self) -> str:
        """One line of letters."""
        actor = " ".join(str(self.cleaned_data["actor"]).split())
        if not any(map(str.isalpha, actor)):
            raise ValidationError(_("Please write the name in letters."))
        return actor


class Other(Form):
    """Another role for somebody."""

    asks = Asks(
        "role", "2026-11", "staff", {"role": "accounts_staffchange.role"},
        why=_("It lets a second person decide which role this person gets."),
    )  # fmt: skip

    role = forms.ChoiceField(label=_("New role"), choices=choices, widget=forms.RadioSelect)

    def __init__(self, *given: Any, now: str = "", **named: Any) -> None:  # noqa: ANN401 (passed on as it came)
        super().__init__(*given, **named)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [one for one in choices() if one[0] != now]
