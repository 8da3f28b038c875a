"""The texts somebody agrees to before they open anything, as files of the pack.

``operators/<name>/documents/<audience>-<need>-<version>.md``, such as ``member-terms-2026-11-01.md``. The audience is a
role, the need is what a rule of ``access.toml`` names, the version is the day from which the text binds. Beside it
lies the same in each other language of the pack, ``member-terms-2026-11-01.es.md``.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
from markdown_it import MarkdownIt

from wellkept.policy import languages
from wellkept.policy.inside import leading_out
from wellkept.policy.shapes import Pack, PackError
from wellkept.policy.words import Role

NAMED = re.compile(r"^(?P<audience>[a-z_]+)-(?P<need>[a-z]+)-(?P<version>\d{4}-\d{2}-\d{2})\.md$")


@dataclass(frozen=True, slots=True)
class Document:
    """One text in one language. ``html`` is safe to print: our own Markdown with HTML switched off."""

    audience: Role
    need: str
    version: str
    title: str
    html: str
    language: str = languages.ORIGINAL

    @property
    def name(self) -> str:
        """The document's name, the same in every version."""
        return f"{self.audience}-{self.need}"

    @property
    def day(self) -> date:
        """The day from whose beginning, where the operator works, it binds."""
        return date.fromisoformat(self.version)


def documents(pack: Pack) -> tuple[Document, ...]:
    """Every document of a pack, sorted by name and version; raises ``PackError`` for a file that is none."""
    paths = sorted((pack.folder / "documents").glob("*.md"))
    return tuple(document(path) for path in paths if languages.of_file(path) not in pack.languages)


def said_in(language: str, pack: Pack, one: Document) -> Document:
    """The document in ``language``; as it is where it has not been translated."""
    path = languages.translated(pack.folder / "documents" / f"{one.name}-{one.version}.md", language)
    if language == one.language or not path.is_file():
        return one
    title, html = _read(path)
    return replace(one, title=title, html=html, language=language)


def document(path: Path) -> Document:
    """The document in one file: a heading, then its text; ``PackError`` for another name, day, role or beginning."""
    named = NAMED.match(path.name)
    if not named or named["audience"] not in set(Role) or not is_day(named["version"]):
        raise PackError(f"{path}:1: A document is named audience-need-date.md.")
    title, html = _read(path)
    return Document(
        audience=Role(named["audience"]), need=named["need"], version=named["version"], title=title, html=html
    )


def _read(path: Path) -> tuple[str, str]:
    """The heading of a document, and what follows as HTML."""
    text = path.read_text(encoding="utf-8")
    if not text.startswith("# "):
        raise PackError(f"{path}:1: A document begins with a heading.")
    title, _, body = text.partition("\n")
    markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "autolink", "html_inline", "html_block"])
    for line, target in leading_out(markdown.parse(body)):
        raise PackError(f'{path}:{line + 2}: The link to "{target}" leaves this site; name a reviewed link by its key.')
    html = markdown.render(body)
    return title[2:].strip(), html


def is_day(version: str) -> bool:
    """Whether a version is a day of the calendar."""
    try:
        date.fromisoformat(version)
    except ValueError:
        return False
    return True


def load(connection: psycopg.Connection, pack: Pack) -> None:
    """Bring the pack's documents in, as the owner. What was there stays: somebody may have agreed to it.

    Each binds from midnight of its day where the operator works.
    """
    zone = ZoneInfo(pack.time_zone)
    with connection.transaction(), connection.cursor() as cursor:
        cursor.executemany(
            "insert into wellkept.consent_document (name, version, audience, need, effective)"
            " values (%s, %s, %s, %s, %s)"
            " on conflict do nothing",
            [
                (d.name, d.version, d.audience.value, d.need, datetime.combine(d.day, time(), zone))
                for d in documents(pack)
            ],
        )
