"""Why a payer paid less than was billed, in words of our own, and what to do next.

The codes are those of a remittance's CAS segment (ASC X12N 835): a group that says who bears the amount, and a reason.
Their official texts are not ours to print; what stands in ``reasons.toml`` was written for members. A code that is not
there is shown bare, with the phone number.
"""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from wellkept.policy import sayings

PATIENT: Final = "PR"


@dataclass(frozen=True, slots=True)
class Reason:
    """``says``: the reason; ``next``: what to do, or ""; ``against``: the plan refused something."""

    says: str
    next: str
    against: bool


@cache
def reasons() -> dict[str, Reason]:
    """Every reason we have words for, by "CO-45" where the group changes the words and by "45" where it does not."""
    written = tomllib.loads((Path(__file__).parent / "reasons.toml").read_text(encoding="utf-8"))
    return {
        code: Reason(says=one["says"], next=one.get("next", ""), against=one.get("against", False))
        for code, one in written.items()
    }


def reason(group: str, code: str) -> Reason | None:
    """The words for a group and reason; None where we have none."""
    known = reasons()
    one = known.get(f"{group}-{code}") or known.get(code)
    return replace(one, says=sayings.said(one.says), next=sayings.said(one.next)) if one else None
