"""The language of a page is what its address says, and every way on from it stays in that language."""

import re
from html.parser import HTMLParser

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from tests.web.conftest import OPERATORS, Visit
from wellkept.web.shell import language, serving

PAGES = ("/", "/policy/", "/how-we-keep-it/", "/how-long-we-keep-it/", "/terms/", "/help/", "/words/", "/contact/",
         "/accessibility/", "/register/", "/sign-in/")  # fmt: skip
LED = {"href", "action", "formaction"}


class Addresses(HTMLParser):
    """Every address a page leads to, with the element's other attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  (any tag leads)
        given = {name: value or "" for name, value in attrs}
        self.found += [(given[name], given) for name in LED & given.keys()]


def astray(page: str) -> list[str]:
    """The addresses of ours on a page in Spanish that do not stay in Spanish."""
    ours = [(address, given) for address, given in Addresses(page).found if address.startswith("/")]
    stay = re.compile(r"/es/|/static/|/theme\.|/mark\.|/\.well-known/")
    return [address for address, given in ours if not stay.match(address) and given.get("hreflang") != "en"]


@pytest.fixture(params=OPERATORS)
def visitor(request: pytest.FixtureRequest, visit: Visit) -> Client:
    client: Client = visit(request.param)
    return client


@pytest.mark.parametrize("path", PAGES)
def test_an_address_says_the_language(visitor: Client, path: str) -> None:
    english, spanish = visitor.get(path), visitor.get("/es" + path)
    assert '<html lang="en">' in english.text
    assert '<html lang="es">' in spanish.text
    assert (english.headers["Content-Language"], spanish.headers["Content-Language"]) == ("en", "es")
    assert astray(spanish.text) == []
    assert f'<link rel="alternate" hreflang="es" href="/es{path}">' in english.text
    assert f'<link rel="alternate" hreflang="en" href="{path}">' in spanish.text
    assert f'href="/es{path}" hreflang="es" lang="es">Español</a>' in english.text
    assert f'href="{path}" hreflang="en" lang="en">English</a>' in spanish.text
    assert not re.search(r'"/es/(static|theme|mark)', spanish.text)


def test_nothing_else_says_the_language(visitor: Client) -> None:
    visitor.cookies["django_language"] = "es"
    assert '<html lang="en">' in visitor.get("/policy/", headers={"Accept-Language": "es"}).text
    assert '<html lang="es">' in visitor.get("/es/policy/", headers={"Accept-Language": "en"}).text


def test_no_page_leaves_its_language_to_the_next(visitor: Client) -> None:
    before = translation.get_language()
    visitor.get("/es/policy/")
    assert translation.get_language() == before
    assert serving.language() == "en"


def test_a_redirect_stays_in_its_language(visitor: Client) -> None:
    assert visitor.get("/es").headers["Location"] == "/es/"
    assert visitor.get("/es/policy").headers["Location"] == "/es/policy/"
    assert visitor.get("/policy").headers["Location"] == "/policy/"
    assert "evil" not in visitor.get("/es//evil.example").headers.get("Location", "/").split("/es/", 1)[0]


@pytest.mark.parametrize("path", ["/es/no-such-page/", "/es/es/no-such-page/", "/esp/", "/en/policy/", "/es/no/?q=7"])
def test_where_no_page_is_the_way_leads_to_the_first(visitor: Client, path: str) -> None:
    response = visitor.get(path)
    assert response.status_code == 404
    assert re.search(r'href="/(es/)?" hreflang="e[ns]"', response.text)
    assert "no-such-page" not in response.text


def test_what_was_asked_of_a_public_page_does_not_stand_on_it(visitor: Client) -> None:
    assert "canary" not in visitor.get("/policy/?q=canary").text
    assert "canary" not in visitor.get("/es/policy/?q=canary").text


def test_an_operator_without_spanish_has_no_spanish_pages(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "offered", lambda: ("en",))
    assert visitor.get("/es/").status_code == 404
    assert 'hreflang="es"' not in visitor.get("/policy/").text


@pytest.mark.parametrize(
    ("written", "led"),
    [
        ('<a href="/policy/">', '<a href="/es/policy/">'),
        ("<a href='/x/' title=' href=\"/y/\"'>", "<a href='/es/x/' title=' href=\"/y/\"'>"),
        ('<a title="<a href=/no/>" href="/yes/">', '<a title="<a href=/no/>" href="/es/yes/">'),
        ('<a title="a > b" href="/x/">', '<a title="a > b" href="/es/x/">'),
        ('<a title=" hreflang=en" href="/x/">', '<a title=" hreflang=en" href="/es/x/">'),
        ('<a href="/x/" hreflang="en">', '<a href="/x/" hreflang="en">'),
        ("<a href=/x/>", "<a href=/es/x/>"),
        ('<a/href="/x/"title="y">', '<a/href="/es/x/"title="y">'),
        ('<A\nHREF = "/x/">', '<A\nHREF = "/es/x/">'),
        ('<form action="/a/"><button formaction="/b/">', '<form action="/es/a/"><button formaction="/es/b/">'),
        ('<a href="/">', '<a href="/es/">'),
        ('<a href="/es/x/">', '<a href="/es/x/">'),
        ('<a href="/essay/">', '<a href="/es/essay/">'),
        ('<a href="//other.example/">', '<a href="//other.example/">'),
        ('<a href="/\\other.example">', '<a href="/\\other.example">'),
        ('<a href="https://other.example/">', '<a href="https://other.example/">'),
        ('<a href="#main">', '<a href="#main">'),
        ('<a href="?page=2">', '<a href="?page=2">'),
        ('<a data-href="/x/" href="">', '<a data-href="/x/" href="">'),
        ('<link href="/static/shell/shell.css">', '<link href="/static/shell/shell.css">'),
        ('<!-- <a href="/x/"> -->', '<!-- <a href="/x/"> -->'),
        ('<p>href="/x/"</p>', '<p>href="/x/"</p>'),
        ('<input value="&quot; href=&quot;/x/">', '<input value="&quot; href=&quot;/x/">'),
        ('<a href="/x/', '<a href="/x/'),
    ],
)
def test_only_an_address_of_ours_in_an_attribute_of_a_tag_is_led_on(written: str, led: str) -> None:
    assert language.rewritten(written, "es") == led
    assert language.rewritten(led, "es") == led


def test_no_page_is_so_written_that_it_takes_long() -> None:
    for part in ("<a ", '<a a="', "<a a=' ", "<!--", "<a / / ", "<a =", "<" * 9):
        assert language.rewritten(part * 3000, "es") == part * 3000


def asked(path: str, answer: HttpResponse | StreamingHttpResponse, seen: list[HttpRequest]) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return answer  # type: ignore[return-value]  # a stream is an answer, too

    return language.Language(view)(RequestFactory().get(path))


def test_a_view_is_asked_without_the_language() -> None:
    seen: list[HttpRequest] = []
    asked("/es/member/claims/?page=2", HttpResponse(), seen)
    assert (seen[0].path, seen[0].path_info) == ("/member/claims/", "/member/claims/")
    assert seen[0].get_full_path() == "/member/claims/?page=2"


def test_what_is_no_page_is_left_to_the_byte() -> None:
    text = '<a href="/x/">'
    assert asked("/es/x", HttpResponse(text, content_type="text/csv"), []).text == text
    stream = StreamingHttpResponse([text.encode()])
    assert b"".join(asked("/es/x", stream, [])) == text.encode()
    assert asked("/es/x", HttpResponse(b"\xff", content_type="application/pdf"), []).content == b"\xff"


@pytest.mark.parametrize(
    ("to", "led"), [("/a/?b=/c/", "/es/a/?b=/c/"), ("//other.example/", "//other.example/"), ("?page=2", "?page=2")]
)
def test_a_view_that_sends_on_sends_on_in_its_language(to: str, led: str) -> None:
    assert asked("/es/x/", HttpResponseRedirect(to), []).headers["Location"] == led
    assert asked("/x/", HttpResponseRedirect(to), []).headers["Location"] == to
