"""Questions about claims and appeals at the desk: what was written, what was decided before, and the answer.

Serves R-15, U-12, U-31, U-33. It opens to whoever took it. Whoever decided before never looks again: the database says
no, and the page says why. Each answer is news for the person and a letter.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.benefits import queries as benefits
from wellkept.benefits.values import ClaimStory
from wellkept.files.actions import Prepared
from wellkept.notices import news
from wellkept.people.queries import identity
from wellkept.policy import packs
from wellkept.policy.words import Category, Key, Purpose, Refused
from wellkept.service import cases, threads
from wellkept.service.cases import WorkLine
from wellkept.service.thread_values import Message, ThreadLine
from wellkept.web.desk import appeal_letter, tables, words
from wellkept.web.desk.appeal_forms import AnswerThread
from wellkept.web.desk.cases import KINDS, closed, coming, own
from wellkept.web.desk.forms import EXTENDED
from wellkept.web.desk.frame import NOT_ON_THE_CALL, Seat, clause, seat
from wellkept.web.shell import papers, serving
from wellkept.web.shell.acting import by
from wellkept.web.shell.downloads import download
from wellkept.web.shell.public import takes_files
from wellkept.web.shell.templatetags.shell import day, moment, money
from wellkept.web.shell.values import Step


@takes_files("papers that go with an answer to a question or an appeal")
@papers.looked_at_first
def one(request: HttpRequest, case: UUID) -> HttpResponse:
    """One of one's own: what was written, what it is about, and the answer, which closes it or asks for more."""
    here = seat(request)
    work = own(here, case)
    with opened(here, work) as key:
        line = found(key, case)
        form = AnswerThread(
            request.POST or None, request.FILES or None, kind=line.kind, asked=line.state == "asked",
            extends=work.extends,
        )  # fmt: skip
        if request.method == "POST" and form.is_valid() and answered(request, here, key, line, form):
            return HttpResponseRedirect("/desk/cases/")
        given = shown(key, line, work) | {"form": form, "case": work, "next": coming(work), "nav_here": "/desk/cases/"}
    return render(request, "desk/appeal.html", given, status=400 if form.errors else 200)


def answered(request: HttpRequest, here: Seat, key: Key, line: ThreadLine, form: AnswerThread) -> bool:
    """Write the answer, tell the person by news and by letter; False where the form says what is to be mended."""
    kept = papers.sealed(form, key, request)
    if not form.is_valid():
        return False
    what = form.cleaned_data["what"]
    try:
        if what == EXTENDED:
            came, step = extended(here, key, line, form.said(), kept)
        else:
            came, step = threads.answer(here.secret, key, line, what=what, words=form.said(), papers=kept)
    except ValidationError as error:
        form.add_error("words", error)
        return False
    if came == "self":
        form.add_error(None, _("You decided this before. The law wants somebody else to look again: give it back."))
        return False
    if came != "done":
        raise Refused(_("This waits for the member's answer, or was decided."), clause=clause(), reason="not the case")
    told(key, threads.thread(key, line.id) or line, step=step, what=what, said=form.said())
    return True


def extended(here: Seat, key: Key, line: ThreadLine, said: str, kept: Sequence[Prepared]) -> tuple[str, UUID]:
    """Make its time longer, with why; its papers go with it. What came of it, and the step."""
    came, step = cases.extend(here.secret, key, line.case, words=said)
    if came == "done":
        threads.keep(key, line.id, step, kept)
    return came, step


def hurry(request: HttpRequest, case: UUID) -> HttpResponse:
    """Treat one of one's own as urgent from now on, which the person is told; back to it."""
    here = seat(request)
    work = own(here, case)
    with opened(here, work) as key:
        line = found(key, case)
        if request.method == "POST":
            step = threads.hurry(here.secret, line)
            if step is None:
                raise Refused(_("This is urgent already, or was decided."), clause=clause(), reason="not the case")
            told(key, found(key, case), step=step, what="urgent", said="")
    return HttpResponseRedirect(f"/desk/appeals/{case}/")


def told(key: Key, line: ThreadLine, *, step: UUID, what: str, said: str) -> None:
    """Enter the change, tell the person that it was answered, and put the letter into the print queue."""
    access.changed(key, line.category)
    (person,), pack = key.subjects, serving.original()
    under = packs.now_in_force(pack).version
    news.add(key, person=person, kind="answers", about=line.id, category=line.category, collected_under=under)
    appeal_letter.post(key, appeal_letter.data(pack, line, what=what, said=said), step=step, category=line.category)


def shown(key: Key, line: ThreadLine, work: WorkLine) -> dict[str, object]:
    """What the page shows of it."""
    person, said = identity(key), threads.messages(key, line.id)
    story = benefits.claim(key, line.claim) if line.claim else None
    before = threads.messages(key, line.before) if line.before else ()
    now = timezone.now()
    return {
        "line": line, "kind": KINDS[line.kind], "name": words.name(person),
        "facts": tables.identity(person), "claim": claim_facts(story) if story else (),
        "steps": steps(line, said, work),
        "messages": [replace(one, actor=by(one)) for one in said if one.words or one.papers],
        "before": [replace(one, actor=by(one)) for one in before if one.words],
        "due": due(line), "late": line.late(now),
        "waits": line.kind == "request" and work.still,
        "reasons": [why for why in story.why if why.reason] if story else [],
    }  # fmt: skip


def claim_facts(story: ClaimStory) -> list[tuple[str, str]]:
    """The claim as far as files stated it."""
    claim = story.claim
    told = [
        (_("Office"), claim.provider),
        (_("Claim"), story.number),
        (_("Day of care"), day(claim.served_from) if claim.served_from else ""),
        (_("Decided"), day(claim.decided_on) if claim.decided_on else ""),
        (_("Billed"), money(claim.billed)),
        (_("Paid"), money(claim.paid)),
        (_("The member may owe"), money(claim.owed)),
    ]
    return [(label, value) for label, value in told if value]


def due(line: ThreadLine) -> str:
    """By when it is answered: to the minute where hours count."""
    return moment(line.due_at) if line.setting == "urgent" and line.due_at else day(line.due_on)


def steps(line: ThreadLine, said: tuple[Message, ...], work: WorkLine) -> list[Step]:
    """What happened, oldest first, and what comes next."""
    happened = {
        "taken": _("Taken by %(who)s"),
        "given back": _("Given back by %(who)s"),
        "handed over": _("Handed over by %(who)s"),
        "asked": _("%(who)s asked for more"),
        "wrote": _("%(who)s wrote for the member"),
        "passed on": _("%(who)s sent it to the reviewer"),
        "extended": _("%(who)s took 15 days more"),
        "urgent": _("%(who)s took it as urgent"),
    }
    done = [
        Step(
            happened.get(one.what, one.what) % {"who": by(one)}
            if one.actor or one.what != "wrote"
            else _("The member wrote"),
            day(one.at),
            "done",
        )
        for one in said
        if one.what != "opened"
    ]
    if work.still:
        waits = _("until then you wait") if line.kind == "request" else _("until then the days stand still")
        return [*done, Step(_("The member answers"), waits, "now")]
    return [*done, Step(_("You answer"), _("by %(day)s") % {"day": due(line)}, "now")]


def paper(request: HttpRequest, case: UUID, paper: UUID) -> HttpResponse:
    """A paper of one of one's own, as a download."""
    here = seat(request)
    work = own(here, case)
    with opened(here, work) as key:
        line = found(key, case)
        kept = next((one for one in threads.papers(key, line.id) if one.id == paper), None)
        if kept is None:
            raise Http404
        content = threads.content(key, line.id, kept)
    return download(content, name=kept.name or _("paper"), media_type=kept.kind)


def found(key: Key, case: UUID) -> ThreadLine:
    """The thread of a case."""
    line = next((line for line in threads.threads(key) if line.case == case), None)
    if line is None:
        raise Http404
    return line


@contextmanager
def opened(here: Seat, work: WorkLine) -> Iterator[Key]:
    """Open who sent it, what covers them, and their claims of the kind it is about, for the length of the block."""
    categories = (Category.IDENTITY, Category.COVERAGE, Category(work.category))
    subjects = [work.person] if work.person else []
    try:
        with access.enter(
            here.secret, purpose=Purpose.PAYMENT, categories=categories, subjects=subjects, occasion=work.occasion
        ) as key:
            yield key
    except Refused as error:
        if error.reason in NOT_ON_THE_CALL:
            raise closed() from None
        raise
