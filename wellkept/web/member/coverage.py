"""What a person is covered for, since when and until when, and what care costs them by the plan's terms (U-29)."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wellkept.benefits import balances
from wellkept.benefits import queries as benefits
from wellkept.benefits.values import Standing
from wellkept.policy.words import Category
from wellkept.web.member.door import opened, page
from wellkept.web.shell import naming, serving
from wellkept.web.shell.costs import costs

STANDING: Final[Mapping[Standing, tuple[str | Promise, str]]] = {
    Standing.COVERED: (_("Covered"), "good"),
    Standing.COMING: (_("Begins later"), ""),
    Standing.UNKNOWN: (_("First day not known"), "warn"),
    Standing.ENDED: (_("Ended"), "old"),
}


def coverage(request: HttpRequest, person: UUID | None = None) -> HttpResponse:
    """Every line of coverage, what it covers today first, and the terms of each plan."""
    today = serving.today(serving.pack())
    with opened(request, Category.COVERAGE, subject=person) as (key, who):
        lines = benefits.coverage(key)
        terms = balances.plan_terms(key, on=today)
    order = list(STANDING)
    shown = [
        (line, naming.written(line.sponsor), naming.written(line.description), *STANDING[line.on(today)])
        for line in sorted(benefits.health_first(lines), key=lambda line: order.index(line.on(today)))
    ]
    given = {
        "today": today,
        "lines": shown,
        "member_number": who.member_number if who else "",
        "costs": [costs(one) for one in terms.values()],
        "own": person is None,
    }
    return page(request, "coverage", given)
