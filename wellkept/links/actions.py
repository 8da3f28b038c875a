"""What officers do with the register, and what a look at a page leaves in it. The database finds who acts, and decides.

Serves U-35, U-36, P-03, P-04.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from wellkept.links.criteria import CRITERIA
from wellkept.policy.statements import ask

LONGEST_REVIEW_DAYS: Final = 365
WITHOUT: Final = (None, None, None, None, False)
"""What a page without an agreement has in its place."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What makes a partner's page a partner's: the number of the agreement, its days, who collects, our mark there."""

    number: str
    begins: date
    ends: date
    collector: str
    mark_allowed: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A page as it is proposed. Addresses come from ``addresses.checked``; with an agreement it is a partner's."""

    key: str
    title: str
    address: str
    policy_address: str
    owner: str
    is_health_content: bool
    sponsor: str
    agreement: Agreement | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a look found: ``result`` is a word of ``links_check``; ``digest`` of the words, where there were any."""

    result: str
    status: int | None = None
    leads_to: str | None = None
    digest: bytes | None = None


def propose(secret: bytes, one: Proposal) -> UUID | None:
    """Propose a page, or the next edition of a key; returns the entry, None where the session is no officer's."""
    number, with_ = uuid4(), one.agreement
    ((taken,),) = ask(
        "select wellkept.links_propose(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::date, %s::date, %s, %s)",
        secret, number, one.key, one.title, one.address, one.policy_address, one.owner,
        "partner" if with_ else "reference", one.is_health_content, one.sponsor or None,
        *((with_.number, with_.begins, with_.ends, with_.collector, with_.mark_allowed) if with_ else WITHOUT),
    )  # fmt: skip
    return number if taken else None


def review(
    secret: bytes,
    link: UUID,
    *,
    met: Collection[str],
    words: Mapping[str, str],
    refusing: Collection[str],
    refusing_words: str,
    until: date,
) -> str:
    """Review an entry: "done", or why not ("no officer", "twice", "not waiting"). ``until`` is its last day."""
    said = [words[name] for name in CRITERIA]
    ((answer,),) = ask(
        "select wellkept.links_review(%s, %s, %s::text[], %s::text[], %s::text[], %s, %s)",
        secret, link, [*met], said, [*refusing], refusing_words, until,
    )  # fmt: skip
    return str(answer)


def withdraw(secret: bytes, link: UUID, *, why: str) -> bool:
    """Take a link away at once; False where the session is no officer's or there is nothing to take away."""
    ((taken,),) = ask("select wellkept.links_withdraw(%s, %s, %s)", secret, link, why)
    return bool(taken)


def note(link: UUID, what: str, found: Found) -> str:
    """Keep what a look at ``what`` ("page" or "policy") found; returns it, "changed" where the words differ now."""
    ((kept,),) = ask(
        "select wellkept.links_note(%s, %s, %s, %s::int, %s, %s)",
        link, what, found.result, found.status, found.leads_to, found.digest,
    )  # fmt: skip
    return str(kept)
