"""The documents name only what is there: links, files, tests, commands."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from wellkept.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
TOPS = "wellkept|tests|docs|operators|requirements|pyproject|Makefile|README|CONTRIBUTING|SECURITY|LICENSE|NOTICE"
NAMED = re.compile(rf"`((?:{TOPS})[\w.-]*(?:/[\w.-]+)*/?)(?:::(\w+))?`")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
MAKE_LINE = re.compile(r"^\s*(?:\$ )?make ((?:[a-z][\w-]*)(?: [a-z][\w-]*)*)", re.MULTILINE)
MAKE_NAMED = re.compile(r"`make ((?:[a-z][\w-]*)(?: [a-z][\w-]*)*)")
TARGET = re.compile(r"^([a-z][\w-]*(?: [a-z][\w-]*)*)\s*:(?!=)", re.MULTILINE)
SAID_LINE = re.compile(r"^\s*(?:\$ )?wellkept ([a-z][\w-]*)(?: ([a-z][\w-]*))?", re.MULTILINE)
SAID_NAMED = re.compile(r"`wellkept ([a-z][\w-]*)(?: ([a-z][\w-]*))?")
WORDS = {"wellkept", "tests", "docs", "operators"}


def documents() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def slug(heading: str) -> str:
    """The anchor of a heading: lower case, words joined by hyphens, other marks dropped."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(path: Path) -> set[str]:
    return {slug(line.lstrip("#")) for line in FENCE.sub("", path.read_text()).splitlines() if line.startswith("#")}


def links(text: str) -> Iterator[str]:
    """The links of a text that lead into this tree."""
    for plain, image in LINK.findall(FENCE.sub("", text)):
        target = plain or image
        if not re.match(r"[a-z]+:", target):
            yield target


def broken(document: Path, text: str) -> list[str]:
    """The links of a document that lead nowhere."""
    lost = []
    for link in links(text):
        name, _, anchor = link.partition("#")
        path = (document.parent / name) if name else document
        if not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors(path)):
            lost.append(link)
    return lost


def absent(text: str) -> list[str]:
    """The files, folders and tests that a text names between backticks and that are not there."""
    lost = []
    for name, test in NAMED.findall(text):
        path = ROOT / name
        if name in WORDS or ("/" not in name and "." not in name and path.exists()):
            continue
        if not path.exists() or (test and test not in functions(path)):
            lost.append(f"{name}::{test}" if test else name)
    return lost


def functions(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text()))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def commands(text: str) -> set[str]:
    """The make targets that a text tells its reader to run, in blocks of code or between backticks."""
    blocks = "\n".join(FENCE.findall(text))
    found = [*MAKE_LINE.findall(blocks), *MAKE_NAMED.findall(FENCE.sub("", text))]
    return {name for line in found for name in line.split()}


def unknown(text: str) -> list[str]:
    """What a text tells its reader to say at the terminal and no command understands."""
    blocks = "\n".join(FENCE.findall(text))
    named = {*SAID_LINE.findall(blocks), *SAID_NAMED.findall(FENCE.sub("", text))}
    return [f"{first} {second}".strip() for first, second in sorted(named) if not understood(first, second)]


def understood(first: str, second: str) -> bool:
    """Whether there is such a command, and where it has commands of its own, the second word is one of them."""
    if first not in COMMANDS or not main.get_command(click.Context(main), first):
        return first in COMMANDS
    command = main.get_command(click.Context(main), first)
    return not second or not isinstance(command, click.Group) or second in command.list_commands(click.Context(command))


def targets() -> set[str]:
    return {name for names in TARGET.findall((ROOT / "Makefile").read_text()) for name in names.split()}


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    assert broken(document, document.read_text()) == []


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_a_document_names_is_there(document: Path) -> None:
    assert absent(document.read_text()) == []


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_a_document_names_is_a_target(document: Path) -> None:
    assert commands(document.read_text()) - targets() == set()


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_word_at_the_terminal_that_a_document_names_is_understood(document: Path) -> None:
    assert unknown(document.read_text()) == []


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs/decisions"
    listed = set(links((folder / "README.md").read_text()))
    assert {path.name for path in folder.glob("[0-9]*.md")} <= listed


def test_every_decision_says_what_why_what_was_tried_and_what_would_change_it() -> None:
    wanted = {"what", "why", "measured-or-tried", "what-would-change-our-mind"}
    decisions = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert [path.name for path in decisions if not wanted <= anchors(path)] == []


def test_it_knows_a_link_that_leads_nowhere() -> None:
    text = "[a](docs/nowhere.md) [b](README.md) [c](https://example.org/) [d](README.md#no-such-heading)"
    assert broken(ROOT / "SECURITY.md", text) == ["docs/nowhere.md", "README.md#no-such-heading"]


def test_it_knows_a_file_and_a_test_that_are_not_there() -> None:
    text = "`tests/house/test_docs.py::test_nobody_wrote` `docs/nowhere.md` `wellkept/policy/words.py` `tests/house/`"
    assert absent(text) == ["tests/house/test_docs.py::test_nobody_wrote", "docs/nowhere.md"]


def test_it_reads_commands_in_lines_and_in_sentences() -> None:
    assert commands("```\nmake demo\n$ make test quick\n```\nthen `make check`; they make do") == {
        "demo",
        "test",
        "quick",
        "check",
    }


def test_the_addresses_of_the_security_page_lead_to_nobody_in_particular() -> None:
    addresses = re.findall(r"([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)", (ROOT / "SECURITY.md").read_text())
    assert addresses
    assert [address for address in addresses if address[0] != "security" or not reserved(address[1])] == []


def reserved(domain: str) -> bool:
    """Whether nobody can own the domain (RFC 2606, sections 2 and 3)."""
    return domain.endswith(".example") or domain in {"example.org", "example.com", "example.net"}


def test_it_knows_a_word_that_no_command_understands() -> None:
    assert unknown("`wellkept dance` and `wellkept db dance`") == ["dance", "db dance"]
    assert unknown("```\n$ wellkept db migrate\n```\nthen `wellkept policy`; it is wellkept dance") == []
