"""The work list: every case in words, and what is said of many of them worked out once."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import override_settings

from wellkept.service.cases import WorkLine
from wellkept.web.desk import work_list

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)


def line(number: int, *, mine: bool = False, actor: str = "", due_at: datetime | None = None) -> WorkLine:
    """A receipt that came in three days ago and is due in one of five days."""
    return WorkLine(
        id=uuid4(), person=None, category="claims", kind="claim", state="working" if actor else "waiting",
        opened_at=NOW - timedelta(days=3), due_on=TODAY + timedelta(days=number % 5), actor=actor, mine=mine,
        occasion=None, number=f"{number:04}-ABCD", due_at=due_at,
    )  # fmt: skip


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a day, a number of days left and a next step are put into words."""
    counted: Counter[str] = Counter()
    for name in ("day", "days_left", "following"):
        inner = getattr(work_list, name)

        def counting(*given: object, inner: object = inner, name: str = name) -> object:
            counted[name] += 1
            return inner(*given)  # type: ignore[operator]

        monkeypatch.setattr(work_list, name, counting)
    return counted


@override_settings(WELLKEPT_OPERATOR="umr")
def test_two_hundred_cases_put_each_day_into_words_once(asked: Counter[str]) -> None:
    rows = list(work_list.rows([line(number) for number in range(200)], TODAY, NOW))
    assert len(rows) == 200
    assert asked == {"day": 6, "days_left": 5, "following": 1}
    assert rows[1]["came"] == "came in November 19, 2026, due November 23, 2026"
    assert (rows[1]["left"], rows[1]["hurry"]) == ("1 day left", "warn")
    assert rows[1]["next"] == "Read the receipt, decide what the plan pays, answer"


@override_settings(WELLKEPT_OPERATOR="umr")
def test_a_case_of_a_colleague_names_them_and_one_s_own_nobody() -> None:
    mine, theirs, urgent = work_list.rows(
        [line(1, mine=True, actor="Dana R."), line(1, actor="Paul R."), line(1, due_at=NOW + timedelta(hours=5))],
        TODAY,
        NOW,
    )
    assert "Dana R." not in mine["came"]
    assert theirs["came"].endswith(", Paul R.")
    assert (urgent["left"], urgent["hurry"]) == ("5 hours left", "bad")
