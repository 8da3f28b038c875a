"""What the database says of itself: every table and column of this operator with its class and its words.

Serves U-03, U-10, U-46. Read from PostgreSQL's own catalogue, so that no list can leave out what is there. The first
word of each comment is a class; what comes after the colon says what the thing is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.db import connections
from django.utils.text import capfirst

from wellkept.policy.kinds import CLASSES

_ASKED: Final = """
select c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''), c.relrowsecurity and c.relforcerowsecurity,
       has_table_privilege(c.oid, 'select') or has_any_column_privilege(c.oid, 'select'),
       a.attname, coalesce(col_description(c.oid, a.attnum), '')
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where n.nspname = 'wellkept' and c.relkind in ('r', 'p', 'f') and not c.relispartition
 order by c.relname, a.attnum
"""
_DATABASES: Final = ("default", "keys")
_Row = tuple[str, str, bool, bool, str, str]
_OTHERS: Final = ("django_", "procrastinate_")
"""Tables that other programs make, which say nothing of themselves: numbers and names of work alone."""
_HASHED: Final = ("keyed hash", "sha-256", "argon2id")


@dataclass(frozen=True, slots=True)
class Column:
    """One field. ``kind`` is its class, or that of its table where it says none; "" where neither says one.

    ``sealed``: encrypted under a key of its own. ``hashed``: kept only as a value that nobody can read back.
    """

    name: str
    kind: str
    words: str
    sealed: bool
    hashed: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``locked``: its rows show only after an entry. ``shut``: no page may read it at all."""

    name: str
    kind: str
    words: str
    locked: bool
    shut: bool
    columns: tuple[Column, ...]


@cache
def tables() -> tuple[Table, ...]:
    """Every table of the records and of the keys, by name; asked once in a process. A migration restarts the pages."""
    found = [row for alias in _DATABASES for row in _rows(alias)]
    return tuple(sorted(_gathered(found), key=lambda table: table.name))


def _rows(alias: str) -> list[_Row]:
    with connections[alias].cursor() as cursor:
        cursor.execute(_ASKED)
        rows: list[_Row] = cursor.fetchall()
    return [row for row in rows if alias == "default" or not row[0].startswith("django_")]


def _gathered(rows: Iterable[_Row]) -> Iterable[Table]:
    known: dict[str, list[_Row]] = {}
    for row in rows:
        known.setdefault(row[0], []).append(row)
    for name, its in known.items():
        _, said, locked, read, *_rest = its[0]
        kind, words = parted(said)
        kind = kind or ("housekeeping" if name.startswith(_OTHERS) else "")
        columns = tuple(column(row[4], row[5], otherwise=kind) for row in its)
        yield Table(name, kind, words, locked=locked, shut=not read, columns=columns)


def column(name: str, said: str, *, otherwise: str) -> Column:
    """A field from what the database says of it."""
    kind, words = parted(said)
    low = words.casefold()
    sealed = low.startswith(("sealed", "the same, sealed"))
    return Column(name, kind or otherwise, words, sealed=sealed, hashed=any(one in low for one in _HASHED))


def label(name: str) -> str:
    """The name of a field as a person reads it, such as "Birth date"."""
    return capfirst(name.replace("_", " "))


def shown(words: str) -> str:
    """The words of a field without the mark that it is sealed, which a page shows in its own way."""
    mark, _, rest = words.partition(";")
    return rest.strip() if mark.casefold().startswith("sealed") and rest else words


def parted(said: str) -> tuple[str, str]:
    """The class of a comment and its words; no class where it begins with none that is known."""
    kind, _, words = said.partition(":")
    return (kind, words.strip()) if kind in CLASSES else ("", said.strip())
