"""Who of the standing family was left outside by a round that was cut short comes back in by the doors of everybody."""

from collections.abc import Iterable
from typing import Any, Final

import psycopg

from wellkept.proof.ground import Ground, Member
from wellkept.proof.probes.entrance import redeem

CUT: Final = "select ended is null from wellkept.proof_run order by began desc limit 1"
MINUTES: Final = 10


def cut_short(evidence: psycopg.Connection[Any]) -> bool:
    """Whether the newest round never ended: it was killed between what it did and what takes that back."""
    return evidence.execute(CUT).fetchone() == (True,)


def let_back_in(ground: Ground, members: Iterable[Member]) -> None:
    """Give members of the family the passwords they have, each by an access code.

    That takes away a second way that a try set up, another password that it chose, and tries that closed the door.
    """
    for member in members:
        (code,) = ground.issue_codes(member, 1, MINUTES)
        redeem(ground, member, code)
