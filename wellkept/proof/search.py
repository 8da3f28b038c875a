"""Looks for words in what is kept: in tables as each role that may read them, in files as bytes.

It has no right of its own: no function of the database searches for it, and nothing passes the lock for it.
See docs/decisions/0015-search-raw-storage-without-a-new-right.md.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, AnyStr, Final
from uuid import UUID

import psycopg
from psycopg import sql

from wellkept.proof.ground import Ground, Member

ROLES: Final = ("web", "entrance", "jobs", "mailroom", "intake", "release", "seal", "watch", "mail", "proof")
HEAD: Final = 4
"""Words of which so many first letters are the same are looked for by what they have in common."""
PIECE: Final = 8 * 1024 * 1024
MOST: Final = 2 * 1024**3
LEAST_FILES: Final = 200
# What the family was written down in for the probes themselves.
OUR_OWN: Final = ("proof.json",)

READABLE: Final = """
select c.relname, array_agg(a.attname order by a.attnum), bool_or(p.policyname is not null), c.relrowsecurity
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_policies p on p.schemaname = 'wellkept' and p.tablename = c.relname and p.policyname = 'opened'
 where c.relnamespace = 'wellkept'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
   and has_column_privilege(c.oid, a.attnum, 'select')
 group by c.relname, c.relrowsecurity order by c.relname
"""
# How a word begins sorts nearly every row out at little cost; what is left is compared with each way to write it.
STANDS: Final = """
select 1 from wellkept.{table}
 where {said} ~* %(heads)s and exists (select from unnest(%(ways)s::text[]) way where strpos(lower({said}), way) > 0)
 limit 1
"""
Connection = psycopg.Connection[Any]


def in_tables(ground: Ground, words: Iterable[str]) -> list[str]:
    """The tables in which a word stands, as text or as bytes, among all that a role of ours may read unopened.

    A column that shows every role the same rows is read once.
    """
    ways = written(words)
    found, read = set[str](), set[tuple[str, str]]()
    for role in ROLES:
        with ground.connect(role) as connection:
            for table, columns, locked, by_row in readable(connection):
                new = [name for name in columns if by_row or (table, name) not in read]
                if new and not locked:
                    found |= {table} if stands(connection, table, new, ways) else set()
                    read |= {(table, name) for name in new}
    return sorted(found)


def in_records(ground: Ground, member: Member, session: bytes, words: Iterable[str]) -> list[str]:
    """The same among the member's own records, opened by themselves: what is stored is read as it lies there."""
    ways = written(words)
    categories = sorted({c for rule in ground.pack.rules if rule.role == "member" for c in rule.categories})
    with ground.connect("web") as web:
        asked = "select wellkept.gate_enter(%s, %s::uuid[], 'PATRQT', %s::text[], null)"
        row = web.execute(asked, [session, [UUID(member.person)], categories]).fetchone()
        web.execute("select wellkept.gate_flush()")
        with web.transaction():
            web.execute("select wellkept.gate_hold(%s)", [row[0] if row else 0])
            return [
                table
                for table, columns, locked, _by_row in readable(web)
                if locked and stands(web, table, columns, ways)
            ]


def readable(connection: Connection) -> list[tuple[str, list[str], bool, bool]]:
    """Each table of ours that this role may read: name, columns, whether it lies under the lock, is shown by row."""
    return connection.execute(READABLE).fetchall()


def stands(connection: Connection, table: str, columns: list[str], ways: list[str]) -> bool:
    """Whether a row of the table holds one of the ways."""
    parts = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name in columns)
    said = sql.SQL("concat_ws(' ', {})").format(parts)
    asked = sql.SQL(STANDS).format(table=sql.Identifier(table), said=said)
    given = {"heads": "|".join(map(re.escape, begun(ways))), "ways": ways}
    return connection.execute(asked, given).fetchone() is not None


def written(words: Iterable[str]) -> list[str]:
    """Every way a word may be stored, in small letters: as it is, and as bytes in hexadecimal, in any case."""
    ways = {way for word in words for way in (word.lower(), *(form.encode().hex() for form in cased(word)))}
    return sorted(ways)


def cased(word: str) -> set[str]:
    """A word as it is, in capitals, in small letters, and as a name."""
    return {word, word.upper(), word.lower(), word.title()}


def begun(words: Iterable[AnyStr]) -> dict[AnyStr, list[AnyStr]]:
    """Words by how they begin: those whose first letters are the same, under all that they have in common."""
    near = defaultdict[AnyStr, list[AnyStr]](list)
    for word in words:
        near[word[:HEAD]].append(word)
    return {several[0][: shared(min(several), max(several))]: several for several in near.values()}


def shared(one: Sequence[object], other: Sequence[object]) -> int:
    """How many first letters two words share."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


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
    """The files in which a word stands in any case, each with that word, and how many bytes were looked at.

    At most 2 GiB are.
    """
    sought = {word.lower().encode(): word for word in words}
    heads = begun(sought)
    found, left = set[tuple[Path, str]](), MOST
    for path in paths:
        try:
            for piece in pieces(path):
                left -= len(piece)
                found |= {(path, sought[word]) for word in standing(piece.lower(), heads)}
        except OSError:
            continue
        if left <= 0:
            break
    return sorted(found), MOST - left


def standing(piece: bytes, heads: Mapping[bytes, list[bytes]]) -> Iterator[bytes]:
    """The words that stand in a piece, each wherever it does."""
    for head, words in heads.items():
        at = piece.find(head)
        while at >= 0:
            yield from (word for word in words if piece.startswith(word, at))
            at = piece.find(head, at + 1)


def pieces(path: Path) -> Iterator[bytes]:
    """A file in pieces that overlap by more than any word is long."""
    tail = b""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield tail + piece
            tail = piece[-200:]
