"""Finding care: offices on the plans' rosters, by name, kind of care and place. Nothing is sent anywhere (U-29).

What somebody looks for can say what ails them: it travels in the body of a form and stands in no address and no log.
"""

from typing import Final

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.organisations import offices
from wellkept.organisations.offices import PAGE, RADII, Found, Search
from wellkept.policy.asked import ONCE, Asks
from wellkept.web.member.door import opened, page
from wellkept.web.shell.forms import Form

MOST_PAGES: Final = 500


class Looking(Form):
    """What somebody looks for."""

    asks = Asks(
        "finding care", "2026-11", "plans", dict.fromkeys(("name", "specialty", "postal_code", "radius"), ONCE),
        why=gettext_lazy("It finds offices near you. What you look for is kept nowhere, not even in a log."),
        beside=("page",),
    )  # fmt: skip

    name = forms.CharField(label=gettext_lazy("Name of the doctor, office or hospital"), max_length=80, required=False)
    specialty = forms.ChoiceField(label=gettext_lazy("Kind of care"), required=False)
    postal_code = forms.CharField(
        label=gettext_lazy("Near ZIP code"), max_length=5, required=False,
        validators=[RegexValidator(r"^[0-9]{5}$", gettext_lazy("Write the five digits of a ZIP code, such as 54403."))],
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "postal-code"}),
    )  # fmt: skip
    radius = forms.TypedChoiceField(label=gettext_lazy("Within"), coerce=int, required=False, empty_value=None)
    page = forms.IntegerField(min_value=1, max_value=MOST_PAGES, required=False, widget=forms.HiddenInput)

    def __init__(self, *given: object, kinds: list[str], **named: object) -> None:
        """``kinds`` are the kinds of care that rosters name."""
        super().__init__(*given, **named)
        self.fields["specialty"].choices = [("", _("Any"))] + [(kind, kind) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["radius"].choices = [(miles, _("%(n)s miles") % {"n": miles}) for miles in RADII]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """Something has to be asked."""
        given: dict[str, object] = super().clean() or {}
        if not self.errors and not any(given.get(name) for name in ("name", "specialty", "postal_code")):
            self.add_error("name", _("Write a name, choose a kind of care, or give a ZIP code."))
        return given


def care(request: HttpRequest) -> HttpResponse:
    """The form; beneath it, once something was asked, the offices that fit."""
    with opened(request):
        kinds = offices.specialties()
        form = Looking(request.POST if request.method == "POST" else None, kinds=kinds, initial={"radius": 25})
        search = looked_for(form) if form.is_bound and form.is_valid() else None
        found = offices.find(search) if search else None
    given = {
        "form": form, "found": found, "search": search, "turns": turns(search, found), "empty_roster": not kinds,
        "first": (search.page - 1) * PAGE + 1 if search else 1,
    }  # fmt: skip
    return page(request, "care", given, status=400 if form.is_bound and not form.is_valid() else 200)


def looked_for(form: Looking) -> Search:
    """The answers as a search."""
    said = form.cleaned_data
    return Search(
        name=said["name"], specialty=said["specialty"], postal_code=said["postal_code"], radius=said["radius"] or 25,
        page=said["page"] or 1,
    )  # fmt: skip


def turns(search: Search | None, found: Found | None) -> list[tuple[int, str]]:
    """The pages before and after, each with its words."""
    if search is None or found is None:
        return []
    before = [(search.page - 1, _("Nearer ones"))] if search.page > 1 else []
    after = [(search.page + 1, _("More"))] if search.page * PAGE < found.total else []
    return [*before, *after]
