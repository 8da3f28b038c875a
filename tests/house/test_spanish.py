"""Every message has its Spanish, whole and compiled, and nothing reads alike in both languages without a reason."""

import ast
import gettext
import re
from io import BytesIO
from pathlib import Path

import pytest

from scripts.words import catalogue, found, kept
from scripts.words.catalogue import Message

ROOT = Path(__file__).parents[2]
CATALOGUES = kept.catalogues(ROOT)
SAME = ROOT / "tests" / "house" / "same_words.txt"
UNFINISHED: frozenset[str] = frozenset()
"""The catalogues that translators are still at work on. When every page is done this is empty, and stays so."""
FINISHED = sorted(CATALOGUES.keys() - UNFINISHED)
VALUES = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}|%[sd]")
MOMENT = re.compile(r"%\((?:at|when|first|last|ended)\)s\.$")
ENTRIES = [(folder, message, texts) for folder in FINISHED for message, texts in CATALOGUES[folder].items()]


def values(text: str) -> list[str]:
    return sorted(match[0] for match in VALUES.finditer(text))


def same() -> dict[str, str]:
    """What may read alike in both languages, with its reason."""
    lines = [
        line.partition("\t") for line in SAME.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")
    ]
    return {text: reason.strip() for text, _tab, reason in lines}


def wanted() -> dict[str, set[Message]]:
    return {folder: set(messages) for folder, messages in found.by_folder(ROOT).items()}


def test_the_catalogues_hold_what_is_said_and_nothing_else() -> None:
    there = {folder: set(entries) for folder, entries in CATALOGUES.items()}
    here = wanted()
    differing = {folder: sorted(there.get(folder, set()) ^ here.get(folder, set())) for folder in there | here}
    assert {folder: some[:5] for folder, some in differing.items() if some} == {}, "Run python scripts/words."


def test_every_message_is_said_by_a_name_that_the_search_knows() -> None:
    known = found.ONE | found.SEVERAL | found.CONTEXT | found.BOTH
    other = [
        f"{path.relative_to(ROOT)}: {alias.name} as {alias.asname}"
        for path in sorted((ROOT / "wellkept").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name and (alias.asname or alias.name) not in known
    ]
    assert other == []


@pytest.mark.parametrize("folder", sorted(CATALOGUES))
def test_a_catalogue_is_compiled_and_in_order(folder: str) -> None:
    path = kept.path_of(ROOT, folder)
    assert path.with_suffix(".mo").read_bytes() == catalogue.compiled(CATALOGUES[folder])
    assert path.read_text(encoding="utf-8") == catalogue.written(CATALOGUES[folder])


def test_the_list_of_texts_made_with_values_is_that_of_the_tries() -> None:
    assert kept.made_of(ROOT).read_text(encoding="utf-8").splitlines() == found.made(ROOT)


@pytest.mark.parametrize("folder", FINISHED)
def test_every_message_has_its_spanish(folder: str) -> None:
    assert [message.text for message, texts in CATALOGUES[folder].items() if not texts] == []


def test_every_value_stands_in_both_languages() -> None:
    wrong = [
        message.text
        for _folder, message, texts in ENTRIES
        for at, text in enumerate(texts)
        if values(text) != values(message.text)
        and not (message.plural and values(text) == values(message.plural))
        and not (message.plural and at == 0 and set(values(text)) <= set(values(message.plural)))
    ]
    assert wrong == []


def test_what_has_a_plural_has_both_forms() -> None:
    wrong = [m.text for _folder, m, texts in ENTRIES if texts and len(texts) != (2 if m.plural else 1)]
    assert wrong == []


def test_nothing_reads_alike_in_both_languages_without_a_reason() -> None:
    alike = {
        m.text for _folder, m, texts in ENTRIES if m.text in texts and re.search(r"[A-Za-z]{2}", VALUES.sub("", m.text))
    }
    assert sorted(alike - same().keys()) == []


def test_every_reason_is_needed() -> None:
    alike = {m.text for entries in CATALOGUES.values() for m, texts in entries.items() if m.text in texts}
    assert sorted(same().keys() - alike) == []
    assert all(same().values())


def test_spanish_begins_and_ends_as_its_english_does() -> None:
    wrong = []
    for _folder, message, texts in ENTRIES:
        pairs = zip(texts, (message.text, message.plural or message.text), strict=False)
        wrong += [english for spanish, english in pairs if ends(ended(spanish, english)) != ends(english)]
    assert wrong == []


def ended(spanish: str, english: str) -> str:
    """The Spanish with the period that a moment brings along at its end: "3:00 p. m."."""
    return f"{spanish}." if MOMENT.search(english) and spanish.endswith(")s") else spanish


def ends(text: str) -> tuple[str, str, str]:
    """The white space around a text and the mark at its end."""
    mark = text.rstrip()[-1:]
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :], mark if mark in ".:,;?" else ""


def test_a_catalogue_is_read_as_it_was_written() -> None:
    entries = {
        Message('A "word"\nand\ta \\ more'): ('Una "palabra"\ny\tuna \\ más',),
        Message("%(n)s day", "%(n)s days"): ("%(n)s día", "%(n)s días"),
        Message("May", context="month"): ("Mayo",),
        Message("Not yet"): (),
    }
    assert catalogue.read(catalogue.written(entries)) == entries
    loaded = gettext.GNUTranslations(BytesIO(catalogue.compiled(entries)))
    assert loaded.gettext('A "word"\nand\ta \\ more') == 'Una "palabra"\ny\tuna \\ más'
    assert [loaded.ngettext("%(n)s day", "%(n)s days", n) for n in (0, 1, 2)] == [
        "%(n)s días",
        "%(n)s día",
        "%(n)s días",
    ]
    assert loaded.pgettext("month", "May") == "Mayo"
    assert loaded.gettext("Not yet") == "Not yet"


def test_messages_are_found_where_they_are_said() -> None:
    page = (
        '{% translate "One" %}{% firstof label _("Two") %}{{ x|default:_("Three") }}'
        "{% blocktranslate count n=n trimmed %}\n{{ n }} day 50%\n{% plural %}{{ n }} days{% endblocktranslate %}"
        '{% translate "May" context "month" %}'
    )
    assert set(found.in_template(page)) == {
        Message("One"),
        Message("Two"),
        Message("Three"),
        Message("%(n)s day 50%%", "%(n)s days"),
        Message("May", context="month"),
    }
    module = (
        '_("One " "and a half")\nngettext("%(n)d a", "%(n)d b", n)\npgettext("month", "May")\n_(dynamic)\nother("No")\n'
    )
    assert set(found.in_python(module)) == {
        Message("One and a half"),
        Message("%(n)d a", "%(n)d b"),
        Message("May", context="month"),
    }
