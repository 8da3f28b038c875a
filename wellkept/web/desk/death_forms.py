"""What is asked about a death: on the call what we are told, and of the second person which paper they saw."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from wellkept.people.deaths import PAPERS, STANDS, Estate, Telling
from wellkept.policy.asked import Asks
from wellkept.web.shell.forms import STATE, ZIP_CODE, DateField, Form

STANDING: Final = {
    "spouse": _("Husband, wife or partner"),
    "child": _("Child"),
    "parent": _("Parent"),
    "other family": _("Other family"),
    "estate": _("Represents the estate"),
    "funeral home": _("Funeral home"),
    "employer": _("Employer"),
    "other": _("Somebody else"),
}
PAPER: Final = {
    "certificate": _("Death certificate"),
    "funeral": _("Letter of a funeral home"),
    "court": _("Paper of a court"),
    "person": _("They came themself and showed who they are"),
    "other": _("Another paper"),
}
PLACE: Final = ("street", "more", "city", "state", "zip_code")
WHY: Final = _("It stops what should not go out, and sends letters to the right person.")


class Told(Form):
    """That somebody died, as a caller says it. The estate's representative may be named now, or later."""

    asks = Asks(
        "death", "2026-11", "contact",
        {
            **dict.fromkeys(("day", "by", "stands"), "people_death.told"),
            **dict.fromkeys(("name", *PLACE), "people_death.estate"),
        },
        why=WHY,
    )  # fmt: skip

    by = forms.CharField(label=_("Who tells us?"), max_length=80, widget=forms.TextInput({"autocomplete": "off"}))
    stands = forms.ChoiceField(
        label=_("How do they stand to this person?"),
        choices=[(one, STANDING[one]) for one in STANDS],
        widget=forms.RadioSelect,
    )
    day = DateField(label=_("Day of death"), required=False, help_text=_("Leave it empty where nobody said it."))
    name = forms.CharField(
        label=_("Who represents the estate?"),
        max_length=80,
        required=False,
        help_text=_("With a name we need the whole address. Leave all of it empty where nobody is named yet."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    street = forms.CharField(label=_("Street and number"), max_length=55, required=False)
    more = forms.CharField(label=_("Apartment or suite"), max_length=55, required=False)
    city = forms.CharField(label=_("City"), max_length=30, required=False)
    state = forms.RegexField(
        "^[A-Za-z]{2}$",
        label=_("State"),
        help_text=_("Two letters, such as WI."),
        required=False,
        error_messages=STATE,
    )
    zip_code = forms.RegexField("^[0-9]{5}(-?[0-9]{4})?$", label=_("ZIP code"), required=False, error_messages=ZIP_CODE)

    def clean(self) -> dict[str, Any]:
        """The estate is named whole or not at all."""
        told: dict[str, Any] = super().clean() or {}
        needed = ("name", "street", "city", "state", "zip_code")
        if any(told.get(one) for one in (*needed, "more")):
            for one in needed:
                if not told.get(one) and one not in self.errors:
                    self.add_error(one, _("Please fill in “%s”, or leave the estate empty.") % self.fields[one].label)
        return told

    def telling(self) -> Telling:
        """What was said of the death."""
        told = self.cleaned_data
        return Telling(told.get("day"), told["by"], told["stands"])

    def estate(self) -> Estate | None:
        """Who represents the estate, with the lines of their address as people on file have them."""
        told = self.cleaned_data
        if not told.get("name"):
            return None
        lines = (told["street"], told["more"], told["city"], told["state"].upper(), told["zip_code"])
        return Estate(told["name"], tuple(one for one in lines if one))


class Named(Told):
    """Who represents the estate of somebody whose death is confirmed."""

    asks = Asks(
        "estate", "2026-11", "contact",
        {
            **dict.fromkeys(("by", "stands"), "people_death.told"),
            **dict.fromkeys(("name", *PLACE), "people_death.estate"),
        },
        why=WHY,
    )  # fmt: skip

    day = None  # type: ignore[assignment]  # it was said with the death

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        super().__init__(*given, **named)
        for one in ("name", "street", "city", "state", "zip_code"):
            self.fields[one].required = True
        self.fields["name"].help_text = ""


class Mistake(Form):
    """That somebody recorded as dead lives."""

    asks = Asks(
        "death undone", "2026-11", "contact", dict.fromkeys(("by", "stands"), "people_death.told"),
        why=_("It begins to put a mistake of ours right."),
    )  # fmt: skip

    by = forms.CharField(label=_("Who tells us?"), max_length=80, widget=forms.TextInput({"autocomplete": "off"}))
    stands = forms.ChoiceField(
        label=_("How do they stand to this person?"),
        choices=[("self", _("It is the person")), *((one, STANDING[one]) for one in STANDS)],
        widget=forms.RadioSelect,
    )


class Seen(Form):
    """Which paper bears it out, and when the second person saw it."""

    asks = Asks(
        "death confirmed", "2026-11", "contact", {"paper": "people_death.paper", "seen": "people_death.seen_on"},
        why=_("No death is recorded on one person's word."),
    )  # fmt: skip

    paper = forms.ChoiceField(label=_("What did you see?"), widget=forms.RadioSelect)
    seen = DateField(label=_("On which day?"))

    def __init__(self, *given: Any, step: str = "death", **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        super().__init__(*given, **named)
        field = self.fields["paper"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [(one, PAPER[one]) for one in PAPERS[step]]
