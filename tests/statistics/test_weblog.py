"""A web server's log counted, beside a count that shares no line of code with it."""

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from wellkept.cli import main
from wellkept.statistics import weblog
from wellkept.statistics.agents import is_crawler
from wellkept.statistics.hits import NAMES

LOGS = Path(__file__).parents[3] / "shared" / "data" / "weblog"
COMBINED = LOGS / "synthetic_combined.log"
OWN = "portal.example.org"
pytestmark = pytest.mark.skipif(not LOGS.is_dir(), reason="the logs lie beside the repository")


def fields(line: str) -> list[str]:
    """The nine parts of a combined line, cut at quotes and brackets by hand."""
    before, _, rest = line.partition("[")
    at, _, rest = rest.partition('] "')
    request, _, rest = rest.partition('" ')
    status, size, referrer, agent = rest.split(" ", 3)
    return [*before.split(), at, request, status, size, referrer.strip('"'), agent.strip('"')]


def by_hand() -> dict[str, Counter[str]]:
    """Every dimension of the log, from its lines and the list of which of them are crawlers'."""
    found: dict[str, Counter[str]] = {name: Counter() for name in (*weblog.DIMENSIONS, "hour", "crawlers")}
    bots = [one["bot"] for one in json.loads((LOGS / "synthetic_combined_truth.json").read_text())]
    came: dict[tuple[str, str], list[str]] = {}
    for line, bot in zip(COMBINED.read_text(encoding="utf-8").splitlines(), bots, strict=True):
        *_who, at, request, status, size, referrer, agent = fields(line)
        day, hour = at.split(":")[:2]
        query = request.split()[1].partition("?")[2]
        own_names = {"again", "earlier", "later", "mends", "month", "page", "plan", "show", "state", "who", "year"}
        for name in {one.split("=")[0] if one.split("=")[0] in own_names else "other" for one in query.split("&")}:
            found["query"][name if query else "none"] += 1
        found["status"][status] += 1
        found["hour"][hour] += 1
        sizes = ((0, "nothing"), (1000, "under 1 kB"), (10**4, "1 to 10 kB"), (10**5, "10 to 100 kB"))
        found["bytes"][next((name for most, name in sizes if int(size) <= most), "100 kB to 1 MB")] += 1
        found["agents"]["crawler" if bot else browser(agent)] += 1
        found["crawlers"]["requests"] += bot
        came.setdefault((day, hour), []).append(cut(referrer))
    for each in came.values():
        for name, n in Counter(each).items():
            found["referrers"][name if n >= 5 or name in ("none", "ours") else "other"] += n
    return found


def browser(agent: str) -> str:
    for name, word in (("Edge", "Edg/"), ("Firefox", "Firefox/"), ("Chrome", "Chrome/"), ("Safari", "Safari/")):
        if word in agent:
            return name
    return "other"


def cut(referrer: str) -> str:
    if referrer == "-":
        return "none"
    if referrer.startswith(f"https://{OWN}/"):
        return "ours"
    return referrer.partition("?")[0] if re.match(r"https?://", referrer) else "other"


def test_a_combined_log_equals_a_count_by_hand() -> None:
    total, by = weblog.count(weblog.lines(COMBINED), OWN), by_hand()
    assert (total.read, total.unreadable) == (1500, 0)
    assert total.crawlers == by["crawlers"]["requests"] > 0
    assert total.hours == by["hour"]
    assert {name: +total.by[name] for name in weblog.DIMENSIONS} == {name: +by[name] for name in weblog.DIMENSIONS}
    assert total.by["referrers"]["other"] > 0
    assert all(n >= 5 for n in total.by["referrers"].values())


def test_every_line_s_crawler_is_known() -> None:
    bots = [one["bot"] for one in json.loads((LOGS / "synthetic_combined_truth.json").read_text())]
    agents = [fields(line)[-1] for line in COMBINED.read_text(encoding="utf-8").splitlines()]
    assert [is_crawler(one) for one in agents] == bots


def test_the_command_prints_what_was_counted_and_nothing_of_anybody() -> None:
    said = CliRunner().invoke(main, ["statistics", "count", str(COMBINED), "--own", OWN])
    assert said.exit_code == 0, said.output
    assert said.output.startswith("1500 requests, 376 of them by crawlers; 0 lines unreadable\n")
    assert "SECRET" not in said.output
    assert "203.0.113" not in said.output
    for value, n in by_hand()["referrers"].items():
        assert f"{n:10}  {value}\n" in said.output


def test_a_packed_log_comes_to_the_same(tmp_path: Path) -> None:
    packed = tmp_path / "log.gz"
    packed.write_bytes(gzip.compress(COMBINED.read_bytes()))
    assert weblog.count(weblog.lines(packed)) == weblog.count(weblog.lines(COMBINED))


def test_a_packed_log_that_is_cut_off_says_so(tmp_path: Path) -> None:
    packed = tmp_path / "log.gz"
    packed.write_bytes(gzip.compress(COMBINED.read_bytes())[:4000])
    said = CliRunner().invoke(main, ["statistics", "count", str(packed)])
    assert said.exit_code == 1
    assert "cannot be read to its end" in said.output


def test_lines_of_no_form_are_counted_as_unreadable() -> None:
    total = weblog.count(weblog.lines(LOGS / "malformed_lines.log"))
    # Two can be read: one whose agent has quotes in it, and one whose agent is 9,000 letters long.
    assert (total.read, total.unreadable) == (2, 8)


def test_the_common_format_says_nothing_of_agent_and_referrer() -> None:
    total = weblog.count(weblog.lines(LOGS / "nasa_jul95_head.log"))
    assert (total.read, total.unreadable, total.crawlers) == (10, 0, 0)
    assert total.by["status"] == {"200": 8, "304": 2}
    assert not total.by["agents"]
    assert not total.by["referrers"]


def test_a_line_without_an_end_is_cut_and_what_follows_is_read(tmp_path: Path) -> None:
    log, good = tmp_path / "log", COMBINED.read_bytes().splitlines()[0]
    log.write_bytes(good + b"\n" + b"x" * 100_000 + b"\n" + good)
    total = weblog.count(weblog.lines(log))
    assert (total.read, total.unreadable) == (2, 1)


@given(st.binary(max_size=400))
def test_no_line_of_bytes_stops_it(line: bytes) -> None:
    total = weblog.count([line])
    assert total.read + total.unreadable == 1


@given(
    st.text(alphabet=st.characters(codec="latin-1"), max_size=60),
    st.text(alphabet='"\\ ab[]', max_size=30),
    st.integers(0, 10**6),
)
def test_no_name_in_a_line_reaches_a_count(name: str, quoted: str, number: int) -> None:
    line = (
        f'{name} - - [01/Jan/2026:00:00:00 +0000] "GET /{name}?{name}={quoted} HTTP/1.1" {number} 1 "{quoted}" "{name}"'
    )
    total = weblog.count([line.encode("latin-1")])
    values = {value for counted in total.by.values() for value in counted}
    assert values <= {
        "none", "other", *NAMES, "under 1 kB", "crawler", "our own tries",
        "Edge", "Opera", "Samsung Internet", "Firefox", "Chrome", "Safari", "Internet Explorer",
    } | {str(one) for one in range(100, 600)}  # fmt: skip
