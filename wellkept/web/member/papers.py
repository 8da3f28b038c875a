"""Papers that go with what I tell: attached, looked at as a download, thrown away before they are sent (U-32)."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access.queries import changed
from wellkept.benefits.told import ToldLine
from wellkept.files import actions, kinds, queries
from wellkept.policy.asked import Asks
from wellkept.policy.words import Key
from wellkept.service import cases
from wellkept.web.member.door import opened
from wellkept.web.member.telling import SORTS, Sort, found, page, sentences, under
from wellkept.web.shell.downloads import download
from wellkept.web.shell.papers import Came, came, looked_at_first
from wellkept.web.shell.public import takes_files

PAPERS = Asks(
    "papers", "2026-11", "telling", {"papers": "files_attachment.name"},
    labels={"papers": gettext_lazy("Files")}, needed=("papers",),
)  # fmt: skip


@takes_files("papers that belong to what a member tells us")
@looked_at_first
def papers(request: HttpRequest, kind: str, number: UUID) -> HttpResponse:
    """The papers so far, and room for more; each that cannot be taken says why, and the others stay."""
    sort, wrong = SORTS[kind], list[str]()
    with opened(request, sort.form.category) as (key, _who):
        line = open_for_papers(key, sort, number)
        if request.method == "POST":
            wrong = attached(key, sort, number, request)
        found_papers = queries.papers(key, number)
    if request.method == "POST" and not wrong:
        return HttpResponseRedirect(sort.place(number, "papers/"))
    given = {"line": line, "papers": found_papers, "wrong": wrong, "room": kinds.MOST - len(found_papers)}
    given |= {"taken": kinds.TAKEN, "asked": line.sent_at is not None, "asks": PAPERS}
    return page(request, "tell_papers", sort, given, status=400 if wrong else 200)


def attached(key: Key, sort: Sort, number: UUID, request: HttpRequest) -> list[str]:
    """Attach what was sent; returns a sentence for each that could not be taken."""
    if getattr(request, "too_much", False):
        return [_("This is too much at once. Send your papers one by one, each of at most 10 MB.")]
    sent = came(request)
    if not sent:
        return [_("Please choose a file first.")]
    wrong = [sentence for one in sent for sentence in kept(key, sort, number, one)]
    if len(wrong) < len(sent):
        changed(key, sort.form.category)
    return wrong


def kept(key: Key, sort: Sort, number: UUID, one: Came) -> list[str]:
    """Keep one of them; what its sender can mend, otherwise nothing."""
    if one.clean is None:
        return list(one.wrong)
    try:
        actions.attach(key, one.clean, category=sort.form.category, about=number, collected_under=under())
    except ValidationError as error:
        return [f"{one.name}: {sentence}" if one.name else sentence for sentence in sentences(error)]
    return []


def paper(request: HttpRequest, kind: str, number: UUID, paper: UUID) -> HttpResponse:
    """One of them, as a download."""
    sort = SORTS[kind]
    with opened(request, sort.form.category) as (key, _who):
        found(key, sort, number)
        line = next((one for one in queries.papers(key, number) if one.id == paper), None)
        if line is None:
            raise Http404
        content = queries.content(key, paper)
    return download(content, name=line.name or _("paper"), media_type=line.kind)


def remove(request: HttpRequest, kind: str, number: UUID, paper: UUID) -> HttpResponse:
    """Throw one away that was not sent."""
    sort = SORTS[kind]
    with opened(request, sort.form.category) as (key, _who):
        open_for_papers(key, sort, number)
        if request.method == "POST" and actions.throw_away(key, about=number, paper=paper):
            changed(key, sort.form.category)
    return HttpResponseRedirect(sort.place(number, "papers/"))


def open_for_papers(key: Key, sort: Sort, number: UUID) -> ToldLine:
    """What papers may be added to: it was not sent, or we asked for more."""
    line = found(key, sort, number)
    case = cases.case(key, number) if line.sent_at else None
    if line.sent_at is not None and (case is None or case.state != "asked"):
        raise Http404
    return line
