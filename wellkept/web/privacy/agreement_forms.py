"""What the privacy office types of an agreement, of its end, and of what a contract takes away."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access.plain import plain
from wellkept.files.kinds import LARGEST
from wellkept.organisations.agreements import NARROWED, Sought
from wellkept.policy.asked import ONCE, Asks
from wellkept.policy.words import Category, Purpose
from wellkept.web.shell import serving
from wellkept.web.shell.agreed import KINDS
from wellkept.web.shell.forms import DateField, Form

LONGEST_DAYS: Final = 3660
"""Ten years: an agreement for longer is one that nobody looks at again."""
NAMELESS: Final = (Category.IDENTITY, Category.CONTACT, Category.SOCIAL)
LIMITED: Final = (Purpose.RESEARCH, Purpose.OPERATIONS)


def purposes() -> list[tuple[str, str]]:
    """Each purpose but a person's own request, which needs no agreement."""
    return [(one.value, plain(one.name)) for one in Purpose if one is not Purpose.PATIENT_REQUEST]


def kinds_of_data() -> list[tuple[str, str]]:
    """Each kind of data, as rules name it."""
    return [(one.value, plain(one)) for one in Category]


class Seek(Form):
    """Which organisation."""

    asks = Asks("organisation sought", "2026-11", "agreements", {"q": ONCE})

    q = forms.CharField(
        label=gettext_lazy("Organisation"), min_length=2, max_length=120,
        help_text=gettext_lazy("Words of its name, or a number of its own."),
    )  # fmt: skip


class Record(Form):
    """An agreement as it was signed."""

    asks = Asks(
        "agreement with an organisation", "2026-11", "agreements",
        {
            "kind": "organisations_agreement.kind",
            "employer": "organisations_agreement.with_id",
            "number": "organisations_agreement.number",
            "categories": "organisations_agreement.categories",
            "purposes": "organisations_agreement.purposes",
            "begins": "organisations_agreement.begins_at",
            "ends": "organisations_agreement.ends_at",
            "paper": "organisations_agreement.digest",
        },
    )  # fmt: skip

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(KINDS.items()), widget=forms.RadioSelect)
    employer = forms.CharField(
        label=gettext_lazy("Appointment: to which employer"), max_length=120, required=False,
        help_text=gettext_lazy("Words of its name, or its group number. Leave this empty for every other kind."),
    )  # fmt: skip
    number = forms.CharField(label=gettext_lazy("Its number in our files"), min_length=2, max_length=60)
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("What it covers"), choices=kinds_of_data, widget=forms.CheckboxSelectMultiple
    )
    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("For what"), choices=purposes, widget=forms.CheckboxSelectMultiple
    )
    begins = DateField(label=gettext_lazy("First day"), past=False)
    ends = DateField(
        label=gettext_lazy("Last day"), past=False,
        help_text=gettext_lazy("At midnight after it, whatever it opened is closed."),
    )  # fmt: skip
    paper = forms.Field(
        label=gettext_lazy("The signed paper"), widget=forms.FileInput(), required=False,
        help_text=gettext_lazy("10 MB at most. We keep its fingerprint (SHA-256), by which it is known again."),
    )  # fmt: skip

    def __init__(
        self,
        *given: Any,  # noqa: ANN401  (passed on)
        found: Callable[[str], tuple[Sought, ...]] | None = None,
        **named: Any,  # noqa: ANN401  (passed on)
    ) -> None:
        """``found`` looks an employer up."""
        super().__init__(*given, **named)
        self.found = found
        self.fields["paper"].required = False

    def clean_ends(self) -> object:
        """From today on, for ten years at most."""
        ends = self.cleaned_data["ends"]
        today = serving.today(serving.pack())
        if not today <= ends <= today + timedelta(days=LONGEST_DAYS):
            raise ValidationError(_("Give a day from today on, ten years from now at most."))
        return ends

    def clean(self) -> dict[str, Any]:
        """The paper's fingerprint, the employer of an appointment, and what a limited data set may hold."""
        told: dict[str, Any] = super().clean() or {}
        begins, ends = told.get("begins"), told.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _("The last day comes before the first one."))
        self._paper(told)
        self._employer(told)
        named = {*told.get("categories", ())} & {*NAMELESS} or {*told.get("purposes", ())} - {*LIMITED}
        if told.get("kind") == "data_use" and named:
            self.add_error(
                "kind", _("A data use agreement covers no names or numbers, and only research or operations.")
            )
        if told.get("kind") not in {None, "data_use"} and Purpose.RESEARCH in told.get("purposes", ()):
            self.add_error("purposes", _("For research there must be a data use agreement. It covers no names."))
        return told

    def _paper(self, told: dict[str, Any]) -> None:
        sent = self.files.get("paper")
        if not isinstance(sent, UploadedFile) or not sent.size:
            self.add_error("paper", _("Please choose the signed paper."))
        elif sent.size > LARGEST:
            self.add_error("paper", _("This file is larger than 10 MB."))
        else:
            told["digest"] = hashlib.sha256(sent.read()).digest()

    def _employer(self, told: dict[str, Any]) -> None:
        told["with_"] = None
        if told.get("kind") != "appointment":
            if told.get("employer"):
                self.add_error("employer", _("Only an appointment names an employer."))
            return
        match = [one for one in self.found(told.get("employer") or "") if one.kind == "employer"] if self.found else []
        if len(match) == 1:
            told["with_"] = match[0].id
        elif match:
            names = "; ".join(one.name for one in match)
            self.add_error("employer", _("More than one fits: %(names)s. Write its group number.") % {"names": names})
        else:
            self.add_error("employer", _("No employer fits. Look at the name or group number again."))


class End(Form):
    """Why an agreement ends before its time."""

    asks = Asks("end of an agreement", "2026-11", "agreements", {"why": "organisations_agreement.ended_why"})

    why = forms.CharField(
        label=gettext_lazy("Why it ends"), min_length=3, max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The organisation reads it as it stands."),
    )  # fmt: skip


class Narrow(Form):
    """What the contract of a plan's employer takes away."""

    asks = Asks(
        "contract", "2026-11", "agreements",
        {
            "plan": "organisations_contract.plan_id",
            **{name: f"organisations_contract.{name}" for name in ("number", "role", "purpose", "opens")},
            "begins": "organisations_contract.begins_at",
            "ends": "organisations_contract.ends_at",
        },
    )  # fmt: skip

    plan = forms.CharField(label=gettext_lazy("Group number of the plan"), max_length=60)
    number = forms.CharField(label=gettext_lazy("Number of the contract"), min_length=2, max_length=60)
    role = forms.ChoiceField(
        label=gettext_lazy("Who may not open"), choices=lambda: [(str(one), plain(one)) for one in NARROWED]
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("For which purpose"), choices=lambda: [("", _("Any purpose")), *purposes()], required=False
    )
    opens = forms.ChoiceField(
        label=gettext_lazy("Which kind of data"), choices=lambda: [("", _("Every kind")), *kinds_of_data()],
        required=False,
    )  # fmt: skip
    begins = DateField(label=gettext_lazy("First day"), past=False)
    ends = DateField(
        label=gettext_lazy("Last day"), past=False, required=False, help_text=gettext_lazy("Empty: without end.")
    )

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("begins") and told.get("ends") and told["ends"] < told["begins"]:
            self.add_error("ends", _("The last day comes before the first one."))
        return told


class EndContract(Form):
    """Why what a contract takes away ends."""

    asks = Asks("end of a contract", "2026-11", "agreements", {"why": "organisations_contract.ended_why"})

    why = forms.CharField(label=gettext_lazy("Why it ends"), min_length=3, max_length=500)
