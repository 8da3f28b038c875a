"""Finished values of the record as the lists and tables of the desk."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.benefits.queries import PAGE
from wellkept.benefits.values import ClaimLine, ClaimPage, CoverageLine, CoverageToday, Standing, Status
from wellkept.people.queries import Identity
from wellkept.web.desk import words
from wellkept.web.shell.templatetags.shell import day, money
from wellkept.web.shell.values import Cell, Column, Pager, Table

STANDINGS: Final[Mapping[Standing, tuple[Promise, str]]] = {
    Standing.COVERED: (gettext_lazy("Covered"), "good"),
    Standing.ENDED: (gettext_lazy("Ended"), "old"),
    Standing.COMING: (gettext_lazy("Begins later"), "warn"),
    Standing.UNKNOWN: (gettext_lazy("First day not stated"), "warn"),
    Standing.NONE: (gettext_lazy("No coverage on file"), "old"),
}

# The words the member reads.
STATUSES: Final[Mapping[Status, tuple[Promise, str]]] = {
    Status.FILED: (gettext_lazy("Filed"), "info"),
    Status.PAID: (gettext_lazy("Paid"), "good"),
    Status.NOTHING_PAID: (gettext_lazy("Decided"), "old"),
    Status.DENIED: (gettext_lazy("Denied"), "bad"),
    Status.REVERSED: (gettext_lazy("Taken back"), "warn"),
}


def identity(person: Identity | None) -> list[tuple[str, str]]:
    """Label and value of who somebody is, without what no file said."""
    if person is None:
        return []
    facts = (
        (_("Full name"), words.name(person)),
        (_("Birth date"), words.born(person.birth_date)),
        (_("In the plan as"), words.relationship(person.relationship)),
        (_("Member number"), person.member_number),
        (_("State"), person.state),
    )
    return [(label, value) for label, value in facts if value]


def today(covered: CoverageToday) -> dict[str, str]:
    """What coverage comes to today: a word, its tone, and the day that goes with it."""
    word, tone = STANDINGS[covered.standing]
    line = covered.line
    since = {
        Standing.COVERED: (_("since %(day)s"), line.begins_on if line else None),
        Standing.ENDED: (_("on %(day)s"), line.ends_on if line else None),
        Standing.COMING: (_("on %(day)s"), line.begins_on if line else None),
    }.get(covered.standing)
    return {"word": str(word), "tone": tone, "since": since[0] % {"day": day(since[1])} if since and since[1] else ""}


def coverage(lines: Sequence[CoverageLine], *, on: date) -> Table | None:
    """Every line of coverage; None where there is none."""
    rows = [
        [
            Cell(line.kind, note=", ".join(part for part in (line.description, line.level) if part)),
            Cell(line.sponsor or _("not stated"), note=_("Group %s") % line.group_number if line.group_number else ""),
            Cell(day(line.begins_on) or _("not stated")),
            Cell(day(line.ends_on) or _("goes on")),
            Cell(str(STANDINGS[line.on(on)][0]), tone=STANDINGS[line.on(on)][1]),
        ]
        for line in lines
    ]
    columns = (_("Coverage"), _("Plan of"), _("First day"), _("Last day"), _("Today"))
    return Table(_("Coverage"), [Column(one) for one in columns], rows) if rows else None


def claims(page: ClaimPage, *, call: UUID) -> Table | None:
    """A page of claims, each a link within the call; None where there is none."""
    columns = (
        Column(_("Care by")),
        Column(_("Status")),
        *(Column(one, numeric=True) for one in (_("Billed"), _("Plan paid"), _("May owe"))),
    )
    return Table(_("Claims"), columns, [claim(line, call=call) for line in page.lines]) if page.lines else None


def claim(line: ClaimLine, *, call: UUID) -> list[Cell]:
    """One claim as a row."""
    word, tone = STATUSES[line.status]
    return [
        Cell(line.provider or _("Provider not stated"), href=f"/desk/calls/{call}/claims/{line.id}/", note=care(line)),
        Cell(str(word), tone=tone),
        Cell(money(line.billed)),
        Cell(money(line.paid)),
        Cell(money(line.owed)),
    ]


def care(line: ClaimLine) -> str:
    """The day of care, or its first and last."""
    if line.served_from is None:
        return _("day not stated")
    if line.served_to and line.served_to != line.served_from:
        return _("%(first)s to %(last)s") % {"first": day(line.served_from), "last": day(line.served_to)}
    return day(line.served_from)


def pager(page: ClaimPage, *, number: int) -> Pager:
    """Where the list of claims stands."""
    return Pager(
        first=page.first, last=page.last, total=page.total if page.total > PAGE else 0,
        newer=f"?page={number - 1}#claims" if number > 1 else "",
        older=f"?page={number + 1}#claims" if page.last < page.total else "",
    )  # fmt: skip
