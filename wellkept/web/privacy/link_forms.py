"""What an officer writes of another site: the proposal, the review, and why a link is withdrawn.

Serves U-35, U-36, P-03, P-04.
"""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.links import addresses
from wellkept.links.actions import LONGEST_REVIEW_DAYS, Agreement, Proposal
from wellkept.links.criteria import CRITERIA, FOUND, REFUSING, SHORT
from wellkept.policy.asked import Asks
from wellkept.web.shell import serving
from wellkept.web.shell.forms import DateField, Form

WORDS: Final = 1000
PARTNER: Final = ("agreement", "agreement_from", "agreement_until", "collector")
YES_NO: Final = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


ENTRY: Final = (
    "key", "title", "address", "owner", "policy_address", "is_health_content", "sponsor", "kind", "agreement",
    "agreement_from", "agreement_until", "collector", "mark_allowed",
)  # fmt: skip


class Propose(Form):
    """A page of somebody else, to be reviewed."""

    asks = Asks("link", "2026-11", "links", {name: f"links_link.{name}" for name in ENTRY})

    key = forms.RegexField(
        r"^[a-z][a-z0-9-]{1,46}[a-z0-9]$",
        label=gettext_lazy("Short name"),
        help_text=gettext_lazy("Our pages name the link by it: small letters, figures and hyphens."),
        error_messages={"invalid": gettext_lazy("Use 3 to 48 small letters, figures and hyphens, a letter first.")},
    )
    title = forms.CharField(label=gettext_lazy("Title"), min_length=3, max_length=120)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=addresses.LONGEST)
    owner = forms.CharField(label=gettext_lazy("Whose site it is"), min_length=2, max_length=120)
    policy_address = forms.CharField(
        label=gettext_lazy("Address of its privacy policy"),
        max_length=addresses.LONGEST,
        help_text=gettext_lazy("A site without one cannot be proposed."),
    )
    is_health_content = forms.BooleanField(label=gettext_lazy("It speaks of health"), required=False)
    sponsor = forms.CharField(
        label=gettext_lazy("Who pays for what it says"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Leave this empty where nobody does."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[("reference", gettext_lazy("A site to read")), ("partner", gettext_lazy("A site of a partner"))],
        widget=forms.RadioSelect,
        initial="reference",
    )
    agreement = forms.CharField(
        label=gettext_lazy("Partner: number of the agreement"), min_length=2, max_length=60, required=False
    )
    agreement_from = DateField(label=gettext_lazy("Partner: its first day"), past=False, required=False)
    agreement_until = DateField(label=gettext_lazy("Partner: its last day"), past=False, required=False)
    collector = forms.CharField(
        label=gettext_lazy("Partner: who collects what is entered there"), min_length=2, max_length=120, required=False
    )
    mark_allowed = forms.BooleanField(
        label=gettext_lazy("Partner: the agreement lets our mark stand there"), required=False
    )

    def clean_address(self) -> str:
        """The address as the register keeps it."""
        return _public(self.cleaned_data["address"])

    def clean_policy_address(self) -> str:
        """The address of the policy as the register keeps it."""
        return _public(self.cleaned_data["policy_address"])

    def clean(self) -> dict[str, Any]:
        """A partner needs a whole agreement."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("kind") == "partner":
            for name in PARTNER:
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("A site of a partner needs this."))
            begins, ends = told.get("agreement_from"), told.get("agreement_until")
            if begins and ends and ends < begins:
                self.add_error("agreement_until", _("The last day comes before the first one."))
        return told

    def proposal(self) -> Proposal:
        """What a valid form proposes."""
        told = self.cleaned_data
        with_ = None
        if told["kind"] == "partner":
            number, begins, ends, collector = (told[name] for name in PARTNER)
            with_ = Agreement(number, begins, ends, collector, told["mark_allowed"])
        plain = ("key", "title", "address", "policy_address", "owner", "is_health_content", "sponsor")
        return Proposal(**{name: told[name] for name in plain}, agreement=with_)


class Judge(Form):
    """One reviewer's answers: yes or no and words for each criterion, what refuses, and until when."""

    asks = Asks(
        "review of a link", "2026-11", "links",
        {
            **dict.fromkeys(CRITERIA, "links_review.met"),
            **{f"{name}_words": f"links_review.{name}" for name in CRITERIA},
            **{name: f"links_review.{name}" for name in ("refusing", "refusing_words", "until")},
        },
    )  # fmt: skip

    refusing = forms.MultipleChoiceField(
        label=gettext_lazy("What refuses it"),
        choices=list(REFUSING.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Tick each that is true. One is enough to refuse."),
    )
    refusing_words = forms.CharField(
        label=gettext_lazy("Why that is true"), max_length=WORDS, required=False, widget=forms.Textarea({"rows": 3})
    )
    until = DateField(
        label=gettext_lazy("Your review counts until"),
        past=False,
        help_text=gettext_lazy("A year from today at most. The earlier day of both reviews ends the link."),
    )

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        super().__init__(*given, **named)
        asked: dict[str, forms.Field] = {}
        for name, question in CRITERIA.items():
            asked[name] = forms.ChoiceField(
                label=str(question), choices=YES_NO, widget=forms.RadioSelect,
                error_messages={"required": _("Please choose an answer to “%s”.") % SHORT[name]},
            )  # fmt: skip
            asked[f"{name}_words"] = forms.CharField(
                label=str(FOUND[name]), min_length=3, max_length=WORDS, widget=forms.Textarea({"rows": 2}),
                error_messages={"required": _("Please fill in “%s”.") % FOUND[name]},
            )  # fmt: skip
        self.fields = {**asked, **self.fields}

    def clean_until(self) -> date:
        """From today on, for a year at most."""
        until: date = self.cleaned_data["until"]
        today = serving.today(serving.pack())
        if not today <= until <= today + timedelta(days=LONGEST_REVIEW_DAYS):
            raise ValidationError(_("Give a day from today on, a year from now at most."))
        return until

    def clean(self) -> dict[str, Any]:
        """What refuses needs its reason."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("refusing") and len(told.get("refusing_words") or "") < 3:
            self.add_error("refusing_words", _("Please say why that is true."))
        return told


class Withdraw(Form):
    """Why a link goes."""

    asks = Asks("withdrawal of a link", "2026-11", "links", {"why": "links_link.withdrawn_why"})

    why = forms.CharField(label=gettext_lazy("Why it goes"), min_length=3, max_length=WORDS)


def _public(address: str) -> str:
    return addresses.checked(address.strip(), own=serving.pack().hosts)
