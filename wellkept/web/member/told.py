"""What I told: the list of one sort, one of them with its steps, and the answer to what we asked (U-29)."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy

from wellkept.access.queries import changed
from wellkept.benefits import told
from wellkept.benefits.prescribed import said
from wellkept.benefits.told import ToldLine
from wellkept.files import actions as papers
from wellkept.files import queries as files
from wellkept.files.queries import PaperLine
from wellkept.policy.asked import Asks
from wellkept.service import cases
from wellkept.service.cases import CaseLine
from wellkept.web.member.door import opened
from wellkept.web.member.prescribed import refuse_strange
from wellkept.web.member.telling import SORTS, Sort, found, page, state, steps
from wellkept.web.shell.forms import Form


@dataclass(frozen=True, slots=True)
class Row:
    """One of the list: its address, what it is, its number to quote, and how far it is."""

    href: str
    line: ToldLine
    title: str
    number: str
    word: str
    tone: str


class Answer(Form):
    """What the person answers."""

    asks = Asks("answer", "2026-11", "telling", {"words": "service_casestep.words"})

    words = forms.CharField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("Add papers first, if we asked for some."),
        max_length=cases.LONGEST,
        widget=forms.Textarea,
    )


def listed(request: HttpRequest, kind: str) -> HttpResponse:
    """Everything of one sort that the person began or sent."""
    sort = SORTS[kind]
    with opened(request, sort.form.category) as (key, _who):
        lines, known = told.told(key, sort.form), cases.cases(key)
    rows = []
    for line in lines:
        case = known.get(line.id)
        word, tone = state(case)
        rows.append(Row(sort.place(line.id), line, named(line, str(sort.one)), case.number if case else "", word, tone))
    return page(request, f"told_{kind}", sort, {"rows": rows})


def named(line: ToldLine, otherwise: str) -> str:
    """A few words that tell one of a list from the others: who gave the care, or what changed."""
    if line.form.name == "claim":
        return line.answers.get("who") or otherwise
    return next((one.text for one in said(line.form, line.answers) if one.text), otherwise)


def one(request: HttpRequest, kind: str, number: UUID) -> HttpResponse:
    """One that was sent, with its papers and every step; one that was not is on the page where it can be sent."""
    sort = SORTS[kind]
    with opened(request, sort.form.category) as (key, _who):
        line = found(key, sort, number)
        case, attached = cases.case(key, number), files.papers(key, number)
    if line.sent_at is None:
        return HttpResponseRedirect(sort.place(number, "send/"))
    form = Answer() if case and case.state == "asked" else None
    return page(request, "told_one", sort, shown(sort, line, case, attached) | {"form": form})


def shown(sort: Sort, line: ToldLine, case: CaseLine | None, attached: tuple[PaperLine, ...]) -> dict[str, object]:
    """What the page of one that was sent shows."""
    given: dict[str, object] = {"at": sort.place(line.id), "line": line, "case": case, "papers": attached}
    given["answers"] = said(line.form, line.answers)
    if case is not None:
        given |= {"status": state(case), "steps": steps(case), "fresh": len(case.steps) == 1}
        given["said"] = [step for step in case.steps if step.words]
    return given


def answer(request: HttpRequest, kind: str, number: UUID) -> HttpResponse:
    """The person answers what we asked; papers added meanwhile go with it."""
    sort, form = SORTS[kind], Answer(request.POST or None)
    with opened(request, sort.form.category) as (key, _who):
        line, case = found(key, sort, number), cases.case(key, number)
        refuse_strange(form, request.POST)
        if case is None or case.state != "asked":
            raise Http404
        if request.method == "POST" and form.is_valid():
            cases.tell(key, case.id, words=form.cleaned_data["words"])
            papers.keep(key, about=number)
            changed(key, sort.form.category)
            return HttpResponseRedirect(sort.place(number))
        attached = files.papers(key, number)
    given = shown(sort, line, case, attached) | {"form": form}
    return page(request, "told_one", sort, given, status=400 if form.errors else 200)
