"""What a member can tell us: three prescribed forms, where each lives, and the frame of their pages (U-17, U-29)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.benefits import told
from wellkept.benefits.prescribed import CHANGE, CLAIM, OTHER, Prescribed
from wellkept.benefits.told import ToldLine
from wellkept.clocks import law
from wellkept.policy import packs
from wellkept.policy.words import Key
from wellkept.service.cases import CaseLine, StepLine
from wellkept.web.member import places
from wellkept.web.shell import serving
from wellkept.web.shell.templatetags.shell import day
from wellkept.web.shell.values import Step


@dataclass(frozen=True, slots=True)
class Sort:
    """One thing a member can tell: its form in force, where it lives, and what it is called."""

    form: Prescribed
    home: str
    title: str | Promise
    one: str | Promise

    def place(self, number: UUID, part: str = "") -> str:
        """The address of one of them, or of a part of it."""
        return f"{self.home}{number}/{part}"


SORTS: Final[Mapping[str, Sort]] = {
    "claim": Sort(CLAIM, "/member/submit/", gettext_lazy("Send a receipt"), gettext_lazy("A receipt you sent")),
    "change": Sort(
        CHANGE, "/member/changes/", gettext_lazy("Changes in your life"), gettext_lazy("A change you asked for")
    ),
    "other_insurance": Sort(
        OTHER, "/member/other-insurance/", gettext_lazy("Other insurance"), gettext_lazy("What you told us")
    ),
}
# Each state of a case with its word and its tone.
STATES: Final[Mapping[str, tuple[str | Promise, str]]] = {
    "waiting": (gettext_lazy("Waits for a person"), "info"),
    "working": (gettext_lazy("Being worked on"), "info"),
    "asked": (gettext_lazy("Needs your answer"), "warn"),
    "accepted": (gettext_lazy("Accepted"), "good"),
    "refused": (gettext_lazy("Not accepted"), "bad"),
}


def page(
    request: HttpRequest, template: str, sort: Sort, given: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """A page of this part, with its places beside or above it."""
    frame = {**places.frame(request.path), "sort": sort}
    return render(request, f"member/{template}.html", {**frame, **given}, status=status)


def found(key: Key, sort: Sort, number: UUID) -> ToldLine:
    """One of this sort; whoever has none with this id is told that there is no such page."""
    line = told.one(key, number)
    if line is None or line.form.name != sort.form.name:
        raise Http404
    return line


def sentences(error: ValidationError) -> list[str]:
    """What the sender can mend."""
    return [str(message) for message in error.messages]


def under() -> str:
    """The policy version in force, under which everything told now is collected."""
    return packs.now_in_force(serving.pack()).version


def state(case: CaseLine | None) -> tuple[str, str]:
    """The word and the tone of how far something is; what was not sent yet has no case."""
    if case is None:
        return _("Not sent yet"), "old"
    word, tone = STATES[case.state]
    return str(word), tone


def steps(case: CaseLine) -> list[Step]:
    """Each step with its day and who took it, and what comes next."""
    done = [Step(happened(step), day(step.at), "done") for step in case.steps]
    return done if case.closed_at else [*done, following(case)]


def happened(step: StepLine) -> str:
    """A step as a heading."""
    words = {
        "opened": _("You sent it"),
        "taken": _("%(who)s, customer service, took it up"),
        "given back": _("%(who)s handed it on to a colleague"),
        "handed over": _("%(who)s handed it on to a colleague"),
        "asked": _("%(who)s asked you for more"),
        "extended": _("%(who)s needs 15 days more, and says why"),
        "told": _("You answered"),
        "accepted": _("%(who)s accepted it"),
        "refused": _("%(who)s did not accept it"),
    }
    return words[step.what] % {"who": step.actor or _("Customer service")}


def following(case: CaseLine) -> Step:
    """What happens next, and by when."""
    if case.state == "asked" and case.asked_on is None:
        due = {"day": day(case.due_on)}
        return Step(_("You answer, and we decide"), _("by %(day)s; our question gives us no more days") % due, "now")
    if case.state == "asked":
        asked = next(step.at for step in reversed(case.steps) if step.what == "asked")
        here = asked.astimezone(ZoneInfo(serving.pack().time_zone)).date()
        until = day(law.information_until(here))
        return Step(
            _("You answer what we asked"), _("by %(day)s; until then our days stand still") % {"day": until}, "now"
        )
    if case.kind == "claim" and case.extended_on is None:
        return Step(
            _("A person decides"),
            _("by %(day)s; the law gives 30 days for care you already had") % {"day": day(case.due_on)},
            "now",
        )
    return Step(_("A person decides"), _("by %(day)s") % {"day": day(case.due_on)}, "now")
