"""What the watch asks of privacy officers: what they found, who is near to somebody, and what an inquiry rests on."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from wellkept.access.unseen import FRAUD_DAYS, LEGAL_DAYS, Paper
from wellkept.access.watching import FINDINGS, Known
from wellkept.policy.asked import ONCE, Asks
from wellkept.web.privacy import watch_words as words
from wellkept.web.shell.forms import ZIP_CODE, DateField, Form

NAMES: Final = 5


class Finding(Form):
    """What an officer found about an opening that stood out."""

    asks = Asks("finding", "2026-11-22", "privacy", {"finding": "access_alarm.finding"})

    finding = forms.ChoiceField(
        label=_("What did you find?"),
        choices=[(one, words.FINDINGS[one]) for one in FINDINGS],
        widget=forms.RadioSelect,
        help_text=_("Speak with them first. The person reads that you looked into it."),
    )


class Near(Form):
    """Who is near to somebody who works here. Hashes of it are kept, and none of the words."""

    asks = Asks(
        "near to staff", "2026-11-22", "staff",
        {
            "first": "access_staffnear.persons", "last": "access_staffnear.surnames",
            "former": "access_staffnear.surnames", "born": "access_staffnear.persons",
            "street": "access_staffnear.addresses", "zip_code": "access_staffnear.addresses",
        },
        why=_("It finds openings of people who are near to them. We keep coded marks of it, and no word."),
    )  # fmt: skip

    first = forms.CharField(label=_("First name"), max_length=40, widget=forms.TextInput({"autocomplete": "off"}))
    last = forms.CharField(label=_("Family name"), max_length=60, widget=forms.TextInput({"autocomplete": "off"}))
    former = forms.CharField(
        label=_("Former family names"),
        max_length=200,
        required=False,
        help_text=_("With a comma between them."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    born = DateField(label=_("Birth date"), help_text=_("For example 4 28 1986."))
    street = forms.CharField(
        label=_("Street and number"), max_length=55, widget=forms.TextInput({"autocomplete": "off"})
    )
    zip_code = forms.RegexField("^[0-9]{5}(-?[0-9]{4})?$", label=_("ZIP code"), error_messages=ZIP_CODE)

    def known(self) -> Known:
        """What was told."""
        told = self.cleaned_data
        former = [name.strip() for name in told["former"].split(",") if name.strip()]
        return Known(
            first=told["first"], lasts=[told["last"], *former][:NAMES], born=told["born"].isoformat(),
            street=told["street"], zip_code=told["zip_code"],
        )  # fmt: skip


class Ask(Form):
    """What an inquiry rests on, and whom it is about."""

    asks = Asks(
        "kept back", "2026-11-22", "privacy",
        {
            "number": ONCE, "birth_date": ONCE, "paper": "access_inquiry.paper",
            "reference": "access_inquiry.reference",
            "paper_on": "access_inquiry.paper_on", "until": "access_inquiry.until",
        },
        why=_("A second officer decides from it. The person reads of the openings when it ends."),
    )  # fmt: skip

    number = forms.CharField(
        label=_("Member number"), max_length=40, widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"})
    )
    birth_date = DateField(label=_("Birth date"), help_text=_("For example 4 28 1986."))
    paper = forms.ChoiceField(
        label=_("What is it based on?"),
        choices=list(words.PAPERS.items()),
        widget=forms.RadioSelect,
    )
    reference = forms.RegexField(
        label=_("Number on the paper"),
        regex=r"^[A-Za-z0-9][A-Za-z0-9 ./:-]{1,39}$",
        help_text=_("Letters, figures, spaces and - . / : alone. Name nobody."),
    )
    paper_on = DateField(label=_("Day of the paper"), help_text=_("For example 11 3 2026."))
    until = DateField(
        label=_("Last day"),
        past=False,
        help_text=_("Fraud: at most 90 days from today. Otherwise the term that the paper states."),
    )

    def __init__(self, *given: Any, today: date | None = None, **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """``today`` is the day where the operator works."""
        self.today = today or date.today()  # noqa: DTZ011  (the page says which)
        super().__init__(*given, **named)

    @property
    def kind(self) -> str:
        """Fraud where the paper is a memo of ours, else a legal process."""
        return "fraud" if self.cleaned_data["paper"] == "memo" else "legal"

    def based_on(self) -> Paper:
        """The paper."""
        told = self.cleaned_data
        return Paper(kind=told["paper"], number=told["reference"], day=told["paper_on"], until=told["until"])

    def clean(self) -> dict[str, Any]:
        """The last day lies ahead, and no further than the paper may carry."""
        told = super().clean() or self.cleaned_data
        if told.get("until") and told.get("paper"):
            days = (told["until"] - self.today).days
            if not 0 <= days <= (FRAUD_DAYS if told["paper"] == "memo" else LEGAL_DAYS):
                self.add_error("until", str(words.WHY_NOT["days"]))
        return told
