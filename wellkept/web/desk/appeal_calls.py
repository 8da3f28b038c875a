"""An appeal taken down on a call: an urgent one may be made by telephone (29 CFR 2560.503-1(h)(3)(vi)).

Serves R-15, P-19. Only for a caller who was verified, while the call goes on; the person reads who wrote it down.
"""

from typing import Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from wellkept.access import queries as access
from wellkept.policy import packs
from wellkept.policy.asked import Asks
from wellkept.policy.words import Category, Key
from wellkept.service import threads
from wellkept.service.cases import LONGEST
from wellkept.service.thread_values import Draft, ThreadLine
from wellkept.web.desk.appeals import due
from wellkept.web.desk.calls import who
from wellkept.web.desk.frame import closed, on_call, opened, seat
from wellkept.web.desk.over import gives_back
from wellkept.web.shell import serving
from wellkept.web.shell.forms import DateField, Form

LATE: Final = gettext_lazy("More than 180 days have passed. Write a note of the call, and ask a colleague what counts.")


class TakeDown(Form):
    """An appeal in the caller's words."""

    asks = Asks(
        "appeal on a call", "2026-11", "appeals",
        {
            "decided": "service_thread.decided_on", "setting": "service_thread.setting",
            "words": "service_casestep.words",
        },
    )  # fmt: skip

    decided = DateField(label=gettext_lazy("When was it decided?"), help_text=gettext_lazy("As the letter says."))
    setting = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=[
            ("urgent", gettext_lazy("Care not had yet, and urgent: 72 hours")),
            ("before", gettext_lazy("Care not had yet: 30 days")),
            ("after", gettext_lazy("Care already had: 60 days")),
        ],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Urgent is what the caller, or their doctor, calls urgent. Do not judge it here."),
    )
    words = forms.CharField(
        label=gettext_lazy("In the caller's words"),
        help_text=gettext_lazy("Read it back to them before you send it. They read it on their pages."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 8}),
    )


@gives_back(TakeDown)
def take_down(request: HttpRequest, call: UUID) -> HttpResponse:
    """Take an appeal down and send it; the caller is told its number and by when it is decided."""
    here = seat(request)
    line = on_call(here, call)
    if line.verified is None:
        raise closed()
    if "plans" not in serving.pack().law:
        raise Http404
    form, sent = TakeDown(request.POST or None), None
    with opened(here, line, Category.IDENTITY, Category.CLAIMS) as key:
        if request.method == "POST" and form.is_valid():
            sent = taken_down(key, form)
        given = who(key) | {"call": line, "sent": sent, "due": due(sent) if sent else ""}
    shown = TakeDown() if sent else form
    return render(request, "desk/appeal_call.html", given | {"form": shown}, status=400 if shown.errors else 200)


def taken_down(key: Key, form: TakeDown) -> ThreadLine | None:
    """Send it; None where the form says what is to be mended."""
    told, pack = form.cleaned_data, serving.pack()
    draft = Draft("appeal", Category.CLAIMS, serving.today(pack), setting=told["setting"], decided_on=told["decided"])
    under = packs.now_in_force(pack).version
    came, thread = threads.send(key, draft, words=told["words"], papers=(), collected_under=under)
    if came == "sent":
        access.changed(key, Category.CLAIMS)
        return threads.thread(key, thread)
    if came != "late":
        raise closed()
    form.add_error("decided", str(LATE))
    return None
