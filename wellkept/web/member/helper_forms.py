"""What is asked of whoever names a helper, and of whoever takes it on."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.policy.asked import Asks
from wellkept.policy.words import Category
from wellkept.web.member.contact import STATE, ZIP
from wellkept.web.shell import serving
from wellkept.web.shell.forms import DateField, Form

LONGEST: Final = timedelta(days=365)
OPENS: Final = [
    (Category.COVERAGE, gettext_lazy("My coverage and ID card")),
    (Category.CLAIMS, gettext_lazy("My claims, without sensitive care")),
    (
        Category.SENSITIVE_CLAIMS,
        gettext_lazy("My sensitive claims: mental health, substance use, pregnancy, infections"),
    ),
]
ADDRESS: Final = ("line1", "line2", "city", "state", "zip")
LINE: Final = 60
WAYS: Final = [
    ("hand", gettext_lazy("I hand it over myself")),
    ("post", gettext_lazy("Post it to my helper in a letter")),
]
BORN: Final = gettext_lazy("Date of birth of your helper")


class Helper(Form):
    """Who helps, with what, from when until when."""

    asks = Asks(
        "helper", "2026-11-22", "sharing",
        {
            "name": "consent_appointment.name",
            "birth_date": "accounts_accesscode.birth_date",
            "opens": "consent_appointment.opens",
            "since": "consent_appointment.since",
            "until": "consent_appointment.expires",
            **dict.fromkeys(("way", *ADDRESS), "notices_letter.body"),
        },
        why=gettext_lazy("The code works for this one person, with their birth date, and opens only what you choose."),
    )  # fmt: skip

    name = forms.CharField(
        label=gettext_lazy("Name of your helper"), min_length=2, max_length=80,
        help_text=gettext_lazy("You read this name each time they look."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    birth_date = DateField(
        label=BORN, help_text=gettext_lazy("They type it with the code. Nobody can read it here afterwards.")
    )
    opens = forms.MultipleChoiceField(
        label=gettext_lazy("What may they see?"), widget=forms.CheckboxSelectMultiple, choices=OPENS
    )
    since = DateField(
        label=gettext_lazy("From which day?"), required=False, past=False,
        help_text=gettext_lazy("Leave it empty to begin today."),
    )  # fmt: skip
    until = DateField(
        label=gettext_lazy("Until which day?"), past=False,
        help_text=gettext_lazy("That day is the last one. It can be a year away at most."),
    )  # fmt: skip

    way = forms.ChoiceField(
        label=gettext_lazy("How does your helper get the code?"), choices=WAYS, widget=forms.RadioSelect,
        initial="hand",
    )  # fmt: skip
    line1 = forms.CharField(
        label=gettext_lazy("Your helper's street or PO box"), max_length=LINE, required=False,
        help_text=gettext_lazy("Only where we post it. We forget the address when the letter is printed."),
    )  # fmt: skip
    line2 = forms.CharField(label=gettext_lazy("Apartment, or in care of"), max_length=LINE, required=False)
    city = forms.CharField(label=gettext_lazy("City"), max_length=LINE, required=False)
    state = forms.CharField(
        label=gettext_lazy("State"), required=False, help_text=gettext_lazy("Two letters, such as WI.")
    )
    zip = forms.CharField(label=gettext_lazy("ZIP code"), required=False)

    @property
    def address(self) -> tuple[str, ...]:
        """The lines under the name on the envelope; none where the person hands the code over."""
        given = {name: " ".join(str(self.cleaned_data.get(name, "")).split()) for name in ADDRESS}
        if self.cleaned_data.get("way") != "post":
            return ()
        street = (given["line1"], given["line2"])
        return (*(line for line in street if line), f"{given['city']}, {given['state'].upper()} {given['zip']}")

    def _posted(self, given: dict[str, Any]) -> None:
        """Where it is posted, an envelope can bear the address."""
        for name in ("line1", "city"):
            if not given.get(name):
                self.add_error(name, _("Please fill this in, so that the letter arrives."))
        if not STATE.fullmatch(given.get("state") or ""):
            self.add_error("state", _("Please write the state as two letters, such as WI."))
        if not ZIP.fullmatch(given.get("zip") or ""):
            self.add_error("zip", _("Please write the ZIP code as five figures, such as 54403, or as 54403-1234."))

    def clean(self) -> dict[str, Any]:
        """Both days from today on, the first not after the last, the last a year away at most."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("way") == "post":
            self._posted(given)
        today = serving.today(serving.pack())
        since: date = given.get("since") or today
        until: date | None = given.get("until")
        if not today <= since <= today + LONGEST:
            self.add_error("since", _("Please choose a day from today on, and not more than a year away."))
        elif until and not since <= until <= today + LONGEST:
            self.add_error("until", _("Please choose a day from the first one on, and not more than a year away."))
        return given


class TakeOn(Form):
    """The code somebody was handed, and their own birth date."""

    asks = Asks(
        "helping", "2026-11", "sharing",
        {"code": "accounts_accesscode.code_hash", "birth_date": "accounts_accesscode.birth_date"},
        why=gettext_lazy("It shows that the code was meant for you."),
    )  # fmt: skip

    code = forms.CharField(
        label=gettext_lazy("The code you were given"), max_length=40,
        help_text=gettext_lazy("Twelve letters and digits, such as 7KQ2-M0XD-9RTA."),
        widget=forms.TextInput({"autocomplete": "one-time-code"}),
    )  # fmt: skip
    birth_date = DateField(label=gettext_lazy("Your date of birth"))
