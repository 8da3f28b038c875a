"""The first page: on a desk the answer and what needs me, on a record the timeline of the person.

Serves U-29, P-01, B-03.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from wellkept.benefits import queries as benefits
from wellkept.benefits.values import CoverageLine, Standing
from wellkept.clocks.law import APPEAL_DAYS
from wellkept.ledger import queries as ledger
from wellkept.policy.words import Category
from wellkept.rights import queries as rights
from wellkept.web.member import claims, timeline, wording
from wellkept.web.member.door import is_record, opened, page
from wellkept.web.shell import serving

LATEST: Final = 4
ANSWERED_LATELY: Final = timedelta(days=30)
SHOWN: Final = (
    Category.COVERAGE, Category.CLAIMS, Category.SENSITIVE_CLAIMS, Category.OPENINGS, Category.REQUESTS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What the headline says of coverage today."""

    standing: Standing
    line: CoverageLine | None
    name: str


def home(request: HttpRequest) -> HttpResponse:
    """The first page of this operator."""
    return timeline.timeline(request) if is_record() else desk(request)


def desk(request: HttpRequest) -> HttpResponse:
    """Am I covered, what needs me, what was claimed lately, who looked."""
    today = serving.today(serving.pack())
    with opened(request, *SHOWN) as (key, who):
        lines = benefits.coverage(key)
        latest = benefits.claims(key, size=LATEST)
        owing = benefits.owing(key, since=today - timedelta(days=APPEAL_DAYS))
        asked = rights.requests(key)
        seen = ledger.openings_since(key, month_begins(today))
    now = benefits.covered(lines, on=today)
    given = {
        "answer": Answer(now.standing, now.line, who.first if who else ""),
        "member_number": who.member_number if who else "",
        "owing": owing,
        "answered": [one for one in asked if one.answered_at and one.answered_at > timezone.now() - ANSWERED_LATELY],
        "latest": claims.table(latest.lines, brief=True) if latest.lines else None,
        "month": wording.month(seen),
    }
    return page(request, "home", given)


def month_begins(today: date) -> datetime:
    """The moment this month began where the operator works."""
    zone = ZoneInfo(serving.pack().time_zone)
    return datetime.combine(today.replace(day=1), time.min, tzinfo=zone).astimezone(UTC)
