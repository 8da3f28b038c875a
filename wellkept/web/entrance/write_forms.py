"""What somebody writes to us on the public site: a question, or which papers to post.

Serves P-16, P-12, U-05, U-08. An answer needs one way to reach whoever asked; what the other way would need is dropped.
No birth date is asked and no account made: the one answer goes out and everything typed is destroyed (16 CFR
312.5(c)(3)).
"""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.inquiries.words import REPLIES, TOPICS, papers
from wellkept.policy.asked import Asks
from wellkept.policy.holding import Serves
from wellkept.web.entrance.forms import Typed
from wellkept.web.shell import serving
from wellkept.web.shell.forms import PHONE, STATE, ZIP_CODE

LONGEST: Final = 3000
TOLD: Final = "inquiries_inquiry.told"
PLACE: Final = ("street", "more", "city", "state", "zip_code")
NEEDED: Final = ("street", "city", "state", "zip_code")


def line(label: Any, *, most: int, fill: str, needed: bool, why: Any = "") -> Any:  # noqa: ANN401  (a field and its words)
    """A line of text that the browser may fill in."""
    widget = forms.TextInput({"autocomplete": fill})
    return forms.CharField(label=label, max_length=most, required=needed, help_text=why, widget=widget)


class Addressed(Typed):
    """A form with a postal address in the United States."""

    def place(self, *, needed: bool) -> None:
        """Add the lines of the address after what is there."""
        state = forms.TextInput({"autocomplete": "address-level1"})
        zip_code = forms.TextInput({"autocomplete": "postal-code", "inputmode": "numeric"})
        self.fields["street"] = line(_("Street and number"), most=55, fill="address-line1", needed=needed)
        self.fields["more"] = line(_("Apartment or suite"), most=55, fill="address-line2", needed=False)
        self.fields["city"] = line(_("City"), most=30, fill="address-level2", needed=needed)
        self.fields["state"] = forms.RegexField(
            "^[A-Za-z]{2}$", label=_("State"), help_text=_("Two letters, such as WI."), required=needed, widget=state,
            error_messages=STATE,
        )  # fmt: skip
        self.fields["zip_code"] = forms.RegexField(
            "^[0-9]{5}(-?[0-9]{4})?$", label=_("ZIP code"), help_text=_("Five or nine digits."), required=needed,
            widget=zip_code, error_messages=ZIP_CODE,
        )  # fmt: skip

    def told(self) -> dict[str, str]:
        """What is sealed: every answer that is not empty, under the name of its field."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value and isinstance(value, str)}


class Question(Addressed):
    """A question, and the one way in which it is answered."""

    asks = Asks(
        "question", "2026-11-22", "inquiries",
        {
            "topic": "inquiries_inquiry.topic", "words": TOLD, "name": TOLD, "reply": "inquiries_inquiry.reply",
            "phone": TOLD,
            **dict.fromkeys(PLACE, TOLD),
        },
        serves=Serves.ANSWER,
    )  # fmt: skip

    topic = forms.ChoiceField(label=gettext_lazy("What is it about?"), choices=list(TOPICS.items()))
    words = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 7}),
        help_text=gettext_lazy("Leave out numbers of your card and your diagnoses. We ask if we need them."),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=gettext_lazy("As we should address you."),
    )
    reply = forms.ChoiceField(
        label=gettext_lazy("How should we answer?"), choices=list(REPLIES.items()), widget=forms.RadioSelect
    )
    phone = forms.RegexField(
        "^[0-9+(). x-]{10,25}$", label=gettext_lazy("Telephone"), required=False, error_messages=PHONE,
        help_text=gettext_lazy("Only if we should call you."),
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        super().__init__(*given, **named)
        self.place(needed=False)
        self.fields["street"].help_text = _("Only if we should write to you.")

    def clean(self) -> dict[str, Any]:
        """The way that was chosen needs its answers; those of the other way are dropped and kept nowhere."""
        told = super().clean() or {}
        by_phone = told.get("reply") == "phone"
        for name in ("phone",) if by_phone else NEEDED if told.get("reply") == "post" else ():
            if not told.get(name) and name not in self.errors:
                self.add_error(name, _("Please fill in “%s”, so that we can answer.") % self.fields[name].label)
        for name in PLACE if by_phone else ("phone",):
            told[name] = ""
            self.errors.pop(name, None)
        return told


class Materials(Addressed):
    """Which papers to post, and where to."""

    asks = Asks(
        "materials", "2026-11-22", "inquiries", dict.fromkeys(("what", "name", *PLACE), TOLD), serves=Serves.MATERIALS
    )

    what = forms.MultipleChoiceField(label=gettext_lazy("Which papers?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        super().__init__(*given, **named)
        pack = serving.pack()
        choices = [(key, name) for key, (name, _page) in papers(pack, serving.today(pack)).items()]
        self.fields["what"].choices = choices  # type: ignore[attr-defined]
        self.fields["name"] = line(_("Your name"), most=80, fill="name", needed=True)
        self.place(needed=True)

    def told(self) -> dict[str, str]:
        """The same, with the papers by their keys, a space between them."""
        return {**super().told(), "what": " ".join(self.cleaned_data["what"])}
