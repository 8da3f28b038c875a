"""Why something may be opened, or may not, in sentences: the rule, the clause, and what would be needed.

Serves B-09. From the pack alone, without a database; ``gate_explain`` says the same of one account and one person.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wellkept.access.decide import decide, fitting
from wellkept.access.plain import plain
from wellkept.policy.kinds import Words
from wellkept.policy.shapes import Clause, Pack, Rule
from wellkept.policy.words import Category, Purpose, Role

# The promise that everybody may know why, for an operator whose policy does not hold the clause a refusal names.
EVERYBODY_MAY_ASK: Final = "B-09"

NEEDS: Final[Mapping[str, Words]] = {
    "terms": _("accept the current terms of use"),
    "agreement": _("sign the current confidentiality agreement"),
    "authorization": _("hold the person's own authorization for this purpose"),
}
RELATIONSHIPS: Final[Mapping[str, Words]] = {
    "self": _("it is their own record"),
    "household": _("they are covered together, and one of them is the subscriber or the subscriber's spouse"),
    "parent": _("they are a parent, and the person is a minor whose record is not the minor's own yet"),
    "parent_young": _("they are a parent, and the person is too young to consent alone to any care"),
    "authorised": _("the person let them see something of the record"),
    "caller": _("they are on a call with the person, who was not verified yet"),
    "case": _("they are on a call with the person, who was verified"),
    "search": _("they search for a caller"),
    "request": _("the person has a privacy request that waits, or was answered in the last 30 days"),
    "join": _("the record is to be joined with another, or split"),
    "file": _("a file from outside brings it"),
    "registration": _("the person asks to register"),
    "letter": _("a letter to the person waits to be printed"),
    "death": _("we were told that the person died, and a second one of us looks at it"),
    "none": _("nothing ties them to the person"),
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision with its reasons. ``clause`` is None where the policy in force does not hold it."""

    allowed: bool
    rule: str
    why: str
    clause: Clause | None
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    needed: tuple[str, ...]


def explain(
    pack: Pack,
    clauses: Collection[Clause],
    *,
    role: Role,
    relationships: Collection[str],
    purpose: Purpose,
    category: Category,
    met: Collection[str] = (),
    restricted: bool = False,
) -> Explanation:
    """Decide by the pack's rules and say why. ``clauses`` are those of the policy in force, ``met`` the needs met."""
    decision = decide(
        pack, role=role, relationships=relationships, purpose=purpose, category=category, met=met, restricted=restricted
    )
    rule = fitting(pack, role=role, relationships=relationships, purpose=purpose, category=category)
    needs = rule.needs if rule else ()
    return Explanation(
        allowed=decision.allowed,
        rule=decision.rule,
        why=decision.why,
        clause=clause_of(clauses, decision.clause),
        met=tuple(plain(need) for need in needs if need in met),
        unmet=tuple(plain(need) for need in needs if need not in met),
        needed=tuple(needed(pack, role=role, relationships=relationships, purpose=purpose, category=category, met=met)),
    )


def needed(
    pack: Pack,
    *,
    role: Role,
    relationships: Collection[str],
    purpose: Purpose,
    category: Category,
    met: Collection[str] = (),
) -> Iterator[str]:
    """What would have to be otherwise, one sentence each: needs of the rule that fits, else rules that come near."""
    rule = fitting(pack, role=role, relationships=relationships, purpose=purpose, category=category)
    if rule is not None:
        lacking = [NEEDS.get(need, need) for need in rule.needs if need not in met]
        yield from (gettext("They would have to %(need)s.") % {"need": need} for need in lacking)
        return
    near = [rule for rule in pack.rules if rule.role == role and category in rule.categories]
    if not near:
        asked = {"role": plain(role), "category": plain(category)}
        yield gettext("No rule lets a %(role)s open %(category)s at all.") % asked
    for one in near:
        yield near_miss(one, relationships=relationships, purpose=purpose)


def near_miss(rule: Rule, *, relationships: Collection[str], purpose: Purpose) -> str:
    """In what a rule for the same role and category differs from what was asked."""
    lacking = []
    if rule.relationship not in relationships:
        lacking.append(gettext("when %(tie)s") % {"tie": RELATIONSHIPS.get(rule.relationship, rule.relationship)})
    if purpose not in rule.purposes:
        named = [f"{plain(one.name)} ({one.value})" for one in rule.purposes]
        lacking.append(gettext("for %(purposes)s") % {"purposes": gettext(" or ").join(named)})
    told = {"rule": rule.id, "otherwise": gettext(" and ").join(lacking)}
    return gettext("Rule %(rule)s would allow it %(otherwise)s.") % told


def clause_of(clauses: Collection[Clause], clause_id: str) -> Clause | None:
    """The clause of that id, else the promise that everybody may know why; None where the policy holds neither."""
    found = {clause.id: clause for clause in clauses}
    return found.get(clause_id) or found.get(EVERYBODY_MAY_ASK)
