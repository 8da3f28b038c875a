"""Letters that came back: a representative types what stands in their windows.

Serves U-28, P-19. The page says how many were known, and never whose they were.
"""

from collections import Counter
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.notices import post
from wellkept.notices.references import canonical
from wellkept.policy.asked import ONCE, Asks
from wellkept.service.reaching import back
from wellkept.web.desk.frame import seat
from wellkept.web.shell import serving
from wellkept.web.shell.forms import Form

AT_ONCE: Final = 100
LONGEST: Final = 4000
PLACE: Final[dict[str, object]] = {"nav_here": "/desk/cases/"}


class Returned(Form):
    """The references of letters that came back, one a line."""

    asks = Asks(
        "returned", "2026-11", "contact", {"references": ONCE},
        why=gettext_lazy("It finds the letter. What you type is not kept."),
    )  # fmt: skip

    references = forms.CharField(
        label=gettext_lazy("References of the letters"),
        help_text=gettext_lazy("They stand above the name, such as R-7KQ2M0XD. One on each line."),
        max_length=LONGEST,
        widget=forms.Textarea(
            {"rows": 6, "autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )

    def clean_references(self) -> tuple[str, ...]:
        """Each as it was printed; raises ``ValidationError`` naming the lines that can be none."""
        typed = [line.strip() for line in self.cleaned_data["references"].splitlines() if line.strip()]
        wrong = [line for line in typed if canonical(line) is None]
        if wrong:
            sentence = _("This is no reference: %(lines)s. It is R and eight letters or figures.")
            raise ValidationError(sentence % {"lines": ", ".join(wrong[:5])})
        if len(typed) > AT_ONCE:
            raise ValidationError(_("Please type at most 100 at a time."))
        return tuple(dict.fromkeys(one for line in typed if (one := canonical(line))))


def returned(request: HttpRequest) -> HttpResponse:
    """The form, and what came of each reference that was sent with it."""
    here = seat(request)
    form = Returned(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/returned.html", PLACE | {"form": form}, status=400 if form.errors else 200)
    found = {one: post.returned(here.secret, one, back=back(serving.pack())) for one in form.cleaned_data["references"]}
    count = Counter(found.values())
    given = {
        "noted": count["noted"], "known": count["known"],
        "unknown": [one for one, what in found.items() if what == "unknown"],
    }  # fmt: skip
    return render(request, "desk/returned.html", PLACE | given | {"form": Returned(), "done": True})
