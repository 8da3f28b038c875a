"""What the database says of its fields, found where it is declared: in models, and in the SQL of a room.

A field is said twice on a page: by its name as a label, and by its comment without the class that begins it. A name
is a short word that means something else elsewhere, so labels are kept apart from other messages.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from scripts.words.catalogue import Message
from wellkept.policy import catalogue

CONTEXT: Final = "field"
MODELS: Final = {"models.py", "records.py", "way_models.py", "paper_models.py", "thread_models.py"}
"""The modules that say what a field is. Migrations repeat it."""
_POINTS: Final = {"ForeignKey", "OneToOneField"}
_COMMENT: Final = re.compile(r"comment on column wellkept\.\w+\.\"?(\w+)\"? is\s+'((?:[^']|'')*)'")


def of(path: Path) -> Iterator[Message]:
    """The fields declared in a file; none in a file of another kind."""
    if path.name in MODELS:
        yield from in_models(path.read_text(encoding="utf-8"))
    elif path.suffix == ".sql":
        yield from in_sql(path.read_text(encoding="utf-8"))


def in_models(source: str) -> Iterator[Message]:
    """The fields of a module: each assignment of a call that is given a ``db_comment``."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
            continue
        (name,) = (one.id for one in node.targets if isinstance(one, ast.Name))
        said = [word.value.value for word in node.value.keywords
                if word.arg == "db_comment" and isinstance(word.value, ast.Constant)]  # fmt: skip
        kind = node.value.func.attr if isinstance(node.value.func, ast.Attribute) else ""
        for one in said:
            yield from _field(f"{name}_id" if kind in _POINTS else name, str(one))


def in_sql(source: str) -> Iterator[Message]:
    """The fields of which a file of SQL says something."""
    for name, said in _COMMENT.findall(source):
        yield from _field(name, said.replace("''", "'"))


def _field(name: str, said: str) -> Iterator[Message]:
    yield Message(catalogue.label(name), context=CONTEXT)
    yield Message(catalogue.shown(catalogue.parted(said)[1]))
