"""Says whether a name written in a pack is the name of something in the house, by reading files and importing none.

Four ways of naming: ``wellkept.access.actions.enter`` (Python), ``sql:wellkept.lock_protect`` (created by a room's
SQL), ``middleware:wellkept.web.shell.headers`` (Python the settings name) and ``tests/policy/test_it.py::test_it``.
"""

import ast
import re
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
"""The folder that holds the package, and in a checkout also the tests."""

_SQL_COMMENT: Final = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_CREATED: Final = re.compile(
    r"\bcreate\s+(?:or\s+replace\s+)?(?:unlogged\s+)?(?:function|procedure|table|view|trigger)\s+(?:if\s+not\s+exists\s+)?"
    r"([a-z_][a-z0-9_.]*)",
    re.IGNORECASE,
)


def known(name: str, root: Path = ROOT) -> bool:
    """Whether ``name``, in any of the four ways, is there."""
    way, colon, rest = name.partition(":")
    if colon and way == "sql":
        return rest.lower() in _created(root)
    if colon and way == "middleware":
        return _python(rest, root) and any(speaks_of(path, rest) for path in _settings(root))
    if "::" in name:
        return _test(name, root)
    return _python(name, root)


def speaks_of(path: Path, word: str) -> bool:
    """Whether the Python file at ``path`` holds ``word`` as a text of its own."""
    return path.is_file() and word in _texts(path)


def has_tests(root: Path = ROOT) -> bool:
    """Whether this is a checkout; an installed package comes without its tests."""
    return (root / "tests").is_dir()


def _python(name: str, root: Path) -> bool:
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        module = _module(root.joinpath(*parts[:end]))
        if module is not None:
            rest = parts[end:]
            return not rest or (len(rest) == 1 and rest[0] in _defined(module))
    return False


def _module(path: Path) -> Path | None:
    for candidate in (path.with_name(f"{path.name}.py"), path / "__init__.py"):
        if candidate.is_file():
            return candidate
    return None


def _test(name: str, root: Path) -> bool:
    file, _, function = name.partition("::")
    path = root / file
    return file.startswith("tests/") and path.is_file() and function in _functions(path)


def _settings(root: Path) -> list[Path]:
    return sorted((root / "wellkept" / "config").rglob("*.py"))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _defined(path: Path) -> frozenset[str]:
    """Every name the file gives at its top: functions, classes, values, and what it takes from elsewhere."""
    return frozenset(name for node in _tree(path).body for name in _given(node))


def _given(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case ast.ImportFrom(names=names):
            return [alias.asname or alias.name for alias in names]
        case _:
            return []


@cache
def _functions(path: Path) -> frozenset[str]:
    return frozenset(node.name for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef))


@cache
def _texts(path: Path) -> frozenset[str]:
    nodes = ast.walk(_tree(path))
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


@cache
def _created(root: Path) -> frozenset[str]:
    files = (root / "wellkept").glob("*/sql/*.sql")
    texts = (_SQL_COMMENT.sub("", path.read_text(encoding="utf-8")) for path in files)
    return frozenset(name.lower() for text in texts for name in _CREATED.findall(text))
