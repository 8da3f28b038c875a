"""Everything we hold: each field, cookie and counter, why, who sees it, how long, and how it is guarded.

Serves U-03, U-10, U-20, U-46, P-11, P-12. The fields come from the database's own catalogue, their use from the rules
and times of the pack, and what neither can say from ``policy.held``. Nothing is typed here a second time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wellkept.policy import catalogue, cookies, counters, held
from wellkept.policy.catalogue import Column, Table
from wellkept.policy.holding import Area, Kept
from wellkept.policy.kinds import CLASSES, KINDS, MEANT, PURPOSES, how_long, reader
from wellkept.policy.shapes import Pack, Rule
from wellkept.policy.words import Category
from wellkept.web.shell import collecting, serving, values
from wellkept.web.shell.public import public, steady

EVERY_RECORD: Final = frozenset(("id", "person_id", "category", "plan_id", "collected_under", "restricted"))
"""What stands on each row of a record; said once."""
QUIET: Final = ("housekeeping", "public")


@dataclass(frozen=True, slots=True)
class Field:
    """One field in words. ``guard`` is "sealed", "hashed" or nothing.

    ``label`` is "" where another program made the field and says nothing of it: its name is all there is.
    """

    name: str
    label: str
    words: str
    kind: str
    guard: str

    @property
    def class_(self) -> str:
        """Its class in words; says so where there is none."""
        return str(CLASSES[self.kind]) if self.kind else _("Not declared")


@dataclass(frozen=True, slots=True)
class Thing:
    """One table in words. ``notes`` are the program's own fields, ``every`` those that each record has."""

    table: str
    title: str
    kind: str
    lock: str
    brought: str
    lasts: tuple[str, ...]
    seen: tuple[str, ...]
    fields: tuple[Field, ...]
    notes: tuple[Field, ...]
    every: tuple[str, ...]

    @property
    def class_(self) -> str:
        """Its class in words."""
        return str(CLASSES[self.kind]) if self.kind else _("Not declared")


@dataclass(frozen=True, slots=True)
class Service:
    """One service with what it holds."""

    area: Area | None
    things: tuple[Thing, ...]
    clause: str
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """Who may read a kind of data, and for what; ``rules`` are ours, one a line."""

    kind: str
    rules: tuple[tuple[str, str, str], ...]
    lasts: str
    because: str


@steady("It shows what the house declares.")
@public("Anyone may learn what we hold, why, and who sees it (U-46).")
def page(request: HttpRequest) -> HttpResponse:
    """The page for people: a summary, the kinds of data and their uses, then each service with its fields."""
    pack, found = serving.pack(), catalogue.tables()
    given = {
        "services": services(pack, found),
        "uses": uses(pack, found),
        "counts": counted(pack, found),
        "classes": [(str(word), str(MEANT[kind])) for kind, word in CLASSES.items()],
        "cookies": cookie_table(pack, secure=request.is_secure()),
        "counters": counter_table(pack),
        "today": serving.today(pack),
    }
    return render(request, "site/holding.html", given)


def services(pack: Pack, found: Iterable[Table]) -> list[Service]:
    """Each service with what the database holds of it; last what stands there and is declared nowhere."""
    known = {table.name: table for table in found}
    clauses = collecting.clauses(pack)
    result = [service(pack, area, known, clause=held.clause_of(area, clauses)) for area in held.AREAS]
    strays = tuple(thing(pack, None, table) for name, table in known.items() if name not in held.KEPT)
    return [one for one in result if one.things] + ([Service(None, strays, "")] if strays else [])


def service(pack: Pack, area: Area, known: dict[str, Table], *, clause: str) -> Service:
    """One service. What is declared and not there, such as before a migration, is left out."""
    here = [kept for kept in area.kept if kept.table in known]
    things = tuple(thing(pack, kept, known[kept.table]) for kept in here)
    return Service(area, things, clause, collecting.seen(pack, here))


def thing(pack: Pack, kept: Kept | None, table: Table) -> Thing:
    """One table in words; without a declaration under its own name."""
    record = table.locked and set(EVERY_RECORD) <= {column.name for column in table.columns}
    every = tuple(column.name for column in table.columns if record and column.name in EVERY_RECORD)
    rest = [field(column) for column in table.columns if column.name not in every]
    return Thing(
        table=table.name,
        title=str(kept.title) if kept else table.name,
        kind=table.kind or ("housekeeping" if kept else ""),
        lock=lock(table),
        brought=", ".join(map(str, kept.brought)) if kept else _("not declared"),
        lasts=tuple(lasts(pack, kept)) if kept else (),
        seen=collecting.seen(pack, [kept]) if kept else (),
        fields=tuple(one for one in rest if one.kind not in QUIET),
        notes=tuple(one for one in rest if one.kind in QUIET),
        every=every,
    )


def field(column: Column) -> Field:
    """One field in the words of the database, without those that a tag says."""
    if not column.words:
        return Field(column.name, "", "", column.kind, "")
    guard = "sealed" if column.sealed else "hashed" if column.hashed else ""
    label, words = pgettext("field", catalogue.label(column.name)), _(catalogue.shown(column.words))
    return Field(column.name, label, capfirst(words), column.kind, guard)


def lock(table: Table) -> str:
    """How its rows are guarded, in a sentence."""
    if table.locked:
        return _("Behind the lock: no row shows before an entry says who looks, and why.")
    if table.shut:
        return _("No page can read it. It answers a few questions of our database, and no others.")
    return _("Our pages read it, because it is about no person.")


def lasts(pack: Pack, kept: Kept) -> list[str]:
    """How long, kind by kind or as it says itself."""
    if kept.lasts:
        return [str(kept.lasts)]
    times = {how_long(pack.retention[kind]): kind for kind in reversed(kept.categories)}
    return [f"{KINDS[kind]}: {time}" if len(times) > 1 else time for time, kind in reversed(times.items())]


def uses(pack: Pack, found: Iterable[Table]) -> list[Use]:
    """Each kind of data that something here may hold, with every rule that opens it."""
    names = {table.name for table in found}
    present = {kind for kept in held.KEPT.values() if kept.table in names for kind in kept.categories}
    return [use(pack, kind) for kind in KINDS if kind in present]


def use(pack: Pack, kind: Category) -> Use:
    """One kind with its rules."""
    keeping = pack.retention[kind]
    rules = tuple((reader(rule), purposes(rule), rule.clause) for rule in pack.rules if kind in rule.categories)
    return Use(str(KINDS[kind]), rules, how_long(keeping), keeping.because)


def purposes(rule: Rule) -> str:
    """For what a rule opens, in words."""
    return ", ".join(str(PURPOSES[one]) for one in rule.purposes)


def counted(pack: Pack, found: Iterable[Table]) -> dict[str, int]:
    """How much there is of everything, so that a reader can count after us."""
    columns = [column for table in found for column in table.columns]
    about = [column for column in columns if column.kind not in QUIET]
    return {
        "fields": len(columns),
        "about": len(about),
        "guarded": sum(column.sealed or column.hashed for column in about),
        "cookies": len(cookies.of(pack)),
        "counters": len(counters.of(pack)),
    }


def cookie_table(pack: Pack, *, secure: bool) -> values.Table:
    """Every cookie this operator may set."""
    columns = [
        values.Column(one) for one in (_("Cookie"), _("What for"), _("What it holds"), _("How long"), _("Refused"))
    ]
    rows = [
        [
            values.Cell(text)
            for text in (
                one.name(pack, secure=secure),
                str(one.purpose),
                str(one.holds),
                str(one.lasts),
                str(one.refused),
            )
        ]
        for one in cookies.of(pack)
    ]
    return values.Table(_("Every cookie"), columns, rows)


def counter_table(pack: Pack) -> values.Table:
    """Every counter that counts at this operator."""
    columns = [
        values.Column(one) for one in (_("Counter"), _("What it counts"), _("How"), _("Small counts"), _("How long"))
    ]
    rows = [
        [
            values.Cell(str(text))
            for text in (one.title, capfirst(str(one.counts)), capfirst(str(one.by)), one.small, one.lasts)
        ]
        for one in counters.of(pack)
    ]
    return values.Table(_("Every counter"), columns, rows)
