"""The tries against the languages hold on a sound house, and find a promise, a page or a link that is lost in one."""

from dataclasses import replace

import pytest

from tests.proof.conftest import Without, failed, template
from wellkept.policy.shapes import Pack
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import languages

pytestmark = pytest.mark.database
PROBES = (languages.the_policy_promises_the_same_in_each_language, languages.every_page_keeps_its_language)
NOT_LED = """
from wellkept.web.shell import language
language.rewritten = lambda text, _language: text
"""
GUESSED = """
from wellkept.web.shell import language
inner = language.parted
language.parted = lambda path, languages: ("es", path) if path == "/policy/" else inner(path, languages)
"""
ENGLISH = """
from wellkept.web.shell import serving
serving.pack = serving.original
"""
NO_MIDDLEWARE = 'settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.endswith("Language")]'


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_it_finds_pages_that_show_the_english_policy_under_spanish_addresses(without: Without) -> None:
    with without(after=ENGLISH) as ground:
        assert failed(languages.the_policy_promises_the_same_in_each_language, ground) == [
            "Find a page that says it otherwise",
            "Find out which language holds",
        ]


def test_it_finds_that_no_address_says_a_language_any_more(without: Without) -> None:
    with without(before=NO_MIDDLEWARE) as ground:
        assert "Find a page that does not say its language" in failed(languages.every_page_keeps_its_language, ground)


def test_it_finds_links_that_lose_the_language(without: Without) -> None:
    with without(after=NOT_LED) as ground:
        assert failed(languages.every_page_keeps_its_language, ground) == ["Find a link that loses the language"]


def test_it_finds_a_language_that_is_guessed(without: Without) -> None:
    with without(after=GUESSED) as ground:
        assert failed(languages.every_page_keeps_its_language, ground) == ["Have the language guessed"]


def test_it_finds_pages_without_their_twin(without: Without) -> None:
    bare = template("shell/masthead.html").replace('{% include "shell/language.html" %}', "")
    page = template("shell/page.html").replace("for one in switches", "for one in none")
    with without(templates={"shell/masthead.html": bare, "shell/page.html": page}) as ground:
        assert failed(languages.every_page_keeps_its_language, ground) == ["Find a page without its twin"]


@pytest.fixture
def reworded(ground: Ground) -> Ground:
    """A pack whose Spanish promises were put otherwise after they were posted, one of them left out."""
    spanish: Pack = ground.pack.translations["es"]
    last = spanish.versions[-1]
    first = replace(last.clauses[0], source="Otra cosa.", text="Otra cosa.")
    other = replace(spanish, versions=(replace(last, clauses=(first, *last.clauses[1:])),))
    return replace(ground, pack=replace(ground.pack, translations={"es": other}))


def test_it_finds_a_translation_that_changed_after_it_was_posted(reworded: Ground) -> None:
    assert failed(languages.the_policy_promises_the_same_in_each_language, reworded) == [
        "Find a page that says it otherwise",
        "Find a translation that changed in silence",
    ]


def test_it_finds_a_promise_that_one_language_lacks(ground: Ground) -> None:
    version = ground.pack.versions[-1]
    more = replace(version, clauses=(*version.clauses, replace(version.clauses[0], id="U-99")))
    pack = replace(ground.pack, versions=(*ground.pack.versions[:-1], more))
    wrong = failed(languages.the_policy_promises_the_same_in_each_language, replace(ground, pack=pack))
    assert wrong == ["Find a promise that one language lacks"]


def test_it_finds_a_policy_in_one_language_alone(ground: Ground) -> None:
    pack = replace(ground.pack, translations={})
    wrong = failed(languages.the_policy_promises_the_same_in_each_language, replace(ground, pack=pack))
    assert wrong == ["Find a promise that one language lacks"]
