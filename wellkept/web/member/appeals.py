"""Questions about claims and appeals: the list, one with each step, one more message, taking it back (R-15)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from wellkept.access.queries import changed
from wellkept.clocks.law import appeal_until, review_until
from wellkept.policy.words import Key
from wellkept.service import threads
from wellkept.service.thread_values import ThreadLine
from wellkept.web.member import appeal_words as words
from wellkept.web.member.appeal_forms import Reply
from wellkept.web.member.appealing import CARE, day_of, goes_on
from wellkept.web.member.door import at, opened, page
from wellkept.web.member.prescribed import refuse_strange
from wellkept.web.shell import papers, serving
from wellkept.web.shell.acting import by
from wellkept.web.shell.downloads import download
from wellkept.web.shell.public import takes_files

UNTIL: Final[Mapping[str, Callable[[date], date]]] = {"appeal": appeal_until, "review": review_until}


def listed(request: HttpRequest, person: UUID | None = None) -> HttpResponse:
    """Every one of a person, newest first, and what one can begin."""
    with opened(request, *CARE, subject=person) as (key, _who):
        lines, acts = threads.threads(key), threads.acts(key)
    rows = [{"line": line, "title": words.TITLES[line.kind], "tag": words.state(line)} for line in lines]
    given = {"rows": rows, "acts": acts, "ours": "plans" in serving.pack().law, "here": at(person, "appeals/")}
    return page(request, "appeals", given | {"claims_at": at(person, "claims/")})


@takes_files("papers that belong to a message in a question or an appeal")
@papers.looked_at_first
def one(request: HttpRequest, number: UUID, person: UUID | None = None) -> HttpResponse:
    """One with its messages, papers and steps; while it is open, one more message can be sent."""
    with opened(request, *CARE, subject=person) as (key, _who):
        line, acts = found(key, number), threads.acts(key)
        said, open_ = threads.messages(key, number), acts and not line.closed_at
        full = open_ and sum(one.what == "wrote" for one in said) >= threads.FULL
        form = Reply(request.POST or None, request.FILES or None) if open_ and (not full or request.POST) else None
        if request.method == "POST":
            if form is None:
                raise Http404
            refuse_strange(form, request.POST)
            if form.is_valid() and written(key, line, form, request):
                return HttpResponseRedirect(at(person, f"appeals/{number}/"))
    said = tuple(replace(one, actor=by(one)) for one in said)
    given = shown(line) | {"messages": [one for one in said if one.words or one.papers], "form": form}
    given |= {"sent_by": next((one.actor for one in said if one.what == "wrote"), "")}
    given |= {"open": open_, "full": threads.FULL if full else None}
    given |= {"steps": words.steps(line, said), "here": at(person, "appeals/"), "claims_at": at(person, "claims/")}
    return page(request, "appeal", given, status=400 if form is not None and form.errors else 200)


def written(key: Key, line: ThreadLine, form: Reply, request: HttpRequest) -> bool:
    """Send one more message; False where the form says what is to be mended."""
    kept = papers.sealed(form, key, request)
    if not form.is_valid():
        return False
    if not threads.write(key, line.id, words=form.cleaned_data["words"], papers=kept):
        form.add_error(None, _("This takes no more messages. Please call us to say more."))
        return False
    changed(key, line.category)
    return True


def shown(line: ThreadLine) -> dict[str, object]:
    """What the page of one shows of how it stands, and what can be asked next."""
    now = timezone.now()
    decided = day_of(line.closed_at) if line.closed_at else None
    refused, late = line.state == "refused", line.late(now)
    given = {
        "line": line, "title": words.TITLES[line.kind], "tag": words.state(line), "law": words.law(line),
        "due": words.until(line), "late": late,
    }  # fmt: skip
    further = ("appeal" if line.kind == "request" else "review") if goes_on(line) else ""
    until = UNTIL[further](decided) if further and decided else None
    return given | {"further": further, "further_until": until, "court": further and (refused or late)}


def withdraw(request: HttpRequest, number: UUID, person: UUID | None = None) -> HttpResponse:
    """Take back what is open: first what that means, then whoever may act says that they want it."""
    with opened(request, *CARE, subject=person) as (key, _who):
        line = found(key, number)
        asks = request.method != "POST" and line.closed_at is None and threads.acts(key)
        if request.method == "POST" and threads.withdraw(key, number):
            changed(key, line.category)
    if not asks:
        return HttpResponseRedirect(at(person, f"appeals/{number}/"))
    given = {"line": line, "title": words.TITLES[line.kind], "here": at(person, "appeals/")}
    given |= {"until": again_until(line), "timed": line.kind in UNTIL and line.decided_on is not None}
    return page(request, "appeal_back", given)


def again_until(line: ThreadLine) -> date | None:
    """Until when one that is taken back may be sent anew; None where the law sets no day, or it is over."""
    if line.kind not in UNTIL or line.decided_on is None:
        return None
    last = UNTIL[line.kind](line.decided_on)
    return last if last >= serving.today(serving.pack()) else None


def paper(request: HttpRequest, number: UUID, paper: UUID, person: UUID | None = None) -> HttpResponse:
    """One paper, as a download."""
    with opened(request, *CARE, subject=person) as (key, _who):
        found(key, number)
        kept = next((one for one in threads.papers(key, number) if one.id == paper), None)
        if kept is None:
            raise Http404
        content = threads.content(key, number, kept)
    return download(content, name=kept.name or "paper", media_type=kept.kind)


def found(key: Key, number: UUID) -> ThreadLine:
    """One of them; whoever has none with this id is told that there is no such page."""
    line = threads.thread(key, number)
    if line is None:
        raise Http404
    return line
