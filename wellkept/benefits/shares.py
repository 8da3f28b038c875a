"""What a decision counts towards a member's deductible and out-of-pocket maximum.

Only what the law calls cost-sharing counts: deductible, coinsurance and copayment. Care the plan does not cover and
what an office charges above the plan's price do not, although the member may owe them (42 U.S.C. 18022(c)(3)). Reasons
are those of group PR in a remittance (claim adjustment reason codes, X12 code source 139).
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from wellkept.benefits.sums import PATIENT, REVERSAL, Statement, adjustments, standing

DEDUCTIBLE: Final = frozenset({"1", "66", "247"})
SHARED: Final = DEDUCTIBLE | {"2", "3", "248"}


def shares(decisions: Sequence[Statement]) -> tuple[str | None, str | None]:
    """What the decision that stands counts towards the deductible, and towards the out-of-pocket maximum, in dollars.

    None where no decision stands: none has come, or the last one was taken back.
    """
    decided = standing(decisions)
    if decided is None or decided.content["status"] == REVERSAL:
        return None, None
    owed = [(code, Decimal(amount)) for group, code, amount in adjustments(decided.content) if group == PATIENT]
    deductible = sum((amount for code, amount in owed if code in DEDUCTIBLE), Decimal())
    shared = sum((amount for code, amount in owed if code in SHARED), Decimal())
    return str(deductible), str(shared)
