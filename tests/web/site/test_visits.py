"""The reports as anyone reads them: finished months, files that no spreadsheet runs, and what the first day says."""

from datetime import date
from typing import Any

import pytest

from tests.web.conftest import OPERATORS, Visit
from wellkept.statistics.queries import Month, Times
from wellkept.statistics.requests import AnsweredMonth
from wellkept.web.shell import charts, sheets
from wellkept.web.shell.charts import Point
from wellkept.web.shell.values import Cell, Column, Table

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
VISITS = "wellkept.web.site.visits.queries"
MONTHS = "wellkept.web.site.answered.statistics.months"


class Counted:
    """Two finished months, in which eleven pages and more were read, and one but three times."""

    def __init__(self, *months: date) -> None:
        self.known = months

    def finished(self) -> tuple[date, ...]:
        return self.known

    def month(self, first: date) -> Month:
        counts = {
            ("pages", "public"): {"/": 40, "/policy/": 30, "/help/": 3, "=cmd()": 20},
            ("status", ""): {"200": 93},
            **{(name, ""): {"none": 93} for name in ("query", "bytes", "agents", "cookie", "referrers")},
        }
        times = Times((93, *(0,) * 23), (93, *(0,) * 29))
        return Month(first, counts, {("pages", "public"): times, ("status", ""): times})

    def months(self, first: date, last: date) -> tuple[Month, ...]:
        return tuple(self.month(one) for one in self.known if first <= one <= last)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(VISITS, Counted(SEPTEMBER, OCTOBER))


def ask(visit: Visit, operator: str, path: str) -> Any:
    return visit(operator).get(path)


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_newest_month_is_shown_and_others_are_offered(visit: Visit, operator: str, counted: None) -> None:
    page = ask(visit, operator, "/statistics/").content.decode()
    assert "October 2026</h2>" in page
    assert 'href="/statistics/?month=2026-09"' in page
    assert 'href="/statistics/?year=2026"' in page
    assert "<svg" in page
    assert "style=" not in page.replace('rel="stylesheet"', "")


@pytest.mark.parametrize("operator", OPERATORS)
def test_a_year_adds_up_its_months(visit: Visit, operator: str, counted: None) -> None:
    page = ask(visit, operator, "/statistics/?year=2026").content.decode()
    assert "186" in page
    assert (
        ask(visit, operator, "/statistics/months.csv?year=2026").content.decode().splitlines()[1] == "September 2026,93"
    )


@pytest.mark.parametrize(
    "asked", ["month=2026-11", "month=2026-13", "month=1", "year=2025", "year=x", "month=2026-10&year=2026", "month="]
)
def test_what_is_no_finished_period_is_not_there(visit: Visit, counted: None, asked: str) -> None:
    assert ask(visit, "umr", f"/statistics/?{asked}").status_code == 404
    assert ask(visit, "umr", f"/statistics/days.csv?{asked}").status_code == 404


def test_a_file_of_no_section_is_not_there(visit: Visit, counted: None) -> None:
    assert ask(visit, "umr", "/statistics/people.csv").status_code == 404
    assert ask(visit, "pwer", "/statistics/pages-public.csv").status_code == 404


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_first_day_says_what_comes_and_when(visit: Visit, operator: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(VISITS, Counted())
    page = ask(visit, operator, "/statistics/")
    assert page.status_code == 200
    assert "Nothing is counted yet for a whole month" in page.content.decode()
    assert ask(visit, operator, "/statistics/days.csv").status_code == 404


def test_a_file_is_saved_and_holds_totals_alone(visit: Visit, counted: None) -> None:
    answer = ask(visit, "umr", "/statistics/pages-public.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="pages-public-2026-10.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Page,Count,Share,Note"
    assert rows[1:3] == ["Welcome,40,43 %,/", "Privacy policy,30,32 %,/policy/"]
    assert rows[-2:] == ['"Withheld, together",23,25 %,', "Together,93,,"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n@x"])
def test_no_cell_of_a_file_begins_a_formula(cell: str) -> None:
    table = Table("", (Column(cell),), [(Cell(cell, note=cell),)])
    text = sheets.sheet(table, name="x").content.decode("utf-8-sig")
    assert sheets.harmless(cell) == f"'{cell}"
    assert text.count("'") == 3


def test_numbers_of_a_file_are_plain() -> None:
    assert [sheets.plain(one) for one in ("1,234,567", "12", "a,b", "²")] == ["1234567", "12", "a,b", "²"]


def test_a_withheld_column_is_of_one_size_whatever_it_is() -> None:
    drawn = charts.columns([Point("a", "", 100), Point("b", "", None), Point("c", "", 0)], key="k", title="", text="")
    assert [bar.withheld for bar in drawn.bars] == [False, True, False]
    assert drawn.bars[1].height == "5.00%"
    assert drawn.bars[2].height == "0.00%"
    assert [line.label for line in drawn.lines] == ["100", "50"]


@pytest.mark.parametrize(
    ("most", "end"), [(0, 1), (1, 1), (7, 8), (9, 10), (11, 20), (41, 60), (99, 100), (2972, 4000)]
)
def test_a_drawing_ends_at_a_round_number(most: int, end: int) -> None:
    assert charts.ceiling(most) == end


def months(*found: AnsweredMonth) -> Any:
    return lambda: found


FULL = AnsweredMonth(SEPTEMBER, 40, (20, 20, 0, 0, 0, 0), 0, 0)
FEW = AnsweredMonth(OCTOBER, None, (None,) * 6, None, None)
NONE = AnsweredMonth(date(2026, 8, 1), 0, (0,) * 6, 0, 0)


@pytest.mark.parametrize("operator", OPERATORS)
def test_months_of_requests_are_shown(visit: Visit, operator: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MONTHS, months(NONE, FULL, FEW))
    page = ask(visit, operator, "/how-we-keep-it/requests/").content.decode()
    assert "40 requests came in." in page
    assert "Fewer than 11 requests came in" in page
    assert "No requests came in." in page
    file = ask(visit, operator, "/how-we-keep-it/requests.csv").content.decode("utf-8-sig").splitlines()
    assert file[1:] == [
        "2026-08,0,0,0,0,0,0,0,0,0",
        "2026-09,40,20,20,0,0,0,0,0,0",
        "2026-10,fewer than 11" + ",withheld" * 8,
    ]


def test_before_the_first_month_the_page_says_when_it_comes(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MONTHS, months())
    assert "15 days after its end" in ask(visit, "umr", "/how-we-keep-it/requests/").content.decode()
    assert ask(visit, "umr", "/how-we-keep-it/requests.csv").status_code == 404
