"""A person's plan years: which one is asked for, and the claims that moved its figures, for whoever may read them."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from wellkept.benefits.balances import PAGE, Balances, Movement, MovementPage
from wellkept.web.shell.naming import written
from wellkept.web.shell.templatetags.shell import day, money
from wellkept.web.shell.values import Cell, Column, NavItem, Pager, Table


def chosen(request: HttpRequest, count: int) -> int:
    """Which of the person's plans is asked for, from 0; raises ``Http404`` for one they do not have."""
    asked = request.GET.get("plan", "1")
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:3]) <= count):
        raise Http404
    return int(asked[:3]) - 1


def links(several: Sequence[Balances], shown: Balances) -> list[NavItem]:
    """The other plans of somebody who has more than one."""
    return [
        NavItem(written(one.terms[0].name) if one.terms else _("Another plan"), f"?plan={number}")
        for number, one in enumerate(several, 1)
        if one is not shown
    ]


def table(lines: Sequence[Movement], *, caption: str, at: str) -> Table | None:
    """Claims with what each counts in US dollars; ``at`` leads to a claim by its number. None where there is none."""
    columns = [
        Column(_("Care")),
        Column(_("Decided")),
        Column(_("Deductible"), numeric=True),
        Column(_("Out of pocket"), numeric=True),
    ]
    return Table(caption=caption, columns=columns, rows=[row(one, at=at) for one in lines]) if lines else None


def row(one: Movement, *, at: str) -> list[Cell]:
    """One claim and what it counts."""
    return [
        Cell(
            written(one.provider) or _("Provider not named"), href=f"{at}{one.id}/",
            note=day(one.served_from) or _("Day of care not stated"),
        ),
        Cell(day(one.decided_on)),
        Cell(money(one.deductible)),
        Cell(money(one.shared)),
    ]  # fmt: skip


def pager(found: MovementPage, asked: int, plan: int) -> Pager | None:
    """Where this page stands; None where everything is on it."""
    if found.total <= PAGE:
        return None
    more = f"&plan={plan + 1}" if plan else ""
    newer = f"?page={asked - 1}{more}" if asked > 1 else ""
    older = f"?page={asked + 1}{more}" if found.last < found.total else ""
    return Pager(first=found.first, last=found.last, total=found.total, newer=newer, older=older)
