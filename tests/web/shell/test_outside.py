"""Texts link to nothing but what stands in the register; whatever else they hold stays text."""

from collections.abc import Iterable, Mapping

import pytest
from django.db import OperationalError
from django.template import engines
from django.utils.safestring import SafeString

from wellkept.links.queries import Link
from wellkept.web.shell import outside

ADDRESS = "https://words.example.org/"


def link(key: str, *, stands: bool) -> Link:
    told = (ADDRESS, ADDRESS, "Plain Words") if stands else ("", "", "")
    return Link(key, "Plain <words>", stands, *told, "reference", False, "", "", None, False, None, None, None, False)  # noqa: FBT003


@pytest.fixture(autouse=True)
def _register(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"stands": link("stands", stands=True), "waits": link("waits", stands=False)}

    def named(keys: Iterable[str]) -> Mapping[str, Link]:
        return {key: known[key] for key in keys if key in known}

    monkeypatch.setattr("wellkept.web.shell.outside.queries.named", named)


def test_a_mark_becomes_a_link_with_its_label() -> None:
    found = outside.linked("Read [[link:stands]] first.")
    assert found.startswith('Read <a class="outside" href="/leaving/stands/">Plain &lt;words&gt;<span class="leaves">')
    assert found.endswith("leaves this site</span></a> first.")


def test_a_mark_may_bring_its_own_words() -> None:
    assert 'href="/leaving/stands/">what &amp; why<span' in outside.linked("See [[link:stands|what & why]].")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[[link:waits]]", "Plain &lt;words&gt;"),
        ("[[link:waits|our words]]", "our words"),
        ("[[link:no-such]]", "a page elsewhere that we do not link to now"),
        ("[[link:no-such|the guide]]", "the guide"),
    ],
)
def test_what_does_not_stand_is_words_alone(text: str, shown: str) -> None:
    assert outside.linked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example/",
        "[guide](https://evil.example/)",
        '<a href="https://evil.example/">',
        "[[https://evil.example/]]",
        "[[link:https://evil.example/]]",
        "[[link:stands\n]]",
        "[[link:../stands]]",
        "[[link:STANDS]]",
        "javascript:alert(1)",
        "{0} {} {{ }} %s",
    ],
)
def test_anything_else_stays_the_text_it_is(text: str) -> None:
    found = outside.linked(f"{text} [[link:waits|end]]")
    assert "<a" not in found
    assert found == outside.linked(text) + " end"


def test_an_address_among_the_words_of_a_mark_is_words() -> None:
    found = outside.linked('[[link:stands|"onmouseover=x https://evil.example]]')
    assert found.count("href=") == 1
    assert '"onmouseover' not in found


def test_markup_of_the_house_stays_and_other_text_is_escaped() -> None:
    assert outside.linked(SafeString("<p>{a} [[link:waits]]</p>")) == "<p>{a} Plain &lt;words&gt;</p>"
    assert outside.linked("<p>[[link:waits]]</p>") == "&lt;p&gt;Plain &lt;words&gt;&lt;/p&gt;"


def test_without_a_database_nothing_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(_keys: Iterable[str]) -> Mapping[str, Link]:
        raise OperationalError

    monkeypatch.setattr("wellkept.web.shell.outside.queries.named", down)
    assert outside.linked("[[link:stands|the guide]]") == "the guide"
    assert outside.outside("stands") == "a page elsewhere that we do not link to now"


def test_a_text_without_a_mark_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wellkept.web.shell.outside.queries.named", None)
    assert outside.linked("No link & none.") == "No link &amp; none."


def test_templates_lead_out_by_the_tag_and_the_filter() -> None:
    text = (
        '{% load links_tags %}{% outside "stands" %}|{% outside "stands" "The guide" %}|{% outside "waits" %}'
        "|{{ said|linked|linebreaks }}"
    )
    one, two, three, four = engines["django"].from_string(text).render({"said": "<i>\n\n[[link:stands]]"}).split("|")
    assert '/leaving/stands/">Plain &lt;words&gt;' in one
    assert '/leaving/stands/">The guide' in two
    assert three == "Plain &lt;words&gt;"
    assert four.startswith("<p>&lt;i&gt;</p>\n\n<p><a class")
