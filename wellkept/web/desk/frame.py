"""Who may stand at the desk, and the one sentence that everybody else reads.

Serves U-31, P-01, P-12, P-25. A call of somebody else, one that has ended and one that never was are not told apart.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.policy.words import Category, Key, Refused, Role
from wellkept.service.queries import CallLine, my_call
from wellkept.web.desk import words
from wellkept.web.shell import serving
from wellkept.web.shell.values import NavItem

NOT_ON_THE_CALL: Final = ("no rule", "not your occasion")


@dataclass(frozen=True, slots=True)
class Seat:
    """A representative at the desk: the hash of the session's secret, and the name that people read."""

    secret: bytes
    actor: str


def seat(request: HttpRequest) -> Seat:
    """The representative who asks. Raises ``Refused``: ``no session``, or the one sentence for every other role."""
    secret = getattr(request, "session_secret_hash", None)
    who = access.who(secret) if secret else None
    if secret is None or who is None:
        raise Refused(_("You are signed out. Please sign in again."), reason="no session")
    if who.role != Role.REPRESENTATIVE:
        raise closed()
    actor = who.actor or _("Customer service")
    vars(request)["signed_in_as"] = _("%(name)s, customer service") % {"name": actor}
    vars(request)["nav"] = navigation()
    return Seat(secret=secret, actor=actor)


def navigation() -> tuple[NavItem, ...]:
    """Where a representative can go: six places, and beneath each of them what belongs there."""
    worked = (
        NavItem(_("Work list"), "/desk/cases/"),
        NavItem(_("Not settled"), "/desk/escalations/"),
        NavItem(_("Letters that came back"), "/desk/returned/"),
        NavItem(_("“This was not me”"), "/desk/alarms/"),
        NavItem(_("Papers for an organisation"), "/desk/papers/"),
    )
    decided = (
        NavItem(_("Papers of representatives"), "/desk/authorities/"),
        NavItem(_("Deaths"), "/desk/deaths/"),
    )
    return (
        NavItem(_("Your calls"), "/desk/"),
        NavItem(_("Cases"), "/desk/cases/", beneath=worked),
        NavItem(_("Registrations"), "/desk/registrations/"),
        NavItem(_("Inquiries"), "/desk/inquiries/"),
        NavItem(_("To confirm"), "/desk/authorities/", beneath=decided),
        NavItem(_("Find the caller"), "/desk/find/", act=True),
    )


def framed(request: HttpRequest) -> dict[str, object]:
    """Frame a page about a representative's own account."""
    seat(request)
    return {}


def closed() -> Refused:
    """The one answer to whoever is not on the call."""
    sentence = _("Nothing is open here. A record opens to the one who answers a call, while the call goes on.")
    return Refused(sentence, clause=clause(), reason="not on the call")


def spent(error: Refused) -> Refused:
    """The hour's people are all opened: when it goes on, and what to do with the caller until then."""
    again = _("It goes on at %(hour)s. Hand the caller to a colleague, or say when you call back.")
    sentence = f"{error.sentence} {again % {'hour': words.next_hour(timezone.now())}}"
    return Refused(sentence, clause=clause(), reason=error.reason, entry=error.entry)


def clause() -> str:
    """The promise that the rule for calls serves, at this operator."""
    rules = serving.pack().rules
    return next((r.clause for r in rules if r.role == Role.REPRESENTATIVE and r.relationship == "case"), "")


def on_call(here: Seat, call: UUID) -> CallLine:
    """The call, while it goes on and is the representative's own; otherwise the one refusal."""
    line = my_call(here.secret, call)
    if line is None:
        raise closed()
    return line


@contextmanager
def opened(here: Seat, line: CallLine, *categories: Category) -> Iterator[Key]:
    """Open these of the caller's categories, for what the call is for. One that ended meanwhile is refused too."""
    try:
        with access.enter(
            here.secret, purpose=line.purpose, categories=categories, subjects=[line.person], occasion=line.id
        ) as key:
            yield key
    except Refused as error:
        if error.reason in NOT_ON_THE_CALL:
            raise closed() from None
        if error.reason == "budget":
            raise spent(error) from None
        raise
