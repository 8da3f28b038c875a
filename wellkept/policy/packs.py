"""Loads an operator's folder into one frozen value.

Serves B-01 and B-08: what is published is what the program is configured by.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from wellkept.policy import clauses, languages, practices, publications, retention, rules, sections, states
from wellkept.policy.sections import Section
from wellkept.policy.shapes import Clause, Keeping, Pack, PackError, PolicyVersion, PracticeValue, Rule, StateLaw

__all__ = [
    "Clause",
    "Keeping",
    "Pack",
    "PackError",
    "PolicyVersion",
    "PracticeValue",
    "Rule",
    "StateLaw",
    "in_force",
    "load",
    "named",
    "now_in_force",
    "packs_folder",
    "today",
]

_KEYS: Final = (
    "display_name", "short_name", "tagline", "hosts", "phone", "phone_spoken", "tty", "hours", "postal_address",
    "time_zone", "languages", "production", "ribbon", "theme", "mailboxes", "law", "practices", "retention", "promises",
)  # fmt: skip
_COLOURS: Final = (
    "ink", "muted", "line", "paper", "ground", "brand", "brand-dark", "brand-soft", "accent",
    "good", "good-soft", "warn", "warn-soft", "bad", "bad-soft", "band", "top", "top-ink", "top-accent",
)  # fmt: skip
_LENGTHS_AND_FACES: Final = ("head", "body", "radius")
_COLOUR: Final = re.compile(r"^#[0-9a-f]{6}$")
_PLAIN_CSS: Final = re.compile(r"""^[A-Za-z0-9 ,."%-]+$""")
_SHAPE: Final = "svg|g|path|circle|ellipse|rect|line|polyline|polygon"
_SAID_OF_A_SHAPE: Final = (
    "xmlns|viewBox|width|height|aria-hidden|focusable|d|points|cx|cy|r|rx|ry|x|y|x1|x2|y1|y2|transform|opacity|"
    "fill|fill-rule|stroke|stroke-width|stroke-linecap|stroke-linejoin"
)
_MARK: Final = re.compile(
    rf"""<svg\s(?:\s*(?:{_SAID_OF_A_SHAPE})="[^"<>&]*")*>"""
    rf"""(?:\s|<(?!svg)(?:{_SHAPE})(?:\s+(?:{_SAID_OF_A_SHAPE})="[^"<>&():;]*")*\s*/?>|</(?!svg)(?:{_SHAPE})>)*</svg>"""
)
_LOCAL_HOST: Final = re.compile(r"^(localhost|.*\.localhost|127\..*|\[?::1\]?|.*\.(example|test|invalid))$")


def packs_folder() -> Path:
    """Where the packs lie: ``WELLKEPT_OPERATORS``, else the ``operators`` folder of the checkout."""
    return Path(os.environ.get("WELLKEPT_OPERATORS") or Path(__file__).parents[2] / "operators")


def named(name: str) -> Pack:
    """The pack of the operator ``name``, read once in a process."""
    return _loaded(name, os.environ.get("WELLKEPT_OPERATORS", ""))


@cache
def _loaded(name: str, folder: str) -> Pack:  # noqa: ARG001 (the folder only makes the pack another one)
    """Kept by its words rather than by its path: every page asks for it several times, and paths take longer."""
    if not re.fullmatch(r"[a-z][a-z0-9]*", name):
        raise PackError(f'"{name}" is not the name of an operator: small letters and digits, a letter first.')
    return load(packs_folder() / name)


def load(folder: Path) -> Pack:
    """The pack in ``folder``; raises ``PackError``, one sentence with file and line, at the first fault."""
    if not folder.is_dir():
        raise PackError(f"{folder}: There is no operator here.")
    whole = sections.document(folder / "operator.toml")
    sections.only(whole, _KEYS)
    access_rules, budgets = rules.read(folder / "access.toml")
    production = sections.flag(whole, "production")
    pack = Pack(
        name=folder.name,
        folder=folder,
        display_name=sections.text(whole, "display_name"),
        short_name=sections.text(whole, "short_name"),
        tagline=sections.text(whole, "tagline"),
        hosts=_hosts(whole, production=production),
        phone=sections.text(whole, "phone"),
        phone_spoken=sections.text(whole, "phone_spoken"),
        tty=sections.text(whole, "tty"),
        hours=sections.text(whole, "hours"),
        postal_address=sections.texts(whole, "postal_address"),
        time_zone=_time_zone(whole),
        languages=sections.texts(whole, "languages"),
        theme=_theme(sections.table(whole, "theme")),
        mark=_mark(folder / "mark.svg"),
        mailboxes=sections.text_map(sections.table(whole, "mailboxes")),
        law=sections.text_map(sections.table(whole, "law")),
        practices=practices.read(sections.table(whole, "practices")),
        retention=retention.read(sections.table(whole, "retention")),
        promises=_promises(sections.table(whole, "promises")),
        production=production,
        ribbon="" if production else sections.text(whole, "ribbon"),
        rules=access_rules,
        budgets=budgets,
        family=rules.family(folder / "access.toml"),
        states=states.read(folder / "states.toml"),
        versions=_versions(folder / "policy"),
        publications=publications.read(folder / "publications"),
    )
    return replace(pack, translations=languages.translations(pack))


def in_force(pack: Pack, day: date) -> PolicyVersion:
    """The version that holds on ``day``: the last one in effect, or the first one ever posted if none is yet."""
    begun = [version for version in pack.versions if version.effective <= day]
    return begun[-1] if begun else pack.versions[0]


def today(pack: Pack) -> date:
    """The day it is where the operator works. Every day of the policy is one of that zone."""
    return datetime.now(ZoneInfo(pack.time_zone)).date()


def now_in_force(pack: Pack) -> PolicyVersion:
    """The version that holds today."""
    return in_force(pack, today(pack))


def _hosts(whole: Section, *, production: bool) -> tuple[str, ...]:
    hosts = sections.texts(whole, "hosts")
    if not hosts:
        raise sections.refusal(whole, "hosts", "An operator needs at least one host name.")
    for host in hosts:
        if production and _LOCAL_HOST.match(host):
            sentence = f'"{host}" is no host name of your own, so this stays a demonstration.'
            raise sections.refusal(whole, "hosts", sentence)
    return hosts


def _time_zone(whole: Section) -> str:
    name = sections.text(whole, "time_zone")
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        raise sections.refusal(whole, "time_zone", f'"{name}" is not a time zone, such as "America/Chicago".') from None


def _theme(section: Section) -> Mapping[str, str]:
    """Colours as six hex digits, faces and lengths as plain CSS values: nothing here can leave its property."""
    sections.only(section, _COLOURS + _LENGTHS_AND_FACES)
    for key in _COLOURS:
        if not _COLOUR.match(sections.text(section, key)):
            raise sections.refusal(section, key, f'"{key}" must be a colour such as "#0b5566", in small letters.')
    for key in _LENGTHS_AND_FACES:
        if not _PLAIN_CSS.match(sections.text(section, key)):
            raise sections.refusal(section, key, f'"{key}" must be a plain CSS value.')
    return sections.text_map(section)


def _mark(path: Path) -> str:
    """The wordmark's drawing, safe to print inside a page: paths and shapes that ask for nothing."""
    try:
        drawing = path.read_text(encoding="utf-8").strip()
    except OSError:
        raise sections.fault(path, 1, "This file is missing from the pack.") from None
    if not _MARK.fullmatch(drawing):
        raise sections.fault(path, 1, "A mark is one <svg> of plain shapes, without scripts, links or styles.")
    return drawing


def _promises(section: Section) -> Mapping[str, int]:
    """The series of clause ids this policy carries: the letter and how many, counted from 01."""
    for letter in section.values:
        if not re.fullmatch(r"[A-Z]", letter):
            raise sections.refusal(section, letter, f'"{letter}" is not one capital letter.')
    return MappingProxyType({letter: sections.number(section, letter, least=1, most=99) for letter in section.values})


def _versions(folder: Path) -> tuple[PolicyVersion, ...]:
    """Every version, in the order in which they take effect."""
    originals = (path for path in folder.glob("*.md") if not languages.of_file(path))
    read = sorted((clauses.read(path) for path in originals), key=lambda version: version.effective)
    if not read:
        raise sections.fault(folder, 1, "A pack needs at least one version of its policy.")
    for earlier, later in pairwise(read):
        if earlier.effective == later.effective:
            raise sections.fault(later.path, 1, f"Version {earlier.version} takes effect on the same day.")
    return tuple(read)
