"""What is asked when somebody has a question about a claim, or wants a decision looked at again."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from wellkept.policy.asked import ONCE, Asks
from wellkept.service.cases import LONGEST
from wellkept.web.shell.forms import DateField, Form
from wellkept.web.shell.papers import PapersField

_KEPT: Final = {"words": "service_casestep.words", "papers": "files_attachment.name"}
_SETTING: Final = {"setting": "service_thread.setting"}
URGENT: Final = _("It is urgent: waiting could put life, health or recovery at risk, or mean severe pain")
WIDGET: Final = forms.Textarea({"rows": 8})


_PRIVATE: Final = {"sensitive": "service_thread.category"}


def _sensitive() -> forms.BooleanField:
    """What is sent is as sensitive as the care it speaks of, and only whoever sends it knows which care that is."""
    return forms.BooleanField(
        required=False,
        label=_("It is about sensitive care: mental health, substance use, pregnancy, infections"),
        help_text=_("Then it opens to nobody who may see only the other claims."),
    )


def _words(label: Any, hint: Any) -> forms.CharField:  # noqa: ANN401  (words that are translated late)
    return forms.CharField(label=label, help_text=hint, max_length=LONGEST, widget=WIDGET)


class Question(Form):
    """A question about a claim."""

    asks = Asks("question about a claim", "2026-11", "appeals", _KEPT)

    words = _words(_("Your question"), _("What would you like to know, or what seems wrong?"))
    papers = PapersField()


class Appeal(Form):
    """An appeal of a decision that stands here."""

    asks = Asks("appeal", "2026-11", "appeals", _KEPT)

    words = _words(_("Why should we decide otherwise?"), _("Say it in your own words. Say what speaks for you."))
    papers = PapersField()


class CareAppeal(Form):
    """An appeal of a request we refused, for care not yet had: it may have become urgent meanwhile."""

    asks = Asks("appeal of a request", "2026-11-22", "appeals", {"urgent": "service_thread.setting", **_KEPT})

    words = _words(_("Why should we decide otherwise?"), _("Say it in your own words. Say what speaks for you."))
    papers = PapersField()
    urgent = forms.BooleanField(required=False, label=URGENT, help_text=_("Then we decide within 72 hours."))


class LetterAppeal(Form):
    """An appeal of a decision that came by letter."""

    asks = Asks(
        "appeal of a letter", "2026-11-22", "appeals",
        {"decided": "service_thread.decided_on", **_SETTING, **_PRIVATE, **_KEPT},
    )  # fmt: skip

    decided = DateField(label=_("When was it decided?"), help_text=_("The day on the letter, for example 4 28 2026."))
    setting = forms.ChoiceField(
        label=_("What was decided?"),
        choices=[
            ("after", _("About care I already had")),
            ("before", _("About care I have not had yet")),
            ("urgent", _("About care I have not had yet, and it is urgent")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Urgent means: waiting could put life, health or recovery at risk, or mean severe pain."),
    )
    sensitive = _sensitive()
    words = _words(_("Why should we decide otherwise?"), _("Say which care it is, and what speaks for you."))
    papers = PapersField()


class Care(Form):
    """A request to decide before care is given."""

    asks = Asks("request before care", "2026-11-22b", "appeals", {"ends": ONCE, **_SETTING, **_PRIVATE, **_KEPT})

    setting = forms.ChoiceField(
        label=_("How soon must it be decided?"),
        choices=[
            ("before", _("It is not urgent")),
            ("urgent", URGENT),
            ("ongoing", _("It is urgent, and I need more of care that I am having now")),
        ],
        widget=forms.RadioSelect,
        help_text=_("We decide within 15 days; what is urgent within 72 hours."),
    )
    ends = DateField(
        past=False,
        required=False,
        label=_("If you are having the care now: on which day does it end?"),
        help_text=_("The last day that was approved. If you ask a day before, we decide within 24 hours."),
    )
    sensitive = _sensitive()
    words = _words(_("Which care is it?"), _("Name the care, who would give it, where and when."))
    papers = PapersField()

    def clean(self) -> None:
        """Care that goes on ends on a day, from which the time to decide follows."""
        super().clean()
        if self.cleaned_data.get("setting") == "ongoing" and not self.cleaned_data.get("ends") and not self.errors:
            self.add_error("ends", _("Please write the day on which the care ends."))


class UrgentReview(Form):
    """A request for an external review of an appeal that was urgent, and so is the review."""

    asks = Asks("urgent external review", "2026-11-22", "appeals", {"agree": "service_thread.kind", **_KEPT})

    words = _words(_("What should the reviewer know?"), _("The reviewer also gets what you wrote to us before."))
    papers = PapersField()
    agree = forms.BooleanField(label=_("You may give the reviewer what was written, and the claim"))


class Review(UrgentReview):
    """A request for an external review, which may have become urgent meanwhile."""

    asks = Asks(
        "external review", "2026-11-22", "appeals",
        {"agree": "service_thread.kind", "urgent": "service_thread.setting", **_KEPT},
    )  # fmt: skip

    urgent = forms.BooleanField(
        required=False, label=URGENT, help_text=_("Then we check at once, and the reviewer decides within 72 hours.")
    )


class Reply(Form):
    """One more message in a thread."""

    asks = Asks("message about a claim", "2026-11", "appeals", _KEPT)

    words = _words(_("Your message"), _("Add papers to it, if you have some."))
    papers = PapersField()


FORMS: Final[Mapping[str, type[Form]]] = {
    "ask": Question, "claim": Appeal, "before": Appeal, "request": CareAppeal, "review": Review,
    "urgent review": UrgentReview,
    "letter": LetterAppeal, "care": Care,
}  # fmt: skip
