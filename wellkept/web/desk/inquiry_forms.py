"""What a representative says of an inquiry: the words of a letter, and how it ended."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from wellkept.inquiries.words import ENDS
from wellkept.policy.asked import ONCE, Asks
from wellkept.web.shell.forms import Form

LONGEST: Final = 3000
FITTING: Final = {
    "phone": ("answered by phone", "nobody reached", "not a real question"),
    "post": ("answered by post", "not a real question"),
    "materials": ("papers posted", "not a real question"),
}


class Letter(Form):
    """The answer on paper. It is printed and kept nowhere."""

    asks = Asks(
        "letter of an answer", "2026-11-22", "inquiries", {"words": ONCE}, why=_("It is printed, and not kept.")
    )

    words = forms.CharField(
        label=_("Your letter"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("It begins below the greeting. A blank line begins a new paragraph."),
    )


class End(Form):
    """How an inquiry ended."""

    asks = Asks("end of an inquiry", "2026-11-22", "inquiries", {"how": "ledger_entry.reason"})

    how = forms.ChoiceField(label=_("What came of it?"), widget=forms.RadioSelect)

    def __init__(self, *given: Any, way: str = "phone", **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """``way`` is phone or post, or materials."""
        super().__init__(*given, **named)
        self.fields["how"].choices = [(one, ENDS[one]) for one in FITTING[way]]  # type: ignore[attr-defined]
