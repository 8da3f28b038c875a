"""Reads ``controls.toml``: what keeps each promise, what tries to break it, and the test that fails without it.

Serves B-01 and B-08. The file is shared by every operator, because the house is the same under each of them. What
only people keep is each operator's own: ``attested.toml`` of its pack.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, cast

from wellkept.policy import sections
from wellkept.policy.sections import Section
from wellkept.policy.shapes import Pack

FILE: Final = Path(__file__).parent / "controls.toml"
ATTESTED: Final = "attested.toml"
KINDS: Final = ("live", "release", "attested")

Kind = Literal["live", "release", "attested"]


@dataclass(frozen=True, slots=True)
class Control:
    """One thing that keeps promises.

    ``live``: its probe runs on schedule in the installation. ``release``: its probe needs a browser or a fresh cluster
    and runs before a release. ``attested``: people keep it, and ``owner`` says so anew before ``next_review``.
    ``check`` tells a reader how to look for themselves; None where nobody outside can.
    """

    id: str
    kind: Kind
    sentence: str
    keeper: str | None
    probe: str | None
    test: str | None
    owner: str | None
    last_review: date | None
    next_review: date | None
    line: int
    check: str | None = None


@cache
def house() -> Mapping[str, Control]:
    """The controls of the house by id, read once in a process."""
    return read(FILE)


@cache
def retired() -> Mapping[str, str]:
    """What controls did that are gone by now, by id: earlier versions of a policy name them still."""
    gone = sections.table(sections.document(FILE), "retired")
    return {name: sections.text(sections.table(gone, name), "sentence") for name in gone.values}


def of(pack: Pack) -> Mapping[str, Control]:
    """The controls of the house, and those that the operator of ``pack`` attests."""
    return MappingProxyType({**house(), **attested(pack.folder)})


@cache
def attested(folder: Path) -> Mapping[str, Control]:
    """What the operator in ``folder`` attests, by id; nothing where it has no such file.

    Raises ``PackError`` at the first fault, such as an id that the house has, or a control of another kind.
    """
    path = folder / ATTESTED
    if not path.is_file():
        return MappingProxyType({})
    found = read(path)
    for control in found.values():
        if control.kind != "attested":
            raise sections.fault(path, control.line, f'"{control.id}" is {control.kind}; here people attest.')
        if control.id in house():
            raise sections.fault(path, control.line, f'The house has a control "{control.id}" of its own.')
    return found


def read(path: Path) -> Mapping[str, Control]:
    """The controls in ``path`` by id; raises ``PackError`` at the first fault."""
    whole = sections.document(path)
    sections.only(whole, ("retired", "control"))
    found: dict[str, Control] = {}
    for section in sections.tables(whole, "control"):
        control = _control(section)
        if control.id in found:
            raise sections.refusal(section, "id", f'The control "{control.id}" is here twice.')
        found[control.id] = control
    return MappingProxyType(found)


def overdue(control: Control, day: date) -> bool:
    """Whether the review of an attested control was due before ``day``."""
    return control.next_review is not None and control.next_review < day


def _control(section: Section) -> Control:
    kind = sections.text(section, "kind")
    if kind not in KINDS:
        raise sections.refusal(section, "kind", f'"{kind}" is not a kind of control: {", ".join(KINDS)}.')
    return _attested(section) if kind == "attested" else _tried(section, cast("Kind", kind))


def _tried(section: Section, kind: Kind) -> Control:
    sections.only(section, ("id", "kind", "sentence", "keeper", "probe", "test", "check"))
    return Control(
        id=sections.text(section, "id"),
        kind=kind,
        sentence=sections.text(section, "sentence"),
        keeper=sections.text(section, "keeper"),
        probe=sections.text(section, "probe"),
        test=sections.text(section, "test"),
        owner=None,
        last_review=None,
        next_review=None,
        line=sections.line_of(section, "id"),
        check=_check(section),
    )


def _check(section: Section) -> str | None:
    return sections.text(section, "check") if "check" in section.values else None


def _attested(section: Section) -> Control:
    sections.only(section, ("id", "kind", "sentence", "owner", "last_review", "next_review", "check"))
    last, following = sections.day(section, "last_review"), sections.day(section, "next_review")
    if following <= last:
        raise sections.refusal(section, "next_review", "The next review must come after the last one.")
    return Control(
        id=sections.text(section, "id"),
        kind="attested",
        sentence=sections.text(section, "sentence"),
        keeper=None,
        probe=None,
        test=None,
        owner=sections.text(section, "owner"),
        last_review=last,
        next_review=following,
        line=sections.line_of(section, "id"),
        check=_check(section),
    )
