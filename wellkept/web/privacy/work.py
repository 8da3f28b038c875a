"""The work list of the privacy office: requests by time left, without a name.

Serves U-33, P-19.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wellkept.rights import work as rights
from wellkept.rights.work import WorkLine
from wellkept.web.privacy.frame import office
from wellkept.web.privacy.time_left import TimeLeft, time_left
from wellkept.web.shell import serving
from wellkept.web.shell.templatetags.shell import day

KINDS: Final[Mapping[str, Promise]] = {
    "opening": gettext_lazy("Is this opening right?"),
    "copy": gettext_lazy("A copy of the record"),
    "correct": gettext_lazy("Something to correct"),
    "limit": gettext_lazy("Limit who may see the record"),
    "remove": gettext_lazy("Something to remove"),
    "question": gettext_lazy("A question about privacy"),
    "escalation": gettext_lazy("Not settled by an answer"),
}
NEXT: Final[Mapping[str, Promise]] = {
    "opening": gettext_lazy("Look at the opening, decide, answer"),
    "copy": gettext_lazy("Gather the copy, answer"),
    "correct": gettext_lazy("Compare with the files, decide, answer"),
    "limit": gettext_lazy("Decide what to limit, answer"),
    "remove": gettext_lazy("Decide what goes and what stays, answer"),
    "question": gettext_lazy("Answer"),
    "escalation": gettext_lazy("Read the answer before, and the letter, decide anew, answer"),
}
# What the law allows at most, in calendar days, and where it says so.
LAW: Final[Mapping[str, tuple[int, str]]] = {
    "copy": (30, "45 CFR 164.524(b)(2)"),
    "correct": (60, "45 CFR 164.526(b)(2)"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request as the list shows it."""

    line: WorkLine
    kind: str
    next_step: str
    left: TimeLeft
    law: str


def work(request: HttpRequest) -> HttpResponse:
    """What waits, the least time first; then what was answered in the last 30 days."""
    here = office(request)
    lines = [waiting(line) for line in rights.work(here.secret)]
    open_, done = [one for one in lines if not one.line.answered_at], [one for one in lines if one.line.answered_at]
    given = {"open": open_, "done": done, "lead": lead(open_)}
    return render(request, "privacy/work.html", given)


def waiting(line: WorkLine) -> Waiting:
    """One request with its words and its clock."""
    tz = ZoneInfo(serving.pack().time_zone)
    next_step = str(NEXT.get(line.kind, _("Decide and answer")))
    left = time_left(line, now=timezone.now(), tz=tz)
    return Waiting(line=line, kind=kind(line), next_step=next_step, left=left, law=law(line, tz=tz))


def kind(line: WorkLine) -> str:
    """What is asked, in words."""
    return str(KINDS.get(line.kind, line.kind))


def law(line: WorkLine, *, tz: ZoneInfo) -> str:
    """The last day of the law, with its source; "" where the law sets none."""
    if line.kind not in LAW:
        return ""
    days, source = LAW[line.kind]
    until = line.asked_at.astimezone(tz).date() + timedelta(days=days)
    return _("%(day)s (%(source)s)") % {"day": day(until), "source": source}


def lead(open_: list[Waiting]) -> str:
    """How many wait, and how pressing they are."""
    if not open_:
        return _("No request waits.")
    late = sum(one.left.tone == "bad" for one in open_)
    count = ngettext("One request waits.", "%(n)d requests wait.", len(open_)) % {"n": len(open_)}
    if late:
        return f"{count} " + ngettext("One is overdue.", "%(n)d are overdue.", late) % {"n": late}
    return f"{count} " + _("The next one: %(left)s.") % {"left": open_[0].left.words}
