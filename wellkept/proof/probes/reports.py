"""Tries against what is printed of visits and of privacy requests: whether a small count can be read or reckoned.

Every figure is looked at as anyone may, on the page and in its file. What lies behind it is read as the role of tries.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import psycopg

from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.site import found
from wellkept.proof.walk import Page

REPORTS: Final = "/statistics/"
ANSWERED: Final = "/how-we-keep-it/requests/"
FILE: Final = "/how-we-keep-it/requests.csv"
OF_YEAR: Final = 2
WORDS: Final = ("withheld", "fewer than 11")
BEHIND: Final = (
    "select * from wellkept.statistics_total",
    "select * from wellkept.statistics_day",
    "select * from wellkept.statistics_month",
    "select * from wellkept.statistics_month_times",
    "select * from wellkept.statistics_reckoned(current_date)",
)
REQUESTS: Final = (
    "select * from wellkept.rights_request",
    "select wellkept.rights_withheld(array[12])",
    "select wellkept.rights_answer_day(current_date, current_date)",
)
THIS_MONTH: Final = "select to_char(now() at time zone a.zone, 'YYYY-MM') from wellkept.access_place a"


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed table: where it is, and its rows. The first cell names a row."""

    where: str
    rows: list[list[str]]

    def counts(self) -> dict[str, str]:
        """The count of each row."""
        return {row[0]: row[1] for row in self.rows}


def small_counts_are_withheld(ground: Ground) -> list[Try]:
    """Read every report and every file of it; look for a small count, and reckon what is left of each total."""
    tables = printed(ground)
    small = [table.where for table in tables for count in table.counts().values() if is_small(count)]
    left = [table.where for table in tables if gives_away(table)]
    pages = [path for path, text in read(ground).items() if small_figures(text)]
    return [
        found(
            "Find a small count in a report",
            f"We read {len(tables)} tables of our reports of visits, and looked for a count from 1 to 10.",
            bad=bool(small or pages),
        ),
        found(
            "Reckon a small count",
            "From each printed total we took what is printed of it, and looked at what is left.",
            bad=bool(left),
        ),
        shut(
            ground, "Read what lies behind a report", "We asked the tables of totals as the role of our pages.", BEHIND
        ),
    ]


def a_report_says_what_was_counted(ground: Ground) -> list[Try]:
    """Add up the totals of each finished month anew, and compare; ask for the month that is not over."""
    wrong = [table.where for table in printed(ground) if otherwise(ground, table)]
    with ground.connect("proof") as connection:
        today = connection.execute(THIS_MONTH).fetchone()
    this_month = today[0] if today else ""
    answer = ground.ask(f"{REPORTS}?month={this_month}")
    return [
        found(
            "Find a number that was not counted so",
            "We added up the totals of each finished month by ourselves, and compared each page with its report.",
            bad=bool(wrong),
        ),
        Try(
            "Read a month that is not over",
            "Two looks at a month that still grows would tell one visit from another. We asked for this month.",
            "Refused" if answer.status == 404 else "Shown",
            held=answer.status == 404,
        ),
    ]


def months_show_no_request(ground: Ground) -> list[Try]:
    """Read the months of privacy requests on the page and in the file; look for a small count, and for a request."""
    page, file = ground.ask(ANSWERED), ground.ask(FILE)
    rows = as_rows(file.text) if file.status == 200 else []
    known = page.status == 200 and file.status in (200, 404)
    small = [row for row in rows if any(is_small(cell) for cell in row[1:])]
    left = [row for row in rows if rest_gives_away(row[1], row[2:])]
    return [
        Try(
            "Read the months as anyone",
            f"We asked for the page and the file of monthly counts, which name {len(rows)} months.",
            "Shown" if known else "Not shown",
            held=known,
        ),
        found(
            "Find a small count in a month",
            "We looked for a count from 1 to 10 on the page and in the file.",
            bad=bool(small) or small_figures(page.text),
        ),
        found(
            "Reckon a small count of a month",
            "From each month we took the days it prints, and looked at what is left.",
            bad=bool(left),
        ),
        shut(
            ground, "Read one request behind a month", "We asked for the requests as the role of our pages.", REQUESTS
        ),
    ]


def popular_comes_first(ground: Ground) -> list[Try]:
    """Compare the order of the links of the welcome page with last month's totals."""
    listed = places(Page(ground.ask("/").text))
    totals = {name: int(n) for name, n in latest(ground).items() if n.isdigit()}
    ranked = [totals[href] for href in listed if href in totals]
    kept = bool(listed) and ranked == sorted(ranked, reverse=True)
    return [
        Try(
            "Find a rarely read page first",
            f"We compared the order of {len(listed)} links of the welcome page with last month's totals.",
            "In order" if kept else "Out of order",
            held=kept,
        )
    ]


def places(page: Page) -> list[str]:
    """The addresses in the list of places of the welcome page, in its order."""
    inside, hrefs = False, list[str]()
    for tag, attrs in page.tags:
        if tag == "ul":
            inside = "places" in attrs.get("class", "").split()
        if inside and tag == "a":
            hrefs.append(attrs.get("href", ""))
    return hrefs


def latest(ground: Ground) -> dict[str, str]:
    """The addresses of public pages with their counts, from the report of the last finished month."""
    counts = ground.ask(f"{REPORTS}pages-public.csv")
    rows = as_rows(counts.text) if counts.status == 200 else []
    return {row[-1] or row[0]: row[1] for row in rows}


def printed(ground: Ground) -> list[Printed]:
    """Every table of the last month's report and a few of its year's, as their files have them; read once a round."""
    if "reports" not in ground.memo:
        ground.memo["reports"] = list(_printed(ground))
    tables: list[Printed] = ground.memo["reports"]
    return tables


def _printed(ground: Ground) -> Iterator[Printed]:
    for period, text in read(ground).items():
        files = [href for href in Page(text).links() if href.startswith(REPORTS) and ".csv?" in href]
        for href in files if "?month=" in period else files[:OF_YEAR]:
            yield Printed(href, as_rows(ground.ask(href).text))


def read(ground: Ground) -> dict[str, str]:
    """The pages of the last finished month and of its year, by address."""
    if "periods" not in ground.memo:
        text = ground.ask(REPORTS).text
        offered = [href for href in Page(text).links() if href.startswith(f"{REPORTS}?")]
        months, years = ([one for one in offered if f"?{word}=" in one] for word in ("month", "year"))
        ground.memo["periods"] = {href: ground.ask(href).text for href in (*months[:1], *years[:1])}
    pages: dict[str, str] = ground.memo["periods"]
    return pages


def as_rows(text: str) -> list[list[str]]:
    """The rows of a file, without its head."""
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))[1:]


def is_small(count: str) -> bool:
    """Whether a cell is a count from 1 to 10."""
    return count.isdigit() and 0 < int(count) < 11


def small_figures(text: str) -> bool:
    """Whether a page prints a small count where it prints counts."""
    return bool(re.search(r'<span class="n">\s*([1-9]|10)\s*<', text))


def gives_away(table: Printed) -> bool:
    """Whether what a table withholds can be reckoned: one part alone, or few together."""
    counts = dict(table.counts())
    whole = counts.pop("Together", "")
    others = counts.pop("Withheld, together", "")
    if others:
        return is_small(others)
    return rest_gives_away(whole, list(counts.values()))


def rest_gives_away(whole: str, parts: list[str]) -> bool:
    """Whether one withheld part, or few together, are what printed parts leave of a printed total."""
    hidden = [part for part in parts if part in WORDS]
    if not whole.isdigit() or not hidden:
        return False
    rest = int(whole) - sum(int(part) for part in parts if part.isdigit())
    return len(hidden) == 1 or rest < 11


def otherwise(ground: Ground, table: Printed) -> bool:
    """Whether the pages of an audience in one month's report were counted otherwise than it says."""
    named = re.fullmatch(rf"{REPORTS}pages-([a-z]+)\.csv\?month=([0-9]{{4}})-([0-9]{{2}})", table.where)
    if named is None:
        return False
    asked = (
        "select value, sum(n)::int from wellkept.statistics_count, unnest(counts) n where dimension = 'pages'"
        " and audience = %s and date_trunc('month', day) = make_date(%s, %s, 1) group by 1"
    )
    with ground.connect("proof") as connection:
        rows = connection.execute(asked, [named[1], int(named[2]), int(named[3])]).fetchall()
    counted = sorted((n for _route, n in rows), reverse=True)
    shown = [
        int(n) for name, n in table.counts().items() if n.isdigit() and name not in ("Together", "Withheld, together")
    ]
    whole = table.counts().get("Together", "")
    return shown != counted[: len(shown)] or (whole.isdigit() and int(whole) != sum(counted))


def shut(ground: Ground, name: str, sentence: str, asked: tuple[str, ...]) -> Try:
    """A try to read what no page may: each statement must be refused."""
    shown = [statement for statement in asked if answers(ground, statement)]
    return Try(name, sentence, "Shown" if shown else "Refused", held=not shown)


def answers(ground: Ground, statement: str) -> bool:
    """Whether the role of pages is answered, be it with no row."""
    with ground.connect("web") as connection:
        try:
            connection.execute(statement).fetchall()
        except psycopg.Error:
            return False
    return True
