"""What both first pages answer before anything else: am I covered, what may I owe, what needs me, who opened my record.

Serves U-29, B-03.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone

from wellkept.benefits import balances
from wellkept.benefits import queries as benefits
from wellkept.benefits.balances import Figure, Scope
from wellkept.benefits.values import ClaimLine, CoverageLine, Standing, Status
from wellkept.clocks import law
from wellkept.ledger import queries as ledger
from wellkept.notices import news
from wellkept.people.queries import Identity
from wellkept.policy.words import Category, Key
from wellkept.rights import queries as rights
from wellkept.rights.queries import RequestLine
from wellkept.web.member import wording
from wellkept.web.shell import serving
from wellkept.web.shell.naming import written

ANSWERED_LATELY: Final = timedelta(days=30)
FIGURES: Final = 2
PRESSING: Final = 3
LOOKED_AT: Final = 25
SHOWN: Final = (
    Category.COVERAGE, Category.CLAIMS, Category.SENSITIVE_CLAIMS, Category.OPENINGS, Category.REQUESTS,
    Category.ENROLMENT,
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


@dataclass(frozen=True, slots=True)
class Glance:
    """The answers. ``month`` is who opened the record this month, in words; ``figures`` how far the year has come.

    ``fresh`` is how many pieces of news were not marked as read, of the newest fifty.
    """

    answer: Answer
    lines: tuple[CoverageLine, ...]
    member_number: str
    owing: tuple[Owing, ...]
    owing_more: bool
    answered: tuple[RequestLine, ...]
    figures: tuple[Figure, ...]
    month: str
    fresh: int


def glance(key: Key, who: Identity | None) -> Glance:
    """The answers about the one person who is open in ``SHOWN``."""
    today = serving.today(serving.pack())
    lines = benefits.coverage(key)
    now = benefits.covered(lines, on=today)
    owed = pressing(benefits.owing(key, since=today - timedelta(days=law.APPEAL_DAYS), at_most=LOOKED_AT))
    lately = timezone.now() - ANSWERED_LATELY
    figures = [one for one in balances.balances(key, on=today).figures if one.scope is Scope.PERSON]
    return Glance(
        answer=Answer(now.standing, now.line, written(who.first) if who else "", known=who is not None),
        lines=lines,
        member_number=who.member_number if who else "",
        owing=owed[:PRESSING],
        owing_more=len(owed) > PRESSING,
        answered=tuple(one for one in rights.requests(key) if one.answered_at and one.answered_at > lately),
        figures=tuple(figures[:FIGURES]),
        month=wording.month(ledger.openings_since(key, month_begins(today))),
        fresh=sum(one.seen_at is None for one in news.news(key)),
    )


def pressing(claims: Iterable[ClaimLine]) -> tuple[Owing, ...]:
    """What has a last day first, then the greatest sum; what a pharmacy takes over its counter comes after the rest."""
    found = (owing(one) for one in claims)
    order = sorted(found, key=lambda one: (one.until or date.max, one.claim.kind == "pharmacy", -(one.claim.owed or 0)))
    return tuple(order)


def owing(claim: ClaimLine) -> Owing:
    """The claim with its last day to appeal."""
    denied = claim.status is Status.DENIED and claim.decided_on is not None
    until = law.appeal_until(claim.decided_on) if denied and claim.decided_on else None
    return Owing(claim, wording.provider(claim), until)


def month_begins(today: date) -> datetime:
    """The moment this month began where the operator works."""
    zone = ZoneInfo(serving.pack().time_zone)
    return datetime.combine(today.replace(day=1), time.min, tzinfo=zone).astimezone(UTC)
