"""Where every promise stands: the list, the same as data, and each time one was broken.

Serves B-01, B-11. What does not flatter us comes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellkept.policy import controls, packs, practices
from wellkept.policy.controls import Control
from wellkept.policy.shapes import Clause, Pack, PolicyVersion
from wellkept.proof import history
from wellkept.proof.values import Kept, Outage, Told, Verdict
from wellkept.web.shell import evidence, serving
from wellkept.web.shell.public import public, reads, steady
from wellkept.web.shell.templatetags.shell import day, moment
from wellkept.web.shell.values import Cell, Column, Table
from wellkept.web.site.promised import STATES, Promised, promised

LONGEST: Final = 50
"""How many times a promise was broken its page shows, newest first. The verdict counts them all."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """What keeps a promise, and where it stands; ``kept`` is None where nothing may be said of it."""

    control: Control
    kept: Kept | None


@dataclass(frozen=True, slots=True)
class Broken:
    """One time a promise was broken: when, and what is told of each control that was."""

    outage: Outage
    told: tuple[Told, ...]


@steady("It shows what the tries found.")
@public("The state of every promise is public (B-11), unless its operator keeps it for some.")
@reads("state")
def kept(request: HttpRequest) -> HttpResponse:
    """All promises with their state, or those in the state asked for by ``?state=``."""
    pack = serving.pack()
    rows = stood(pack, packs.now_in_force(pack), request)
    asked = request.GET.get("state", "").replace("-", " ")
    chosen = asked if asked in STATES else ""
    listed = [row for row in least_flattering(rows) if chosen in ("", row.state)]
    given = {
        "rows": listed,
        "of": len(rows),
        "counts": counted(rows),
        "chosen": chosen.replace(" ", "-"),
        "table": table(listed),
        "shown": evidence.shown(pack, request),
        "evidence_for": practices.choice(pack, "evidence"),
    }
    return render(request, "site/kept.html", given)


@steady("It shows what the tries found.")
@public("The state of every promise is public, also for programs (B-11), unless its operator keeps it for some.")
def data(request: HttpRequest) -> HttpResponse:
    """All promises with their state, as JSON; times in UTC, ISO 8601, null where nothing was tried."""
    pack = serving.pack()
    version = packs.now_in_force(pack)
    rows = stood(pack, version, request) if evidence.shown(pack, request) else []
    told = [_as_data(row, pack) for row in rows]
    shown_to = practices.choice(pack, "evidence")
    return JsonResponse({"version": version.version, "evidence": shown_to, "promises": told})


@public("Each time a promise was broken is public (B-01), unless its operator keeps it for some.")
def broken(request: HttpRequest, clause: str) -> HttpResponse:
    """Each time one promise was broken: what failed, since when, until when, and how it was mended."""
    pack = serving.pack()
    rows = stood(pack, packs.now_in_force(pack), request)
    row = next((one for one in rows if one.clause.id == clause.upper()), None)
    if row is None:
        raise Http404
    given = {
        "one": row,
        "shown": evidence.shown(pack, request),
        "evidence_for": practices.choice(pack, "evidence"),
        "broken": times(row.verdict),
        "most": LONGEST,
        "sentences": {name: one.sentence for name, one in controls.of(pack).items()},
    }
    return render(request, "site/broken.html", given)


def times(verdict: Verdict | None) -> list[Broken]:
    """Each time it was broken, newest first, with what failed and how it was mended."""
    outages = verdict.outages[:LONGEST] if verdict else ()
    told = {one.span.id: one for one in history.told(span for outage in outages for span in outage.spans)}
    return [Broken(outage, tuple(told[span.id] for span in outage.spans)) for outage in outages]


def stood(pack: Pack, version: PolicyVersion, request: HttpRequest) -> list[Promised]:
    """Each clause of ``version`` with where it stands, as far as whoever asks may see it."""
    return promised(version, evidence.verdicts(pack, request))


def least_flattering(rows: list[Promised]) -> list[Promised]:
    """Broken first, holding last; among those in one state what was broken most often, then the order of the policy."""
    order = {state: at for at, state in enumerate(STATES)}
    return sorted(rows, key=lambda row: (order[row.state], -len(row.verdict.outages) if row.verdict else 0))


def keepers(pack: Pack, row: Promised) -> list[Keeping]:
    """What keeps a promise, in the order the policy names it, each with where it stands."""
    house = controls.of(pack)
    stands = {one.control: one for one in row.verdict.keepers} if row.verdict else {}
    return [Keeping(house[name], stands.get(name)) for name in row.clause.kept_by if name in house]


def kinds(clause: Clause, house: Mapping[str, Control]) -> list[str]:
    """The kinds of keeper a promise has, each once, in the order of the policy."""
    return list(dict.fromkeys(house[name].kind for name in clause.kept_by if name in house))


def counted(rows: list[Promised]) -> list[tuple[str, str, int]]:
    """For each state its name in an address, its word, and how many promises are in it."""
    return [
        (name.replace(" ", "-"), str(word), sum(row.state == name for row in rows))
        for name, (word, _tone) in STATES.items()
    ]


def table(rows: list[Promised]) -> Table:
    """The promises as a table: what, where it stands, when it was last tried, and when it is tried next."""
    columns = (Column(_("Promise")), Column(_("Where it stands")), Column(_("Last tried")), Column(_("Next try")))
    return Table(_("Our promises and where they stand"), columns, [_row(row) for row in rows])


def _row(row: Promised) -> tuple[Cell, ...]:
    tried = row.verdict.last_tried if row.verdict else None
    due = row.verdict.due if row.verdict else None
    return (
        Cell(f"{row.clause.id} {row.clause.heading}", href=row.href),
        Cell(row.word, tone=row.tone or "plain", note=_since(row)),
        Cell(moment(tried) if tried else _("never")),
        Cell(moment(due) if due else _("not set")),
    )


def _since(row: Promised) -> str:
    if row.state == "not kept":
        return row.reason
    if row.verdict is None:
        return ""
    if row.state == "broken" and row.verdict.broken_since:
        return _("Since %(day)s") % {"day": moment(row.verdict.broken_since)}
    if mended := row.verdict.mended:
        times = ngettext("Broken once", "Broken %(n)d times", len(mended)) % {"n": len(mended)}
        return _("%(times)s, last on %(day)s") % {"times": times, "day": day(mended[0].began)}
    return ""


def _as_data(row: Promised, pack: Pack) -> dict[str, object]:
    verdict, house = row.verdict, controls.of(pack)
    return {
        "id": row.clause.id,
        "heading": row.clause.heading,
        "state": row.state,
        "kinds": kinds(row.clause, house),
        "first_tried": verdict.first_tried if verdict else None,
        "last_tried": verdict.last_tried if verdict else None,
        "next_try": verdict.due if verdict else None,
        "held_since": verdict.held_since if verdict else None,
        "broken_since": verdict.broken_since if verdict else None,
        "broken": [{"began": one.began, "ended": one.ended} for one in verdict.outages] if verdict else [],
        "not_kept": row.clause.not_kept,
        "kept_by": [_keeper_as_data(one) for one in keepers(pack, row)],
    }


def _keeper_as_data(one: Keeping) -> dict[str, object]:
    told: dict[str, object | None] = {
        "id": one.control.id,
        "kind": one.control.kind,
        "state": one.kept.state if one.kept else None,
    }
    if one.control.kind == "attested":
        reviews: dict[str, object | None] = {
            "owner": one.control.owner,
            "last_review": one.control.last_review,
            "next_review": one.control.next_review,
        }
        return told | reviews
    tried: datetime | None = one.kept.tried if one.kept else None
    result = {"result": one.kept.standing} if one.kept and one.control.kind == "release" else {}
    return told | {"last_tried": tried} | result
