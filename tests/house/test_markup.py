"""What no page, style or script of the portal holds (U-08, U-24, R-11)."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "wellkept"
VENDORED = [path.parent for path in HOUSE.rglob("MANIFEST.toml")]

UNSAFE = re.compile(
    r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off|<(?:object|embed|applet|iframe)\b|javascript:|data:text",
    re.IGNORECASE,
)
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|<[a-z][^>]*\s(?:on[a-z]+|style)\s*=", re.IGNORECASE)
# A link may lead elsewhere (through the leaving page); what a page loads may not.
LOADED = re.compile(
    r"<(?:script|img|source|video|audio|track|input)\b[^>]*\ssrc(?:set)?\s*=\s*[\"']?\s*(?:https?:)?//"
    r"|<link\b[^>]*\shref\s*=\s*[\"']?\s*(?:https?:)?//"
    r"|<form\b[^>]*\saction\s*=\s*[\"']?\s*(?:https?:)?//"
    r"|url\(\s*[\"']?\s*(?:https?:)?//|@import\b",
    re.IGNORECASE,
)
SCRIPT = re.compile(
    r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function|localStorage|sessionStorage"
    r"|indexedDB|postMessage|document\.cookie|__proto__|constructor\[)"
)
# An operator's own drawing, clauses and terms, read from its folder at start-up; Markdown with markup switched off.
TRUSTED = re.compile(r"{{ (?:pack\.mark|document\.html|[\w.]+\.(?:body|introduction)_html)\|safe(?:\|linked)? }}")


def files(suffix: str) -> dict[str, str]:
    """Our own files of that ending: path to text, without what is vendored."""
    paths = [
        path for path in sorted(HOUSE.rglob(f"*{suffix}")) if not any(path.is_relative_to(one) for one in VENDORED)
    ]
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in paths}


def found(pattern: re.Pattern[str], suffix: str) -> dict[str, list[str]]:
    hits = {
        path: [hit.group() for hit in pattern.finditer(TRUSTED.sub("", text))] for path, text in files(suffix).items()
    }
    return {path: parts for path, parts in hits.items() if parts}


def altered(folder: Path) -> list[str]:
    """Files of a vendored folder that its manifest does not name, or names with another hash."""
    text = (folder / "MANIFEST.toml").read_text()
    kept = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "MANIFEST.toml"]
    return [path.name for path in kept if hashlib.sha256(path.read_bytes()).hexdigest() not in text]


def test_there_are_templates_to_read() -> None:
    assert files(".html")
    assert files(".css")


def test_no_template_lets_markup_of_others_through_or_embeds_an_object() -> None:
    assert found(UNSAFE, ".html") == {}


def test_no_template_holds_script_or_style_of_its_own() -> None:
    assert found(INLINE, ".html") == {}


@pytest.mark.parametrize("suffix", [".html", ".css", ".svg"])
def test_nothing_is_loaded_from_another_origin(suffix: str) -> None:
    assert found(LOADED, suffix) == {}


def test_no_script_writes_markup_or_keeps_anything_in_the_browser() -> None:
    assert found(SCRIPT, ".js") == {}


@pytest.mark.parametrize("folder", VENDORED, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_every_vendored_file_is_the_one_its_manifest_names(folder: Path) -> None:
    assert altered(folder) == []
    assert tomllib.loads((folder / "MANIFEST.toml").read_text())


@pytest.mark.parametrize("text", ["{{ a|safe }}", "{% autoescape off %}", '<a href="javascript:x">', "<object>"])
def test_it_knows_a_template_that_lets_markup_through(text: str) -> None:
    assert UNSAFE.search(text)


@pytest.mark.parametrize("text", ["<script>x</script>", '<p onclick="x">', '<p style="x">', "<style>"])
def test_it_knows_script_and_style_in_a_template(text: str) -> None:
    assert INLINE.search(text)
    assert not INLINE.search('<script src="/static/x.js" defer></script><a href="/on=1">')


@pytest.mark.parametrize(
    "text", ['<img src="//x.example/a">', '<link rel=x href="https://x.example">', "url(https://x)"]
)
def test_it_knows_what_is_loaded_from_elsewhere(text: str) -> None:
    assert LOADED.search(text)
    assert not LOADED.search('<a href="https://x.example/">')


def test_it_knows_a_script_that_writes_markup() -> None:
    assert SCRIPT.search("node.innerHTML = x")
    assert not SCRIPT.search("node.textContent = x")
