"""Which claims are one: the same care, named in two ways.

An office corrects or takes back a claim under a new number of its own and names the payer's number of the first
(frequency 7 or 8, REF F8); a payment may name the office by its tax number where the claim named it by its NPI. Of
whatever was said, in whichever order, the same claims are one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

SHORTEST = 5


@dataclass(frozen=True, slots=True)
class Named:
    """A claim as one office names it, and what could tie it to others.

    ``account`` and ``payer_numbers`` are keyed hashes of one person's numbers. ``days`` and ``charges`` are what its
    statements say of care.
    """

    id: UUID
    account: UUID | None
    by_npi: bool
    payer_numbers: frozenset[UUID]
    days: frozenset[str]
    charges: frozenset[str]


def names_one(payer_number: str) -> bool:
    """Whether a payer's number can name one claim: not a filler such as "NONE" or "00000"."""
    told = [sign for sign in payer_number if sign.isalnum()]
    return len(told) >= SHORTEST and len(set(told)) > 1 and any(sign.isdigit() for sign in told)


def joined(claims: Iterable[Named]) -> dict[UUID, UUID]:
    """Each claim with the one it is told as: itself, or the first of those that are one with it.

    One payer's number ties. One account number ties a claim that names the office by its NPI to the only one that
    does not, if they agree on a day or a charge.
    """
    found = {claim.id: claim for claim in claims}
    groups = {number: {number} for number in found}
    for one, other in (*by_payer_number(found.values()), *by_account(found.values())):
        if groups[one] is not groups[other]:
            merged = groups[one] | groups[other]
            groups.update(dict.fromkeys(merged, merged))
    return {number: min(group, key=lambda one: (not found[one].by_npi, one)) for number, group in groups.items()}


def by_payer_number(claims: Iterable[Named]) -> list[tuple[UUID, UUID]]:
    """Pairs that bear one number of the payer."""
    bearing: dict[UUID, list[UUID]] = defaultdict(list)
    for claim in claims:
        for number in claim.payer_numbers:
            bearing[number].append(claim.id)
    return [(same[0], other) for same in bearing.values() for other in same[1:]]


def by_account(claims: Iterable[Named]) -> list[tuple[UUID, UUID]]:
    """Pairs of one account number, one with an NPI and one without, that agree on a day or a charge."""
    bearing: dict[UUID, list[Named]] = defaultdict(list)
    for claim in claims:
        if claim.account is not None:
            bearing[claim.account].append(claim)
    return [(one.id, other.id) for same in bearing.values() for one, other in pair(same)]


def pair(same: Sequence[Named]) -> Iterable[tuple[Named, Named]]:
    """The one pair of an account number, where there is no doubt which two are meant."""
    by_npi = [claim for claim in same if claim.by_npi]
    others = [claim for claim in same if not claim.by_npi]
    if len(by_npi) == len(others) == 1:
        one, other = by_npi[0], others[0]
        if one.days & other.days or one.charges & other.charges:
            yield one, other
