"""Every answer is counted as the pack says and in no other way; a browser is asked to keep two days, or nothing."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as live
from django.test import Client
from django.utils.http import http_date
from pytest_django import Settings

from wellkept.statistics import counters, hits
from wellkept.statistics.counters import Counters
from wellkept.web.shell import counting, figure_words

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
NOW = 1_795_370_400  # 22 November 2026, noon in Chicago
PROGRAM = Path(__file__).parents[3] / "wellkept"
MIDDLEWARE = tuple(live.MIDDLEWARE)
Visitor = Callable[..., Client]
Totals = Callable[[], dict[tuple[str, str, str], int]]


@pytest.fixture
def visitor(visit: Visitor, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    """A browser of an operator, at a moment in November, where nothing was counted yet."""
    settings.MIDDLEWARE = MIDDLEWARE
    monkeypatch.setattr("wellkept.statistics.counters.time.time", lambda: NOW)
    counters.of.cache_clear()

    def of(operator: str = "umr", **headers: str) -> Client:
        visit(operator)
        said = {"User-Agent": FIREFOX, "Host": "localhost"} | {
            key.replace("_", "-"): one for key, one in headers.items()
        }
        return Client(headers=said, raise_request_exception=False)

    yield of
    counters.of.cache_clear()


@pytest.fixture
def totals() -> Totals:
    """What was counted since it was last asked, by dimension, audience and value."""

    def taken() -> dict[tuple[str, str, str], int]:
        found: Counter[tuple[str, str, str]] = Counter()
        for one in counters.ours().take():
            found[one.dimension, one.audience, one.value] += one.n
        return {key: n for key, n in found.items() if n}

    return taken


def of(ours: Counters) -> list[tuple[str, int]]:
    return [(one.day, one.slot) for one in ours.take() if one.dimension == "pages"]


def test_a_scripted_visit_comes_to_exactly_these_totals(visitor: Visitor, totals: Totals) -> None:
    browser = visitor()
    browser.get("/", headers={"Referer": "https://search.example/?q=secret"})
    browser.get("/policy/", headers={"Referer": "http://localhost/"})
    browser.get("/policy/U-01/", headers={"Referer": "http://localhost/policy/"})
    browser.get("/es/policy/U-02/", headers={"Referer": "http://localhost/es/policy/"})
    browser.get("/terms/")
    browser.get("/no-such-page/")
    browser.get("/static/shell/shell.css").close()
    browser.get("/robots.txt")
    browser.head("/policy/")
    assert totals() == {
        ("pages", "public", "/"): 1,
        ("pages", "public", "/policy/"): 1,
        ("pages", "public", "/policy/<str:clause>/"): 2,
        ("pages", "public", "/terms/"): 1,
        ("referrers", "public", "other"): 1,
        ("referrers", "public", "none"): 1,
        ("next", "public", "/ > /policy/"): 1,
        ("next", "public", "/policy/ > /policy/<str:clause>/"): 2,
        ("visits", "public", "first"): 1,
    }


def test_it_is_counted_in_the_hour_of_the_operator(visitor: Visitor) -> None:
    visitor().get("/terms/")
    assert set(of(counters.ours())) == {("2026-11-22", 12)}


def test_a_page_the_browser_still_had_was_read_too(visitor: Visitor, totals: Totals) -> None:
    browser = visitor()
    tag = browser.get("/terms/").headers["ETag"]
    again = browser.get("/terms/", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert totals()["pages", "public", "/terms/"] == 2


def test_two_fresh_browsers_hold_the_same_bytes(visitor: Visitor) -> None:
    one, other = (visitor().get("/terms/", headers={"X-Number": name}) for name in "ab")
    assert one.cookies.output() == other.cookies.output()
    ends = http_date(1_796_104_800)  # 1 December 2026, midnight in Chicago
    assert one.cookies.output() == (
        f"Set-Cookie: umr_visits=20261122.20261122; expires={ends}; HttpOnly; Path=/; SameSite=Lax"
    )
    assert one.headers["Cache-Control"] == "private, no-cache"


def test_over_tls_the_cookie_is_bound_to_the_host(visitor: Visitor) -> None:
    (cookie,) = visitor().get("/terms/", secure=True).cookies.values()
    assert (cookie.key, cookie["secure"], cookie["domain"]) == ("__Host-umr_visits", True, "")


def test_a_browser_that_comes_again_is_known_by_its_own_memory(
    visitor: Visitor, totals: Totals, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = visitor()
    browser.get("/terms/")
    browser.get("/terms/")
    monkeypatch.setattr("wellkept.statistics.counters.time.time", lambda: NOW + 86_400)
    counters.ours().quarter = -1
    browser.get("/terms/")
    browser.get("/terms/")
    assert browser.cookies["umr_visits"].value == "20261122.20261123"
    found = totals()
    assert (found["visits", "public", "first"], found["visits", "public", "again"]) == (1, 1)


@pytest.mark.parametrize("value", ["x", "20261122.20991231", '"', "a" * 5000, "20261122.20261122;x=1"])
def test_a_value_we_never_wrote_is_written_over(visitor: Visitor, value: str) -> None:
    response = visitor().get("/terms/", headers={"Cookie": f"umr_visits={value[:4000]}"})
    ours = [one.value for one in response.cookies.values()]
    assert ours in ([], ["20261122.20261122"])
    assert value == "20261122.20261122;x=1" or ours


def test_whoever_has_a_session_is_asked_to_keep_nothing(visitor: Visitor) -> None:
    browser = visitor()
    browser.cookies["umr_session"] = "A" * 43
    assert not browser.get("/terms/").cookies


@pytest.mark.parametrize("path", ["/no-such-page/", "/robots.txt", "/static/shell/shell.css"])
def test_only_a_page_asks_to_keep_the_day(visitor: Visitor, path: str) -> None:
    answer = visitor().get(path)
    answer.close()
    assert not answer.cookies


def test_a_browser_that_asks_for_privacy_gets_no_cookie_and_no_script_and_is_told(
    visitor: Visitor, totals: Totals
) -> None:
    plain, private = visitor(), visitor(Sec_GPC="1")
    assert "stay.js" in plain.get("/terms/").text
    page = private.get("/terms/")
    assert not page.cookies
    assert "<script" not in page.text
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert "Your browser asks for privacy (Global Privacy Control)." in page.text
    assert "Global Privacy Control" not in plain.get("/terms/").text
    assert totals()["visits", "public", "unknown"] == 1
    assert private.post("/stay/", "3", content_type="text/plain", headers=LEFT).status_code == 204
    assert not [key for key in totals() if key[0].startswith("stays")]


LEFT = {"Referer": "http://localhost/terms/", "Sec-Fetch-Site": "same-origin"}


def test_a_stay_is_counted_by_its_length_and_page(visitor: Visitor, totals: Totals) -> None:
    browser = visitor()
    assert browser.post("/stay/", "3", content_type="text/plain", headers=LEFT).status_code == 204
    assert totals() == {("stays", "public", "30 to 60 seconds"): 1, ("stays by page", "public", "/terms/"): 1}


@pytest.mark.parametrize("said", ["", "8", "33", "-1", "a", "3\n", "٣", "x" * 4000])
def test_what_is_no_length_is_not_counted(visitor: Visitor, totals: Totals, said: str) -> None:
    assert visitor().post("/stay/", said, content_type="text/plain", headers=LEFT).status_code == 204
    assert totals() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"Referer": "http://localhost/member/claims/"},
        {"Referer": "http://localhost/no-such-page/"},
        {"Referer": "http://other.example/terms/"},
        {"Referer": ""},
        {"User-Agent": "Googlebot/2.1"},
    ],
)
def test_a_stay_is_counted_for_a_public_page_of_ours_alone(
    visitor: Visitor, totals: Totals, headers: dict[str, str]
) -> None:
    visitor().post("/stay/", "3", content_type="text/plain", headers=LEFT | headers)
    assert not [key for key in totals() if key[0] != "crawlers"]


def test_another_site_cannot_say_that_somebody_stayed(visitor: Visitor, totals: Totals) -> None:
    headers = LEFT | {"Sec-Fetch-Site": "cross-site"}
    assert visitor().post("/stay/", "3", content_type="text/plain", headers=headers).status_code == 403
    assert totals() == {}


def test_no_script_that_counts_runs_where_somebody_signs_in(visitor: Visitor) -> None:
    page = visitor().get("/sign-in/")
    assert re.findall(r"<script[^>]*>", page.text) == ['<script src="/static/shell/passkey.js" defer>']
    page = visitor().get("/sign-in/mailed/")
    assert "<script" not in page.text
    assert "script-src" not in page.headers["Content-Security-Policy"]


def test_a_crawler_is_counted_apart_and_keeps_nothing(visitor: Visitor, totals: Totals) -> None:
    browser = visitor(User_Agent="Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
    assert not browser.get("/terms/").cookies
    assert totals() == {("crawlers", "", "requests"): 1}


def test_our_own_tries_are_counted_apart(visitor: Visitor, totals: Totals) -> None:
    visitor(User_Agent="wellkept-proof").get("/terms/")
    assert {audience for _, audience, _ in totals()} == {"proof"}


def test_hits_are_counted_by_each_dimension_alone(visitor: Visitor, totals: Totals) -> None:
    browser = visitor("pwer")
    for _ in range(5):
        browser.get("/terms/?page=2&name=Maria", headers={"Referer": "https://search.example/find?q=1"})
    browser.cookies["other"] = "x"
    file = browser.get("/static/shell/shell.css")
    assert file.status_code == 200
    file.close()
    browser.get("/no-such-page/")
    found = totals()
    sizes = {key: found.pop(key) for key in list(found) if key[0] == "bytes"}
    assert sum(sizes.values()) == 7
    assert found == {
        ("query", "", "page"): 5,
        ("query", "", "other"): 5,
        ("query", "", "none"): 2,
        ("status", "", "200"): 6,
        ("status", "", "404"): 1,
        ("agents", "", "Firefox"): 7,
        ("cookie", "", "absent"): 5,
        ("cookie", "", "present"): 2,
        ("referrers", "", "https://search.example/find"): 5,
        ("referrers", "", "none"): 2,
    }


def test_an_operator_that_counts_hits_asks_nobody_to_keep_anything(visitor: Visitor) -> None:
    page = visitor("pwer").get("/terms/")
    assert not page.cookies
    assert "<script" not in page.text
    assert visitor("pwer").post("/stay/", "3", content_type="text/plain", headers=LEFT).status_code == 404


def test_the_next_site_is_counted_by_its_leaving_page(visitor: Visitor, totals: Totals) -> None:
    visitor("umr")
    counters.left("Health.example")
    assert totals() == {("left", "public", "health.example"): 1}
    visitor("pwer")
    counters.left("health.example")
    assert totals() == {}


@pytest.mark.parametrize("operator", ["umr", "pwer"])
def test_no_canary_is_counted_but_a_referrer_that_came_five_times(
    visitor: Visitor, totals: Totals, operator: str
) -> None:
    words = iter(f"qzxv{number:04}" for number in range(1000))
    names = [*HEADERS, *(f"X-{next(words)}" for _ in range(15))]
    browser, often = visitor(operator), "https://often.example/path"
    for _ in range(3):
        sent = {name: next(words) for name in names}
        sent |= {"Cookie": f"{next(words)}={next(words)}", "Referer": f"https://{next(words)}.example/{next(words)}"}
        browser.get(f"/terms/?{next(words)}={next(words)}", headers=sent)
        browser.get(f"/{next(words)}/", headers=sent)
    for _ in range(5):
        browser.get("/terms/", headers={"Referer": f"{often}?{next(words)}"})
    found = totals()
    assert not [key for key in found if "qzxv" in str(key).lower()]
    assert found["referrers", "public" if operator == "umr" else "", often] == 5


HEADERS = (
    "User-Agent", "Accept-Language", "X-Forwarded-For", "X-Real-IP", "Forwarded", "From", "Via", "DNT", "Authorization",
    "X-Requested-With", "X-Client-IP", "True-Client-IP", "Sec-CH-UA", "If-None-Match", "X-Request-ID", "Accept",
    "Origin",
)  # fmt: skip


def test_every_name_a_page_reads_from_a_query_is_known() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in (PROGRAM / "web").rglob("*.py"))
    read = set(re.findall(r'GET(?:\.get\(|\.getlist\(|\[)\s*"(\w+)"', text))
    for names in re.findall(r"@reads\(([^)]*)\)", text):
        read |= set(re.findall(r'"(\w+)"', names))
    assert read
    assert read - set(hits.NAMES) == set()


def test_every_door_is_counted_as_its_own_and_has_its_name() -> None:
    doors = set(live.DOORS) - {"shell", "site", "entrance"}
    assert set(counting.DOORS) == doors
    for door in doors:
        assert counting.door_of(f"/{door}/") == door
        assert figure_words.value("audiences", door).text != door
    assert counting.door_of("/sign-in/") == counting.PUBLIC
