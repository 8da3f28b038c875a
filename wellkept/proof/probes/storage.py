"""Tries against what the database says of itself: whether each column says what kind of thing it holds."""

from typing import Final

from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.site import found

CLASSES: Final = ("phi", "financial", "trade secret", "personal", "public", "housekeeping")
COLUMNS: Final = """
select c.relname, a.attname, coalesce(col_description(c.oid, a.attnum), obj_description(c.oid, 'pg_class'), '')
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relnamespace = 'wellkept'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
   and c.relname not like 'procrastinate%%' and c.relname <> 'django_migrations'
"""
RECORDS: Final = """
select c.relname from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'restricted' and not a.attisdropped
 where c.relnamespace = 'wellkept'::regnamespace and c.relkind = 'r'
   and coalesce(obj_description(c.oid, 'pg_class'), '') !~ '^(phi|financial|trade secret|personal):'
"""


def every_column_says_its_class(ground: Ground) -> list[Try]:
    """Read what every column of every table of ours says of itself, or its table where it says nothing of its own."""
    with ground.connect("proof") as proof:
        columns = proof.execute(COLUMNS.replace("%%", "%")).fetchall()
        plain = [row[0] for row in proof.execute(RECORDS).fetchall()]
    bare = [f"{table}.{name}" for table, name, said in columns if said.partition(":")[0] not in CLASSES]
    return [
        found(
            "Find a column without a class",
            f"We read what each of {len(columns)} columns of our tables says of itself.",
            bad=bool(bare) or len(columns) < 100,
        ),
        found(
            "Find records that say they are not confidential",
            "We read what each table of records says of itself.",
            bad=bool(plain),
        ),
    ]
