"""The desk's work list, and one case: what was told, its papers, and the answer.

Serves R-15, U-12, U-31, P-01, P-12. A case opens to whoever took it, until it is decided or given back. The list has
neither a name nor a word of anybody.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access import queries as access
from wellkept.accounts.own import alarms
from wellkept.benefits import told
from wellkept.benefits.prescribed import said
from wellkept.files import queries as files
from wellkept.notices import news
from wellkept.people.queries import identity, reach
from wellkept.policy import packs
from wellkept.policy.words import Category, Key, Refused
from wellkept.service import cases as work
from wellkept.service.cases import CaseLine, WorkLine
from wellkept.web.desk import tables, words
from wellkept.web.desk.forms import Decide, Reached
from wellkept.web.desk.frame import NOT_ON_THE_CALL, Seat, clause, seat
from wellkept.web.shell import serving
from wellkept.web.shell.downloads import download
from wellkept.web.shell.templatetags.shell import day
from wellkept.web.shell.values import Step

KINDS: Final[Mapping[str, Promise]] = {
    "claim": gettext_lazy("A receipt to decide"),
    "other_insurance": gettext_lazy("Other insurance told"),
    "change": gettext_lazy("A change for the employer"),
    "address": gettext_lazy("An address to find out"),
}
NEXT: Final[Mapping[str, Promise]] = {
    "claim": gettext_lazy("Read the receipt, decide what the plan pays, answer"),
    "other_insurance": gettext_lazy("Find out which plan pays first, answer"),
    "change": gettext_lazy("Bring it to the employer, tell what the employer decided"),
    "address": gettext_lazy("Reach the person by telephone, ask them to call back, change it on that call"),
}
STATES: Final[Mapping[str, tuple[Promise, str]]] = {
    "waiting": (gettext_lazy("waits"), "info"),
    "working": (gettext_lazy("in work"), ""),
    "asked": (gettext_lazy("waits for the member"), "old"),
}


def listed(request: HttpRequest) -> HttpResponse:
    """What waits for somebody, by the day it is due; what one works on oneself; what colleagues work on."""
    here = seat(request)
    lines, today = work.work(here.secret), serving.today(serving.pack())
    given = {
        "mine": [row(line, today) for line in lines if line.mine],
        "waiting": [row(line, today) for line in lines if not line.actor],
        "others": [row(line, today) for line in lines if line.actor and not line.mine],
        "alarms": sum(one.done_at is None for one in alarms(here.secret)),
    }
    return render(request, "desk/cases.html", given)


def row(line: WorkLine, today: date) -> dict[str, object]:
    """A case of the list in words."""
    word, tone = STATES[line.state]
    late = line.due_on < today and line.state != "asked"
    return {"line": line, "kind": KINDS[line.kind], "next": NEXT[line.kind], "state": word, "tone": tone, "late": late}


def take(request: HttpRequest, case: UUID) -> HttpResponse:
    """Take a case nobody works on, and open it."""
    here = seat(request)
    if request.method == "POST" and work.take(here.secret, case):
        return HttpResponseRedirect(f"/desk/cases/{case}/")
    if request.method == "POST":
        raise Refused(_("Somebody else took this case, or it was decided."), clause=clause(), reason="not the case")
    return HttpResponseRedirect("/desk/cases/")


def give_back(request: HttpRequest, case: UUID) -> HttpResponse:
    """Give a case of one's own back, for a colleague to take."""
    here = seat(request)
    if request.method == "POST":
        work.give_back(here.secret, case)
    return HttpResponseRedirect("/desk/cases/")


def one(request: HttpRequest, case: UUID) -> HttpResponse:
    """A case of one's own: who sent what, with which papers, and the answer, which closes it or asks for more."""
    here = seat(request)
    line = own(here, case)
    form = (Reached if line.kind == "address" else Decide)(request.POST or None)
    with opened(here, line) as key:
        if request.method == "POST" and form.is_valid():
            answered(here, key, line, form)
            return HttpResponseRedirect("/desk/cases/")
        given = shown(key, line)
    page = "desk/case_address.html" if line.kind == "address" else "desk/case.html"
    return render(request, page, given | {"form": form}, status=400 if form.errors else 200)


def answered(here: Seat, key: Key, line: WorkLine, form: Decide | Reached) -> None:
    """Write the answer, which is news for the member; refused where the case waits for them."""
    what, said_words = form.cleaned_data["what"], form.cleaned_data["words"]
    if not work.answer(here.secret, key, line.id, what=what, words=said_words):
        raise Refused(_("This case waits for the member's answer."), clause=clause(), reason="not the case")
    category, (person,) = Category(line.category), key.subjects
    access.changed(key, category)
    if line.kind == "address":
        return
    under = packs.now_in_force(serving.pack()).version
    about = work.about_of(key, line.id)
    news.add(key, person=person, kind="answers", about=about, category=category, collected_under=under)


def shown(key: Key, line: WorkLine) -> dict[str, object]:
    """What the page of a case shows."""
    about = work.about_of(key, line.id)
    case = work.case(key, about) if about else None
    if about is None or case is None:
        raise Http404
    person = identity(key)
    given = {
        "case": case, "name": words.name(person), "facts": tables.identity(person), "kind": KINDS[line.kind],
        "next": NEXT[line.kind], "steps": steps(case), "said": [step for step in case.steps if step.words],
    }  # fmt: skip
    if line.kind == "address":
        return given | {"reach": reach(key)}
    sent = told.one(key, about)
    if sent is None:
        raise Http404
    papers = files.papers(key, about)
    return given | {"answers": said(sent.form, sent.answers), "version": sent.form.version, "papers": papers}


def paper(request: HttpRequest, case: UUID, paper: UUID) -> HttpResponse:
    """A paper of a case of one's own, as a download."""
    here = seat(request)
    line = own(here, case)
    with opened(here, line) as key:
        about = work.about_of(key, case)
        found = next((one for one in files.papers(key, about) if one.id == paper), None) if about else None
        if found is None:
            raise Http404
        content = files.content(key, paper)
    return download(content, name=found.name or _("paper"), media_type=found.kind)


def steps(case: CaseLine) -> list[Step]:
    """What happened, oldest first, and by when it is decided."""
    happened = {
        "opened": _("No letter can go out") if case.kind == "address" else _("Sent by the member"),
        "taken": _("Taken by %(who)s"),
        "given back": _("Given back by %(who)s"),
        "asked": _("%(who)s asked for more"),
        "told": _("The member answered"),
    }
    done = [Step(happened.get(one.what, one.what) % {"who": one.actor}, day(one.at), "done") for one in case.steps]
    if case.state == "asked":
        return [*done, Step(_("The member answers"), _("until then the days stand still"), "now")]
    return [*done, Step(_("You decide"), _("by %(day)s") % {"day": day(case.due_on)}, "now")]


def own(here: Seat, case: UUID) -> WorkLine:
    """A case of the representative's own; everything else is the one refusal."""
    line = work.mine(here.secret, case)
    if line is None:
        raise closed()
    return line


def closed() -> Refused:
    """The one answer to whoever does not work on the case."""
    sentence = _("Nothing is open here. A case opens to the one who took it, until it is decided or given back.")
    return Refused(sentence, clause=clause(), reason="not the case")


@contextmanager
def opened(here: Seat, line: WorkLine) -> Iterator[Key]:
    """Open what work on this kind of case needs, of the person who sent it, for the length of the block."""
    purpose, categories = work.OPENS[line.kind]
    subjects = [line.person] if line.person else []
    try:
        with access.enter(
            here.secret, purpose=purpose, categories=categories, subjects=subjects, occasion=line.occasion
        ) as key:
            yield key
    except Refused as error:
        if error.reason in NOT_ON_THE_CALL:
            raise closed() from None
        raise
