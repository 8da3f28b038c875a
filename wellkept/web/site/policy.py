"""The policy, a page for each promise, and what the tries found.

Serves B-01, B-11, U-09, U-37, U-40, P-02. A date or a verdict stands here only where something was tried.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wellkept.policy import packs, practices
from wellkept.policy.shapes import Clause, Pack, PolicyVersion
from wellkept.proof.values import Verdict
from wellkept.web.shell import evidence, serving
from wellkept.web.shell.public import public

STATES: Final[Mapping[str, tuple[str | Promise, str]]] = {
    "holding": (_("Holding"), "good"),
    "broken": (_("Broken"), "bad"),
    "not kept": (_("Not kept yet"), "bad"),
    "attested": (_("Attested"), ""),
    "not tried": (_("Not tried yet"), "old"),
}
"""Each state with its word and its tone, in the order in which a reader meets them."""


@dataclass(frozen=True, slots=True)
class Promised:
    """A clause with where it stands. ``verdict`` is None where nothing was tried or the pack shows it to nobody yet."""

    clause: Clause
    verdict: Verdict | None
    state: str

    @property
    def href(self) -> str:
        """The page of this promise."""
        return f"/policy/{self.clause.id.lower()}/"

    @property
    def word(self) -> str:
        """The state in words."""
        return str(STATES[self.state][0])

    @property
    def tone(self) -> str:
        """The tone of the word."""
        return STATES[self.state][1]


@public("The policy is posted for anyone (U-09, U-40).")
def whole(request: HttpRequest) -> HttpResponse:
    """The version in force, all of it."""
    pack = serving.pack()
    version = packs.in_force(pack, serving.today(pack))
    return render(request, "site/policy.html", {"version": version, "promised": promised(pack, version, request)})


@public("For each promise anyone may see how it is kept and whether it held (B-01).")
def clause(request: HttpRequest, clause: str) -> HttpResponse:
    """One promise: its words, its verdict, what keeps it, how we try to break it."""
    pack = serving.pack()
    version = packs.in_force(pack, serving.today(pack))
    found = next((one for one in promised(pack, version, request) if one.clause.id == clause.upper()), None)
    if found is None:
        raise Http404
    return render(request, "site/clause.html", {"version": version, "one": found, "shown": shown(pack, request)})


@public("The state of every promise is public (B-11).")
def kept(request: HttpRequest) -> HttpResponse:
    """All promises with their state, or those in the state asked for by ``?state=``."""
    pack = serving.pack()
    version = packs.in_force(pack, serving.today(pack))
    rows = promised(pack, version, request)
    chosen = request.GET.get("state", "").replace("-", " ")
    chosen = chosen if chosen in STATES else ""
    counts = [
        (name.replace(" ", "-"), str(word), sum(row.state == name for row in rows))
        for name, (word, _tone) in STATES.items()
    ]
    listed = [row for row in rows if chosen in ("", row.state)]
    given = {"version": version, "rows": listed, "of": len(rows), "counts": counts, "chosen": chosen.replace(" ", "-")}
    return render(request, "site/kept.html", {**given, "shown": shown(pack, request)})


def shown(pack: Pack, request: HttpRequest) -> bool:
    """Whether this pack shows the evidence to whoever asks."""
    return practices.choice(pack, "evidence") == "public" or bool(getattr(request, "person", None))


def promised(pack: Pack, version: PolicyVersion, request: HttpRequest) -> list[Promised]:
    """Each clause of ``version`` with where it stands."""
    verdicts = evidence.verdicts(pack, signed_in=bool(getattr(request, "person", None)))
    return [_promised(one, verdicts.get(one.id)) for one in version.clauses]


def _promised(one: Clause, verdict: Verdict | None) -> Promised:
    if one.not_kept:
        return Promised(one, verdict, "not kept")
    return Promised(one, verdict, verdict.state if verdict else "not tried")
