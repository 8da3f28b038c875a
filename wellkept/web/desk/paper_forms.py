"""What the desk says about papers of an organisation: which one, and what it answers."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wellkept.policy.asked import ONCE, Asks
from wellkept.service.cases import LONGEST
from wellkept.web.shell.forms import Form

STANDING: Final[Mapping[str, Promise]] = {
    "current": _("A current customer"),
    "prospective": _("Not a customer yet"),
    "prior": _("A customer of before"),
}
KINDS: Final = (
    ("employer", _("An employer")),
    ("agent", _("An agent")),
    ("provider", _("A doctor's office")),
    ("partner", _("A business partner")),
)


class Which(Form):
    """What finds an organisation on its list."""

    asks = Asks("organisation search", "2026-11-22", "colleagues", {"kind": ONCE, "words": ONCE})

    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Name or number"),
        max_length=200,
        help_text=_("A part of the name, an NPI, a group, producer or agreement number."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class Chosen(Form):
    """Which of those found it is."""

    asks = Asks("organisation of a case", "2026-11-22", "colleagues", {"meant": "service_case.person_id"})

    meant = forms.UUIDField(label=_("Which organisation is it?"), widget=forms.RadioSelect)

    def __init__(self, *given: Any, people: Sequence[tuple[UUID, str]] = (), **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """``people`` are the organisations found, with the words that tell them apart."""
        super().__init__(*given, **named)
        self.fields["meant"].widget.choices = [(str(one), text) for one, text in people]


class Answer(Form):
    """What the organisation is told: that it is done, or that a paper is still needed."""

    asks = Asks(
        "answer to an organisation", "2026-11-22", "colleagues",
        {"what": "service_case.state", "words": "service_casestep.words"},
    )  # fmt: skip

    what = forms.ChoiceField(
        label=_("What do you answer?"),
        choices=[("asked", _("We need a paper from them")), ("accepted", _("It is done; close the case"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In words the organisation reads"),
        help_text=_("Say what you did or need, and what happens next. Name no member."),
        max_length=LONGEST,
        widget=forms.Textarea,
    )
