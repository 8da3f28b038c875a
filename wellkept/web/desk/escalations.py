"""Letters that follow an answer: noted by their reference, and tracked as requests are.

Serves U-34. The list has neither a name nor a word of anybody. The letter itself goes to the privacy office.
"""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.clocks.answers import answer_due
from wellkept.policy import packs, practices
from wellkept.policy.asked import ONCE, Asks
from wellkept.rights import escalations
from wellkept.web.desk.frame import seat
from wellkept.web.desk.time_left import days_left
from wellkept.web.shell import serving
from wellkept.web.shell.forms import Form

PLACE: Final[dict[str, object]] = {"nav_here": "/desk/cases/"}


class Came(Form):
    """The reference of a letter that follows an answer."""

    asks = Asks(
        "letter after an answer", "2026-11", "privacy", {"reference": ONCE},
        why=gettext_lazy("It finds the request that the letter is about."),
    )  # fmt: skip

    reference = forms.CharField(
        label=gettext_lazy("Reference on the letter"),
        help_text=gettext_lazy("It stands at the top, such as E-7KQ2M0XD."),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_reference(self) -> str:
        """As it was printed; raises ``ValidationError`` for what can be none."""
        printed = escalations.canonical(self.cleaned_data["reference"])
        if printed is None:
            raise ValidationError(_("This is no reference. It is E and eight letters or figures."))
        return printed


def listed(request: HttpRequest) -> HttpResponse:
    """What waits and what was answered, by time left; and the form for a letter that came."""
    here = seat(request)
    form = Came(request.POST or None)
    given = dict(PLACE)
    if request.method == "POST" and form.is_valid():
        pack = serving.pack()
        days = practices.number(pack, "answers_in_business_days")
        due_on = answer_due(datetime.now(UTC), days, ZoneInfo(pack.time_zone))
        under = packs.now_in_force(pack).version
        outcome = escalations.came(here.secret, form.cleaned_data["reference"], due_on=due_on, collected_under=under)
        given |= {"outcome": outcome, "due_on": due_on}
        form = Came() if outcome != "unknown" else form
    found, today = escalations.tracked(here.secret), serving.today(serving.pack())
    given |= {
        "form": form,
        "waiting": [(one, *days_left(one.due_on, today)) for one in found if one.answered_at is None],
        "done": [one for one in found if one.answered_at is not None],
    }
    return render(request, "desk/escalations.html", given, status=400 if form.errors else 200)
