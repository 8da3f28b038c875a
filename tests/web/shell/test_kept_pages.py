"""Kept pages: the same bytes for everyone, never somebody's own, never old, and laid before nobody by a header."""

import gzip
from collections.abc import Callable
from datetime import timedelta

import pytest
from django import shortcuts
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve
from pytest_django import Settings

from tests.web.conftest import OPEN, OPERATORS, Visit
from wellkept.policy import packs
from wellkept.proof import queries
from wellkept.proof.values import Verdict
from wellkept.web.shell import kept_pages, serving
from wellkept.web.shell.kept_pages import KeptPages, may_be_kept
from wellkept.web.site import pages
from wellkept.web.site.addresses import public_pages

CHAIN = (
    *OPEN[:2],
    "wellkept.web.shell.kept_pages.KeptPages",
    *OPEN[2:6],
    "wellkept.web.shell.preferences.Preferences",
    *OPEN[6:],
)
FILES = ("/robots.txt", "/.well-known/security.txt", "/.well-known/gpc.json")
OF_THE_DATABASE = {
    "/links/",
    "/statistics/",
    "/what-we-hold/",
    "/how-we-keep-it/requests/",
    "/how-we-keep-it/kept-back/",
}
HOSTILE = {
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-forwarded-prefix": "/evil",
    "x-forwarded-for": "203.0.113.9",
    "x-host": "evil.example",
    "x-original-url": "/evil/",
    "x-rewrite-url": "/evil/",
    "forwarded": "host=evil.example;proto=https",
    "referer": "http://testserver/evil/?q=evil",
    "user-agent": "evil/1.0",
    "accept-language": "evil, es;q=0.9",
    "accept": "application/evil",
    "origin": "https://evil.example",
    "range": "bytes=0-10",
    "if-match": '"evil"',
    "if-modified-since": "Sat, 01 Jan 2050 00:00:00 GMT",
    "x-http-method-override": "POST",
    "cookie": "_ga=evil; sessionid=evil; other_session=evil",
    "authorization": "Bearer evil",
    "te": "evil",
}


class Clock:
    """A clock that goes when told."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(kept_pages, "monotonic", found.monotonic)
    return found


@pytest.fixture
def client(visit: Visit, settings: Settings, clock: Clock) -> Client:
    visit("umr")
    settings.MIDDLEWARE = CHAIN
    found = Client(raise_request_exception=False)
    for _ in range(2):
        found.get("/robots.txt")
    return found


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often the templates were read: one entry a page."""
    seen: list[str] = []
    inner = shortcuts.render

    def counted(request: HttpRequest, name: str, *given: object) -> HttpResponse:
        seen.append(name)
        return inner(request, name, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(pages, "render", counted)
    return seen


def test_a_page_is_made_once_in_its_moment(client: Client, made: list[str], clock: Clock) -> None:
    first, second = client.get("/terms/"), client.get("/terms/")
    assert first.content == second.content
    assert dict(first.headers) == dict(second.headers)
    assert len(made) == 1
    clock.now += kept_pages.STEADY_SECONDS
    client.get("/terms/")
    assert len(made) == 2


def test_what_the_tries_found_drops_every_page_at_once(
    client: Client, made: list[str], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/terms/")
    told = {"U-01": Verdict("U-01", "broken", None, None, ())}
    monkeypatch.setattr("wellkept.web.shell.evidence.verdicts", lambda *_given: told)
    client.get("/terms/")
    assert len(made) == 1
    clock.now += kept_pages.LOOKED_AFTER
    client.get("/terms/")
    client.get("/terms/")
    assert len(made) == 2
    assert kept_pages.LOOKED_AFTER + queries.FRESH <= 2.0


def test_a_page_begun_before_the_tries_found_something_new_is_not_kept(client: Client, clock: Clock) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        request.resolver_match = resolve("/terms/")
        clock.now += 1
        keeper.drop()
        return HttpResponse("x")

    keeper = KeptPages(answer)
    assert keeper(RequestFactory().get("/terms/")).content == b"x"
    assert keeper.pages == {}


def test_a_page_that_shows_more_of_the_database_is_kept_for_less(client: Client, clock: Clock) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        request.resolver_match = resolve(request.path_info)
        return HttpResponse("x")

    keeper = KeptPages(answer)
    for path in ("/terms/", "/terms/", "/links/"):
        keeper(RequestFactory().get(path))
    assert [page.lasts for page in keeper.pages.values()] == [kept_pages.STEADY_SECONDS, kept_pages.SECONDS]
    assert kept_pages.SECONDS <= 2.0


def test_while_one_looks_the_others_are_not_kept_waiting(client: Client, made: list[str], clock: Clock) -> None:
    keeper = KeptPages(lambda _request: HttpResponse())
    keeper.pages["x"] = None  # type: ignore[index,assignment]  # something is kept
    with keeper.looking:
        keeper.look()
    assert keeper.shown is None


def test_one_request_makes_it_anew_before_it_is_too_old(client: Client, made: list[str], clock: Clock) -> None:
    client.get("/terms/")
    clock.now += kept_pages.STEADY_SECONDS * kept_pages.RENEWED_AT + 0.1
    client.get("/terms/")
    client.get("/terms/")
    assert len(made) == 2
    clock.now += kept_pages.STEADY_SECONDS
    client.get("/terms/")
    assert len(made) == 3


def test_a_new_day_drops_every_page(client: Client, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    client.get("/terms/")
    today = packs.today(serving.original())
    monkeypatch.setattr(packs, "today", lambda _pack: today + timedelta(days=1))
    client.get("/terms/")
    assert len(made) == 2


@pytest.mark.parametrize("name", HOSTILE)
def test_no_header_lays_one_visitors_answer_before_another(visit: Visit, settings: Settings, name: str) -> None:
    visit("umr")
    settings.MIDDLEWARE = CHAIN
    other, poisoned = Client(), Client()
    for path in ("/", "/contact/", "/.well-known/security.txt"):
        clean = other.get(path)
        struck = poisoned.get(path, headers={name: HOSTILE[name]})
        after = poisoned.get(path)
        assert struck.content == clean.content == after.content, path
        assert dict(clean.headers) == dict(after.headers) == dict(struck.headers), path
        assert b"evil" not in after.content


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_public_page_is_the_same_for_whoever_asks(visit: Visit, settings: Settings, operator: str) -> None:
    client = visit(operator)
    for path in (*public_pages(serving.original()), *FILES):
        if path not in OF_THE_DATABASE:
            struck = client.get(path, headers=HOSTILE)
            assert struck.content == client.get(path).content, path
            assert b"evil" not in struck.content
            assert struck.status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "testserver:80@evil.example", "testserver, evil.example", "a b"])
def test_another_host_is_refused_each_time_and_never_kept(client: Client, host: str) -> None:
    kept = client.get("/contact/")
    assert kept.status_code == 200
    struck = client.get("/contact/", headers={"host": host})
    assert struck.status_code == 400
    assert client.get("/contact/").content == kept.content
    assert client.get("/terms/", headers={"host": host}).status_code == 400
    assert client.get("/terms/").status_code == 200


def test_a_session_is_never_answered_from_what_is_kept_and_never_kept(client: Client, made: list[str]) -> None:
    client.get("/contact/")
    own = client.get("/contact/", headers={"cookie": "umr_session=" + "x" * 43})
    assert "Your pages" in own.text
    assert "ETag" not in own.headers
    assert "Your pages" not in client.get("/contact/").text
    assert len(made) == 2


def test_a_form_a_wrong_address_and_a_door_are_never_kept(client: Client) -> None:
    for path in ("/no-such-page/", "/sign-in/", "/register/", "/member/"):
        for _ in range(2):
            assert "ETag" not in client.get(path).headers, path
    assert "ETag" not in client.post("/contact/", headers={"sec-fetch-site": "same-origin"}).headers


def test_a_query_the_page_does_not_read_is_never_kept(client: Client, made: list[str]) -> None:
    for _ in range(2):
        assert "ETag" not in client.get("/terms/?utm_source=x").headers
    assert len(made) == 2


def test_a_query_it_reads_is_kept_by_its_value(client: Client) -> None:
    some = client.get("/how-we-keep-it/?state=not-kept")
    every = client.get("/how-we-keep-it/")
    assert some.content != every.content
    assert {some.headers["ETag"], every.headers["ETag"]} == {
        client.get(f"/how-we-keep-it/{query}").headers["ETag"] for query in ("?state=not-kept", "")
    }
    assert "ETag" not in client.get("/how-we-keep-it/?state=not-kept&x=1").headers
    assert "ETag" not in client.get("/how-we-keep-it/?state=" + "x" * 300).headers


def test_compressed_and_plain_are_two_answers_of_one_page(client: Client) -> None:
    plain = client.get("/policy/")
    short = client.get("/policy/", headers={"accept-encoding": "gzip"})
    again = client.get("/policy/", headers={"accept-encoding": "br, gzip"})
    assert gzip.decompress(short.content) == plain.content
    assert again.content == short.content
    assert "Content-Encoding" not in client.get("/policy/", headers={"accept-encoding": "br"}).headers
    assert plain.headers["ETag"] != short.headers["ETag"]
    for one in (plain, short):
        assert one.headers["Content-Length"] == str(len(one.content))
        assert one.headers["Vary"] == "Accept-Encoding, Cookie, Sec-GPC"
        assert one.headers["Cache-Control"] == "no-cache"


def test_a_browser_that_has_these_bytes_is_told_so(client: Client) -> None:
    tag = client.get("/policy/").headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        unchanged = client.get("/policy/", headers={"if-none-match": known})
        assert unchanged.status_code == 304
        assert unchanged.content == b""
        assert unchanged.headers["ETag"] == tag
        assert unchanged.headers["Vary"] == "Accept-Encoding, Cookie, Sec-GPC"
        assert unchanged.headers["Cache-Control"] == "no-cache"
        assert unchanged.headers["Content-Security-Policy"]
    for other in ('"other"', "x" * 5000, '"', tag[:-2]):
        assert client.get("/policy/", headers={"if-none-match": other}).status_code == 200


def test_a_first_request_can_be_told_so_too(client: Client) -> None:
    tag = client.get("/policy/").headers["ETag"]
    assert Client().get("/policy/", headers={"if-none-match": tag}).status_code == 304


def test_head_says_what_get_would(client: Client) -> None:
    for asked in (client, Client()):
        head = asked.head("/policy/", headers={"accept-encoding": "gzip"})
        page = asked.get("/policy/", headers={"accept-encoding": "gzip"})
        assert head.content == b""
        assert dict(head.headers) == dict(page.headers)


def test_a_part_of_a_page_is_not_given(client: Client) -> None:
    answer = client.get("/policy/", headers={"range": "bytes=0-3"})
    assert answer.status_code == 200
    assert "Content-Range" not in answer.headers


def test_what_counts_above_finds_the_page_that_answered(client: Client) -> None:
    routes = [client.get("/policy/u-31/").wsgi_request.resolver_match for _ in range(2)]
    assert [match.route for match in routes if match] == ["policy/<str:clause>/"] * 2


def test_over_tls_it_is_another_page(client: Client) -> None:
    assert "Strict-Transport-Security" not in client.get("/.well-known/security.txt").headers
    assert "https://" in client.get("/.well-known/security.txt", secure=True).text
    assert "https://" not in client.get("/.well-known/security.txt").text


@pytest.fixture
def keeping(client: Client, clock: Clock) -> Callable[[str, HttpResponse], KeptPages]:
    """A keeper that has kept one answer to a request for a page of the site."""

    def kept(path: str, response: HttpResponse) -> KeptPages:
        def answer(request: HttpRequest) -> HttpResponse:
            request.resolver_match = resolve("/terms/")
            return response

        keeper = KeptPages(answer)
        keeper(RequestFactory().get(path))
        return keeper

    return kept


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("x", status=404),
        HttpResponse("x", status=206),
        HttpResponse("x", headers={"Cache-Control": "no-store"}),
        HttpResponse("x", headers={"Cache-Control": "private, max-age=9"}),
        HttpResponse(b"x", content_type="application/pdf"),
        HttpResponse("x" * (kept_pages.LARGEST + 1)),
    ],
    ids=["404", "206", "no-store", "private", "pdf", "large"],
)
def test_an_answer_that_is_not_for_everyone_is_not_kept(
    keeping: Callable[[str, HttpResponse], KeptPages], response: HttpResponse
) -> None:
    assert keeping("/terms/", response).pages == {}


def test_an_answer_that_sets_a_cookie_is_not_kept(keeping: Callable[[str, HttpResponse], KeptPages]) -> None:
    response = HttpResponse("x")
    assert len(keeping("/terms/", response).pages) == 1
    response.set_cookie("a", "b")
    assert keeping("/terms/", response).pages == {}


@pytest.mark.parametrize("mark", ["private", "person", "signed_in_as"])
def test_an_answer_for_somebody_is_not_kept(client: Client, mark: str) -> None:
    request = RequestFactory().get("/terms/")
    request.resolver_match = resolve("/terms/")
    assert may_be_kept(request, HttpResponse("x"))
    setattr(request, mark, "Maria Alvarez")
    assert not may_be_kept(request, HttpResponse("x"))


def test_what_is_kept_has_an_end(client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_pages, "MOST_PAGES", 5)
    monkeypatch.setattr(kept_pages, "MOST_BYTES", 900)

    def answer(request: HttpRequest) -> HttpResponse:
        request.resolver_match = resolve("/terms/")
        return HttpResponse("x" * (int(request.path_info.strip("/")) * 10))

    keeper = KeptPages(answer)
    for number in range(1, 31):
        keeper(RequestFactory().get(f"/{number}/"))
        assert len(keeper.pages) <= 5
        assert keeper.size == sum(len(page.body) for page in keeper.pages.values()) <= 900
    assert len(keeper.pages) == 3


def test_the_published_ledger_is_never_kept(client: Client, settings: Settings, tmp_path_factory: object) -> None:
    assert "ETag" not in client.get("/.well-known/wellkept/ledger/checkpoint").headers
    request = RequestFactory().get("/.well-known/wellkept/ledger/key")
    request.resolver_match = resolve("/.well-known/wellkept/ledger/key")
    assert not may_be_kept(request, HttpResponse("x", content_type="text/plain"))


@pytest.mark.parametrize("operator", OPERATORS)
def test_privacy_control_and_choices_are_pages_of_their_own(visit: Visit, settings: Settings, operator: str) -> None:
    visit(operator)
    settings.MIDDLEWARE = CHAIN
    client = Client()
    plain = client.get("/terms/").text
    client.cookies[f"{operator}_preferences"] = "larger.more.none"
    assert ("text-larger" in client.get("/terms/").text) == (operator == "umr")
    client.cookies.clear()
    asked_for = "Your browser asks for privacy" in client.get("/terms/", headers={"sec-gpc": "1"}).text
    assert asked_for is not ("Your browser asks for privacy" in plain)
    assert client.get("/terms/").text == plain


def test_the_middleware_stands_where_it_is_tried(settings: Settings) -> None:
    order = [one.rpartition(".")[2] for one in settings.MIDDLEWARE]
    assert order.index("Headers") < order.index("KeptPages") < order.index("Compressed")
    assert order.index("KeptPages") < order.index("Preferences") < order.index("Answers")
