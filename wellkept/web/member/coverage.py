"""What a person is covered for, since when and until when (U-29)."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wellkept.benefits import queries as benefits
from wellkept.benefits.values import Standing
from wellkept.policy.words import Category
from wellkept.web.member import wording
from wellkept.web.member.door import opened, page
from wellkept.web.shell import serving

STANDING: Final[Mapping[Standing, tuple[str | Promise, str]]] = {
    Standing.COVERED: (_("Covered"), "good"),
    Standing.COMING: (_("Begins later"), ""),
    Standing.UNKNOWN: (_("First day not known"), "warn"),
    Standing.ENDED: (_("Ended"), "old"),
}


def coverage(request: HttpRequest) -> HttpResponse:
    """Every line of coverage, what it covers today first."""
    today = serving.today(serving.pack())
    with opened(request, Category.COVERAGE) as (key, who):
        lines = benefits.coverage(key)
    order = list(STANDING)
    shown = [
        (line, wording.written(line.sponsor), *STANDING[line.on(today)])
        for line in sorted(benefits.health_first(lines), key=lambda line: order.index(line.on(today)))
    ]
    given = {"today": today, "lines": shown, "member_number": who.member_number if who else ""}
    return page(request, "coverage", given)
