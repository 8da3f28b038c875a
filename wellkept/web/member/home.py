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
from wellkept.benefits.values import ClaimLine, CoverageLine, Standing, Status
from wellkept.clocks import law
from wellkept.ledger import queries as ledger
from wellkept.policy.words import Category
from wellkept.rights import queries as rights
from wellkept.web.member import claims, timeline, wording
from wellkept.web.member.door import is_record, opened, page
from wellkept.web.member.wording import written
from wellkept.web.shell import serving

LATEST: Final = 4
ANSWERED_LATELY: Final = timedelta(days=30)
SHOWN: Final = (
    Category.COVERAGE, Category.CLAIMS, Category.SENSITIVE_CLAIMS, Category.OPENINGS, Category.REQUESTS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What the headline says of coverage today. ``known`` says that some file named the person."""

    standing: Standing
    line: CoverageLine | None
    name: str
    known: bool

    @property
    def sponsor(self) -> str:
        """The employer, as people write it."""
        return written(self.line.sponsor) if self.line else ""


@dataclass(frozen=True, slots=True)
class Owing:
    """A claim of which something may be owed; ``until`` is the last day to appeal one that was denied, else None."""

    claim: ClaimLine
    name: str
    until: date | None


def home(request: HttpRequest) -> HttpResponse:
    """The first page of this operator."""
    return timeline.timeline(request) if is_record() else desk(request)


def desk(request: HttpRequest) -> HttpResponse:
    """Am I covered, what needs me, what was claimed lately, who looked."""
    today = serving.today(serving.pack())
    with opened(request, *SHOWN) as (key, who):
        lines = benefits.coverage(key)
        latest = benefits.claims(key, size=LATEST)
        owing = benefits.owing(key, since=today - timedelta(days=law.APPEAL_DAYS))
        asked = rights.requests(key)
        seen = ledger.openings_since(key, month_begins(today))
    now = benefits.covered(lines, on=today)
    given = {
        "answer": Answer(now.standing, now.line, written(who.first) if who else "", known=who is not None),
        "member_number": who.member_number if who else "",
        "owing": [Owing(claim, wording.provider(claim), appeal_until(claim)) for claim in owing],
        "answered": [one for one in asked if one.answered_at and one.answered_at > timezone.now() - ANSWERED_LATELY],
        "latest": claims.table(latest.lines, brief=True) if latest.lines else None,
        "month": wording.month(seen),
    }
    return page(request, "home", given)


def appeal_until(claim: ClaimLine) -> date | None:
    """The last day to appeal a claim that was denied."""
    denied = claim.status is Status.DENIED and claim.decided_on is not None
    return law.appeal_until(claim.decided_on) if denied and claim.decided_on else None


def month_begins(today: date) -> datetime:
    """The moment this month began where the operator works."""
    zone = ZoneInfo(serving.pack().time_zone)
    return datetime.combine(today.replace(day=1), time.min, tzinfo=zone).astimezone(UTC)
