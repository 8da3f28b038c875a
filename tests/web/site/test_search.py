"""The search finds what stands on public pages, in an address of its own, and keeps nothing of what was looked for."""

import logging
import os
import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.web.conftest import OPERATORS, Visit
from wellkept.policy import catalogue
from wellkept.web.site import index, search
from wellkept.web.site.index import Index, asked_words, built, found, is_near, stem
from wellkept.web.site.passages import Passage, Reader, of_page
from wellkept.web.site.promised import STATES

OWN = {"sec-fetch-site": "same-origin"}
PAYLOADS = Path(os.environ.get("WELLKEPT_SHARED", "../shared")) / "data" / "adversarial" / "payloads"
WORD = "Qzxvbrillig"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'\"`><svg/onload=alert`1`>",
    "javascript:alert(document.cookie)",
    "{{ pack.mailboxes }}{% debug %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "' OR '1'='1' -- ",
    "1; DROP TABLE accounts_account; --",
    "../../../../etc/passwd",
    "x\r\nSet-Cookie: evil=1\r\n\r\n<html>",
    "=cmd|' /C calc'!A0",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\u202etxet sdrawkcab \u200b\ufeff",
    "Z\u0351\u036b\u0343\u036aA\u0334\u0335L\u0320\u0368G\u0334\u033bO\u0335\u0339",
    "\U0001d57f\U0001d58d\U0001d58a \ufdfd \u7530\u4e2d \U0001f47e \u00bd \u00b2",
    "(a+)+$ [a-z]*?{1,99999} \\",
    "*",
    "-" * 100,
    "a " * 50,
)

Look = Callable[[str], str]


@pytest.fixture(autouse=True)
def nothing_made_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No index, and no database whose tables a page would list."""
    search.MADE.clear()
    monkeypatch.setattr(catalogue, "tables", list)


@pytest.fixture
def client(visit: Visit) -> Client:
    return visit("umr")


@pytest.fixture
def look(client: Client) -> Look:
    """The page that answers these words."""
    return lambda words: client.post("/search/", {"words": words}, headers=OWN).text


def places(page: str) -> list[str]:
    return re.findall(r'<li><a href="([^"]+)">', page.partition('class="found"')[2].partition("</section>")[0])


def test_it_finds_a_word_a_promise_and_a_piece_of_help(look: Look) -> None:
    assert "/words/#deductible" in places(look("deductible"))[:2]
    assert places(look("sell my data"))[0] == "/policy/u-07/"
    assert "/help/#sign-in" in places(look("forgot password"))[:3]
    assert "/contact/" in " ".join(places(look("letter address")))


def test_every_place_it_names_is_there(client: Client, look: Look) -> None:
    for word in ("claim", "cookie", "register", "nurse", "employer"):
        found_ = places(look(word))
        assert found_
        for href in found_:
            path, _, name = href.partition("#")
            page = client.get(path)
            assert page.status_code == 200
            assert not name or f'id="{name}"' in page.text


def test_it_knows_an_ending_a_beginning_an_accent_and_a_slip(look: Look) -> None:
    exact = places(look("deductible"))
    for near in ("deductibles", "Deductible", "DÉDUCTIBLE", "deduct", "deductable", "dedcutible", "deductble"):
        assert set(places(look(near))[:3]) & set(exact[:3]), near


def test_it_says_what_to_do_where_nothing_holds_it(look: Look) -> None:
    page = look("xyzzyplugh")
    assert "No page of ours holds that" in page
    assert 'href="/help/"' in page
    assert "1-800-555-0100" in page


@pytest.mark.parametrize("operator", OPERATORS)
def test_each_operator_finds_its_own_promises_alone(visit: Visit, operator: str) -> None:
    page = visit(operator).post("/search/", {"words": "promise policy data sold"}, headers=OWN).text
    own, other = ("u", "p") if operator == "umr" else ("p", "u")
    assert f'href="/policy/{own}-' in page.partition('class="found"')[2]
    assert f'href="/policy/{other}-' not in page.partition('class="found"')[2]


def test_in_spanish_it_looks_through_spanish_pages(client: Client) -> None:
    page = client.post("/es/search/", {"words": "contraseña"}, headers=OWN).text
    assert '<html lang="es"' in page
    assert all(href.startswith("/es/") for href in places(page))


def test_the_words_stand_in_no_address_and_no_header_and_nothing_may_keep_the_answer(client: Client) -> None:
    answer = client.post("/search/", {"words": WORD}, headers=OWN)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Encoding" not in answer.headers
    assert "ETag" not in answer.headers
    assert WORD not in str(answer.headers)
    assert not answer.cookies
    assert f'value="{WORD}"' in answer.text
    assert "<title>Search |" in answer.text
    form = client.get("/search/").text
    assert WORD not in form
    assert 'method="post" action="/search/"' in form
    assert WORD not in client.get(f"/search/?words={WORD}").text


def test_no_log_says_what_was_looked_for(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post("/search/", {"words": WORD}, headers=OWN)
        client.post("/search/", {"words": WORD * 20}, headers=OWN)
        client.post("/search/", {"words": WORD})
    assert "/search/" in caplog.text
    assert WORD.lower() not in caplog.text.lower()


def test_nothing_in_memory_remembers_it(client: Client) -> None:
    client.post("/search/", {"words": "deductible"}, headers=OWN)
    before = str(search.MADE)
    client.post("/search/", {"words": WORD}, headers=OWN)
    assert str(search.MADE) == before


class Shape(HTMLParser):
    """The elements of a page with what they bear, and what stands in the field."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.typed: list[str | None] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _value in attrs}
        if ("name", "words") in attrs:
            self.typed.append(dict(attrs).get("value"))


def stays_text(client: Client, said: str) -> None:
    answer = client.post("/search/", {"words": said}, headers=OWN)
    page = Shape(answer.text)
    assert answer.status_code in (200, 400), said
    assert page.tags.isdisjoint({"script", "img", "iframe", "object", "embed", "base", "style"}), said
    assert not any(name.startswith("on") for name in page.names), said
    assert len(page.typed) == 1
    assert (page.typed[0] or "").split() == said.replace("\x00", "").split() or "\x00" in said, said
    assert set(answer.headers) == set(client.post("/search/", {"words": "claim"}, headers=OWN).headers), said


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_stays_text(client: Client, said: str) -> None:
    stays_text(client, said[:100])


def test_known_attacks_stay_text(client: Client) -> None:
    if not PAYLOADS.is_dir():
        pytest.skip("the shared test data are not beside the checkout")
    kinds = ("XSS_Injection*.txt", "SQL_Injection*.txt", "Server_Side*", "Command*")
    lines = [
        line for kind in kinds for one in PAYLOADS.glob(kind) for line in one.read_text("utf-8", "replace").split("\n")
    ]
    for line in sorted({line.strip()[:100] for line in lines if line.strip()})[::23]:
        stays_text(client, line)


def test_too_much_is_refused_and_says_how_to_mend_it(client: Client) -> None:
    answer = client.post("/search/", {"words": "x" * 101}, headers=OWN)
    assert answer.status_code == 400
    assert "100 letters at most" in answer.text
    empty = client.post("/search/", {"words": "  "}, headers=OWN)
    assert empty.status_code == 400
    assert "Please fill in" in empty.text
    assert client.post("/search/", {"words": "a\x00b"}, headers=OWN).status_code == 400


def test_another_site_cannot_send_it(client: Client) -> None:
    answer = client.post("/search/", {"words": WORD}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert WORD not in answer.text


def test_the_index_is_made_once_a_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    inner = index.built

    def counted(passages: Sequence[Passage]) -> Index:
        made.append(1)
        return inner(passages)

    monkeypatch.setattr(index, "built", counted)
    for _ in range(3):
        client.post("/search/", {"words": "claim"}, headers=OWN)
    assert made == [1]


def test_eight_words_are_enough_and_common_ones_do_not_count() -> None:
    assert asked_words("What is the deductible of my plan?") == ["deductible", "plan"]
    assert len(asked_words(" ".join(f"w{n}" for n in range(50)))) == 8
    assert asked_words("the of") == ["the"]
    assert asked_words("!?") == []


def test_a_passage_that_holds_all_of_it_comes_before_one_that_holds_some() -> None:
    made = built([Passage("/a/", "Claim", "claim " * 9), Passage("/b/", "Other", "a claim was denied")])
    assert [one.href for one in found(made, "claim denied", most=9)] == ["/b/", "/a/"]
    assert found(made, "nothing", most=9) == []
    assert len(found(made, "claim", most=1)) == 1


def test_what_was_meant_is_marked_in_the_excerpt() -> None:
    text = " ".join([*(["before"] * 40), "Claims,", *(["after"] * 40)])
    (hit,) = found(built([Passage("/a/", "T", text)]), "claim", most=1)
    assert [piece.text for piece in hit.excerpt if piece.meant] == ["Claims,"]
    assert hit.excerpt[0].text.startswith("… before")
    assert hit.excerpt[-1].text.endswith("…")


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [("claim", "claim", True), ("claim", "clam", True), ("clam", "claim", True), ("claim", "clain", True),
     ("claim", "clami", True), ("claim", "plan", False), ("claim", "clxxm", False), ("a", "abc", False)],
)  # fmt: skip
def test_one_slip_is_near_and_two_are_not(one: str, other: str, near: bool) -> None:  # noqa: FBT001 (a case)
    assert is_near(one, other) is near


def test_endings_go_and_three_letters_stay() -> None:
    assert [stem(one) for one in ("claims", "policies", "policy", "covered", "gas", "is")] == [
        "claim", "polic", "polic", "cover", "gas", "is",
    ]  # fmt: skip


def test_navigation_and_announcements_are_not_read() -> None:
    reader = Reader()
    reader.feed(
        "<header>Top</header><main><section aria-labelledby='policy-notice'><h2 id='policy-notice'>New</h2></section>"
        "<h1>Title</h1><p>Lead<br>more</p><nav>Where</nav><section id='a'><h2>Head</h2><p>Text</section></main>Foot"
    )
    assert reader.parts == [("", ["Title"], ["Lead", "more"]), ("a", ["Head"], ["Text"])]


def test_no_excerpt_says_where_a_promise_stood_when_the_index_was_made(client: Client) -> None:
    states = [str(word) for word, _tone in STATES.values()]
    said = client.get("/").text
    assert any(f">{word}<" in said for word in states)
    for one in (part for path in ("/", "/policy/", "/how-we-keep-it/") for part in of_page(path, whole=True)):
        assert not [word for word in states if word in one.text], one


def test_the_index_of_one_language_is_small(client: Client, settings: Settings) -> None:
    client.post("/search/", {"words": "claim"}, headers=OWN)
    ((_day, made),) = search.MADE.values()
    assert 100 < len(made.passages) < 2000
    assert sum(len(one.text) for one in made.passages) < 400_000
