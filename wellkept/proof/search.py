"""Looks for words in what is kept: in tables as each role that may read them, in files as bytes.

It has no right of its own: no function of the database searches for it, and nothing passes the lock for it.
See docs/decisions/0015-search-raw-storage-without-a-new-right.md.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg import sql

from wellkept.proof.ground import Ground, Member

ROLES: Final = ("web", "entrance", "jobs", "mailroom", "intake", "release", "seal", "watch", "mail", "proof")
PIECE: Final = 8 * 1024 * 1024
MOST: Final = 2 * 1024**3
LEAST_FILES: Final = 200
# What the family was written down in for the probes themselves.
OUR_OWN: Final = ("proof.json",)

READABLE: Final = """
select c.relname, array_agg(a.attname order by a.attnum), bool_or(p.policyname is not null)
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_policies p on p.schemaname = 'wellkept' and p.tablename = c.relname and p.policyname = 'opened'
 where c.relnamespace = 'wellkept'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
   and has_column_privilege(c.oid, a.attnum, 'select')
 group by c.relname order by c.relname
"""
Connection = psycopg.Connection[Any]


def in_tables(ground: Ground, words: Iterable[str]) -> list[str]:
    """The tables in which a word stands, as text or as bytes, among all that a role of ours may read unopened."""
    pattern = written(words)
    found: set[str] = set()
    for role in ROLES:
        with ground.connect(role) as connection:
            found |= {
                table
                for table, columns, locked in readable(connection)
                if not locked and stands(connection, table, columns, pattern)
            }
    return sorted(found)


def in_records(ground: Ground, member: Member, session: bytes, words: Iterable[str]) -> list[str]:
    """The same among the member's own records, opened by themselves: what is stored is read as it lies there."""
    pattern = written(words)
    categories = sorted({c for rule in ground.pack.rules if rule.role == "member" for c in rule.categories})
    with ground.connect("web") as web:
        asked = "select wellkept.gate_enter(%s, %s::uuid[], 'PATRQT', %s::text[], null)"
        row = web.execute(asked, [session, [UUID(member.person)], categories]).fetchone()
        web.execute("select wellkept.gate_flush()")
        with web.transaction():
            web.execute("select wellkept.gate_hold(%s)", [row[0] if row else 0])
            return [
                table for table, columns, locked in readable(web) if locked and stands(web, table, columns, pattern)
            ]


def readable(connection: Connection) -> list[tuple[str, list[str], bool]]:
    """Each table of ours that this role may read: name, columns, and whether it lies under the lock."""
    return connection.execute(READABLE).fetchall()


def stands(connection: Connection, table: str, columns: list[str], pattern: str) -> bool:
    """Whether a row of the table matches."""
    parts = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name in columns)
    text = "select 1 from wellkept.{} where concat_ws(' ', {}) ~* %s limit 1"
    return connection.execute(sql.SQL(text).format(sql.Identifier(table), parts), [pattern]).fetchone() is not None


def written(words: Iterable[str]) -> str:
    """The pattern of every way a word may be stored: as it is, in either case, and as bytes in hexadecimal."""
    ways = {
        way
        for word in words
        for form in (word, word.upper(), word.lower(), word.title())
        for way in (re.escape(form), form.encode().hex())
    }
    return "|".join(sorted(ways))


def files(ground: Ground) -> list[Path]:
    """Every file of the installation but the family's own, newest first: the database's, logs, letters, backups."""
    there = [path for path in ground.state.rglob("*") if path.name not in OUR_OWN]
    return sorted({path for path in (*there, *ground.logs) if is_file(path)}, key=changed, reverse=True)


def is_file(path: Path) -> bool:
    """Whether it is a file that is there. The database's own come and go."""
    try:
        return path.is_file()
    except OSError:
        return False


def changed(path: Path) -> float:
    """When it was last written; long ago where it went meanwhile."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def in_files(paths: Iterable[Path], words: Iterable[str]) -> tuple[list[tuple[Path, str]], int]:
    """The files in which a word stands, each with that word, and how many bytes were looked at: 2 GiB at most."""
    wanted = {form.encode() for word in words for form in (word, word.upper(), word.lower(), word.title())}
    heads = {word[:4] for word in wanted}
    found, left = [], MOST
    for path in paths:
        try:
            for piece in pieces(path):
                left -= len(piece)
                found += [(path, word.decode()) for head in heads if head in piece for word in wanted if word in piece]
        except OSError:
            continue
        if left <= 0:
            break
    return found, MOST - left


def pieces(path: Path) -> Iterator[bytes]:
    """A file in pieces that overlap by more than any word is long."""
    tail = b""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield tail + piece
            tail = piece[-200:]
