"""Papers between the organisation and us, read and sent by its own people; and those an employer lets its agent read.

Serves U-42, U-32. A customer of before reads its own and sends nothing. Each look is an entry its administrators see.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.organisations import paper_trail, papers
from wellkept.policy.words import Category, Key, Purpose, Refused, Role
from wellkept.service import cases
from wellkept.service.cases import CaseLine
from wellkept.web.colleagues.frame import place
from wellkept.web.colleagues.paper_words import said
from wellkept.web.shell import office
from wellkept.web.shell.downloads import download
from wellkept.web.shell.office import Place
from wellkept.web.shell.paper_form import filled, page_of, pager, sent, table
from wellkept.web.shell.public import takes_files

HERE: Final = "/colleagues/papers/"


def home(request: HttpRequest) -> HttpResponse:
    """The organisation's papers, the newest first, and what we do with the last of them."""
    here, page = place(request), page_of(request)
    with opened(here, here.organisation.id, Category.PAPERS) as key:
        lines, total = papers.papers(key, page=page), papers.count(key)
        case = latest(key)
    rows = table(lines, at=HERE, ours=_("Us"), theirs=_("You")) if lines else None
    given = framed(here) | {"table": rows, "case": case, "pager": pager(total, page=page, at=HERE)}
    given |= {"said": request.GET.get("done") == "sent", "employers": appointing(here)}
    return render(request, "colleagues/papers.html", given)


def latest(key: Key) -> CaseLine | None:
    """The newest case about the papers, with its steps; None where there never was one."""
    about = next(iter(cases.cases(key)), None)
    return cases.case(key, about) if about else None


@takes_files("a paper of an organisation, which one of its people sends")
def send(request: HttpRequest) -> HttpResponse:
    """The form; then the paper is kept, and the desk has a case about it."""
    here = place(request)
    form = filled(request, employer=here.role == Role.EMPLOYER)
    if request.method == "POST" and sent(form, own(here)):
        return HttpResponseRedirect(f"{HERE}?done=sent")
    return render(
        request, "colleagues/paper_send.html", framed(here) | {"form": form}, status=400 if form.errors else 200
    )


def own(here: Place) -> Callable[[], AbstractContextManager[Key]]:
    """What opens the organisation's own papers, when it is called."""
    return lambda: opened(here, here.organisation.id, Category.PAPERS)


def one(request: HttpRequest, paper: UUID) -> HttpResponse:
    """One of the organisation's papers, as a download."""
    here = place(request)
    return given_out(here, here.organisation.id, paper)


def openings(request: HttpRequest) -> HttpResponse:
    """Who opened the papers, sent one, or asked in vain: for the organisation's administrators."""
    here, page = place(request), page_of(request)
    if not here.me.administers:
        sentence = _("Only an administrator of your organisation sees who opened its papers.")
        raise Refused(sentence, clause=office.clause(), reason="no administrator")
    with opened(here, here.organisation.id, Category.OPENINGS) as key:
        lines, more = paper_trail.openings(key, page=page)
    given = framed(here) | {
        "lines": [said(line) for line in lines],
        "newer": page - 1,
        "older": page + 1 if more else 0,
    }
    return render(request, "colleagues/paper_openings.html", given)


def employer(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """What an employer that appointed the agent lets it read."""
    here, page = place(request), page_of(request)
    name = appointed(here, organisation)
    with opened(here, organisation, Category.PAPERS) as key:
        lines, total = papers.papers(key, page=page), papers.count(key)
    at = f"{HERE}of/{organisation}/"
    rows = table(lines, at=at, ours=_("The administrator"), theirs=name) if lines else None
    given = framed(here) | {"table": rows, "employer": name, "pager": pager(total, page=page, at=at)}
    return render(request, "colleagues/papers_of.html", given)


def employers_paper(request: HttpRequest, organisation: UUID, paper: UUID) -> HttpResponse:
    """One of those, as a download."""
    here = place(request)
    appointed(here, organisation)
    return given_out(here, organisation, paper)


def given_out(here: Place, organisation: UUID, number: UUID) -> HttpResponse:
    """A paper, saved and never shown in line; 404 where there is none for the reader."""
    with opened(here, organisation, Category.PAPERS) as key:
        line = papers.paper(key, number)
        if line is None:
            raise Http404
        content = papers.content(key, line)
    return download(content, name=line.name or _("paper"), media_type=line.media_type)


def appointing(here: Place) -> tuple[tuple[UUID, str], ...]:
    """The employers that appointed an agent, by name; none for anybody else."""
    return paper_trail.appointing(here.secret) if here.role == Role.AGENT else ()


def appointed(here: Place, organisation: UUID) -> str:
    """The name of an employer that appointed the agent; raises ``Http404`` for any other organisation."""
    name = dict(appointing(here)).get(organisation)
    if name is None:
        raise Http404
    return name


def framed(here: Place) -> dict[str, object]:
    """What every page of the papers is given."""
    return {"office": here.organisation, "me": here.me, "sends": here.organisation.standing != "prior"}


@contextmanager
def opened(here: Place, organisation: UUID, category: Category) -> Iterator[Key]:
    """Open the papers of an organisation, or the list of who opened them, for the length of the block."""
    with access.enter(here.secret, purpose=Purpose.OPERATIONS, categories=[category], subjects=[organisation]) as key:
        yield key
