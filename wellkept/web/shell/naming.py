"""Names of people, offices, medicines, telephones and days of care, as people write them."""

import re
from typing import Final

from django.utils.translation import gettext as _

from wellkept.benefits.values import ClaimLine
from wellkept.web.shell.templatetags.shell import day

KEPT: Final = frozenset(
    {"MRI", "USA", "UMR", "ENT", "II", "III", "IV", "PA", "PLLC", "PPO", "HMO", "EPO", "POS", "HSA", "HRA", "FSA"}
)
FORMS: Final = frozenset({"ER", "IR", "XR", "XL", "SR", "DR", "CR", "LA", "HCL", "HCT", "EC", "ODT", "HFA"})
"""What stays in capitals in the name of a medicine: how it is released, which salt it is."""


def written(name: str) -> str:
    """A name as people write it: files often shout in capitals.

    Whatever holds a small letter stays as it is, and so do short words without a vowel, such as LLC.
    """
    if name != name.upper():
        return name
    return re.sub(r"[^\W\d_]+('S\b)?", lambda word: _cased(word[0]), name)


def service(name: str) -> str:
    """A service or medicine as people write it: "LISINOPRIL 10 MG TABLET" becomes "Lisinopril 10 mg tablet"."""
    if name != name.upper():
        return name
    said = re.sub(r"[^\W\d_]+", lambda word: word[0] if word[0] in FORMS else word[0].lower(), name)
    return said[:1].upper() + said[1:]


def phone(number: str) -> str:
    """A telephone number of ten figures as people write it; any other stays as it is."""
    found = re.fullmatch(r"(\d{3})(\d{3})(\d{4})", number)
    return "-".join(found.groups()) if found else number


def served(claim: ClaimLine) -> str:
    """The days of care in words."""
    if claim.served_from is None:
        return _("Day of care not stated")
    if claim.served_to is None or claim.served_to == claim.served_from:
        return day(claim.served_from)
    return _("%(first)s to %(last)s") % {"first": day(claim.served_from), "last": day(claim.served_to)}


def _cased(word: str) -> str:
    if word in KEPT or (len(word) <= 4 and not set(word) & set("AEIOUY")):
        return word
    if word.startswith("MC") and len(word) > 4:
        return f"Mc{word[2:].capitalize()}"
    return word.capitalize()
