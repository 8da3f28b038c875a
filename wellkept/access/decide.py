"""The decision in Python, from the same rules the database checks, so that it can be explained before and after."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from wellkept.access.plain import plain
from wellkept.policy.shapes import Pack, Rule
from wellkept.policy.words import Category, Purpose, Role

ANOTHERS_WORD: Final = ("authorization", "appointment")
"""Needs that nobody can meet by signing something: only the person can, or a court."""
AN_AGREEMENT: Final = ("covered", "releasing")
"""Needs that an agreement with an organisation meets, while it is in force."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something may be opened, by which rule and clause, and why in a sentence."""

    allowed: bool
    rule: str
    clause: str
    why: str


def decide(
    pack: Pack,
    *,
    role: Role,
    relationships: Collection[str],
    purpose: Purpose,
    category: Category,
    met: Collection[str] = (),
    restricted: bool = False,
    in_their_place: bool = False,
    narrowed: bool = False,
) -> Decision:
    """Decide as ``gate_decide`` does. ``met`` are the needs that are true.

    ``restricted``: a restriction stands. ``in_their_place``: a court put the reader in the person's place, whom their
    own restriction does not bind. ``narrowed``: the contract of the person's plan keeps the role out.
    Of several rules that fit, the one with the fewest needs whose needs are all met decides, else the one with the
    fewest needs; of those alike the first by its id, as in SQL.
    """
    rule = fitting(pack, role=role, relationships=relationships, purpose=purpose, category=category, met=met)
    if rule is None:
        asked = {"role": plain(role), "category": plain(category), "purpose": purpose}
        why = gettext("No rule lets a %(role)s open %(category)s for %(purpose)s.") % asked
        return Decision(allowed=False, rule="", clause="U-12", why=why)
    unmet = [need for need in rule.needs if need not in met]
    if unmet:
        clause = "U-11" if unmet[0] in AN_AGREEMENT else "U-19" if unmet[0] in ANOTHERS_WORD else "P-25"
        told = {"rule": rule.id, "needs": gettext(" and ").join(map(plain, unmet))}
        why = gettext("Rule %(rule)s asks for %(needs)s first.") % told
        return Decision(allowed=False, rule=rule.id, clause=clause, why=why)
    if restricted and not in_their_place and rule.relationship not in ("self", "file", "letter"):
        why = gettext("The person has had this restricted.")
        return Decision(allowed=False, rule=rule.id, clause="R-04", why=why)
    if narrowed and rule.relationship not in ("self", "file", "letter"):
        why = gettext("The contract of the person's plan keeps this out.")
        return Decision(allowed=False, rule=rule.id, clause="U-13", why=why)
    told = {"rule": rule.id, "clause": rule.clause}
    why = gettext("Rule %(rule)s allows it; it serves %(clause)s.") % told
    return Decision(allowed=True, rule=rule.id, clause=rule.clause, why=why)


def fitting(
    pack: Pack,
    *,
    role: Role,
    relationships: Collection[str],
    purpose: Purpose,
    category: Category,
    met: Collection[str] = (),
) -> Rule | None:
    """The rule that decides, or None: default refusal."""
    rules = [
        rule
        for rule in pack.rules
        if rule.role == role
        and rule.relationship in relationships
        and purpose in rule.purposes
        and category in rule.categories
    ]
    return min(rules, key=lambda rule: (not set(rule.needs) <= set(met), len(rule.needs), rule.id), default=None)
