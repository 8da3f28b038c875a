"""What the desk asks for. Each answer is what the caller says; nothing else is read."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from wellkept.policy.asked import ONCE, Asks
from wellkept.policy.holding import Serves
from wellkept.service.cases import LONGEST
from wellkept.service.values import ON_THE_DESK
from wellkept.web.shell.forms import PHONE, STATE, ZIP_CODE, DateField, Form


class Find(Form):
    """What finds a caller."""

    asks = Asks(
        "caller", "2026-11", "desk", {"number": ONCE, "birth_date": ONCE},
        why=_("It finds the caller, who reads that their name came up."),
    )  # fmt: skip

    number = forms.CharField(
        label=_("Member number"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("From the ID card, as the caller reads it out."),
    )
    birth_date = DateField(label=_("Birth date"), help_text=_("As the caller says it, for example 4 28 1986."))

    def clean_number(self) -> str:
        """A number holds a letter or a digit."""
        number: str = self.cleaned_data["number"]
        if not any(one.isalnum() for one in number):
            raise forms.ValidationError(_("Please write the number as it is on the ID card."))
        return number


class Begin(Form):
    """Who of those found is calling, and about what."""

    asks = Asks("call", "2026-11", "desk", {"person": "service_call.person_id", "about": "service_call.about"})

    person = forms.UUIDField(label=_("Who is calling?"), widget=forms.RadioSelect)
    about = forms.ChoiceField(
        label=_("What is the call about?"),
        choices=[(about, capfirst(words)) for about, words in ON_THE_DESK.items()],
        widget=forms.RadioSelect,
        help_text=_("The caller reads this reason. It decides what opens."),
    )

    def __init__(self, *given: Any, people: Sequence[tuple[UUID, str]] = (), **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """``people`` are those found, with the words that tell them apart. One alone is chosen already."""
        super().__init__(*given, **named)
        self.fields["person"].widget.choices = [(str(person), text) for person, text in people]
        if len(people) == 1:
            self.initial["person"] = str(people[0][0])


EXTENDED: Final = "extended"
LONGER: Final = _("Take 15 days more, once: what is beyond our control keeps us from deciding")
"""29 CFR 2560.503-1(f)(2)(iii)."""


class Decide(Form):
    """The answer to what a member sent."""

    asks = Asks(
        "decision", "2026-11b", "telling", {"what": "service_case.state", "words": "service_casestep.words"},
        serves=Serves.ANSWER,
    )  # fmt: skip

    what = forms.ChoiceField(
        label=_("What do you answer?"),
        choices=[("accepted", _("Accept it")), ("refused", _("Do not accept it")), ("asked", _("Ask for more"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In words the member reads"),
        help_text=_("Say why, and what happens next. If you refuse, say how to appeal."),
        max_length=LONGEST,
        widget=forms.Textarea,
    )

    def said(self) -> str:
        """The words as the member reads them."""
        words: str = self.cleaned_data["words"]
        return words

    def __init__(self, *given: Any, asked: bool = False, extends: bool = False, **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """``asked``: it waits for the member, and may be decided all the same; ``extends``: it may take longer."""
        super().__init__(*given, **named)
        answers = self.fields["what"].choices  # type: ignore[attr-defined]
        offered = [one for one in answers if one[0] != "asked" or not asked]
        self.fields["what"].choices = offered + ([(EXTENDED, LONGER)] if extends else [])  # type: ignore[attr-defined]


RULE_ROOM: Final = 600
"""Of the signs that a step holds, those that are kept for the rule."""


class DecideReceipt(Decide):
    """The answer to a receipt. A refusal names the rule of the plan it rests on (29 CFR 2560.503-1(g)(1)(ii))."""

    asks = Asks(
        "decision on a receipt", "2026-11-22", "telling",
        {"what": "service_case.state", **dict.fromkeys(("words", "rule"), "service_casestep.words")},
        serves=Serves.ANSWER,
    )  # fmt: skip

    words = forms.CharField(
        label=_("In words the member reads"),
        help_text=_("Say why. If something is missing, say what, and why it helps. A letter goes out if you refuse."),
        max_length=LONGEST - RULE_ROOM,
        widget=forms.Textarea,
    )
    rule = forms.CharField(
        label=_("The rule of the plan it rests on"),
        help_text=_("Needed where you refuse. Name the booklet and its section."),
        max_length=RULE_ROOM - 100,
        required=False,
    )

    def clean(self) -> None:
        """A refusal without the rule it rests on is none."""
        super().clean()
        if self.cleaned_data.get("what") == "refused" and not self.cleaned_data.get("rule"):
            self.add_error("rule", _("Please name the rule. The law wants it in every refusal."))

    def said(self) -> str:
        """The words with the rule beneath them, as the member reads them."""
        rule, words = self.cleaned_data.get("rule"), super().said().strip()
        return f"{words}\n\nThe rule it rests on: {rule}" if rule else words


class Reached(Form):
    """What came of the try to reach somebody whose letters cannot go out."""

    asks = Asks(
        "reached", "2026-11", "contact", {"what": "service_case.state", "words": "service_casestep.words"},
        serves=Serves.MATERIALS,
    )  # fmt: skip

    what = forms.ChoiceField(
        label=_("Did you reach them?"),
        choices=[("accepted", _("Yes, and the address is settled")), ("refused", _("No"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In words the member reads"),
        help_text=_("Say what you tried, and on which days. Do not write the address."),
        max_length=LONGEST,
        widget=forms.Textarea,
    )


class Finished(Form):
    """What came of something that was left to do after a call."""

    asks = Asks(
        "finished", "2026-11", "desk", {"what": "service_case.state", "words": "service_casestep.words"},
        serves=Serves.ANSWER,
    )  # fmt: skip

    what = forms.ChoiceField(
        label=_("Is it done?"),
        choices=[("accepted", _("Yes, it is done")), ("refused", _("No, it cannot be done"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In words the member reads"),
        help_text=_("Say what was done, or why it cannot be."),
        max_length=LONGEST,
        widget=forms.Textarea,
    )


class Contact(Form):
    """Where a verified caller wants to be reached."""

    asks = Asks(
        "contact", "2026-11", "contact",
        {
            **dict.fromkeys(("street", "more", "city", "state", "zip_code"), "people_contact.address"),
            "phone": "people_contact.phone",
            "email": "people_contact.email",
        },
    )  # fmt: skip

    street = forms.CharField(label=_("Street and number"), max_length=55)
    more = forms.CharField(label=_("Apartment or suite"), max_length=55, required=False)
    city = forms.CharField(label=_("City"), max_length=30)
    state = forms.RegexField(
        "^[A-Za-z]{2}$", label=_("State"), help_text=_("Two letters, such as WI."), error_messages=STATE
    )
    zip_code = forms.RegexField(
        "^[0-9]{5}(-?[0-9]{4})?$", label=_("ZIP code"), help_text=_("Five or nine digits."), error_messages=ZIP_CODE
    )
    phone = forms.RegexField("^[0-9+(). x-]{10,25}$", label=_("Telephone"), required=False, error_messages=PHONE)
    email = forms.EmailField(label=_("E-mail"), max_length=100, required=False)
