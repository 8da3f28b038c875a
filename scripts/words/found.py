"""Every message of the house, found where it is said: in Python, in templates, and in what is declared in files.

A message lies in one catalogue, that of the first folder in order that says it, so that it has one Spanish.
"""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.utils.translation.template import templatize

from scripts.words import described
from scripts.words.catalogue import Message

FIRST: Final = ("policy", "web/shell", "web/site", "web/entrance")
"""Whose catalogue holds what several say. Rooms follow these, then the doors."""

ONE: Final = {"_", "gettext", "gettext_lazy", "gettext_noop", "noop"}
SEVERAL: Final = {"ngettext", "ngettext_lazy"}
CONTEXT: Final = {"pgettext", "pgettext_lazy"}
BOTH: Final = {"npgettext", "npgettext_lazy"}
_CALL: Final = re.compile(r"(?:(?<= )|^)(_|n?p?gettext)\(((?:u?(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')(?:, ?)?)+)")

_CONTROLS: Final = ("sentence", "check", "outcome", "owner")
_NOT_KEPT: Final = re.compile(r'^not_kept = "(.+), \d{4}-\d{2}-\d{2}"$', re.MULTILINE)

# What is declared in files and said by a page: the file, and the keys whose texts are said ("" for every heading).
DECLARED: Final = {
    "wellkept/policy/controls.toml": _CONTROLS,
    "wellkept/benefits/reasons.toml": ("says", "next"),
    "wellkept/benefits/services.toml": ("",),
}


def by_folder(root: Path) -> dict[str, list[Message]]:
    """The messages of each folder that has a catalogue."""
    found: dict[str, dict[str, Message]] = {}
    for path in sorted((root / "wellkept").rglob("*")):
        for message in _said(root, path):
            here = found.setdefault(folder_of(root, path), {})
            _keep(here, message)
    return _once(found)


def folder_of(root: Path, path: Path) -> str:
    """Whose catalogue holds what ``path`` says: its door's, its room's, or the policy's where it is no application."""
    parts = path.relative_to(root / "wellkept").parts
    folder = "/".join(parts[:2]) if parts[0] == "web" else parts[0]
    here = root / "wellkept" / folder
    return folder if (here / "apps.py").is_file() or (here / "migrations").is_dir() else "policy"


def made(root: Path) -> list[str]:
    """The texts of tries that are put together with values, each value as a name in braces."""
    paths = sorted((root / "wellkept" / "proof" / "probes").glob("*.py"))
    return sorted({text for path in paths for text in _tries(root, path) if "{" in text})


def _said(root: Path, path: Path) -> Iterator[Message]:
    name = path.relative_to(root).as_posix()
    yield from described.of(path)
    if path.suffix == ".html":
        yield from in_template(path.read_text(encoding="utf-8"))
    elif path.name == "clauses.py":
        yield from (Message(text) for text in _of_packs(root))
    elif path.suffix == ".py":
        yield from in_python(path.read_text(encoding="utf-8"))
        if path.parent.name == "probes":
            yield from (Message(text) for text in _tries(root, path))
    elif name in DECLARED:
        keys = DECLARED[name]
        yield from (Message(text) for text in _declared(tomllib.loads(path.read_text(encoding="utf-8")), keys))


def _of_packs(root: Path) -> Iterator[str]:
    """Why promises are not kept, in every version that is also said in Spanish, and what people attest."""
    for path in sorted((root / "operators").glob("*/attested.toml")):
        yield from _declared(tomllib.loads(path.read_text(encoding="utf-8")), _CONTROLS)
    for path in sorted((root / "operators").glob("*/policy/*.md")):
        if path.with_name(f"{path.stem}.es.md").is_file():
            yield from _NOT_KEPT.findall(path.read_text(encoding="utf-8"))


def in_template(source: str) -> Iterator[Message]:
    """The messages of a template."""
    for name, given in _CALL.findall(templatize(source)):
        yield _message(name, ast.literal_eval(f"[{given}]"))


def in_python(source: str) -> Iterator[Message]:
    """The messages of a module. What is not written out where it is said was declared elsewhere."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if len(texts) >= _wanted(name) > 0:
                yield _message(name, texts)


def _wanted(name: str) -> int:
    """How many texts a function of gettext takes; 0 for any other."""
    return (name in ONE) + 2 * (name in SEVERAL | CONTEXT) + 3 * (name in BOTH)


def _message(name: str, texts: list[str]) -> Message:
    if name in BOTH:
        return Message(texts[1], texts[2], texts[0])
    if name in CONTEXT:
        return Message(texts[1], context=texts[0])
    return Message(texts[0], texts[1] if name in SEVERAL else "")


def _tries(root: Path, path: Path) -> Iterator[str]:
    """What a probe says: the texts given to ``Try`` and to what makes one, by all probes and what they share."""
    makers = {"Try"}
    for one in sorted((root / "wellkept" / "proof").rglob("*.py")):
        for node in ast.walk(ast.parse(one.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "Try":
                makers.add(node.name)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        called = node.func if isinstance(node, ast.Call) else None
        name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
        if isinstance(node, ast.Call) and name in makers:
            given = [*node.args, *(word.value for word in node.keywords)]
            defaults = (text for one in given for text in _texts(one))
            yield from (text for text in defaults if text[:1].isupper() or text[:1] == "{")
        if isinstance(node, ast.FunctionDef) and node.name in makers:
            yield from (text for one in [*node.args.defaults, *node.args.kw_defaults] if one for text in _texts(one))


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts written in an expression; of one with values, each value as its name in braces."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr(values=values):
            yield _numbered("".join(_part(one) for one in values))
        case ast.IfExp(body=body, orelse=other):
            yield from _texts(body)
            yield from _texts(other)
        case ast.BinOp(left=left, right=right, op=ast.Add()):
            yield "".join([*_texts(left), *_texts(right)])
        case _:
            return


def _numbered(text: str) -> str:
    """A text in which no two values have one name."""
    seen: Counter[str] = Counter()

    def name(found: re.Match[str]) -> str:
        seen[found[1]] += 1
        return f"{{{found[1]}{seen[found[1]] if seen[found[1]] > 1 else ''}}}"

    return re.sub(r"\{(\w+)\}", name, text)


def _part(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    names = [_name(one) for one in ast.walk(node) if isinstance(one, ast.Name | ast.Attribute)]
    return f"{{{next((name for name in reversed(names) if name not in {'len', 'str', 'sum'}), 'value')}}}"


def _name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def _declared(value: object, keys: tuple[str, ...]) -> Iterator[str]:
    match value:
        case dict():
            for key, inner in value.items():
                if key in keys and isinstance(inner, str):
                    yield inner
                elif "" in keys and isinstance(inner, list):
                    yield key
                else:
                    yield from _declared(inner, keys)
        case list():
            for inner in value:
                yield from _declared(inner, keys)
        case _:
            return


def _keep(here: dict[str, Message], message: Message) -> None:
    """Keep a message once; said with a plural and without, it has its plural."""
    key = f"{message.context}\4{message.text}"
    if key not in here or message.plural:
        here[key] = message


def _once(found: dict[str, dict[str, Message]]) -> dict[str, list[Message]]:
    """Each message in the first folder that says it."""
    order = sorted(found, key=lambda folder: (folder not in FIRST, FIRST.index(folder) if folder in FIRST else 0,
                                              folder.startswith("web/"), folder))  # fmt: skip
    plural = {key: one for messages in found.values() for key, one in messages.items() if one.plural}
    seen: set[str] = set()
    kept: dict[str, list[Message]] = {}
    for folder in order:
        mine = [plural.get(key, one) for key, one in found[folder].items() if key not in seen]
        seen |= found[folder].keys()
        if mine:
            kept[folder] = mine
    return kept
