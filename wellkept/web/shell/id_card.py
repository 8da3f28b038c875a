"""Both sides of an ID card in finished words, the same wherever they are shown or printed (U-39)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from wellkept.benefits.cards import CardLine
from wellkept.organisations.terms import Network
from wellkept.people.queries import Identity
from wellkept.web.shell.naming import written
from wellkept.web.shell.templatetags.shell import day, money


@dataclass(frozen=True, slots=True)
class Sides:
    """One card: ``facts`` of the front and ``sums`` of the back are labels with values, ``says`` the small print."""

    plan: UUID
    name: str
    facts: tuple[tuple[str, str], ...]
    sums: tuple[tuple[str, str], ...]
    says: tuple[str, ...]


def sides(line: CardLine, who: Identity) -> Sides:
    """Both sides of the card of one plan. What no file stated is left out."""
    return Sides(
        plan=line.plan.id,
        name=written(who.full),
        facts=tuple((label, value) for label, value in front(line, who) if value),
        sums=tuple(back(line)),
        says=tuple(small_print(line)),
    )


def front(line: CardLine, who: Identity) -> Iterator[tuple[str, str]]:
    """What an office asks for."""
    yield _("Member number"), who.member_number
    yield _("Group"), line.plan.group_number
    yield _("Plan of"), written(line.plan.sponsor)
    yield _("Plan name"), written(line.name)
    yield _("Covers"), ", ".join(line.kinds)


def back(line: CardLine) -> Iterator[tuple[str, str]]:
    """The sums the plan told; what it did not tell is asked by phone."""
    told = line.terms
    yield _("Deductible"), both(told.deductible_person, told.deductible_family) if told else _("call us")
    yield (
        _("Out-of-pocket maximum"),
        both(told.out_of_pocket_person, told.out_of_pocket_family) if told else _("call us"),
    )


def both(person: Decimal | None, family: Decimal | None) -> str:
    """A sum for one person and for the family, as far as they were told."""
    if person is None and family is None:
        return _("call us")
    if person is None:
        return _("family %(sum)s") % {"sum": money(family)}
    return money(person) if family is None else f"{money(person)}, " + _("family %(sum)s") % {"sum": money(family)}


def small_print(line: CardLine) -> Iterator[str]:
    """Of which day and network the sums are, and what the card is not."""
    if line.terms:
        named = {"day": day(line.terms.as_of)}
        in_network = line.terms.network is Network.IN
        yield (_("Sums in the network, as of %(day)s.") if in_network else _("Sums as of %(day)s.")) % named
    yield _("This card alone does not prove coverage. Offices: please call before care.")
