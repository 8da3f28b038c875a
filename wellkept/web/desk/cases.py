"""One case of the desk: what was told, its papers, and the answer.

Serves R-15, U-12, U-31, P-01, P-12. A case opens to whoever took it, until it is decided or given back.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access import queries as access
from wellkept.benefits import told
from wellkept.benefits.prescribed import said
from wellkept.files import queries as files
from wellkept.notices import news
from wellkept.people.queries import identity, reach
from wellkept.policy import packs
from wellkept.policy.words import Category, Key, Refused
from wellkept.service import canned
from wellkept.service import cases as work
from wellkept.service.cases import CaseLine, WorkLine
from wellkept.service.handing import STEPS
from wellkept.service.thread_values import KINDS as THREADS
from wellkept.web.desk import appeal_letter, tables, words
from wellkept.web.desk.forms import EXTENDED, Decide, DecideReceipt, Finished, Reached
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
    "inquiry": gettext_lazy("A question about a claim"),
    "request": gettext_lazy("A request to decide before care"),
    "appeal": gettext_lazy("An appeal"),
    "review": gettext_lazy("An external review"),
    "call": gettext_lazy("Left after a call"),
    "papers": gettext_lazy("Papers of an organisation"),
}
NEXT: Final[Mapping[str, Promise]] = {
    "claim": gettext_lazy("Read the receipt, decide what the plan pays, answer"),
    "other_insurance": gettext_lazy("Find out which plan pays first, answer"),
    "change": gettext_lazy("Bring it to the employer, tell what the employer decided"),
    "address": gettext_lazy("Reach the person by telephone, ask them to call back, change it on that call"),
    "inquiry": gettext_lazy("Read the question and the claim, answer"),
    "request": gettext_lazy("Read what the plan says of this care, decide, name the rule"),
    "appeal": gettext_lazy("Look at all of it anew, decide, name the rule"),
    "review": gettext_lazy("Check that a review is possible, send it to the reviewer, tell what they decided"),
    "call": gettext_lazy("Do what was left to do, answer"),
    "papers": gettext_lazy("Read what was sent, send what is ours, answer"),
}
STATES: Final[Mapping[str, tuple[Promise, str]]] = {
    "waiting": (gettext_lazy("waits"), "info"),
    "working": (gettext_lazy("in work"), ""),
    "asked": (gettext_lazy("waits for the member"), "old"),
}


PAGES: Final[Mapping[str, str]] = {"address": "desk/case_address.html", "call": "desk/case_call.html"}

FORMS: Final[Mapping[str, type[Finished | Reached]]] = {"address": Reached, "call": Finished}


def coming(line: WorkLine) -> str | Promise:
    """What comes next: what was said of this case, else what its kind begins with."""
    return following(line.next_step, line.kind)


def following(step: str, kind: str) -> str | Promise:
    """What a step says comes next, else what a kind of case begins with."""
    return STEPS.get(step, NEXT[kind])


def take(request: HttpRequest, case: UUID) -> HttpResponse:
    """Take a case nobody works on, and open it."""
    here = seat(request)
    if request.method == "POST" and work.take(here.secret, case):
        return HttpResponseRedirect(f"/desk/cases/{case}/")
    if request.method == "POST":
        sentence = _("Somebody else took this case, it was decided, or you decided before what it is about.")
        raise Refused(sentence, clause=clause(), reason="not the case")
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
    if line.kind == "papers":
        return HttpResponseRedirect(f"/desk/papers/{case}/")
    if line.kind in THREADS:
        return HttpResponseRedirect(f"/desk/appeals/{case}/")
    form = asked(request, line)
    with opened(here, line) as key:
        if request.method == "POST" and form.is_valid():
            answered(here, key, line, form)
            return HttpResponseRedirect("/desk/cases/")
        given = shown(key, line)
    page = PAGES.get(line.kind, "desk/case.html")
    given |= {"waits": line.still, "form": form, "canned": canned.fitting(line.kind), "next": coming(line)}
    return render(request, page, given, status=400 if form.errors else 200)


def asked(request: HttpRequest, line: WorkLine) -> Decide | Finished | Reached:
    """The form that its kind is answered on."""
    words = begun(request, line)
    if line.kind in FORMS:
        return FORMS[line.kind](request.POST or None, initial=words)
    form = DecideReceipt if line.kind == "claim" else Decide
    return form(request.POST or None, initial=words, asked=line.state == "asked", extends=line.extends)


def begun(request: HttpRequest, line: WorkLine) -> dict[str, str]:
    """The words made beforehand that were chosen, to be read and changed; nothing where none were."""
    one = canned.chosen(request.GET.get("words", ""), line.kind)
    return {"what": one.what, "words": str(one.text)} if one else {}


def answered(here: Seat, key: Key, line: WorkLine, form: Decide | Finished | Reached) -> None:
    """Write the answer, which is news for the member, and of a receipt a letter; refused where the case waits."""
    what = form.cleaned_data["what"]
    said_words = form.said() if isinstance(form, Decide) else form.cleaned_data["words"]
    if what == EXTENDED:
        came, written = work.extend(here.secret, key, line.id, words=said_words)
        step = written if came == "done" else None
    else:
        step = work.answer(here.secret, key, line.id, what=what, words=said_words)
    if step is None:
        raise Refused(_("This case waits for the member's answer."), clause=clause(), reason="not the case")
    category, (person,) = Category(line.category), key.subjects
    access.changed(key, category)
    if line.kind == "address":
        return
    under = packs.now_in_force(serving.pack()).version
    about = work.about_of(key, line.id)
    news.add(key, person=person, kind="answers", about=about, category=category, collected_under=under)
    case = work.case(key, about) if about and line.kind == "claim" and what != "accepted" else None
    if case:
        letter = appeal_letter.receipt(serving.original(), case, what=what, said=said_words)
        appeal_letter.post(key, letter, step=step, category=category)


def shown(key: Key, line: WorkLine) -> dict[str, object]:
    """What the page of a case shows."""
    about = work.about_of(key, line.id)
    case = work.case(key, about) if about else None
    if about is None or case is None:
        raise Http404
    person = identity(key)
    given = {
        "case": case, "name": words.name(person), "facts": tables.identity(person), "kind": KINDS[line.kind],
        "next": NEXT[line.kind], "steps": steps(case, line), "said": [step for step in case.steps if step.words],
        "due": line.due_on, "silent": silent(case, line),
    }  # fmt: skip
    if line.kind in PAGES:
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


def silent(case: CaseLine, line: WorkLine) -> bool:
    """Whether the member did not answer in the 45 days: then it is decided without the answer."""
    return case.asked_on is not None and not line.still


def steps(case: CaseLine, line: WorkLine) -> list[Step]:
    """What happened, oldest first, and by when it is decided."""
    happened = {
        "opened": {"address": _("No letter can go out"), "call": _("Left after a call by %(who)s")}.get(
            case.kind, _("Sent by the member")
        ),
        "taken": _("Taken by %(who)s"),
        "given back": _("Given back by %(who)s"),
        "handed over": _("Handed over by %(who)s"),
        "asked": _("%(who)s asked for more"),
        "extended": _("%(who)s took 15 days more"),
        "told": _("The member answered"),
    }
    done = [Step(happened.get(one.what, one.what) % {"who": one.actor}, day(one.at), "done") for one in case.steps]
    if line.still:
        return [*done, Step(_("The member answers"), _("until then the days stand still"), "now")]
    decides = _("You decide without the answer") if silent(case, line) else _("You decide")
    return [*done, Step(decides, _("by %(day)s") % {"day": day(line.due_on)}, "now")]


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
