"""Notes of my calls: what customer service wrote down, and what was left to do (P-19, B-03)."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wellkept.ledger.sentences import CALLS
from wellkept.policy.words import Category
from wellkept.service import cases, notes
from wellkept.service.cases import CaseLine
from wellkept.service.notes import NoteLine
from wellkept.web.member.door import opened, page
from wellkept.web.member.telling import STATES
from wellkept.web.shell.templatetags.shell import day
from wellkept.web.shell.values import Step


@dataclass(frozen=True, slots=True)
class Left:
    """Something left to do after a call: its case, the word and the tone of how far it is, its steps and its words."""

    case: CaseLine
    word: str
    tone: str
    steps: tuple[Step, ...]
    words: tuple[str, ...]


def calls(request: HttpRequest) -> HttpResponse:
    """Every note, newest first, and what was left to do."""
    with opened(request, Category.CALLS) as (key, _who):
        written, left = notes.notes(key), cases.of_calls(key)
    given = {"notes": [(one, about(one)) for one in written], "left": [found(one) for one in left]}
    return page(request, "calls", given)


def about(note: NoteLine) -> str:
    """What the call was about."""
    return str(CALLS.get(note.about, note.about))


def found(case: CaseLine) -> Left:
    """One case in words."""
    word, tone = STATES[case.state]
    happened = {
        "opened": _("%(who)s noted it on your call"),
        "taken": _("%(who)s took it up"),
        "given back": _("%(who)s gave it back for a colleague"),
        "handed over": _("%(who)s handed it to a colleague"),
        "asked": _("%(who)s asked you for more"),
        "told": _("You answered"),
        "accepted": _("%(who)s did it"),
        "refused": _("%(who)s could not do it"),
    }
    steps = [
        Step(happened.get(one.what, one.what) % {"who": one.actor or _("Customer service")}, day(one.at), "done")
        for one in case.steps
    ]
    if not case.closed_at:
        steps.append(Step(_("We do it"), _("by %(day)s") % {"day": day(case.due_on)}, "now"))
    said = tuple(one.words for one in case.steps if one.words)
    return Left(case, str(word), tone, tuple(steps), said)
