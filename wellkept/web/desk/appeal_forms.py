"""The answer to a question, a request, an appeal or an external review (29 CFR 2560.503-1(j))."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.policy.asked import Asks
from wellkept.policy.holding import Serves
from wellkept.service.cases import LONGEST
from wellkept.web.desk.forms import EXTENDED, LONGER
from wellkept.web.shell.forms import Form
from wellkept.web.shell.papers import PapersField

ROOM: Final = 600
DECIDES: Final = ("request", "appeal")
"""What a refusal of must name the rule it rests on ((g)(1)(ii) and (j)(2))."""


class AnswerThread(Form):
    """What comes of it, in words the member reads. A refusal names the rule of the plan it rests on."""

    asks = Asks(
        "answer to an appeal", "2026-11b", "appeals",
        {
            "what": "service_case.state", "papers": "files_attachment.name",
            **dict.fromkeys(("words", "rule", "expert"), "service_casestep.words"),
        },
        serves=Serves.ANSWER,
    )  # fmt: skip

    what = forms.ChoiceField(label=gettext_lazy("What do you answer?"), choices=(), widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("In words the member reads"),
        help_text=gettext_lazy("Give the reason. A letter with the same words goes out."),
        max_length=LONGEST - 2 * ROOM,
        widget=forms.Textarea({"rows": 8}),
    )
    rule = forms.CharField(
        label=gettext_lazy("The rule of the plan it rests on"),
        help_text=gettext_lazy("Needed where you refuse. Name the booklet and its section."),
        max_length=ROOM - 100,
        required=False,
    )
    expert = forms.CharField(
        label=gettext_lazy("The health professional you asked"),
        help_text=gettext_lazy("Needed where it is a medical question. Not whoever was asked before."),
        max_length=ROOM - 100,
        required=False,
    )
    papers = PapersField()

    def __init__(
        self,
        *given: Any,  # noqa: ANN401  (passed on as it came)
        kind: str = "appeal",
        asked: bool = False,
        extends: bool = False,
        **named: Any,  # noqa: ANN401  (passed on as it came)
    ) -> None:
        """``kind`` is that of the thread; ``asked``: it waits for the member; ``extends``: it may take 15 days more."""
        super().__init__(*given, **named)
        self.kind = kind
        offered = [one for one in choices(kind) if one[0] != "asked" or not asked]
        self.fields["what"].choices = offered + ([(EXTENDED, LONGER)] if extends else [])  # type: ignore[attr-defined]
        if kind == "inquiry":
            del self.fields["rule"], self.fields["expert"]

    def clean(self) -> None:
        """A refusal without the rule it rests on is none."""
        super().clean()
        if self.kind in DECIDES and self.cleaned_data.get("what") == "refused" and not self.cleaned_data.get("rule"):
            self.add_error("rule", _("Please name the rule. The law wants it in every refusal."))

    def said(self) -> str:
        """The words with the rule and the professional beneath them, as the member reads them."""
        rule, expert = self.cleaned_data.get("rule"), self.cleaned_data.get("expert")
        parts = [self.cleaned_data["words"].strip()]
        parts += [f"The rule it rests on: {rule}"] if rule else []
        parts += [f"We asked this health professional: {expert}"] if expert else []
        return "\n\n".join(parts)


def choices(kind: str) -> list[tuple[str, str]]:
    """What one can answer to each kind of thread."""
    asked = ("asked", _("Ask for more"))
    if kind == "inquiry":
        return [("accepted", _("Answer, and close it")), asked]
    if kind == "request":
        return [("accepted", _("Approve it")), ("refused", _("Do not approve it")), asked]
    if kind == "appeal":
        return [("accepted", _("Change the decision")), ("refused", _("The decision stands")), asked]
    return [
        ("accepted", _("The reviewer decided for the member")),
        ("refused", _("The reviewer let the decision stand, or no review is possible")),
        asked,
    ]
