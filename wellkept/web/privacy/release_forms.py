"""What is asked of an officer who lets part of a record out under an agreement."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access.plain import plain
from wellkept.disclosures.agreed import OFFERED, PURPOSES, Recipient
from wellkept.policy.asked import ONCE, Asks
from wellkept.policy.words import Category, Purpose
from wellkept.web.shell.forms import DateField, Form

KINDS: Final = (
    (Category.COVERAGE, gettext_lazy("Coverage")),
    (Category.CLAIMS, gettext_lazy("Claims, without sensitive care")),
    (Category.SENSITIVE_CLAIMS, gettext_lazy("Sensitive claims, where the agreement names them")),
)


class Release(Form):
    """Under which agreement, for what, which kinds of data, of whom."""

    asks = Asks(
        "release under an agreement", "2026-11", "sharing",
        {
            "agreement": "disclosures_release.basis_id",
            "purpose": "disclosures_release.purpose",
            "opens": "disclosures_release.opens",
            "number": ONCE,
            "birth_date": ONCE,
        },
        why=gettext_lazy("The person reads to whom it went, what it was, and under which agreement."),
    )  # fmt: skip

    agreement = forms.ChoiceField(label=gettext_lazy("Under which agreement?"), choices=(), widget=forms.RadioSelect)
    purpose = forms.ChoiceField(
        label=gettext_lazy("For what?"), widget=forms.RadioSelect,
        choices=lambda: [(one.value, plain(one.name)) for one in PURPOSES],
    )  # fmt: skip
    opens = forms.MultipleChoiceField(
        label=gettext_lazy("What leaves?"), widget=forms.CheckboxSelectMultiple, choices=list(KINDS)
    )
    number = forms.CharField(
        label=gettext_lazy("Member number"), max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    birth_date = DateField(label=gettext_lazy("Birth date"), help_text=gettext_lazy("For example 4 28 1986."))

    def __init__(self, *given: Any, found: Sequence[tuple[Recipient, str]] = (), **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """``found`` are the agreements in force, each with its words."""
        super().__init__(*given, **named)
        self.found = {str(one.id): one for one, _words in found}
        self.fields["agreement"].choices = [(str(one.id), words) for one, words in found]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The agreement covers the purpose and each kind."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        one = self.found.get(told.get("agreement", ""))
        if one and told.get("purpose") and told["purpose"] not in one.purposes:
            self.add_error("purpose", _("This agreement does not cover that purpose."))
        if one and told.get("opens") and not {*told["opens"]} <= one.categories:
            self.add_error("opens", _("This agreement does not cover all of that."))
        return told

    def wanted(self) -> tuple[Recipient, Purpose, list[Category]]:
        """To whom, for what, and which kinds, in the order they are shown."""
        told = self.cleaned_data
        return (
            self.found[told["agreement"]],
            Purpose(told["purpose"]),
            [one for one in OFFERED if one.value in told["opens"]],
        )
