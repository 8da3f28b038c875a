"""The public pages in Spanish: nothing left in English, what is said aloud included (R-12, U-09)."""

import re
from functools import cache
from itertools import zip_longest
from pathlib import Path

import pytest
from django.test import Client

from scripts.words import described
from tests.web.conftest import OPERATORS, Visit
from tests.web.reading import untranslated
from tests.web.site.test_language import astray
from wellkept.policy import catalogue, cookies, held, packs
from wellkept.policy.catalogue import Column, Table

PAGES = (
    "/", "/policy/", "/policy/versions/", "/how-we-keep-it/", "/how-long-we-keep-it/", "/what-we-hold/", "/terms/",
    "/help/", "/words/", "/contact/", "/accessibility/", "/search/", "/preferences/", "/links/", "/register/",
    "/sign-in/", "/how-to-register/", "/programmes/", "/no-such-page/",
)  # fmt: skip
CLAUSES = {"umr": ("u-01", "u-32", "u-42", "b-11"), "pwer": ("p-01", "p-20", "p-31", "b-03")}


@cache
def fields() -> tuple[Column, ...]:
    """A field for each name and each text that models and SQL declare."""
    told = {one for path in Path(held.__file__).parents[1].rglob("*") for one in described.of(path)}
    names = sorted(one.text for one in told if one.context)
    texts = sorted(one.text for one in told if not one.context)
    pairs = zip_longest(names, texts, fillvalue=names[0])
    return tuple(catalogue.column(name, f"personal: {text}", otherwise="") for name, text in pairs)


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that holds each declared table, and in one of them every field there is."""
    tables = [
        Table(name, "personal", "", locked=not one.seen, shut=False, columns=()) for name, one in held.KEPT.items()
    ]
    tables[0] = Table(tables[0].name, "personal", "", locked=False, shut=False, columns=fields())
    monkeypatch.setattr(catalogue, "tables", lambda: tuple(tables))


def left(client: Client, operator: str, path: str) -> set[str]:
    english, spanish = client.get(path), client.get(f"/es{path}")
    assert english.status_code == spanish.status_code
    assert '<html lang="es">' in spanish.text
    assert astray(spanish.text) == []
    return untranslated(english.text, spanish.text, packs.named(operator))


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("path", PAGES)
def test_no_english_is_left_on_a_public_page(visit: Visit, operator: str, path: str) -> None:
    ours = cookies.of(packs.named(operator))
    names = {one.name(packs.named(operator), secure=False) for one in ours} | {f"{len(ours)} cookies"}
    assert left(visit(operator), operator, path) - names == set()


@pytest.mark.parametrize("operator", OPERATORS)
def test_no_english_is_left_on_the_page_of_a_promise(visit: Visit, operator: str) -> None:
    client = visit(operator)
    assert {path: left(client, operator, f"/policy/{path}/") for path in CLAUSES[operator]} == {
        path: set() for path in CLAUSES[operator]
    }


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_place_that_leads_on_from_a_spanish_page_is_there(visit: Visit, operator: str) -> None:
    client = visit(operator)
    first = client.get("/es/").text
    addresses = set(re.findall(r'href="(/es/[^"#?]*)"', first)) - {"/es/sign-in/"}
    assert len(addresses) > 6
    english = {path: client.get(path.removeprefix("/es")).status_code for path in addresses}
    assert {path: client.get(path).status_code for path in addresses} == english
    assert 404 not in english.values()


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_policy_says_the_same_promises_in_spanish(visit: Visit, operator: str) -> None:
    pack = packs.named(operator)
    page = visit(operator).get("/es/policy/").text
    for clause in pack.translations["es"].versions[-1].clauses:
        assert clause.body_html in page
    assert "Donde las dos difieren, vale el texto en inglés." in page


@pytest.mark.parametrize("operator", OPERATORS)
def test_a_version_that_is_in_english_only_says_so(visit: Visit, operator: str) -> None:
    client = visit(operator)
    page = client.get("/es/policy/versions/2026-11-01/").text
    assert "Esta versión está solo en inglés" in page
    assert page.count('<div lang="en">') > 40
    assert "Esta versión está solo en inglés" not in client.get("/es/policy/").text


def test_dates_and_hours_are_written_as_readers_write_them(visit: Visit) -> None:
    assert "22 de noviembre de 2026" in visit("umr").get("/es/policy/").text
    assert "November 22, 2026" in visit("umr").get("/policy/").text
