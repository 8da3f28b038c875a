"""What stands on the pages of agreements and contracts, in words: what each covers, and until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from wellkept.access.plain import plain
from wellkept.organisations.agreements import Agreement, Narrowing
from wellkept.policy.words import Purpose
from wellkept.web.shell.agreed import KINDS, OF_KINDS, STATES, covers, until
from wellkept.web.shell.templatetags.shell import moment
from wellkept.web.shell.values import Cell, Column, Table

ANSWERS: Final[Mapping[str, str | Promise]] = {
    "no": gettext_lazy("The privacy office alone records and ends agreements."),
    "nobody": gettext_lazy("This organisation has left. Nothing is agreed with it any more."),
    "kind": gettext_lazy("Only an agent is appointed, and only to an employer. Name the employer there alone."),
    "over": gettext_lazy("This was over before."),
    "plan": gettext_lazy("There is no such plan."),
    "nothing": gettext_lazy("No rule lets them open that anyway. A contract can take away, and never give."),
}
"""What is said where the database did nothing."""

GROUPS: Final = (
    ("soon", gettext_lazy("Ends within 60 days")),
    ("in force", gettext_lazy("In force")),
    ("not begun", gettext_lazy("Not begun")),
    ("expired", gettext_lazy("Ran out")),
    ("ended", gettext_lazy("Ended before their time")),
)
ANY: Final = pgettext_lazy("rule", "any")


@dataclass(frozen=True, slots=True)
class Row:
    """An agreement with its words."""

    one: Agreement
    kind: str
    of: str
    covers: str
    until: str
    word: str
    tone: str


def row(one: Agreement, *, now: datetime) -> Row:
    """One agreement with its words."""
    word, tone = STATES["soon" if one.ends_soon(now) else one.state]
    return Row(one, str(KINDS[one.kind]), str(OF_KINDS[one.of_kind]), covers(one), until(one), str(word), tone)


def groups(found: Iterable[Agreement], *, now: datetime) -> list[tuple[str, list[Row]]]:
    """The agreements by what is due, the next to end first."""
    rows = [row(one, now=now) for one in found]
    named = {
        name: [one for one in rows if name == ("soon" if one.one.ends_soon(now) else one.one.state)]
        for name, _label in GROUPS
    }
    return [(str(label), named[name]) for name, label in GROUPS if named[name]]


def lead(found: Iterable[Agreement], *, now: datetime) -> str:
    """How many are in force, and how many of them end soon."""
    force = [one for one in found if one.state == "in force"]
    soon = sum(one.ends_soon(now) for one in force)
    if not force:
        return _("No agreement is in force.")
    said = ngettext("One agreement is in force.", "%(n)d agreements are in force.", len(force)) % {"n": len(force)}
    if soon:
        said += " " + ngettext("One ends within 60 days.", "%(n)d end within 60 days.", soon) % {"n": soon}
    return said


def contract_table(found: Iterable[Narrowing]) -> Table:
    """What contracts take away, as a table; each row leads to its own end while it is in force or to come."""
    columns = [Column(_("Plan")), Column(_("Contract")), Column(_("Keeps out")), Column(_("From")), Column(_("Until"))]
    return Table(_("What contracts take away"), columns, [_line(one) for one in found])


def _line(one: Narrowing) -> list[Cell]:
    open_ = one.state in {"in force", "not begun"}
    word, _tone = STATES[one.state]
    ends = one.ended_at or (one.ends_at - timedelta(seconds=1) if one.ends_at else None)
    return [
        Cell(one.sponsor, note=_("Group %(number)s") % {"number": one.group_number}),
        Cell(one.number, href=f"/privacy/agreements/contracts/{one.id}/end/" if open_ else ""),
        Cell(narrowed(one)),
        Cell(moment(one.begins_at)),
        Cell(
            moment(ends) if ends else _("Without end"), note=f"{word}. {one.ended_why}" if one.ended_why else str(word)
        ),
    ]


def narrowed(one: Narrowing) -> str:
    """Who is kept out of what, for what."""
    told = {
        "role": plain(one.role),
        "opens": plain(one.opens) if one.opens else _("every kind of data"),
        "purpose": plain(Purpose(one.purpose).name) if one.purpose else _("any purpose"),
    }
    return _("%(role)s: %(opens)s, for %(purpose)s") % told
