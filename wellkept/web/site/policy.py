"""The policy, a page for each promise, and what the tries found.

Serves B-01, B-11, U-09, U-37, U-40, P-02.
"""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.policy import controls, packs, practices
from wellkept.policy.controls import Control
from wellkept.policy.shapes import Clause, Pack, PolicyVersion
from wellkept.web.shell import evidence, serving
from wellkept.web.shell.public import public, reads
from wellkept.web.shell.templatetags.shell import day, moment
from wellkept.web.shell.values import Cell, Column, Table
from wellkept.web.site import history
from wellkept.web.site.promised import STATES, Promised, promised

LEADING: Final = ("U-31", "U-07", "U-33", "P-01", "P-06", "P-19")
"""The promises the welcome page shows, where the policy has them: who may look, never sold, answered in time."""

_REQUESTS: Final = ("U-33", "P-19")
"""The promises that a privacy request is answered."""


@public("The policy is posted for anyone (U-09, U-40).")
def whole(request: HttpRequest) -> HttpResponse:
    """The version in force, all of it."""
    pack = serving.pack()
    return _whole(request, pack, packs.in_force(pack, serving.today(pack)))


@public("Earlier versions stay posted (U-09).")
def version(request: HttpRequest, version: str) -> HttpResponse:
    """One version, in force or not."""
    pack = serving.pack()
    return _whole(request, pack, _posted(pack, version))


@public("For each promise anyone may see how it is kept and whether it held (B-01).")
def clause(request: HttpRequest, clause: str) -> HttpResponse:
    """One promise: its words, its verdict, what keeps it, how we try to break it."""
    pack = serving.pack()
    version = packs.in_force(pack, serving.today(pack))
    rows = stood(pack, version, request)
    at = next((at for at, one in enumerate(rows) if one.clause.id == clause.upper()), None)
    if at is None:
        raise Http404
    given = {
        "version": version,
        "one": rows[at],
        "before": rows[at - 1] if at else None,
        "after": rows[at + 1] if at + 1 < len(rows) else None,
        "controls": keepers(rows[at].clause),
        "wordings": history.wordings(history.posted(pack, serving.today(pack)), rows[at].clause.id),
        "shown": shown(pack, request),
    }
    return render(request, "site/clause.html", given)


@reads("state")
@public("The state of every promise is public (B-11).")
def kept(request: HttpRequest) -> HttpResponse:
    """All promises with their state, or those in the state asked for by ``?state=``."""
    pack = serving.pack()
    rows = stood(pack, packs.in_force(pack, serving.today(pack)), request)
    asked = request.GET.get("state", "").replace("-", " ")
    chosen = asked if asked in STATES else ""
    listed = [row for row in rows if chosen in ("", row.state)]
    given = {"rows": listed, "of": len(rows), "counts": counted(rows), "chosen": chosen.replace(" ", "-")}
    return render(request, "site/kept.html", {**given, "table": table(listed), "shown": shown(pack, request)})


@public("The state of every promise is public, also for programs (B-11).")
def data(request: HttpRequest) -> HttpResponse:
    """All promises with their state, as JSON; times in UTC, ISO 8601, null where nothing was tried."""
    pack = serving.pack()
    version = packs.in_force(pack, serving.today(pack))
    rows = stood(pack, version, request) if shown(pack, request) else []
    return JsonResponse({"version": version.version, "promises": [_as_data(row) for row in rows]})


def shown(pack: Pack, request: HttpRequest) -> bool:
    """Whether this pack shows the evidence to whoever asks."""
    return practices.choice(pack, "evidence") == "public" or serving.signed_in(request)


def stood(pack: Pack, version: PolicyVersion, request: HttpRequest) -> list[Promised]:
    """Each clause of ``version`` with where it stands, as far as whoever asks may see it."""
    return promised(version, evidence.verdicts(pack, signed_in=serving.signed_in(request)))


def leading(pack: Pack, request: HttpRequest) -> list[Promised]:
    """The promises for the welcome page; none where the evidence is not for everyone."""
    if not shown(pack, request):
        return []
    rows = stood(pack, packs.in_force(pack, serving.today(pack)), request)
    return [row for row in rows if row.clause.id in LEADING]


def answered(pack: Pack) -> bool:
    """Whether privacy requests are answered here by now: only then does a page name the days."""
    version = packs.in_force(pack, serving.today(pack))
    return any(one.id in _REQUESTS and one.not_kept is None for one in version.clauses)


def keepers(clause: Clause) -> list[Control]:
    """The controls that keep ``clause``, in the order the policy names them."""
    house = controls.house()
    return [house[name] for name in clause.kept_by if name in house]


def counted(rows: list[Promised]) -> list[tuple[str, str, int]]:
    """For each state its name in an address, its word, and how many promises are in it."""
    return [
        (name.replace(" ", "-"), str(word), sum(row.state == name for row in rows))
        for name, (word, _tone) in STATES.items()
    ]


def table(rows: list[Promised]) -> Table:
    """The promises as a table: what, where it stands, when it was last tried."""
    columns = (Column(_("Promise")), Column(_("Where it stands")), Column(_("Last tried")))
    return Table(_("Our promises and where they stand"), columns, [_row(row) for row in rows])


def _row(row: Promised) -> tuple[Cell, Cell, Cell]:
    tried = row.verdict.last_tried if row.verdict else None
    return (
        Cell(f"{row.clause.id} {row.clause.heading}", href=row.href),
        Cell(row.word, tone=row.tone or "plain", note=_since(row)),
        Cell(moment(tried) if tried else _("never")),
    )


def _since(row: Promised) -> str:
    if row.state == "not kept":
        return row.reason
    if row.state == "broken" and row.verdict and row.verdict.broken_since:
        return _("Since %(day)s") % {"day": day(row.verdict.broken_since)}
    return ""


def _as_data(row: Promised) -> dict[str, object]:
    return {
        "id": row.clause.id,
        "heading": row.clause.heading,
        "state": row.state,
        "last_tried": row.verdict.last_tried if row.verdict else None,
        "broken_since": row.verdict.broken_since if row.verdict else None,
        "not_kept": row.clause.not_kept,
    }


def _posted(pack: Pack, name: str) -> PolicyVersion:
    """The posted version ``name``; a page that is not there otherwise."""
    found = history.named(history.posted(pack, serving.today(pack)), name)
    if found is None:
        raise Http404
    return found


def _whole(request: HttpRequest, pack: Pack, version: PolicyVersion) -> HttpResponse:
    given = {
        "version": version,
        "promised": stood(pack, version, request),
        "versions": list(reversed(history.posted(pack, serving.today(pack)))),
        "shown": shown(pack, request),
    }
    return render(request, "site/policy.html", given)
