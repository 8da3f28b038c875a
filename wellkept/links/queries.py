"""What pages may say of other people's pages, and the register as its officers see it.

``named`` and ``standing`` are for everyone. The others are answered to an officer's session alone; to any other they
return nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from wellkept.links.addresses import host_of, read
from wellkept.policy.statements import ask


@dataclass(frozen=True, slots=True)
class Link:
    """A link as pages know it. Of one that does not stand, nothing but key and title is told.

    ``reviewed_on`` and ``until`` are days where the operator works; ``checked_at`` is the last look, None without one;
    ``marked`` says that the look found something to review again.
    """

    key: str
    title: str
    stands: bool
    address: str
    policy_address: str
    owner: str
    kind: str
    is_health_content: bool
    sponsor: str
    collector: str
    agreement_until: date | None
    mark_allowed: bool
    reviewed_on: date | None
    until: date | None
    checked_at: datetime | None
    marked: bool

    @property
    def host(self) -> str:
        """Its host, also in its own script where it has one."""
        return read(host_of(self.address))

    @property
    def policy_host(self) -> str:
        """The host of its privacy policy."""
        return read(host_of(self.policy_address))


@dataclass(frozen=True, slots=True)
class Entry:
    """An edition of the register, with the state it is in.

    That is waiting, refused, standing, suspended, expired, ended, not begun, replaced or withdrawn. ``mine``: the
    officer who asks has reviewed it. A trouble is what the last look found amiss, None where nothing was.
    """

    id: UUID
    key: str
    edition: int
    title: str
    address: str
    policy_address: str
    owner: str
    kind: str
    is_health_content: bool
    sponsor: str | None
    agreement: str | None
    agreement_from: date | None
    agreement_until: date | None
    collector: str | None
    mark_allowed: bool
    proposed_at: datetime
    proposed_actor: str
    withdrawn_at: datetime | None
    withdrawn_actor: str | None
    withdrawn_why: str | None
    state: str
    reviewed_on: date | None
    until: date | None
    agreed: int
    mine: bool
    page_trouble: str | None
    policy_trouble: str | None
    trouble_since: datetime | None
    checked_at: datetime | None

    @property
    def host(self) -> str:
        """Its host, also in its own script where it has one."""
        return read(host_of(self.address))

    @property
    def ends_on(self) -> date | None:
        """The last day on which it can stand: that of the reviews, or an earlier one of the agreement."""
        return min((one for one in (self.until, self.agreement_until) if one), default=None)


@dataclass(frozen=True, slots=True)
class Review:
    """What one reviewer found. ``met`` names criteria, ``words`` says something of each, in the order of the form."""

    actor: str
    at: datetime
    until: date
    met: tuple[str, ...]
    words: tuple[str, str, str, str, str]
    refusing: tuple[str, ...]
    refusing_words: str
    agrees: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the page (or at its policy) found."""

    what: str
    at: datetime
    result: str
    status: int | None
    leads_to: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """An entry to look at."""

    id: UUID
    address: str
    policy_address: str


NAMES: Final = tuple(one.name for one in fields(Link))
KNOWN: Final = frozenset({"agreement_until", "reviewed_on", "until", "checked_at"})
"""Days and moments that may be unknown; other words that are not told are empty."""


def named(keys: Iterable[str]) -> Mapping[str, Link]:
    """The links of these keys, as far as the register knows them."""
    asked = sorted(set(keys))
    return {link.key: link for link in _links(asked)} if asked else {}


def standing() -> list[Link]:
    """Every link that stands, by title."""
    return _links(None)


def entries(secret: bytes) -> list[Entry]:
    """Every edition, newest first."""
    return [Entry(*row) for row in ask("select * from wellkept.links_entries(%s, null)", secret)]


def editions(secret: bytes, link: UUID) -> list[Entry]:
    """An entry and the other editions of its key, newest first; empty where there is none."""
    return [Entry(*row) for row in ask("select * from wellkept.links_entries(%s, %s)", secret, link)]


def reviews(secret: bytes, link: UUID) -> list[Review]:
    """The reviews of an entry, oldest first."""
    rows = ask("select * from wellkept.links_reviews(%s, %s)", secret, link)
    return [Review(row[0], row[1], row[2], tuple(row[3]), tuple(row[4:9]), tuple(row[9]), *row[10:]) for row in rows]


def looks(secret: bytes, link: UUID) -> list[Look]:
    """The last looks at an entry, newest first."""
    return [Look(*row) for row in ask("select * from wellkept.links_checks(%s, %s)", secret, link)]


def due(limit: int) -> list[Due]:
    """At most ``limit`` entries that were not looked at for 20 hours. For the role of jobs."""
    return [Due(*row) for row in ask("select * from wellkept.links_due(%s)", limit)]


def _links(keys: list[str] | None) -> list[Link]:
    return [_link(*row) for row in ask("select * from wellkept.links_named(%s::text[])", keys)]


def _link(*row: Any) -> Link:  # noqa: ANN401  (a row of links_named)
    """A row with empty words in place of nulls; days and moments may be unknown."""
    told: dict[str, Any] = dict(zip(NAMES, row, strict=True))
    return Link(**(told | {name: "" for name in NAMES if told[name] is None and name not in KNOWN}))
