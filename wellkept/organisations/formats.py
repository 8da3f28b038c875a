"""The shapes of the numbers by which organisations are known: each is checked before it is compared or kept (P-14).

Every check returns the number in its one written form, or raises ``ValidationError`` with a sentence that says how to
mend it and never repeats what was typed. No number is mended by guessing.
"""

import re
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum import luhn

from wellkept.policy import practices

ISSUER: Final = "80840"
"""What stands before an NPI when its check digit is reckoned (45 CFR 162.406; ISO 7812, health, United States)."""
LAST: Final = 4
_NPI: Final = re.compile(r"[12]\d{9}", re.ASCII)
_EIN: Final = re.compile(r"\d{9}|\d{2}-\d{7}", re.ASCII)
_SSN: Final = re.compile(r"\d{9}|\d{3}-\d{2}-\d{4}", re.ASCII)
_NUMBER: Final = re.compile(r"[A-Z0-9](?:[A-Z0-9./-]*[A-Z0-9])?", re.ASCII | re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d", re.ASCII)
# Campuses of the Internal Revenue Service and the prefixes they give ("How EINs are assigned and valid EIN prefixes").
# The Service adds some now and then: an operator takes a new one by the practice ``tax_prefixes_also``.
_RUNS: Final = ((1, 6), (10, 16), (20, 27), (30, 48), (50, 68), (71, 77), (80, 88), (90, 95), (98, 99))
PREFIXES: Final = frozenset(f"{number:02}" for first, last in _RUNS for number in range(first, last + 1))


def npi(typed: str) -> str:
    """A national provider identifier: ten digits, the first 1 or 2, the last a check digit (45 CFR 162.406)."""
    written = typed.strip()
    if not _NPI.fullmatch(written) or not luhn.is_valid(f"{ISSUER}{written}"):
        raise ValidationError(
            _("An NPI has ten digits and no spaces, and its last digit checks the others. Please compare each digit.")
        )
    return written


def employer_number(typed: str) -> str:
    """An employer identification number as nine digits, from 12-3456789 or 123456789 (26 CFR 301.7701-12).

    It has no check digit: its first two digits have to be ones that the tax office gives.
    """
    written = typed.strip()
    if not _EIN.fullmatch(written):
        raise ValidationError(_("A tax number has nine digits. Please write it as 12-3456789."))
    digits = written.replace("-", "")
    if digits[:2] not in PREFIXES | set(practices.names(settings.PACK, "tax_prefixes_also")):
        raise ValidationError(
            _("No tax number begins with these two digits. Please compare them with your tax papers.")
        )
    return digits


def own_number(typed: str) -> str:
    """A tax number of somebody who works in their own name: an employer's number, or a social security number.

    The same nine digits can be either. Of social security numbers those are refused that nobody is given: area 000, 666
    or 900 and above, group 00, serial 0000 (20 CFR 422.103; Social Security Administration, randomization, 2011).
    """
    written = typed.strip()
    digits = written.replace("-", "")
    if _SSN.fullmatch(written) and given(digits):
        return digits
    return employer_number(typed)


def given(digits: str) -> bool:
    """Whether nine digits can be a social security number."""
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


def tax_number(kind: str, typed: str) -> str:
    """The tax number of an organisation of a kind: a doctor's office or an agent may be one person."""
    return own_number(typed) if kind in ("provider", "agent") else employer_number(typed)


def group_number(typed: str) -> str:
    """The group number on a plan's cards, in capitals: 2 to 30 letters, digits, hyphens; at least one digit."""
    return _number(
        typed, least=2, most=30, sentence=_("A group number has 2 to 30 letters and digits, as on the card.")
    )


def agreement_number(typed: str) -> str:
    """The number of an agreement between a partner and the operator, in capitals: 3 to 30 letters and digits."""
    return _number(
        typed, least=3, most=30, sentence=_("An agreement number has 3 to 30 letters and digits, as on its first page.")
    )


def producer_number(typed: str) -> str:
    """The number under which an agent sells, in capitals: 3 to 30 letters and digits, at least one digit."""
    return _number(
        typed, least=3, most=30, sentence=_("A producer number has 3 to 30 letters and digits, as on your licence.")
    )


def last_four(digits: str) -> str:
    """The end of a number, which alone is ever shown; nothing of one that is shorter than nine digits."""
    return digits[-LAST:] if len(digits) >= 9 else ""


def _number(typed: str, *, least: int, most: int, sentence: str) -> str:
    # Cards print groups of figures; a space is no part of a number.
    written = "".join(typed.split())
    if not (least <= len(written) <= most and _NUMBER.fullmatch(written) and _DIGIT.search(written)):
        raise ValidationError(sentence)
    return written.upper()
