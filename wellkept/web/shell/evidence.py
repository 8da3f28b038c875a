"""What the tries found, as far as whoever asks may see it.

Serves B-01, B-11. Where nothing was tried, nothing is claimed. Each page that shows evidence asks here, and only here.
"""

from collections.abc import Mapping
from typing import Final

from django.db import Error
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wellkept.policy import packs, practices
from wellkept.policy.shapes import Pack, PolicyVersion
from wellkept.policy.statements import ask
from wellkept.policy.words import Role
from wellkept.proof import queries
from wellkept.proof.values import Tally, Verdict
from wellkept.web.shell import serving

AUDITORS: Final = (Role.AUDITOR, Role.PRIVACY_OFFICER)
WHO: Final = "select role, actor from wellkept.gate_who(%s)"


def shown(pack: Pack, request: HttpRequest) -> bool:
    """Whether the practice ``evidence`` of this pack shows the evidence to whoever asks.

    Where it is not for everyone, the session is looked up, once a request: a page of it names who is signed in, and
    nothing keeps a copy.
    """
    asked = practices.choice(pack, "evidence")
    if asked == "public":
        return True
    role = signed_in_as(request)
    return role in AUDITORS if asked == "auditors" else bool(role)


def signed_in_as(request: HttpRequest) -> str:
    """The role of the open session that asks; "" without one, and while the database does not answer."""
    marks = vars(request)
    if "evidence_for" not in marks:
        marks["evidence_for"] = ""
        secret = getattr(request, "session_secret_hash", None)
        try:
            rows = ask(WHO, secret) if secret else []
        except Error:
            rows = []
        for role, actor in rows:
            marks["evidence_for"] = role or ""
            if role:
                marks.setdefault("signed_in_as", actor or _("Signed in"))
    return str(marks["evidence_for"])


def verdicts(pack: Pack, request: HttpRequest) -> Mapping[str, Verdict]:
    """The newest verdict of each clause by its id, as far as whoever asks may see them.

    Empty where they may not: then nothing is claimed. "not known" for each while the database does not answer.
    """
    if not shown(pack, request):
        return {}
    day = serving.today(pack)
    version = packs.in_force(pack, day)
    try:
        return queries.verdicts(pack, version, day=day)
    except Error:
        return {clause.id: Verdict(clause.id, "not known", None, None, ()) for clause in version.clauses}


def tally(pack: Pack, version: PolicyVersion, request: HttpRequest) -> Tally | None:
    """How many promises of ``version`` held when last tried, of all it makes; None when none was ever tried.

    What the policy calls not kept, what a person attests and what nothing tried do not count as held.
    """
    found = verdicts(pack, request)
    times = [one.last_tried for one in found.values() if one.last_tried is not None]
    if not times:
        return None
    states = [found[one.id].state if one.id in found else "not tried" for one in version.clauses if not one.not_kept]
    return Tally(
        held=states.count("holding"),
        of=len(version.clauses),
        at=max(times),
        tried=states.count("holding") + states.count("broken"),
        waiting=states.count("not tried"),
    )
