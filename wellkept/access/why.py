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
    "covered": _("work for an organisation whose agreement with us is in force and covers this"),
    "releasing": _("let this out, for this purpose, under an agreement in force"),
    "helping": _("agree to what we ask of whoever acts for somebody"),
    "appointment": _("have been given this part of the account, by the person or by a paper two of us saw"),
}
RELATIONSHIPS: Final[Mapping[str, Words]] = {
    "self": _("it is their own record"),
    "household": _("they are covered together, and one of them is the subscriber or the subscriber's spouse"),
    "parent": _("they are a parent, and the person is a minor whose record is not the minor's own yet"),
    "parent_young": _("they are a parent, and the person is too young to consent alone to any care"),
    "authorised": _("the person let them see something of the record"),
    "helper": _("the person named them as a helper, and it has not ended"),
    "personal_representative": _("a paper that two of us saw lets them stand for the person"),
    "authority": _("somebody showed a paper to stand for the person, and a second one of us looks at it"),
    "caller": _("they are on a call with the person, who was not verified yet"),
    "call_back": _("they are on a call with the person, whom they call back at the number on file"),
    "case": _("they are on a call with the person, who was verified"),
    "appeal": _("they took an inquiry or an appeal about sensitive care, which the person sent"),
    "search": _("they search for a caller"),
    "request": _("the person has a privacy request that waits, or was answered in the last 30 days"),
    "join": _("the record is to be joined with another, or split"),
    "file": _("a file from outside brings it"),
    "registration": _("the person asks to register"),
    "letter": _("a letter to the person waits to be printed"),
    "death": _("we were told that the person died, and a second one of us looks at it"),
    "alarm": _("an opening of the record stood out, and waits or was closed in the last 30 days"),
    "fraud_inquiry": _("two officers decided on an inquiry into fraud, which has not ended"),
    "legal_process": _("two officers decided on a legal process, which has not ended"),
    "release": _("they let part of it out under an agreement, and began within ten minutes"),
    "inquiry": _("they answer what the person wrote to us"),
    "own_organisation": _("it is their own organisation"),
    "organisation_administrator": _("they administer that organisation"),
    "appointed": _("the employer appointed them as its agent, and lets its agent read it"),
    "papers_case": _("they have a case about that organisation"),
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
    narrowed: bool = False,
) -> Explanation:
    """Decide by the pack's rules and say why. ``clauses`` are those of the policy in force, ``met`` the needs met."""
    decision = decide(
        pack,
        role=role,
        relationships=relationships,
        purpose=purpose,
        category=category,
        met=met,
        restricted=restricted,
        narrowed=narrowed,
    )
    rule = fitting(pack, role=role, relationships=relationships, purpose=purpose, category=category, met=met)
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
    rule = fitting(pack, role=role, relationships=relationships, purpose=purpose, category=category, met=met)
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
    if purpose not in rule.purposes:
        named = [f"{plain(one.name)} ({one.value})" for one in rule.purposes]
        lacking.append(gettext("for %(purposes)s") % {"purposes": gettext(" or ").join(named)})
    if rule.relationship not in relationships:
        lacking.append(gettext("when %(tie)s") % {"tie": RELATIONSHIPS.get(rule.relationship, rule.relationship)})
    told = {"rule": rule.id, "otherwise": ", ".join(lacking)}
    return gettext("Rule %(rule)s would allow it %(otherwise)s.") % told


def clause_of(clauses: Collection[Clause], clause_id: str) -> Clause | None:
    """The clause of that id, else the promise that everybody may know why; None where the policy holds neither."""
    found = {clause.id: clause for clause in clauses}
    return found.get(clause_id) or found.get(EVERYBODY_MAY_ASK)
