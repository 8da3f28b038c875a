"""The languages an operator speaks besides English, and the files that say the same in them.

Serves U-09, R-12. Each language of ``operator.toml`` but the first has an ``operator.<language>.toml`` with exactly the
texts below, a ``policy/<version>.<language>.md`` for the version in force and those to come, and a translation of each
document. Names, numbers, days and what keeps a promise are said once, in English, and hold in every language.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from wellkept.policy import clauses, publications, sections
from wellkept.policy.sections import Section
from wellkept.policy.shapes import Clause, Keeping, Pack, PolicyVersion
from wellkept.policy.words import Category

ORIGINAL: Final = "en"
"""The language that holds where two differ."""

KNOWN: Final = (ORIGINAL, "es")
"""The languages the pages of the house are written in."""

_KEYS: Final = ("tagline", "hours", "ribbon", "law", "retention")


def of_file(path: Path) -> str:
    """The language a file of a pack names, such as "es" for ``2026-11-22.es.md``; "" for an original."""
    return path.stem.partition(".")[2]


def translated(path: Path, language: str) -> Path:
    """Where the translation of a file of the pack lies."""
    return path.with_name(f"{path.stem}.{language}{path.suffix}")


def translations(pack: Pack) -> Mapping[str, Pack]:
    """The pack in each other language it speaks; raises ``PackError`` where a file or a text lacks or is too many."""
    if pack.languages[:1] != (ORIGINAL,) or not set(pack.languages) <= set(KNOWN):
        path = pack.folder / "operator.toml"
        raise sections.fault(path, 1, f'"languages" is a list of {", ".join(KNOWN)} that begins with "{ORIGINAL}".')
    return MappingProxyType({language: _in_language(pack, language) for language in pack.languages[1:]})


def version_in(language: str, version: PolicyVersion) -> PolicyVersion:
    """``version`` in ``language`` where it has been translated, and as it is where not."""
    path = translated(version.path, language)
    if not path.is_file():
        return version
    words = clauses.read_words(path)
    there = {clause.id: clause for clause in words.clauses}
    return replace(
        version,
        introduction=words.introduction,
        introduction_html=words.introduction_html,
        introduction_source=words.introduction_source,
        clauses=tuple(_reworded(clause, there.get(clause.id)) for clause in version.clauses),
        path=path,
        language=language,
        original=version,
    )


def _reworded(clause: Clause, words: Clause | None) -> Clause:
    return replace(words, kept_by=clause.kept_by, not_kept=clause.not_kept) if words else clause


def problems(pack: Pack, versions: tuple[PolicyVersion, ...]) -> Iterator[str]:
    """What is not yet said in a language the pack speaks: a version in force or to come, a document."""
    for language in pack.languages[1:]:
        for version in versions:
            if translated(version.path, language).is_file():
                yield from _differing(version, clauses.read_words(translated(version.path, language)))
        documents = sorted((pack.folder / "documents").glob("*.md"))
        files = [*(version.path for version in versions), *(path for path in documents if not of_file(path))]
        for path in files:
            if not translated(path, language).is_file():
                yield f'{path}:1: This is not said in the language "{language}" that operator.toml names.'
        for path in documents:
            if of_file(path) == language and path.with_name(f"{path.stem.partition('.')[0]}.md") not in documents:
                yield f"{path}:1: There is no original of this translation."


def _differing(original: PolicyVersion, words: PolicyVersion) -> Iterator[str]:
    """Where a translation has other clauses than its original, in another order, or other days."""
    lines = {clause.id: clause.line for clause in words.clauses}
    wanted = [clause.id for clause in original.clauses]
    for missing in [one for one in wanted if one not in lines]:
        yield f"{words.path}:1: {missing} is missing from this translation."
    for stranger in [one for one in lines if one not in wanted]:
        yield f"{words.path}:{lines[stranger]}: {stranger} is not in {original.path.name}, which this translates."
    if sorted(lines) == sorted(wanted) and list(lines) != wanted:
        yield f"{words.path}:1: The clauses do not stand in the order of {original.path.name}."
    if (words.posted, words.effective) != (original.posted, original.effective):
        yield f"{words.path}:1: The days are not those of {original.path.name}."


def _in_language(pack: Pack, language: str) -> Pack:
    whole = sections.document(translated(pack.folder / "operator.toml", language))
    sections.only(whole, _KEYS)
    return replace(
        pack,
        tagline=sections.text(whole, "tagline"),
        hours=sections.text(whole, "hours"),
        ribbon="" if pack.production else sections.text(whole, "ribbon"),
        law=_same(sections.table(whole, "law"), pack.law),
        retention=_retention(sections.table(whole, "retention"), pack.retention),
        versions=tuple(version_in(language, version) for version in pack.versions),
        publications=tuple(publications.in_language(language, one) for one in pack.publications),
    )


def _same(section: Section, original: Mapping[str, str]) -> Mapping[str, str]:
    """The texts of a table, which has the keys of the original and no other."""
    sections.only(section, original)
    return MappingProxyType({key: sections.text(section, key) for key in original})


def _retention(section: Section, original: Mapping[Category, Keeping]) -> Mapping[Category, Keeping]:
    sections.only(section, original)
    return MappingProxyType(
        {category: _keeping(sections.table(section, category), keeping) for category, keeping in original.items()}
    )


def _keeping(section: Section, original: Keeping) -> Keeping:
    sections.only(section, ("after", "because"))
    return replace(original, after=sections.text(section, "after"), because=sections.text(section, "because"))
