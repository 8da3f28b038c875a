"""The policy, a page for each promise, and what the tries found.

Serves B-01, B-11, U-09, U-37, U-40, P-02.
"""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wellkept.policy import packs, practices
from wellkept.policy.shapes import Pack, PolicyVersion
from wellkept.web.shell import evidence, serving
from wellkept.web.shell.public import public, steady
from wellkept.web.site import history, standing
from wellkept.web.site.promised import Promised

LEADING: Final = ("U-31", "U-07", "U-33", "P-01", "P-06", "P-19")
"""The promises the welcome page shows, where the policy has them: who may look, never sold, answered in time."""

_REQUESTS: Final = ("U-33", "P-19")
"""The promises that a privacy request is answered."""


@steady("It shows the policy and what the tries found.")
@public("The policy is posted for anyone (U-09, U-40).")
def whole(request: HttpRequest) -> HttpResponse:
    """The version in force, all of it."""
    pack = serving.pack()
    return _whole(request, pack, packs.now_in_force(pack))


@steady("It shows the policy and what the tries found.")
@public("Earlier versions stay posted (U-09).")
def version(request: HttpRequest, version: str) -> HttpResponse:
    """One version, in force or not."""
    pack = serving.pack()
    return _whole(request, pack, _posted(pack, version))


@steady("It shows the policy and what the tries found.")
@public("For each promise anyone may see how it is kept and whether it held (B-01).")
def clause(request: HttpRequest, clause: str) -> HttpResponse:
    """One promise: its words, its verdict, what keeps it, how we try to break it."""
    pack = serving.pack()
    version = packs.now_in_force(pack)
    rows = standing.stood(pack, version, request)
    at = next((at for at, one in enumerate(rows) if one.clause.id == clause.upper()), None)
    if at is None:
        raise Http404
    given = {
        "version": version,
        "one": rows[at],
        "before": rows[at - 1] if at else None,
        "after": rows[at + 1] if at + 1 < len(rows) else None,
        "keepers": standing.keepers(pack, rows[at]),
        "wordings": history.wordings(history.posted(pack, serving.today(pack)), rows[at].clause.id),
        "shown": evidence.shown(pack, request),
        "evidence_for": practices.choice(pack, "evidence"),
    }
    return render(request, "site/clause.html", given)


def leading(pack: Pack, request: HttpRequest) -> list[Promised]:
    """The promises for the welcome page; none where the evidence is not for everyone."""
    if not evidence.shown(pack, request):
        return []
    rows = standing.stood(pack, packs.now_in_force(pack), request)
    return [row for row in rows if row.clause.id in LEADING]


def answered(pack: Pack) -> bool:
    """Whether privacy requests are answered here by now: only then does a page name the days."""
    version = packs.now_in_force(pack)
    return any(one.id in _REQUESTS and one.not_kept is None for one in version.clauses)


def _posted(pack: Pack, name: str) -> PolicyVersion:
    """The posted version ``name``; a page that is not there otherwise."""
    found = history.named(history.posted(pack, serving.today(pack)), name)
    if found is None:
        raise Http404
    return found


def _whole(request: HttpRequest, pack: Pack, version: PolicyVersion) -> HttpResponse:
    given = {
        "version": version,
        "promised": standing.stood(pack, version, request),
        "versions": list(reversed(history.posted(pack, serving.today(pack)))),
        "shown": evidence.shown(pack, request),
    }
    return render(request, "site/policy.html", given)
