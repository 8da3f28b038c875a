"""Questions and appeals in words: what each is called, what happened, what comes next and by when (R-15)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.service.thread_values import Message, ThreadLine
from wellkept.web.shell.templatetags.shell import day, moment
from wellkept.web.shell.values import Step

TITLES: Final[Mapping[str, Promise]] = {
    "inquiry": gettext_lazy("A question about a claim"),
    "request": gettext_lazy("A decision before care"),
    "appeal": gettext_lazy("An appeal"),
    "review": gettext_lazy("An external review"),
}
A_DAY: Final = timedelta(hours=24)
STATES: Final[Mapping[str, tuple[Promise, str]]] = {
    "waiting": (gettext_lazy("Waits for a person"), "info"),
    "working": (gettext_lazy("Being worked on"), "info"),
    "asked": (gettext_lazy("Needs your answer"), "warn"),
    "withdrawn": (gettext_lazy("Taken back"), "old"),
}
ENDS: Final[Mapping[tuple[str, str], tuple[Promise, str]]] = {
    ("inquiry", "accepted"): (gettext_lazy("Answered"), "good"),
    ("inquiry", "refused"): (gettext_lazy("Answered"), "good"),
    ("request", "accepted"): (gettext_lazy("Approved"), "good"),
    ("request", "refused"): (gettext_lazy("Not approved"), "bad"),
    ("appeal", "accepted"): (gettext_lazy("Decided for you"), "good"),
    ("appeal", "refused"): (gettext_lazy("The decision stands"), "bad"),
    ("review", "accepted"): (gettext_lazy("Decided for you"), "good"),
    ("review", "refused"): (gettext_lazy("The decision stands"), "bad"),
}
SETTINGS: Final[Mapping[tuple[str, str], Promise]] = {
    ("request", "urgent"): gettext_lazy("Urgent: 72 hours"),
    ("request", "before"): gettext_lazy("Before care: 15 days"),
    ("appeal", "urgent"): gettext_lazy("Urgent: 72 hours"),
    ("appeal", "before"): gettext_lazy("Before care: 30 days"),
    ("appeal", "after"): gettext_lazy("After care: 60 days"),
}


def state(line: ThreadLine) -> tuple[str, str]:
    """How far it is, in a word and its tone."""
    word, tone = ENDS.get((line.kind, line.state)) or STATES[line.state]
    return str(word), tone


def law(line: ThreadLine) -> str:
    """How long the law gives us; "" where it sets no time."""
    if line.kind == "request" and line.setting == "urgent" and line.due_at and line.due_at - line.sent_at <= A_DAY:
        return _("Urgent care that goes on: 24 hours")
    return str(SETTINGS.get((line.kind, line.setting), ""))


def until(line: ThreadLine) -> str:
    """By when it is answered: to the minute where hours count."""
    urgent = line.setting == "urgent" and line.due_at is not None
    return moment(line.due_at) if urgent else day(line.due_on)


def steps(line: ThreadLine, messages: tuple[Message, ...]) -> list[Step]:
    """What happened, oldest first, and what comes next. Who acted stands in words already (``shell.acting``)."""
    told = [one for one in messages if one.what != "opened"]
    done = [Step(happened(line, one, first=one is told[0]), day(one.at), "done") for one in told]
    return done if line.closed_at else [*done, following(line)]


def happened(line: ThreadLine, one: Message, *, first: bool) -> str:
    """A step as a heading; the ``first`` is how it was sent."""
    if first and one.what == "wrote":
        return _("%(who)s sent it for you") % {"who": one.actor} if one.actor else _("You sent it")
    who = one.actor or _("Customer service")
    mine = not one.actor
    words = {
        "wrote": _("You wrote") if mine else _("%(who)s wrote for you"),
        "withdrawn": _("You took it back") if mine else _("%(who)s took it back for you"),
        "taken": _("%(who)s, customer service, took it up"),
        "given back": _("%(who)s handed it on to a colleague"),
        "handed over": _("%(who)s handed it on to a colleague"),
        "asked": _("%(who)s asked you for more"),
        "passed on": _("%(who)s sent it to the reviewer from outside"),
        "extended": _("%(who)s needs 15 days more, and says why"),
        "urgent": _("%(who)s takes it as urgent"),
        "accepted": _("%(who)s answered") if line.kind == "inquiry" else _("%(who)s decided for you"),
        "refused": _("%(who)s answered") if line.kind == "inquiry" else _("%(who)s told you that the decision stands"),
    }  # fmt: skip
    return words.get(one.what, one.what) % {"who": who}


def following(line: ThreadLine) -> Step:
    """What happens next, and by when."""
    due = {"day": until(line)}
    if line.state == "asked" and line.due_at and not line.asked_at:
        return Step(_("You answer, and we decide"), _("by %(day)s; our question gives us no more days") % due, "now")
    if line.state == "asked":
        return Step(_("You answer what we asked"), _("then we go on"), "now")
    nexts = {
        "inquiry": _("A person answers"),
        "request": _("A person decides"),
        "appeal": _("Somebody who did not decide before decides"),
        "review": _("The reviewer from outside decides")
        if line.passed_at
        else _("We check whether a review is possible"),
    }
    return Step(nexts[line.kind], _("by %(day)s") % due, "now")
