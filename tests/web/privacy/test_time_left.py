"""The time left of a request, over weekends and holidays."""

from datetime import UTC, date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from wellkept.rights.work import WorkLine
from wellkept.web.privacy.time_left import TimeLeft, time_left

CHICAGO = ZoneInfo("America/Chicago")


def left(now: str, *, answered: str | None = None) -> TimeLeft:
    """Of a request of Monday, November 23, 2026, at 10 am. Thursday is Thanksgiving, so Tuesday is day 5."""
    line = WorkLine(
        person=uuid4(),
        id=uuid4(),
        kind="question",
        entry=None,
        asked_at=datetime(2026, 11, 23, 16, tzinfo=UTC),
        due_on=date(2026, 12, 1),
        answered_at=datetime.fromisoformat(answered) if answered else None,
    )
    return time_left(line, now=datetime.fromisoformat(now), tz=CHICAGO)


@pytest.mark.parametrize(
    ("now", "words", "tone", "drawn"),
    [
        ("2026-11-23T17:00Z", "5 business days", "", 0),
        ("2026-11-25T17:00Z", "3 business days", "", 2),
        ("2026-11-26T17:00Z", "3 business days", "", 2),
        ("2026-11-29T17:00Z", "2 business days", "warn", 3),
        ("2026-11-30T17:00Z", "1 business day", "warn", 4),
        ("2026-12-01T17:00Z", "today is the last day", "warn", 5),
        ("2026-12-02T05:59Z", "today is the last day", "warn", 5),
        ("2026-12-02T06:00Z", "overdue since December 1, 2026", "bad", 5),
        ("2027-03-01T06:00Z", "overdue since December 1, 2026", "bad", 5),
    ],
)
def test_the_words_follow_the_business_days(now: str, words: str, tone: str, drawn: int) -> None:
    found = left(now)
    assert (found.words, found.tone) == (words, tone)
    assert sum(bool(state) for _, state in found.parts) == drawn
    assert len(found.parts) == 5


def test_an_answer_is_in_time_until_the_last_day_ends() -> None:
    assert left("2027-01-01T00:00Z", answered="2026-12-02T05:59:59Z").words == "answered in time"
    late = left("2027-01-01T00:00Z", answered="2026-12-02T06:00:00Z")
    assert (late.words, late.tone) == ("answered late", "bad")
