"""What no file of the tree may say, and how large it may be."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from wellkept.policy.words import Purpose

ROOT = Path(__file__).parents[2]
SKIPPED = {"__pycache__", "build", "dist", "node_modules"}
TEXT = {
    ".py",
    ".sql",
    ".html",
    ".txt",
    ".md",
    ".toml",
    ".css",
    ".js",
    ".json",
    ".yml",
    ".yaml",
    ".cfg",
    ".ini",
    ".sh",
    "",
}
LONGEST = 400

# Spelt in parts, so that this file passes its own test.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "np" + "mjs.",
    "yarn" + "pkg.com",
    "crates" + ".io",
    "ruby" + "gems.org",
    "proxy.go" + "lang.org",
    "anaconda" + ".org",
    "docker" + ".io",
    "gh" + "cr.io",
    "un" + "pkg.com",
    "jsde" + "livr.net",
    "cdn" + "js.",
]
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX(?!-)|HA" + r"CK|NotImplemented" + r"Error)\b")
MACHINE = re.compile(r"(?<![\w.:-])/(?:work|home|root|Users)/\w")
VAGUE = {"util", "utils", "helper", "helpers", "common", "core", "base", "manager", "managers", "misc"}
# X12 calls what was done and paid for a service (SV1, SVC): the file bears its noun.
SERVICE = {"wellkept/exchange/x12/service.py"}
COMMERCE = re.compile(r"sale|sell|sold|trade|rent|licen[cs]e|market|HMARKT", re.IGNORECASE)


def hidden(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(part in SKIPPED or part.endswith(".egg-info") or part.startswith(".") for part in parts)


def files() -> Iterator[tuple[str, str]]:
    """Every text file of the tree: its path from the root, and its text."""
    for folder in sorted(ROOT.iterdir()):
        found = [folder] if folder.is_file() else [] if hidden(folder) else sorted(folder.rglob("*"))
        for path in found:
            if path.is_file() and not hidden(path) and path.suffix in TEXT:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def ours() -> Iterator[tuple[str, str]]:
    """Those files that we wrote ourselves: all but the vendored ones and the licence."""
    return ((path, text) for path, text in files() if "vendor" not in path and path != "LICENSE")


def hosts(text: str) -> list[str]:
    return [host for host in REGISTRIES if host in text]


def modules() -> list[str]:
    return [path for path, _ in ours() if path.endswith(".py")]


def vague(path: str) -> bool:
    """Whether a module, or a package it lies in, has a name that says nothing. ``service`` is a room, once."""
    names = [part.removesuffix(".py") for part in path.split("/")]
    return any(name in VAGUE for name in names) or (path.endswith("/service.py") and path not in SERVICE)


def test_it_finds_the_files_it_reads() -> None:
    paths = {path for path, _ in files()}
    assert {"pyproject.toml", "README.md", "wellkept/policy/words.py"} <= paths


def test_no_file_names_the_host_of_a_package_registry() -> None:
    assert {path: hosts(text) for path, text in files() if hosts(text)} == {}


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert [path for path, text in ours() if MACHINE.search(text)] == []


def test_nothing_is_left_to_be_finished() -> None:
    assert [path for path, text in ours() if UNFINISHED.search(text)] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in modules() if vague(path)] == []


def test_no_python_file_is_longer_than_400_lines() -> None:
    lengths = {path: len((ROOT / path).read_text().splitlines()) for path in modules()}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


def test_no_purpose_means_sale_trade_rent_licence_or_marketing() -> None:
    assert [purpose for purpose in Purpose if COMMERCE.search(f"{purpose.name} {purpose.value}")] == []


@pytest.mark.parametrize("word", ["TO" + "DO: later", "raise NotImplemented" + "Error", "# X" + "XX"])
def test_it_knows_an_unfinished_line(word: str) -> None:
    assert UNFINISHED.search(word)


@pytest.mark.parametrize("text", ["a mask such as X" + "XX-XX-1234", "HA" + "CKER", "TO" + "DOS"])
def test_it_leaves_other_words_alone(text: str) -> None:
    assert not UNFINISHED.search(text)


def test_it_knows_a_path_of_a_machine_from_an_address() -> None:
    assert MACHINE.search("read /" + "home/ann/x")
    assert not MACHINE.search("https://example.org/" + "home/ann")


@pytest.mark.parametrize("path", ["wellkept/web/utils.py", "wellkept/common/words.py", "tests/helpers.py"])
def test_it_knows_a_vague_name(path: str) -> None:
    assert vague(path)
    assert not vague("wellkept/service/cases.py")


@pytest.mark.parametrize("word", ["SALE", "TRADE", "RENTAL", "LICENCE", "MARKETING HMARKT"])
def test_it_knows_a_purpose_of_commerce(word: str) -> None:
    assert COMMERCE.search(word)
