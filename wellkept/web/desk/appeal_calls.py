"""An appeal taken down on a call: an urgent one may be made by telephone (29 CFR 2560.503-1(h)(3)(vi)).

Serves R-15, P-19. Only for a caller who was verified, while the call goes on; the person reads who wrote it down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access import queries as access
from wellkept.benefits import queries as benefits
from wellkept.benefits.values import Status
from wellkept.clocks.law import appeal_until
from wellkept.policy import packs
from wellkept.policy.asked import Asks
from wellkept.policy.words import Category, Key
from wellkept.service import cases, threads
from wellkept.service.cases import LONGEST
from wellkept.service.thread_values import Draft, ThreadLine
from wellkept.web.desk import tables
from wellkept.web.desk.appeals import due
from wellkept.web.desk.calls import who
from wellkept.web.desk.frame import closed, on_call, opened, seat
from wellkept.web.desk.over import gives_back
from wellkept.web.shell import serving
from wellkept.web.shell.forms import DateField, Form
from wellkept.web.shell.templatetags.shell import day

CAME: Final[Mapping[str, tuple[str, Promise]]] = {
    "late": (
        "decided",
        gettext_lazy("More than 180 days have passed. Write a note of the call, and ask a colleague what counts."),
    ),
    "waits": ("about", gettext_lazy("An appeal of this was sent already, and it is being looked at.")),
    "decided": ("about", gettext_lazy("This was looked at again already, and decided.")),
}
LETTER: Final = "letter"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided against the caller and stands here: in words, and the request or the claim."""

    words: str
    before: UUID | None = None
    claim: UUID | None = None
    decided_on: date | None = None


class TakeDown(Form):
    """An appeal in the caller's words."""

    asks = Asks(
        "appeal on a call", "2026-11-22", "appeals",
        {
            "about": "service_thread.before_id", "decided": "service_thread.decided_on",
            "setting": "service_thread.setting", "words": "service_casestep.words",
        },
    )  # fmt: skip

    about = forms.ChoiceField(
        label=gettext_lazy("Which decision?"),
        choices=[(LETTER, gettext_lazy("One that is not listed here, from a letter"))],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Whoever decided it does not look at it again."),
    )
    decided = DateField(
        label=gettext_lazy("When was it decided?"),
        help_text=gettext_lazy("As the letter says. Of a decision listed above we know the day."),
        required=False,
    )
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

    def __init__(self, *given: Any, found: Mapping[str, Decision] = MappingProxyType({}), **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """``found`` are the decisions that stand here, by what the form calls them."""
        super().__init__(*given, **named)
        about = self.fields["about"]
        about.initial = None if found else LETTER
        about.choices = [*((name, one.words) for name, one in found.items()), *about.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Of what came by letter the day is asked."""
        told = super().clean() or self.cleaned_data
        if told.get("about") == LETTER and not told.get("decided") and "decided" not in self.errors:
            self.add_error("decided", _("Please say when it was decided, as the letter says."))
        return told


@gives_back(TakeDown)
def take_down(request: HttpRequest, call: UUID) -> HttpResponse:
    """Take an appeal down and send it; the caller is told its number and by when it is decided."""
    here = seat(request)
    line = on_call(here, call)
    if line.verified is None:
        raise closed()
    if "plans" not in serving.pack().law:
        raise Http404
    sent = None
    with opened(here, line, Category.IDENTITY, Category.CLAIMS) as key:
        found = decisions(key)
        form = TakeDown(request.POST or None, found=found)
        if request.method == "POST" and form.is_valid():
            sent = taken_down(key, form, found)
        given = who(key) | {"call": line, "sent": sent, "due": due(sent) if sent else ""}
    shown = TakeDown(found=found) if sent else form
    return render(request, "desk/appeal_call.html", given | {"form": shown}, status=400 if shown.errors else 200)


def decisions(key: Key) -> dict[str, Decision]:
    """What was refused to the caller, or denied on a claim, and may still be appealed, newest first."""
    pack = serving.pack()
    today, zone, found = serving.today(pack), ZoneInfo(pack.time_zone), {}
    for line in threads.threads(key):
        if line.kind == "request" and line.state == "refused" and line.closed_at:
            on = line.closed_at.astimezone(zone).date()
            said = _("Care not had yet, number %(number)s, refused on %(day)s") % {
                "number": line.number,
                "day": day(on),
            }
            found[f"before {line.id}"] = Decision(said, before=line.id, decided_on=on)
    for about, case in cases.cases(key).items():
        told = (case.kind, case.state, case.category) == ("claim", "refused", Category.CLAIMS)
        if told and case.closed_at:
            on = case.closed_at.astimezone(zone).date()
            said = _("The receipt with number %(number)s, refused on %(day)s") % {"number": case.number, "day": day(on)}
            found[f"before {about}"] = Decision(said, before=about, decided_on=on)
    for claim in benefits.claims(key).lines:
        if claim.status is Status.DENIED and claim.decided_on:
            named = {"office": claim.provider or _("Provider not stated"), "care": tables.care(claim)}
            said = _("%(office)s, %(care)s, denied on %(day)s") % (named | {"day": day(claim.decided_on)})
            found[f"claim {claim.id}"] = Decision(said, claim=claim.id, decided_on=claim.decided_on)
    return {name: one for name, one in found.items() if one.decided_on and appeal_until(one.decided_on) >= today}


def taken_down(key: Key, form: TakeDown, found: Mapping[str, Decision]) -> ThreadLine | None:
    """Send it; None where the form says what is to be mended."""
    told, pack = form.cleaned_data, serving.pack()
    one = found.get(told["about"]) or Decision("", decided_on=told["decided"])
    draft = Draft(
        "appeal", Category.CLAIMS, serving.today(pack), setting=told["setting"], before=one.before, claim=one.claim,
        decided_on=one.decided_on,
    )  # fmt: skip
    under = packs.now_in_force(pack).version
    came, thread = threads.send(key, draft, words=told["words"], papers=(), collected_under=under)
    if came == "sent":
        access.changed(key, Category.CLAIMS)
        return threads.thread(key, thread)
    if came not in CAME:
        raise closed()
    field, sentence = CAME[came]
    form.add_error(field, str(sentence))
    return None
