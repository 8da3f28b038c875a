"""What a policy pack is once it has been read: finished, frozen values.

Serves B-01, B-08, U-09, U-13, U-20.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from wellkept.policy.words import Category, Purpose, Role

UNLIMITED: Final = 2_147_483_647
"""A budget without an end: the largest integer PostgreSQL compares, so that no reader needs a special case."""

PracticeValue = bool | int | str | tuple[str, ...]


class PackError(ValueError):
    """A pack cannot be read. The message is one sentence with the file and the line."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One promise as published: our own words, and either the controls that keep it or why it is not kept.

    ``body_html`` is safe to print as it stands: it comes from our own Markdown with HTML switched off. ``text`` is the
    same without markup, ``source`` the Markdown itself, ``line`` where the heading stands in its file. Beside a
    ``not_kept`` the controls in ``kept_by`` keep a part of it.
    """

    id: str
    heading: str
    body_html: str
    text: str
    kept_by: tuple[str, ...]
    not_kept: str | None
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """The whole policy as it stood from ``effective`` until the next version took effect.

    ``language`` is that of its words. ``original`` is the version these words were translated from, None for itself.
    """

    version: str
    effective: date
    posted: date
    introduction: str
    introduction_html: str
    introduction_source: str
    clauses: tuple[Clause, ...]
    path: Path
    language: str = "en"
    original: "PolicyVersion | None" = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of ``access.toml``: who may open which categories for which purposes, and the clause that says so.

    ``relationship`` is what ties the reader to the person, one of ``policy.rules.RELATIONSHIPS``. ``needs`` are facts
    asked at the moment of opening. What no row allows is refused.
    """

    id: str
    role: Role
    relationship: str
    purposes: tuple[Purpose, ...]
    categories: tuple[Category, ...]
    needs: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Family:
    """What enrolment files make of a family, in X12 individual relationship codes (834, INS02).

    ``parents`` maps a reader's code to the codes of those whose parent they are; ``partners`` are the codes of the
    subscriber's husband, wife or partner. What is in neither ties nobody to anybody.
    """

    parents: Mapping[str, tuple[str, ...]]
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StateLaw:
    """What one state asks. ``minor_consents`` maps a kind of care to the age from which a minor consents alone.

    ``own_care`` is the age from which a minor's consent alone is enough for health care of any kind, 18 where only an
    adult's is; from it on the record is the minor's own. ``sensitive`` are kinds of care shown to nobody but the
    person; ``retention_years`` is the least we keep benefits records; ``source`` names the law; ``reviewed`` is the day
    counsel confirmed the row, or None while none has.
    """

    code: str
    minor_consents: Mapping[str, int]
    own_care: int
    sensitive: tuple[str, ...]
    retention_years: int
    source: str
    reviewed: date | None


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a category is kept: whole years after the moment, or None for no end, and the reason (U-20)."""

    years: int | None
    after: str
    because: str


@dataclass(frozen=True, slots=True)
class Publication:
    """Something to read that the operator brings out: ``key`` is its day and short name, ``day`` when it comes out.

    ``body_html`` is safe to print as it stands, as that of a clause is.
    """

    key: str
    day: date
    heading: str
    body_html: str
    path: Path
    language: str = "en"

    @property
    def href(self) -> str:
        """The address of its page."""
        return f"/publications/{self.key}/"


@dataclass(frozen=True, slots=True)
class Pack:
    """One operator, as its folder describes it. ``translations`` are the same in each other language it speaks."""

    name: str
    folder: Path
    display_name: str
    short_name: str
    tagline: str
    hosts: tuple[str, ...]
    phone: str
    phone_spoken: str
    tty: str
    hours: str
    postal_address: tuple[str, ...]
    time_zone: str
    languages: tuple[str, ...]
    theme: Mapping[str, str]
    mark: str
    mailboxes: Mapping[str, str]
    law: Mapping[str, str]
    practices: Mapping[str, PracticeValue]
    retention: Mapping[Category, Keeping]
    promises: Mapping[str, int]
    production: bool
    ribbon: str
    rules: tuple[Rule, ...]
    budgets: Mapping[Role, int]
    family: Family
    states: Mapping[str, StateLaw]
    versions: tuple[PolicyVersion, ...]
    publications: tuple[Publication, ...] = ()
    translations: "Mapping[str, Pack]" = field(default_factory=dict)
