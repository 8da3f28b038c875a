"""What a browser says is looked at by closed lists: referrers, cookies of dates, agents, names of a query."""

import re
import string
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.statistics import agents, dimensions, hits, referrers, remembered
from wellkept.statistics.hits import Hit

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("referrer", "name"),
    [
        ("", "none"),
        ("-", "none"),
        ("https://Search.example/Find?q=my+illness#me", "https://search.example/Find"),
        ("https://search.example", "https://search.example/"),
        ("http://search.example:8080/a", "http://search.example:8080/a"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
        ("https://maria:secret@mail.example/inbox", "other"),
        ("https://here.example/policy/?x=1", "ours"),
        ("android-app://com.example.mail/", "other"),
        ("javascript:alert(1)", "other"),
        ("https://search.example/a b", "other"),
        ("https://search.example/é", "other"),
        ("https://search.example/a\r\nSet-Cookie: x=1", "other"),
        ("https://search.example/" + "a" * 60, "https://search.example/"),
        ("https://" + "a" * 63 + ".example/", "other"),
        ("https://search.example/" + "a" * 3000, "other"),
        ("https://", "other"),
    ],
)
def test_a_referrer_is_its_origin_and_path(referrer: str, name: str) -> None:
    assert referrers.named(referrer, "here.example") == name


@given(st.text(max_size=300) | st.from_regex(r"https?://[a-z.]{1,30}(:\d+)?(/\S*)?", fullmatch=True))
def test_no_referrer_brings_a_query_or_a_sign_that_is_not_plain(referrer: str) -> None:
    name = referrers.named(referrer, "here.example")
    assert re.fullmatch(r"none|ours|other|https?://[!-~]+", name)
    assert not set(name) & set("?#@ ") or name.count("@") == name.partition("//")[2].partition("/")[2].count("@")
    assert len(name) <= referrers.LONGEST


def test_a_visit_is_first_then_nothing_that_day_then_again() -> None:
    first = remembered.visit("", TODAY)
    assert first
    assert (first.counted, first.value) == ("first", "20261122.20261122")
    assert remembered.visit(first.value, TODAY) is None
    tomorrow = remembered.visit(first.value, TODAY + timedelta(days=1))
    assert tomorrow
    assert (tomorrow.counted, tomorrow.value) == ("again", "20261122.20261123")
    next_month = remembered.visit(tomorrow.value, date(2026, 12, 1))
    assert next_month
    assert (next_month.counted, next_month.value) == ("first", "20261201.20261201")


@pytest.mark.parametrize(
    "value",
    [
        "x", "20261122", "20261122.", "20261122.20261123", "20261121.20261120", "20261032.20261122",
        "20261031.20261122", "20261122.20261122 ", "20261122.20261122.1", "9" * 5000,
        "\N{FULLWIDTH DIGIT TWO}0261122.20261122",
    ],
)  # fmt: skip
def test_a_value_we_never_wrote_is_dropped(value: str) -> None:
    assert remembered.read(value, TODAY) is None


@given(st.text(max_size=40), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_whatever_a_browser_brings_it_is_asked_to_keep_two_days(value: str, today: date) -> None:
    found = remembered.visit(value, today)
    assert found is None or remembered.read(found.value, today)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.data())
def test_all_who_came_on_the_same_days_hold_the_same(today: date, data: st.DataObject) -> None:
    days = data.draw(st.lists(st.integers(1, today.day), max_size=5).map(sorted))
    one = other = ""
    for day in [*days, today.day]:
        one = getattr(remembered.visit(one, today.replace(day=day)), "value", one)
    for day in ([days[0]] if days else []) + [today.day]:
        other = getattr(remembered.visit(other, today.replace(day=day)), "value", other)
    assert one == other


def test_the_cookie_ends_with_the_month_for_all() -> None:
    zone = ZoneInfo("America/Chicago")
    assert {remembered.ends(TODAY.replace(day=day), zone).isoformat() for day in (1, 22, 30)} == {
        "2026-12-01T00:00:00-06:00"
    }
    assert remembered.ends(date(2026, 12, 31), zone).date() == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
            "Chrome",
        ),
        ("Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15", "Safari"),
        ("Mozilla/5.0 (Windows) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "Edge"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "crawler"),
        ("curl/8.0", "crawler"),
        ("wellkept-proof", "our own tries"),
        ("", "none"),
        ("-", "none"),
        ("Something of my own", "other"),
    ],
)
def test_an_agent_is_its_family(agent: str, family: str) -> None:
    assert agents.family(agent) == family


def test_the_patterns_find_what_the_list_finds() -> None:
    listed = agents.listed()
    one_by_one = [re.compile(one) for one in listed]
    heads = [agents.word(one)[:9] for one in listed[::23]]
    tried = [f"{head}{rest}" for head in heads for rest in ("", " x", "/1.0 spider.com RSS Reader outcomes.net")]
    tried += ["M" * 400, "Current" * 57, "Spider" * 66, "Bot" * 133, "ContextualBot" * 30, *string.printable]
    assert [one for one in tried if agents.crawls(one) != any(p.search(one) for p in one_by_one)] == []


def test_no_pattern_goes_back_and_forth() -> None:
    repeats = [one for one in agents.listed() if not agents.is_word(one) and re.search(r"(?<!\\)[*+{]", one)]
    assert sorted(re.sub(r"\[\\s\\S\]\*", "", one) for one in repeats) == sorted(
        [r"BlogTraffic\/\d\.\d+ Feed-Fetcher", r"ContextualBotoutcomes\.net", "CurrentRSS Reader", r"Spiderspider\.com"]
    )


@given(st.text(max_size=600))
def test_every_agent_has_one_of_the_families(agent: str) -> None:
    assert agents.family(agent) in agents.FAMILIES


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ("none",)),
        ("page=2", ("page",)),
        ("page=2&name=Maria", ("other", "page")),
        ("Maria", ("other",)),
        ("page", ("page",)),
        ("&&", ("other",)),
        ("%70age=1", ("other",)),
    ],
)
def test_a_query_is_counted_by_our_own_names(query: str, names: tuple[str, ...]) -> None:
    assert hits.names(query) == names


@given(st.text(max_size=200), st.integers(-5, 1000), st.none() | st.integers(0, 10**9), st.text(max_size=80))
def test_a_hit_is_counted_by_each_dimension_alone(query: str, status: int, size: int | None, said: str) -> None:
    found = list(hits.marks(Hit(query, status, size, said, cookie=True, referrer=said, own="here.example")))
    assert [one[0] for one in found if one[0] != "query"] == ["status", "bytes", "agents", "cookie", "referrers"]
    assert all(re.fullmatch("[ -~]{1,160}", value) for _dimension, _audience, value in found)


def test_sizes_have_names() -> None:
    assert [dimensions.size(n) for n in (0, 1, 1000, 1001, 10**6, 10**6 + 1)] == [
        "nothing", "under 1 kB", "under 1 kB", "1 to 10 kB", "100 kB to 1 MB", "over 1 MB",
    ]  # fmt: skip
