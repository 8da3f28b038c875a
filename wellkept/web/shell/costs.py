"""What a plan says care costs the member, as a table: a row a kind of care, a column a network (U-29)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.organisations.terms import SERVICES, Network, Price, Terms
from wellkept.web.shell.naming import written
from wellkept.web.shell.templatetags.shell import money
from wellkept.web.shell.values import Cell, Column, Table

NETWORKS: Final[Mapping[Network, str | Promise]] = {
    Network.IN: gettext_lazy("In the network"),
    Network.ANY: gettext_lazy("At every office"),
    Network.OUT: gettext_lazy("Outside the network"),
}
CARE: Final[Mapping[str, str | Promise]] = {
    "preventive": gettext_lazy("Preventive care"),
    "primary care": gettext_lazy("Primary care visit"),
    "specialist": gettext_lazy("Specialist visit"),
    "virtual visit": gettext_lazy("Virtual visit"),
    "urgent care": gettext_lazy("Urgent care"),
    "emergency": gettext_lazy("Emergency room"),
    "ambulance": gettext_lazy("Ambulance"),
    "hospital": gettext_lazy("Hospital stay"),
    "outpatient surgery": gettext_lazy("Surgery without a stay"),
    "lab": gettext_lazy("Lab test"),
    "imaging": gettext_lazy("X-ray or scan"),
    "mental health": gettext_lazy("Mental health care"),
    "substance use": gettext_lazy("Care for substance use"),
    "maternity": gettext_lazy("Maternity care"),
    "therapy": gettext_lazy("Physical or other therapy"),
    "equipment": gettext_lazy("Medical equipment"),
    "prescription generic": gettext_lazy("Prescription, generic"),
    "prescription brand": gettext_lazy("Prescription, brand name"),
    "prescription specialty": gettext_lazy("Prescription, specialty"),
    "vision": gettext_lazy("Vision care"),
    "dental": gettext_lazy("Dental care"),
    "hearing": gettext_lazy("Hearing care"),
}
SUMS: Final[Mapping[str, str | Promise]] = {
    "deductible_person": gettext_lazy("Deductible, one person"),
    "deductible_family": gettext_lazy("Deductible, family"),
    "out_of_pocket_person": gettext_lazy("Out-of-pocket maximum, one person"),
    "out_of_pocket_family": gettext_lazy("Out-of-pocket maximum, family"),
}


@dataclass(frozen=True, slots=True)
class Costs:
    """One plan's terms, ready to show. ``care`` is None where the plan told sums alone."""

    name: str
    begins: date
    ends: date
    as_of: date
    sums: Table
    care: Table | None


def costs(terms: Sequence[Terms]) -> Costs:
    """The terms of one plan in each of its networks."""
    first = terms[0]
    columns = [Column(str(NETWORKS[one.network]), numeric=True) for one in terms]
    sums = [[Cell(str(label)), *(Cell(amount(getattr(one, name))) for one in terms)] for name, label in SUMS.items()]
    named = [name for name in SERVICES if any(name in one.services for one in terms)]
    care = [[Cell(str(CARE[name])), *(price(one.services.get(name)) for one in terms)] for name in named]
    if any(one.otherwise and (one.otherwise.copay or one.otherwise.coinsurance) for one in terms):
        care.append([Cell(_("All other care")), *(price(one.otherwise) for one in terms)])
    days = [one.as_of for one in terms] + [each.as_of for one in terms for each in one.services.values()]
    return Costs(
        name=written(first.name), begins=first.year_begins, ends=first.year_ends, as_of=max(days),
        sums=Table(_("What you pay in a plan year"), [Column(_("In a plan year")), *columns], sums),
        care=Table(_("What care costs you"), [Column(_("Care")), *columns], care) if care else None,
    )  # fmt: skip


def amount(value: Decimal | None) -> str:
    """A sum, or that nobody told it."""
    return _("not told") if value is None else money(value)


def price(one: Price | None) -> Cell:
    """What one kind of care costs."""
    if one is None:
        return Cell(_("not told"))
    if one.covered is False:
        return Cell(_("Not covered"), note=one.note)
    parts = [_("%(sum)s a visit") % {"sum": money(one.copay)}] if one.copay else []
    parts += [_("%(share)s%% after the deductible") % {"share": share(one.coinsurance)}] if one.coinsurance else []
    if not parts and (one.copay is not None or one.coinsurance is not None):
        return Cell(_("Nothing to pay"), note=one.note)
    return Cell(_(", then ").join(parts) or (_("Covered") if one.covered else _("not told")), note=one.note)


def share(value: Decimal) -> str:
    """A percentage without zeros behind the point."""
    return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
