"""What the tries found, as far as whoever asks may see it.

Serves B-01, B-11. Where nothing was tried, nothing is claimed.
"""

from collections.abc import Mapping

from django.db import Error

from wellkept.policy import packs, practices
from wellkept.policy.shapes import Pack, PolicyVersion
from wellkept.proof import queries
from wellkept.proof.values import Tally, Verdict
from wellkept.web.shell import serving


def verdicts(pack: Pack, *, signed_in: bool) -> Mapping[str, Verdict]:
    """The newest verdict of each clause by its id.

    Empty where the pack keeps evidence for those who signed in: then nothing is claimed. "not known" for each while the
    database does not answer.
    """
    if practices.choice(pack, "evidence") == "signed-in" and not signed_in:
        return {}
    version = packs.in_force(pack, serving.today(pack))
    try:
        return queries.verdicts(version)
    except Error:
        return {clause.id: Verdict(clause.id, "not known", None, None, ()) for clause in version.clauses}


def tally(pack: Pack, version: PolicyVersion, *, signed_in: bool) -> Tally | None:
    """How many promises of ``version`` held when last tried, of all it makes; None when none was ever tried.

    What the policy calls not kept, what a person attests and what nothing tried do not count as held.
    """
    found = verdicts(pack, signed_in=signed_in)
    times = [one.last_tried for one in found.values() if one.last_tried is not None]
    if not times:
        return None
    kept = [found[clause.id] for clause in version.clauses if clause.id in found and clause.not_kept is None]
    return Tally(held=sum(one.state == "holding" for one in kept), of=len(version.clauses), at=max(times))
