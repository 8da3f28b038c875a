"""Who may stand at operations, and the one sentence that everybody else reads.

Serves U-31, U-43, P-01, P-25. A page about files opens nobody's record; one about two records opens both, entered.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.consent.actions import owed
from wellkept.policy.words import Refused, Role
from wellkept.web.shell import serving
from wellkept.web.shell.values import NavItem, Pager

LAST_PAGE: Final = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """An administrator at work: the hash of the session's secret, the account, and the name that people read."""

    secret: bytes
    account: UUID
    actor: str


def place(request: HttpRequest) -> Place:
    """The administrator who asks. Raises ``Refused``: ``no session``, ``needs agreement``, or the one sentence."""
    secret = getattr(request, "session_secret_hash", None)
    who = access.who(secret) if secret else None
    if secret is None or who is None:
        raise Refused(_("You are signed out. Please sign in again."), reason="no session")
    if who.role != Role.ADMINISTRATOR:
        raise closed()
    if owed(secret):
        raise Refused(_("There is something to agree to first."), reason="needs agreement")
    actor = who.actor or _("Administration")
    vars(request)["signed_in_as"] = _("%(name)s, administration") % {"name": actor}
    vars(request)["nav"] = (
        NavItem(_("Files"), "/operations/"),
        NavItem(_("Hand in a file"), "/operations/hand-in/"),
        NavItem(_("Joined records"), "/operations/records/"),
        NavItem(_("What was mended"), "/privacy/mended/"),
        NavItem(_("Visits"), "/operations/visits/"),
        NavItem(_("Promises"), "/how-we-keep-it/"),
    )
    return Place(secret=secret, account=who.account, actor=actor)


def framed(request: HttpRequest) -> dict[str, object]:
    """Frame a page about an administrator's own account."""
    place(request)
    return {}


def closed() -> Refused:
    """The one answer to whoever is no administrator."""
    clause = next((rule.clause for rule in serving.pack().rules if rule.role == Role.ADMINISTRATOR), "")
    sentence = _("Nothing is open here. Files and records are looked after by administration alone.")
    return Refused(sentence, clause=clause, reason="not operations")


def numbered(request: HttpRequest) -> int:
    """Which page of a list is asked for; raises ``Http404`` for what is no page."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 5 and 1 <= int(asked) <= LAST_PAGE):
        raise Http404
    return int(asked)


def pager(*, page: int, size: int, total: int, query: str = "") -> Pager:
    """Where a list stands; ``query`` is what its address holds besides the page."""
    first, last = (page - 1) * size + 1, min(page * size, total)
    more = f"&{query}" if query else ""
    return Pager(
        first=first,
        last=last,
        total=total,
        newer=f"?page={page - 1}{more}" if page > 1 else "",
        older=f"?page={page + 1}{more}" if last < total else "",
    )
