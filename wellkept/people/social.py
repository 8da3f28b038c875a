"""Social security numbers: which can be one, and the last four digits of one, which is all that is ever read.

Serves P-11. No function hands the whole number out: it is unsealed here, and all but four digits are dropped here.

Sources: Social Security Administration, POMS RM 10201.035 (areas 000, 666 and 900 to 999, group 00 and serial 0000 are
never given; numbers that were printed in wallets and pamphlets are void), and its notice of randomisation of 2011-06-25
(every other area is); Internal Revenue Service, Publication 4757 (taxpayer numbers: 9, with groups 50 to 65, 70 to 88,
90 to 92 and 94 to 99).
"""

from enum import StrEnum
from typing import Final

from wellkept.people.models import Number
from wellkept.policy.words import Key, Retention

FIELD: Final = "person.social_security_number"
DIGITS: Final = 9
SHOWN: Final = 4
VOID: Final = frozenset({"078051120", "219099999", "999999999"})
ADVERTISED: Final = frozenset({f"98765432{last}" for last in range(10)})
PLACEHOLDERS: Final = frozenset({"123456789", "457555462", *(digit * DIGITS for digit in "12345678")})
TAXPAYER_GROUPS: Final = frozenset({*range(50, 66), *range(70, 89), *range(90, 93), *range(94, 100)})


class Kind(StrEnum):
    """What nine digits can be. A placeholder is one that senders put where they know none: it would verify anybody."""

    SOCIAL = "social security number"
    TAXPAYER = "taxpayer number"
    PLACEHOLDER = "placeholder"
    NONE = "none"


def plain(value: str) -> str:
    """The nine digits, without the dashes and spaces of a card; empty for anything else."""
    bare = value.replace("-", "").replace(" ", "")
    return bare if len(bare) == DIGITS and bare.isascii() and bare.isdigit() else ""


def kind(value: str) -> Kind:
    """What a value can be."""
    number = plain(value)
    area, group, serial = number[:3], number[3:5], number[5:]
    if not number or number in VOID | ADVERTISED or area in ("000", "666") or group == "00" or serial == "0000":
        return Kind.NONE
    if number in PLACEHOLDERS:
        return Kind.PLACEHOLDER
    if area.startswith("9"):
        return Kind.TAXPAYER if int(group) in TAXPAYER_GROUPS else Kind.NONE
    return Kind.SOCIAL


def kept(*values: str) -> str:
    """The first of some values that is kept, as nine digits; empty where none can be somebody's own."""
    return next((plain(one) for one in values if kind(one) in (Kind.SOCIAL, Kind.TAXPAYER)), "")


def last_four(key: Key) -> str:
    """The last four digits of the number of the one person who is open; empty where no file brought one.

    The opening names the category ``social_security``.
    """
    (person,) = key.subjects
    row = Number.objects.filter(person_id=person).values_list("number", flat=True).first()
    if not row:
        return ""
    try:
        return key.unseal(person, Retention.BENEFITS, FIELD, person, bytes(row))[-SHOWN:]
    except LookupError:
        return ""
