"""A case of one's own: what comes next in it, and handing it to a colleague.

Serves U-31, P-19. The person reads who handed it on; the colleague reads why.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.people.queries import identity
from wellkept.policy.asked import Asks
from wellkept.policy.words import Refused
from wellkept.service import handing
from wellkept.service.cases import LONGEST
from wellkept.service.handing import STEPS, Colleague
from wellkept.web.desk import tables, words
from wellkept.web.desk.cases import KINDS, opened, own
from wellkept.web.desk.frame import clause, seat
from wellkept.web.shell.forms import Form


class Hand(Form):
    """To whom a case is handed, and why."""

    asks = Asks("hand over", "2026-11", "telling", {"to": "service_case.account_id", "words": "service_casestep.words"})

    to = forms.UUIDField(label=gettext_lazy("To whom?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("What should they know?"),
        help_text=gettext_lazy("The member reads it too."),
        max_length=LONGEST,
        widget=forms.Textarea,
    )

    def __init__(self, *given: Any, people: tuple[Colleague, ...] = (), **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """``people`` are the colleagues to whom it can go."""
        super().__init__(*given, **named)
        self.fields["to"].widget.choices = [(str(one.account), one.actor or _("A colleague")) for one in people]


class Next(Form):
    """What comes next in a case."""

    asks = Asks("next step", "2026-11", "telling", {"step": "service_case.next_step"})

    step = forms.ChoiceField(
        label=gettext_lazy("What comes next?"), choices=list(STEPS.items()), widget=forms.RadioSelect
    )


def hand_over(request: HttpRequest, case: UUID) -> HttpResponse:
    """Choose a colleague and say why; from then on it opens to them, and to nobody else."""
    here = seat(request)
    line = own(here, case)
    people = handing.colleagues(here.secret)
    form = Hand(request.POST or None, people=people)
    with opened(here, line) as key:
        given = {"line": line, "kind": KINDS[line.kind], "facts": tables.identity(identity(key))}
        given |= {"name": words.name(identity(key)), "form": form, "people": people}
        if request.method == "POST" and form.is_valid():
            told = form.cleaned_data
            if handing.hand_over(here.secret, key, case, to=told["to"], words=told["words"]):
                return HttpResponseRedirect("/desk/cases/")
            sentence = _("It was not handed over. Choose a colleague who works here, and did not decide this before.")
            raise Refused(sentence, clause=clause(), reason="not the case")
    return render(request, "desk/hand_over.html", given, status=400 if form.errors else 200)


def next_step(request: HttpRequest, case: UUID) -> HttpResponse:
    """Say what comes next; back to the case."""
    here = seat(request)
    line = own(here, case)
    form = Next(request.POST or None, initial={"step": line.next_step})
    if request.method == "POST" and form.is_valid():
        handing.next_step(here.secret, case, form.cleaned_data["step"])
        return HttpResponseRedirect("/desk/cases/")
    given = {"line": line, "kind": KINDS[line.kind], "form": form}
    return render(request, "desk/next_step.html", given, status=400 if form.errors else 200)
