"""Files: what came in, what became of it, what was set aside and why, and what can be done about it.

Serves U-43. No page here opens anybody's record: it shows places, reasons, counts and sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wellkept.intake import operations, reconciling
from wellkept.intake.operations import ASIDES, PAGE, Aside, FileLine
from wellkept.intake.reconciling import Reckoned, amount, measured
from wellkept.web.operations import words
from wellkept.web.operations.frame import Place, numbered, pager, place
from wellkept.web.shell.templatetags.shell import moment
from wellkept.web.shell.values import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class Shown:
    """A file as its page shows it."""

    line: FileLine
    state: str
    tone: str
    kinds: str


def files(request: HttpRequest) -> HttpResponse:
    """Every file, newest first, a page at a time; those in one state only where the address says so."""
    here = place(request)
    state, page = request.GET.get("state", ""), numbered(request)
    if state not in words.FILTERS:
        raise Http404
    lines = operations.files(here.secret, state=state, page=page)
    if not lines and page > 1:
        raise Http404
    total = lines[0].files if lines else 0
    given = {
        "table": table(lines),
        "lines": lines,
        "lead": words.lead(total, state),
        "state": state,
        "filters": words.FILTERS.items(),
        "pager": pager(page=page, size=PAGE, total=total, query=f"state={state}" if state else ""),
        "handed": [one for one in operations.handed_in(here.secret) if one.file is None],
    }
    return render(request, "operations/files.html", given)


def table(lines: Sequence[FileLine]) -> Table:
    """The files as a table."""
    columns = [
        Column(_("File")),
        Column(_("From")),
        Column(_("Kind")),
        Column(_("State")),
        Column(_("Set aside"), numeric=True),
        Column(_("Kept apart"), numeric=True),
    ]
    return Table(caption=_("Files that came in"), columns=columns, rows=[row(line) for line in lines])


def row(line: FileLine) -> list[Cell]:
    """One file as a row."""
    one = shown(line)
    return [
        Cell(line.name, href=f"/operations/files/{line.id}/", note=_("began %(at)s") % {"at": moment(line.began)}),
        Cell(line.sender or _("not said")),
        Cell(one.kinds),
        Cell(one.state, tone=one.tone),
        Cell(f"{words.aside(line):,}"),
        Cell(words.kept(line)),
    ]


def file(request: HttpRequest, number: UUID) -> HttpResponse:
    """One file."""
    here, page = place(request), numbered(request)
    line = found(here, number)
    asides = operations.asides(here.secret, number, page=page)
    if not asides and page > 1:
        raise Http404
    return render(request, "operations/file.html", told(here, line, asides=asides, page=page))


def told(here: Place, line: FileLine, *, asides: Sequence[Aside], page: int) -> dict[str, object]:
    """What the page of a file shows."""
    left = operations.left(here.secret, line.id)
    return {
        "one": shown(line),
        "counted": words.counted(line),
        "left": [words.left(one) for one in left],
        "ends": [words.ends(one) for one in operations.would_end(here.secret, line.id)],
        "apart": any(one.apart for one in left),
        "asides": places(asides) if asides else None,
        "pager": pager(page=page, size=ASIDES, total=asides[0].found if asides else 0),
        "reckoned": (reckoned := reconciling.of(line.id, secret=here.secret)),
        "sums": sums(reckoned.lines) if reckoned.lines else None,
    }


def places(asides: Sequence[Aside]) -> Table:
    """What was found as a table: the reason first, then where it stands."""
    columns = [Column(_("Reason")), Column(_("Place")), Column(_("Set")), Column(_("Interchange")), Column(_("Result"))]
    rows = [
        [
            Cell(one.reason),
            Cell(f"{one.segment:,}, {one.element}" if one.element else f"{one.segment:,}"),
            Cell(one.set_number or "-"),
            Cell(one.interchange or "-"),
            Cell(_("Set aside"), tone="bad") if one.fatal else Cell(_("Noted"), tone="old"),
        ]
        for one in asides
    ]
    return Table(caption=_("What was found, and why"), columns=columns, rows=rows)


def sums(lines: Sequence[Reckoned]) -> Table:
    """What was read, what of it stands in records, and what became of the rest."""
    columns = [
        Column(_("What")),
        *(Column(name, numeric=True) for name in (_("Read"), _("Set aside"), _("Applied"), _("Kept apart"))),
    ]
    rows = [
        [
            Cell(line.words + measured(line.measure)),
            *(Cell(amount(line.measure, number)) for number in (line.read, line.aside, line.applied)),
            Cell(_("sealed") if line.apart is None else amount(line.measure, line.apart)),
        ]
        for line in lines
    ]
    return Table(caption=_("What the file was counted as"), columns=columns, rows=rows)


@require_POST
def again(request: HttpRequest, number: UUID) -> HttpResponse:
    """Let what is kept apart of a file be tried again."""
    here = place(request)
    if operations.try_again(here.secret, found(here, number).id) is None:
        raise Http404
    return HttpResponseRedirect(f"/operations/files/{number}/")


@require_POST
def confirm(request: HttpRequest, number: UUID) -> HttpResponse:
    """Confirm what a full file would end. Twice is once."""
    here = place(request)
    operations.confirm_ends(here.secret, found(here, number).id)
    return HttpResponseRedirect(f"/operations/files/{number}/")


def found(here: Place, number: UUID) -> FileLine:
    """The file of that number; raises ``Http404``."""
    line = operations.file(here.secret, number)
    if line is None:
        raise Http404
    return line


def shown(line: FileLine) -> Shown:
    """A file with its words."""
    state, tone = words.STATES[line.state]
    return Shown(line=line, state=str(state), tone=tone, kinds=words.kinds(line))
