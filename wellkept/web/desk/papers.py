"""Papers of an organisation, for whoever works on its case: read, answered, ours sent. Without a case nothing opens.

Serves U-42. A case begins when the organisation sends a paper, or here, for something of ours. Its administrators read
each step in their list.
"""

from contextlib import AbstractContextManager
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.access.refusals import refused
from wellkept.clocks.business import business_day_after
from wellkept.ledger.sentences import ROLES
from wellkept.organisations import paper_trail, papers
from wellkept.organisations.near import Near, near
from wellkept.organisations.paper_trail import About
from wellkept.policy import packs, practices
from wellkept.policy.words import Category, Key, Refused
from wellkept.service import cases as work
from wellkept.service.cases import CaseLine, WorkLine
from wellkept.web.desk import cases
from wellkept.web.desk.frame import Seat, clause, seat, spent
from wellkept.web.desk.paper_forms import STANDING, Answer, Chosen, Which
from wellkept.web.shell import serving
from wellkept.web.shell.downloads import download
from wellkept.web.shell.paper_form import filled, page_of, pager, sent, table
from wellkept.web.shell.public import takes_files
from wellkept.web.shell.templatetags.shell import day
from wellkept.web.shell.values import Step

HERE: Final = "/desk/papers/"


def find(request: HttpRequest) -> HttpResponse:
    """Find an organisation by name or number."""
    here = seat(request)
    search, found = Which(request.POST if request.method == "POST" else None), list[Near]()
    if request.method == "POST" and search.is_valid():
        kind, words = search.cleaned_data["kind"], search.cleaned_data["words"]
        found = near(here.secret, kind=kind, words=words, prior=True)
    chosen = Chosen(people=[(one.id, f"{one.name}, {one.place} ({STANDING[one.standing]})") for one in found])
    given = {"search": search, "chosen": chosen, "found": found, "nav_here": "/desk/cases/"}
    return render(request, "desk/papers_begin.html", given, status=400 if search.errors else 200)


def begin(request: HttpRequest) -> HttpResponse:
    """Begin a case about the organisation that was found; one case at a time."""
    here, chosen = seat(request), Chosen(request.POST)
    if request.method != "POST" or not chosen.is_valid():
        return HttpResponseRedirect(HERE)
    return begun(here, chosen.cleaned_data["meant"])


def begun(here: Seat, organisation: UUID) -> HttpResponse:
    """To the page of the case that begins. Raises ``Refused`` where somebody has one, or the hour is used up."""
    pack = serving.pack()
    due = business_day_after(serving.today(pack), practices.number(pack, "cases_in_business_days"))
    under = packs.now_in_force(pack).version
    answer, case = paper_trail.begin_case(
        here.secret, organisation, number=work.new_number(), due=due, collected_under=under
    )
    if answer == "waits":
        sentence = _("There is a case about this organisation already. Find it among the cases.")
        raise Refused(sentence, clause=clause(), reason="not the case")
    if answer == "budget":
        raise spent(refused("budget", clause=clause(), entry=0))
    if answer != "yes":
        raise cases.closed()
    return HttpResponseRedirect(f"{HERE}{case}/")


def one(request: HttpRequest, case: UUID) -> HttpResponse:
    """A case of one's own: which organisation, its papers, what was said, and the answer."""
    here = seat(request)
    line, about = own(here, case)
    form, page = Answer(request.POST if request.method == "POST" else None), page_of(request)
    with cases.opened(here, line) as key:
        if request.method == "POST" and form.is_valid():
            answered(here, key, line, form)
            return HttpResponseRedirect("/desk/cases/" if form.cleaned_data["what"] == "accepted" else f"{HERE}{case}/")
        given = shown(key, line, about, page=page)
    return render(
        request,
        "desk/papers.html",
        given | {"form": form, "nav_here": "/desk/cases/"},
        status=400 if form.errors else 200,
    )


def shown(key: Key, line: WorkLine, about: About, *, page: int) -> dict[str, object]:
    """What the page of a case shows."""
    number = work.about_of(key, line.id)
    case = work.case(key, number) if number else None
    if case is None:
        raise Http404
    lines, total = papers.papers(key, page=page), papers.count(key)
    at = f"{HERE}{line.id}/"
    return {
        "about": about, "role": ROLES[about.kind], "standing": STANDING[about.standing], "case": case,
        "table": table(lines, at=at, ours=_("Us"), theirs=about.name) if lines else None,
        "pager": pager(total, page=page, at=at), "steps": steps(case, line),
        "said": [step for step in case.steps if step.words],
    }  # fmt: skip


def steps(case: CaseLine, line: WorkLine) -> list[Step]:
    """What happened, oldest first, and by when it is answered."""
    happened = {
        "opened": _("Sent by the organisation"),
        "taken": _("Taken by %(who)s"),
        "given back": _("Given back by %(who)s"),
        "handed over": _("Handed over by %(who)s"),
        "asked": _("%(who)s asked for a paper"),
        "told": _("The organisation sent one"),
    }
    done = [Step(happened.get(one.what, one.what) % {"who": one.actor}, day(one.at), "done") for one in case.steps]
    if line.still:
        return [*done, Step(_("The organisation sends one"), _("until then the days stand still"), "now")]
    return [*done, Step(_("You answer"), _("by %(day)s") % {"day": day(line.due_on)}, "now")]


def answered(here: Seat, key: Key, line: WorkLine, form: Answer) -> None:
    """Close the case, or ask for a paper, with words the organisation reads."""
    what, words = form.cleaned_data["what"], form.cleaned_data["words"]
    if not work.answer(here.secret, key, line.id, what=what, words=words):
        raise Refused(_("This case waits for the organisation."), clause=clause(), reason="not the case")
    access.changed(key, Category.PAPERS)


@takes_files("a paper of ours for an organisation, from whoever works on its case")
def send(request: HttpRequest, case: UUID) -> HttpResponse:
    """Send a paper of ours; the organisation finds it among its papers."""
    here = seat(request)
    line, about = own(here, case)
    form = filled(request, employer=about.kind == "employer")
    if request.method == "POST" and sent(form, lambda: opening(here, line)):
        return HttpResponseRedirect(f"{HERE}{case}/")
    given = {"form": form, "about": about, "case": case, "nav_here": "/desk/cases/"}
    return render(request, "desk/papers_send.html", given, status=400 if form.errors else 200)


def opening(here: Seat, line: WorkLine) -> AbstractContextManager[Key]:
    """The papers of the organisation, open for the length of a block."""
    return cases.opened(here, line)


def paper(request: HttpRequest, case: UUID, paper: UUID) -> HttpResponse:
    """One of its papers, as a download."""
    here = seat(request)
    line, _about = own(here, case)
    with cases.opened(here, line) as key:
        found = papers.paper(key, paper)
        if found is None:
            raise Http404
        content = papers.content(key, found)
    return download(content, name=found.name or _("paper"), media_type=found.media_type)


def own(here: Seat, case: UUID) -> tuple[WorkLine, About]:
    """A papers case of the representative's own, and whom it is about; everything else is the one refusal."""
    line, about = work.mine(here.secret, case), paper_trail.about(here.secret, case)
    if line is None or about is None:
        raise cases.closed()
    return line, about
