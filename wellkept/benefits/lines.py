"""Kinds and levels of coverage in words of our own, by X12 834, HD03 and HD05. An unknown code is shown bare."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: Final[Mapping[str, str | Promise]] = {
    "HLT": _("Health"),
    "MM": _("Health"),
    "PPO": _("Health (preferred providers)"),
    "HMO": _("Health (HMO)"),
    "EPO": _("Health (exclusive providers)"),
    "POS": _("Health (point of service)"),
    "DEN": _("Dental"),
    "DCP": _("Dental"),
    "VIS": _("Vision"),
    "HE": _("Hearing"),
    "PDG": _("Prescription drugs"),
    "MOD": _("Mail-order drugs"),
    "AG": _("Preventive care"),
    "AH": _("Home health care"),
    "FAC": _("Hospital"),
    "LTC": _("Long-term care"),
    "LTD": _("Long-term disability"),
    "STD": _("Short-term disability"),
    "MC": _("Medicaid"),
    "MD": _("Medicare"),
    "MH": _("Mental health"),
    "UR": _("Review of care"),
}
LEVELS: Final[Mapping[str, str | Promise]] = {
    "CHD": _("children"),
    "DEP": _("family members"),
    "E1D": _("employee and one family member"),
    "E2D": _("employee and two family members"),
    "E3D": _("employee and three family members"),
    "E5D": _("employee and one or more family members"),
    "E6D": _("employee and two or more family members"),
    "E7D": _("employee and three or more family members"),
    "ECH": _("employee and children"),
    "EMP": _("employee"),
    "ESP": _("employee and spouse"),
    "FAM": _("family"),
    "IND": _("one person"),
    "SPC": _("spouse and children"),
    "SPO": _("spouse"),
    "TWO": _("two people"),
}


def kind_of(code: str) -> str:
    """What a line covers, in words."""
    return str(KINDS.get(code, code))


def level_of(code: str) -> str:
    """Whom a line covers, in words; "" where the file did not say."""
    return str(LEVELS.get(code, code))
