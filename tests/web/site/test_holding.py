"""The page of all we hold, for either operator, with a catalogue made of what is declared."""

import json
import threading
from collections.abc import Iterator
from wsgiref.simple_server import make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from playwright.sync_api import Browser, sync_playwright

from tests.web.conftest import OPERATORS, Visit
from tests.web.site.test_browser import CHROMIUM, QUIET, Silent, Threads, faults
from wellkept.policy import catalogue, cookies, counters, held, packs
from wellkept.policy.catalogue import Column, Table

PAGE = "/what-we-hold/"
SAID = {
    "name": "personal: sealed; first, middle and last name.",
    "login": "personal: keyed hash of the sign-in name.",
    "at": "housekeeping: when.",
}
EVERY = ("id", "person_id", "category", "plan_id", "collected_under", "restricted")


def table(name: str, *, locked: bool) -> Table:
    said = {**(dict.fromkeys(EVERY, "housekeeping: one of six.") if locked else {}), **SAID}
    columns = tuple(catalogue.column(field, words, otherwise="personal") for field, words in said.items())
    return Table(name, "personal", "something.", locked=locked, shut=not locked, columns=columns)


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> list[Table]:
    """What a database would say that holds each declared table."""
    found = [table(name, locked=not kept.seen) for name, kept in held.KEPT.items()]
    monkeypatch.setattr(catalogue, "tables", lambda: tuple(found))
    return found


@pytest.mark.parametrize("operator", OPERATORS)
def test_it_names_every_service_cookie_and_counter(visit: Visit, operator: str) -> None:
    text, pack = visit(operator).get(PAGE).text, packs.named(operator)
    assert text.count("<h1") == 1
    assert [area.id for area in held.AREAS if f'id="{area.id}"' not in text] == []
    assert [one for one in cookies.of(pack) if one.name(pack, secure=False) not in text] == []
    assert [one.name for one in counters.of(pack) if one.name.capitalize() not in text] == []
    assert "Not declared" not in text
    assert text.count("data-table=") == len(held.KEPT)


def test_a_field_says_how_it_is_guarded_and_in_words(visit: Visit) -> None:
    text = visit("umr").get(PAGE).text
    one = text.partition('data-table="people_person"')[2].partition("</details>")[0]
    name, login = (one.partition(f'data-field="{field}"')[2].partition("</li>")[0] for field in ("name", "login"))
    assert "First, middle and last name." in name
    assert "Encrypted" in name
    assert "Fingerprint" in login
    assert 'data-every="id person_id category plan_id collected_under restricted"' in one


def test_what_nobody_declared_is_shown_and_called_so(visit: Visit, declared: list[Table]) -> None:
    declared.append(table("shoe_sizes", locked=False))
    client = visit("umr")
    text = client.get(PAGE).text
    assert 'id="not-declared"' in text
    assert 'data-table="shoe_sizes"' in text
    told = json.loads(client.get(f"{PAGE}held.json").content)
    assert [one["tables"][0]["name"] for one in told["services"] if not one["declared"]] == ["shoe_sizes"]


def test_a_field_without_a_class_is_called_undeclared(visit: Visit, declared: list[Table]) -> None:
    bare = Column("shoe_size", "", "", sealed=False, hashed=False)
    declared[0] = Table(declared[0].name, "personal", "", locked=False, shut=True, columns=(bare,))
    text = visit("umr").get(PAGE).text
    assert "Not declared" in text.partition('data-field="shoe_size"')[2].partition("</li>")[0]


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_data_says_what_the_rules_say(visit: Visit, operator: str) -> None:
    told = json.loads(visit(operator).get(f"{PAGE}held.json").content)
    said = {(one["rule"], one["purpose"], one["category"]) for one in told["uses"]}
    rules = packs.named(operator).rules
    assert said == {(rule.id, p, c) for rule in rules for p in rule.purposes for c in rule.categories}
    assert {one["dpv"].partition(":")[0] for s in told["services"] for t in s["tables"] for one in t["fields"]} == {
        "dpv"
    }


def test_without_a_database_it_says_so_and_lists_nothing(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> tuple[Table, ...]:
        raise OperationalError

    monkeypatch.setattr(catalogue, "tables", gone)
    assert visit("umr").get(PAGE).status_code == 503


def test_in_spanish_the_database_speaks_spanish(visit: Visit) -> None:
    text = visit("umr").get(f"/es{PAGE}").text
    one = text.partition('data-table="people_person"')[2].partition("</details>")[0]
    assert "<strong>Nombre de usuario</strong> Huella con clave del nombre de usuario." in one
    assert 'lang="en"' not in one


def test_a_field_of_another_program_has_its_technical_name(visit: Visit, declared: list[Table]) -> None:
    column = Column("queue_name", "housekeeping", "", sealed=False, hashed=False)
    declared[0] = Table(declared[0].name, "housekeeping", "", locked=False, shut=False, columns=(column,))
    for language in ("", "/es"):
        text = visit("umr").get(f"{language}{PAGE}").text
        assert '<li data-field="queue_name"><code>queue_name</code></li>' in text


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


@pytest.mark.browser
@pytest.mark.parametrize("operator", OPERATORS)
def test_axe_finds_nothing_narrow_or_wide_with_everything_open(browser: Browser, visit: Visit, operator: str) -> None:
    visit(operator)
    with make_server("127.0.0.1", 0, WSGIHandler(), server_class=Threads, handler_class=Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for width in (320, 1440):
            page = browser.new_page(viewport={"width": width, "height": 900})
            for path in (PAGE, "/register/"):
                page.goto(f"http://127.0.0.1:{server.server_port}{path}")
                page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
                assert faults(page) == [], path
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            page.close()
        server.shutdown()
