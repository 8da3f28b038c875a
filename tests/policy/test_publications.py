"""Publications of a pack: read whole at the start, shown from their day on, and no way out of the site in them."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from wellkept.policy import packs, publications
from wellkept.policy.shapes import PackError

NAME = "2026-11-22-your-bill.md"


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str, name: str = NAME) -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_one_is_read_with_its_day_and_its_name(written: Callable[..., Path]) -> None:
    (one,) = publications.read(written("# Your bill\n\nA *word* and a [page](/words/).\n"))
    assert (one.key, one.day, one.heading) == ("2026-11-22-your-bill", date(2026, 11, 22), "Your bill")
    assert one.href == "/publications/2026-11-22-your-bill/"
    assert one.body_html == '<p>A <em>word</em> and a <a href="/words/">page</a>.</p>'


def test_the_newest_stands_first_and_none_before_its_day(written: Callable[..., Path]) -> None:
    folder = written("# First\n\nx\n")
    written("# Second\n\nx\n", "2026-12-24-later.md")
    made = publications.read(folder)
    assert [one.heading for one in made] == ["Second", "First"]
    pack = packs.named("umr")
    today = [one.key for one in publications.out(pack, date(2026, 11, 21))]
    assert today == []


def test_a_translation_says_the_same_under_the_same_name(written: Callable[..., Path]) -> None:
    folder = written("# Your bill\n\nx\n")
    (one,) = publications.read(folder)
    assert publications.in_language("es", one) == one
    written("# Su factura\n\ny\n", "2026-11-22-your-bill.es.md")
    (one,) = publications.read(folder)
    said = publications.in_language("es", one)
    assert (said.heading, said.language, said.key, said.day) == ("Su factura", "es", one.key, one.day)


@pytest.mark.parametrize(
    ("text", "name", "fault"),
    [
        ("No heading\n\nx\n", NAME, "begins with its heading"),
        ("# Heading\n\n", NAME, "says nothing"),
        ("# Heading\n\nx\n\n# Another\n", NAME, ":5: A publication has one heading"),
        ("# Heading\n\n[out](https://elsewhere.example/)\n", NAME, ":3: The link to"),
        ("# Heading\n\n[out](//elsewhere.example/)\n", NAME, "leaves this site"),
        ("# Heading\n\nx\n", "bill.md", "named by its day"),
        ("# Heading\n\nx\n", "2026-02-30-bill.md", "There is no day 2026-02-30"),
        ("# Heading\n\nx\n", "2026-11-22-Your.md", "named by its day"),
        ("# Heading\n\nx\n", "2026-11-22-other.es.md", "no original"),
    ],
)
def test_what_is_written_wrongly_is_refused_with_its_line(
    written: Callable[..., Path], text: str, name: str, fault: str
) -> None:
    with pytest.raises(PackError, match=re.escape(fault)):
        publications.read(written(text, name))


def test_markup_and_pictures_in_it_are_words(written: Callable[..., Path]) -> None:
    (one,) = publications.read(written("# Heading\n\n<script>x</script> ![a](/x.png)\n"))
    assert "<script" not in one.body_html
    assert "<img" not in one.body_html


@pytest.mark.parametrize("operator", ["umr", "pwer"])
def test_those_that_ship_are_said_in_every_language_of_their_operator(operator: str) -> None:
    pack = packs.named(operator)
    assert pack.publications
    for language in pack.languages[1:]:
        assert {one.language for one in pack.translations[language].publications} == {language}
