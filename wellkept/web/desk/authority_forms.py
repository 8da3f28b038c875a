"""What is asked about whoever stands for a person by a paper."""

from datetime import date, timedelta
from typing import Final

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from wellkept.consent.representatives import KINDS, PAPERS, REASONS
from wellkept.policy.asked import Asks
from wellkept.policy.words import Category
from wellkept.web.shell import serving
from wellkept.web.shell.forms import DateField, Form

LONGEST: Final = timedelta(days=5 * 365)
KIND: Final = {
    "guardian": _("Guardian"),
    "power_of_attorney": _("Holds a power of attorney"),
    "court_order": _("Named by another order of a court"),
    "executor": _("Executor of the estate"),
}
PAPER: Final = {
    "court": _("Order of a court"),
    "power_of_attorney": _("Power of attorney"),
    "letters": _("Letters of a probate court"),
    "other": _("Another paper"),
}
REASON: Final = {
    "revoked": _("The person took it back"),
    "court": _("A court ended it"),
    "false": _("The paper was not right"),
    "danger": _("The person may be in danger from them"),
}
OPENS: Final = [
    (Category.COVERAGE, gettext_lazy("Coverage and ID card")),
    (Category.CLAIMS, gettext_lazy("Claims, without sensitive care")),
    (Category.SENSITIVE_CLAIMS, gettext_lazy("Sensitive claims, where the paper says so")),
]


class Paper(Form):
    """What the paper says: who stands for the person, as what, for what, until when."""

    asks = Asks(
        "representative", "2026-11", "sharing",
        {
            "kind": "consent_appointment.kind",
            "name": "consent_appointment.name",
            "birth_date": "consent_authority.birth_date",
            "opens": "consent_appointment.opens",
            "until": "consent_appointment.expires",
        },
        why=_("Nobody stands for a member on one person's word."),
    )  # fmt: skip

    kind = forms.ChoiceField(
        label=_("As what do they stand for the person?"), choices=[(one, KIND[one]) for one in KINDS],
        widget=forms.RadioSelect,
    )  # fmt: skip
    name = forms.CharField(
        label=_("Their name, as the paper has it"), min_length=2, max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    birth_date = DateField(label=_("Their date of birth"))
    opens = forms.MultipleChoiceField(
        label=_("What does the paper let them see?"), widget=forms.CheckboxSelectMultiple, choices=OPENS
    )
    until = DateField(
        label=_("Until which day?"), past=False,
        help_text=_("The last day of the paper, or the day it is looked at again. Five years away at most."),
    )  # fmt: skip

    def clean_until(self) -> date:
        """A day from today on, five years away at most."""
        until: date = self.cleaned_data["until"]
        today = serving.today(serving.pack())
        if not today <= until <= today + LONGEST:
            raise forms.ValidationError(gettext("Please choose a day from today on, five years away at most."))
        return until


class Saw(Form):
    """Which paper bears it out, and when the second person saw it."""

    asks = Asks(
        "representative confirmed", "2026-11", "sharing",
        {"paper": "consent_appointment.paper", "seen": "consent_appointment.seen_on"},
        why=_("Nobody stands for a member on one person's word."),
    )  # fmt: skip

    paper = forms.ChoiceField(
        label=_("What did you see?"), choices=[(one, PAPER[one]) for one in PAPERS], widget=forms.RadioSelect
    )
    seen = DateField(label=_("On which day?"))


class Over(Form):
    """Why it ends."""

    asks = Asks(
        "representative ended", "2026-11", "sharing", {"reason": "consent_appointment.ended_by"},
        why=_("It ends at once, and the person reads why."),
    )  # fmt: skip

    reason = forms.ChoiceField(
        label=_("Why does it end?"), choices=[(one, REASON[one]) for one in REASONS], widget=forms.RadioSelect
    )
