"""A language that operator.toml names is spoken whole: its texts, its policy, its documents, and their words stay."""

import re
from pathlib import Path

import pytest

from tests.policy.conftest import Spoil
from wellkept.policy import check, languages, packs, posted
from wellkept.policy.packs import PackError

OPERATORS = ("umr", "pwer")
FILE = "policy/2026-11-22.es.md"


def problems(folder: Path) -> list[str]:
    pack = packs.load(folder)
    return list(languages.problems(pack, check.standing(pack, packs.today(pack))))


@pytest.mark.parametrize("operator", OPERATORS)
def test_each_pack_is_whole_in_each_language(operator: str) -> None:
    pack = packs.named(operator)
    spanish = pack.translations["es"]
    assert list(languages.problems(pack, pack.versions[-1:])) == []
    assert (spanish.phone, spanish.practices, spanish.rules) == (pack.phone, pack.practices, pack.rules)
    assert spanish.tagline != pack.tagline
    assert [one.years for one in spanish.retention.values()] == [one.years for one in pack.retention.values()]
    assert all(one.because != pack.retention[kind].because for kind, one in spanish.retention.items())


@pytest.mark.parametrize("operator", OPERATORS)
def test_a_translation_has_the_clauses_of_its_original_and_is_kept_as_it_is(operator: str) -> None:
    english = packs.named(operator).versions[-1]
    spanish = packs.named(operator).translations["es"].versions[-1]
    assert (spanish.language, spanish.original) == ("es", english)
    pairs = list(zip(english.clauses, spanish.clauses, strict=True))
    assert all((one.id, one.kept_by, one.not_kept) == (other.id, other.kept_by, other.not_kept) for one, other in pairs)
    assert all(one.heading != other.heading and one.text != other.text for one, other in pairs)


@pytest.mark.parametrize("operator", OPERATORS)
def test_numbers_stand_in_both_languages(operator: str) -> None:
    english = packs.named(operator).versions[-1]
    spanish = packs.named(operator).translations["es"].versions[-1]
    for one, other in zip(english.clauses, spanish.clauses, strict=True):
        assert set(re.findall(r"\d+", one.text)) <= set(re.findall(r"\d+", other.text)), one.id


@pytest.mark.parametrize("operator", OPERATORS)
def test_never_stays_never(operator: str) -> None:
    english = packs.named(operator).versions[-1]
    spanish = packs.named(operator).translations["es"].versions[-1]
    for one, other in zip(english.clauses, spanish.clauses, strict=True):
        assert len(re.findall(r"\bn?ever\b", one.text.lower())) == len(re.findall(r"\bnunca\b", other.text.lower())), (
            one.id
        )


def test_a_version_that_nobody_translated_stays_in_english() -> None:
    assert packs.named("umr").translations["es"].versions[0] is packs.named("umr").versions[0]


def test_a_language_without_its_texts_is_refused(folder: Path) -> None:
    (folder / "operator.es.toml").unlink()
    with pytest.raises(PackError, match=r"operator\.es\.toml:1: This file is missing"):
        packs.load(folder)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('tagline = "', 'tag_line = "', '"tag_line" means nothing here'),
        ('hours = "', 'hours = ""\n# "', '"hours" must be some text'),
        ('breach = "', 'break = "', '"break" means nothing here'),
        ('\n[retention.diary]\nafter = "', '\n[retention.diary]\nlater = "', '"later" means nothing here'),
        ("\n[retention.diary]", "\n[retention.diaries]", '"diaries" means nothing here'),
    ],
)
def test_a_text_that_lacks_or_is_too_many_is_refused(spoil: Spoil, old: str, new: str, sentence: str) -> None:
    with pytest.raises(PackError, match=re.escape(sentence)):
        packs.load(spoil("operator.es.toml", old, new))


@pytest.mark.parametrize("said", ['["es"]', '["es", "en"]', '["en", "fr"]', "[]"])
def test_the_languages_begin_with_the_one_that_holds(spoil: Spoil, said: str) -> None:
    with pytest.raises(PackError, match="languages"):
        packs.load(spoil("operator.toml", '["en", "es"]', said))


def test_a_version_without_its_translation_is_a_problem(folder: Path) -> None:
    (folder / FILE).unlink()
    (problem,) = problems(folder)
    assert 'is not said in the language "es"' in problem
    assert problem in check.problems(packs.load(folder))


def test_a_document_without_its_translation_is_a_problem(folder: Path) -> None:
    (folder / "documents" / "member-terms-2026-11-01.es.md").unlink()
    (problem,) = problems(folder)
    assert "member-terms-2026-11-01.md" in problem


def test_a_translation_of_nothing_is_a_problem(folder: Path) -> None:
    (folder / "documents" / "nurse-agreement-2026-11-01.md").unlink()
    assert problems(folder) == [
        f"{folder / 'documents' / 'nurse-agreement-2026-11-01.es.md'}:1: There is no original of this translation."
    ]


def test_a_clause_missing_or_too_many_in_a_translation_is_a_problem(spoil: Spoil) -> None:
    found = problems(spoil(FILE, "## U-40 ", "## U-47 "))
    assert [one.split(": ", 1)[1].split(",")[0] for one in found] == [
        "U-40 is missing from this translation.",
        "U-47 is not in 2026-11-22.md",
    ]


def test_other_days_in_a_translation_are_a_problem(spoil: Spoil) -> None:
    (problem,) = problems(spoil(FILE, "effective: 2026-11-22", "effective: 2026-11-23"))
    assert "The days are not those of 2026-11-22.md" in problem


@pytest.mark.parametrize("line", ["Kept by: public-pages", 'not_kept = "Nada, 2026-11-22"'])
def test_a_translation_does_not_say_how_a_clause_is_kept(spoil: Spoil, line: str) -> None:
    with pytest.raises(PackError, match="said in the original alone"):
        packs.load(spoil(FILE, "## U-02 ", f"{line}\n\n## U-02 "))


def test_the_words_of_a_posted_translation_stay(spoil: Spoil) -> None:
    pack = packs.load(spoil(FILE, "bajo ninguna circunstancia", "casi nunca"))
    (problem,) = posted.problems(pack)
    assert "2026-11-22.es.md:" in problem
    assert "The text of es:U-07 was changed after version 2026-11-22 was posted" in problem


def test_a_translation_that_came_later_is_posted_later(folder: Path) -> None:
    path = posted.lock_of(folder)
    english = "".join(line for line in path.read_text().splitlines(keepends=True) if " es:" not in line)
    path.write_text(english)
    pack = packs.load(folder)
    assert [problem for problem in posted.problems(pack) if "is not posted yet" in problem]
    assert posted.post(pack) == ["2026-11-22 es"]
    assert path.read_text().startswith(english)
    assert posted.problems(pack) == []
