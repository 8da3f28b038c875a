"""Who can open what, in words: every rule of the pack for one role, for a list one can print.

Serves U-30, B-09. From the pack alone; the database checks the same rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext, gettext_lazy

from wellkept.access.plain import plain
from wellkept.access.why import NEEDS, RELATIONSHIPS
from wellkept.ledger.sentences import CATEGORIES, PURPOSES
from wellkept.policy.kinds import Words
from wellkept.policy.shapes import Pack
from wellkept.policy.words import Purpose, Role

WHY: Final[Mapping[str, Words]] = {
    **PURPOSES,
    Purpose.TREATMENT: gettext_lazy("to care for the person"),
    Purpose.ELIGIBILITY: gettext_lazy("to check that the person is covered"),
    Purpose.CARE_MANAGEMENT: gettext_lazy("to help with the person's care"),
    Purpose.PATIENT_REQUEST: gettext_lazy("at the person's own request"),
}
"""The purposes of the ledger's sentences, told of somebody else."""


@dataclass(frozen=True, slots=True)
class Opens:
    """One rule: which kinds of data it opens, why, of whom, and what must be done first. ``clause`` says so."""

    what: tuple[str, ...]
    why: tuple[str, ...]
    whose: str
    first: tuple[str, ...]
    rule: str
    clause: str


def opens(pack: Pack, role: Role) -> tuple[Opens, ...]:
    """Every rule for that role, in the order of the pack; empty for a role that opens nothing."""
    return tuple(
        Opens(
            what=tuple(str(CATEGORIES.get(one, plain(one))) for one in rule.categories),
            why=tuple(str(WHY.get(one, plain(one.name))) for one in rule.purposes),
            whose=gettext("where %(tie)s") % {"tie": RELATIONSHIPS.get(rule.relationship, plain(rule.relationship))},
            first=tuple(str(NEEDS.get(one, plain(one))) for one in rule.needs),
            rule=rule.id,
            clause=rule.clause,
        )
        for rule in pack.rules
        if rule.role == role
    )
