"""The notice at the entrance of a service and on each form: what, why, who sees it, how long, which promise.

Serves U-04, U-08, U-17, P-12. Made of the same declarations as the page of all we hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from wellkept.policy import held, packs
from wellkept.policy.asked import Asks
from wellkept.policy.holding import SERVES, Kept
from wellkept.policy.kinds import KINDS, how_long, reader
from wellkept.policy.shapes import Pack
from wellkept.policy.words import Category
from wellkept.web.shell import serving
from wellkept.web.shell.forms import Form

Asking = Form | Asks


@dataclass(frozen=True, slots=True)
class Field:
    """One answer: the name it is sent under, its label, whether it may be left out, and what becomes of it.

    ``named`` is False for a field that the form's declaration leaves out.
    """

    name: str
    label: str
    optional: bool
    becomes: str
    named: bool = True


@dataclass(frozen=True, slots=True)
class Collecting:
    """What the notice says. ``holds`` are the titles of what the service keeps, ``lasts`` kinds with their times."""

    why: str
    serves: str
    fields: tuple[Field, ...]
    holds: tuple[str, ...]
    seen: tuple[str, ...]
    lasts: tuple[tuple[str, str], ...]
    clause: str
    versions: tuple[str, ...]
    href: str

    @property
    def asks(self) -> bool:
        """Whether something is asked here."""
        return bool(self.fields)

    @property
    def unnamed(self) -> tuple[Field, ...]:
        """Fields that no declaration names: there must be none."""
        return tuple(field for field in self.fields if not field.named)


def collecting(path: str, forms_: Iterable[Asking] = ()) -> Collecting | None:
    """The notice of the page at ``path`` with ``forms_`` on it; None where the page belongs to no service."""
    given = [(one, one.asks if isinstance(one, Form) else one) for one in forms_]
    area = given[0][1].service if given else held.area_at(path)
    if area is None:
        return None
    pack = serving.pack()
    kept = touched([asks for _one, asks in given]) if given else area.kept
    first = given[0][1] if given else None
    return Collecting(
        why=str((first and first.why) or area.why),
        serves=str(SERVES[first.reason if first else area.serves]),
        fields=tuple(field for one, asks in given for field in fields(one, asks)),
        holds=tuple(str(one.title) for one in kept),
        seen=seen(pack, kept),
        lasts=lasts(pack, kept),
        clause=held.clause_of(area, clauses(pack)),
        versions=tuple(dict.fromkeys(asks.version for _one, asks in given)),
        href=f"/what-we-hold/#{area.id}",
    )


def touched(asks: Iterable[Asks]) -> tuple[Kept, ...]:
    """What keeps the answers of these forms, each once."""
    found = [kept for one in asks for kept in map(one.kept, one.keeps) if kept]
    return tuple({kept.table: kept for kept in found}.values())


def fields(one: Asking, asks: Asks) -> list[Field]:
    """Each answer a person can give, in the order of the form."""
    if isinstance(one, Asks):
        return [
            Field(name, str(words), name not in asks.needed, becomes(asks, name)) for name, words in asks.labels.items()
        ]
    return [field(bound, asks) for bound in one if not (bound.is_hidden and bound.name in asks.beside)]


def field(bound: forms.BoundField, asks: Asks) -> Field:
    """One field of a form. What its declaration leaves out is shown as such, so that nobody overlooks it."""
    named = bound.name in asks.keeps
    said = becomes(asks, bound.name) if named else _("Not declared")
    return Field(bound.html_name, str(bound.label), not bound.field.required, said, named)


def becomes(asks: Asks, name: str) -> str:
    """What becomes of an answer."""
    kept = asks.kept(name)
    return _("kept under “%(title)s”") % {"title": kept.title} if kept else _("used for this page, not kept")


def seen(pack: Pack, kept: Iterable[Kept]) -> tuple[str, ...]:
    """Who sees it: by the rules of its categories, or as it says itself. Each once."""
    found: dict[str, None] = {}
    for one in kept:
        words = [str(one.seen)] if one.seen else readers(pack, one.categories)
        found.update(dict.fromkeys(words))
    return tuple(found)


def readers(pack: Pack, categories: Iterable[Category]) -> list[str]:
    """Who may read any of these kinds, in the order of the rules."""
    wanted = set(categories)
    return list(dict.fromkeys(reader(rule) for rule in pack.rules if wanted & set(rule.categories)))


def lasts(pack: Pack, kept: Iterable[Kept]) -> tuple[tuple[str, str], ...]:
    """How long: each kind with its time, and what has a time of its own."""
    found: dict[tuple[str, str], None] = {}
    for one in kept:
        times = [(str(KINDS[kind]), how_long(pack.retention[kind])) for kind in one.categories]
        found.update(dict.fromkeys([(str(one.title), str(one.lasts))] if one.lasts else times))
    return tuple(found)


def clauses(pack: Pack) -> frozenset[str]:
    """The promises of the policy in force."""
    return frozenset(clause.id for clause in packs.now_in_force(pack).clauses)
