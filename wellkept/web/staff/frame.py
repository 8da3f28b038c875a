"""Who may decide who works here. Serves U-31, P-01, P-25. No page of this door opens anybody's record."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.accounts import staffing
from wellkept.accounts.staffing import Works
from wellkept.consent.actions import owed
from wellkept.policy.words import Refused, Role
from wellkept.web.shell import serving
from wellkept.web.shell.values import NavItem


@dataclass(frozen=True, slots=True)
class Place:
    """An access administrator: the hash of the session's secret, their name, and everybody who works here."""

    secret: bytes
    actor: str
    people: tuple[Works, ...]

    @property
    def alone(self) -> bool:
        """Whether nobody else here can decide what they ask for."""
        return sum(one.role == Role.ACCESS_ADMINISTRATOR for one in self.people) < 2


def place(request: HttpRequest) -> Place:
    """The access administrator who asks. Raises ``Refused``: ``no session``, ``needs agreement``, or one sentence."""
    secret: bytes | None = getattr(request, "session_secret_hash", None)
    who = access.who(secret) if secret else None
    if secret is None or who is None:
        raise Refused(_("You are signed out. Please sign in again."), reason="no session")
    if who.role != Role.ACCESS_ADMINISTRATOR:
        raise closed()
    if owed(secret):
        raise Refused(_("There is something to agree to first."), reason="needs agreement")
    frame(request, who.actor or "")
    return Place(secret=secret, actor=who.actor or "", people=staffing.works(secret))


def framed(request: HttpRequest) -> Mapping[str, object]:
    """The frame of a page about one's own account."""
    secret: bytes | None = getattr(request, "session_secret_hash", None)
    who = access.who(secret) if secret else None
    frame(request, who.actor or "" if who else "")
    return {}


def frame(request: HttpRequest, actor: str) -> None:
    """The name and the places of an access administrator on a page."""
    vars(request)["signed_in_as"] = _("%(name)s, access administration") % {"name": actor}
    vars(request)["nav"] = (
        NavItem(_("Who works here"), "/staff/"),
        NavItem(_("Invite somebody"), "/staff/invite/"),
        NavItem(_("What was decided"), "/staff/decided/"),
        NavItem(_("Your account"), "/account/"),
        NavItem(_("Promises"), "/how-we-keep-it/"),
    )


def closed() -> Refused:
    """The one answer to whoever does not decide who works here."""
    sentence = _("Nothing is open here. Access administrators alone decide who works here.")
    return Refused(sentence, clause="U-31" if "U" in serving.pack().promises else "P-01", reason="not this door")


def somebody(here: Place, number: UUID) -> Works:
    """Somebody who works here, other than whoever asks; raises ``Http404``."""
    found = next((one for one in here.people if one.account == number and not one.mine), None)
    if found is None:
        raise Http404
    return found
