"""What a page loads: ours or vendored with its hash, nothing from elsewhere, and little of it."""

import gzip
import re
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

WEB = Path(__file__).parents[3] / "wellkept" / "web"
STATIC = WEB / "shell" / "static" / "shell"
VENDOR = STATIC / "vendor"
MANIFEST = tomllib.loads((VENDOR / "MANIFEST.toml").read_text())["file"]
TEMPLATES = sorted(WEB.glob("*/templates/**/*.html"))
SHEETS = sorted(STATIC.glob("*.css")) + sorted(VENDOR.rglob("*.css"))
ELSEWHERE = re.compile(r"""(?:https?:)?//[a-z0-9-]+\.[a-z]""", re.IGNORECASE)
INLINE = re.compile(r"""<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:""", re.IGNORECASE)


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_a_vendored_file_is_the_one_the_manifest_names(entry: dict[str, str]) -> None:
    assert sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert all(entry[key] for key in ("name", "version", "licence"))


def test_every_vendored_file_stands_in_the_manifest() -> None:
    lying = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    assert lying == {entry["file"] for entry in MANIFEST} | {"MANIFEST.toml"}


@pytest.mark.parametrize("path", [*TEMPLATES, *SHEETS], ids=lambda path: path.name)
def test_nothing_names_another_site(path: Path) -> None:
    assert not ELSEWHERE.findall(path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_carries_no_style_and_no_script_of_its_own(path: Path) -> None:
    assert not INLINE.findall(path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 80


def test_every_font_a_sheet_asks_for_is_here_and_no_other() -> None:
    asked = set(re.findall(r'url\("([^"]+)"\)', (STATIC / "shell.css").read_text()))
    assert asked == {str(path.relative_to(STATIC)) for path in VENDOR.rglob("*.woff2")}


def test_all_a_first_view_can_load_is_small() -> None:
    sheets = sum(len(gzip.compress(path.read_bytes())) for path in SHEETS)
    fonts = sum(path.stat().st_size for path in VENDOR.rglob("*.woff2"))
    assert sheets + fonts < 120_000
