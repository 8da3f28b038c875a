"""Who may stand in the privacy office, and the one sentence that everybody else reads.

Serves U-31, U-33, P-01, P-19, P-25.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.policy.words import Refused, Role
from wellkept.web.shell import serving
from wellkept.web.shell.values import NavItem


@dataclass(frozen=True, slots=True)
class Office:
    """An officer at work: the hash of the session's secret, and the name under which an answer is given."""

    secret: bytes
    actor: str


def office(request: HttpRequest) -> Office:
    """The officer who asks. Raises ``Refused``: ``no session``, or the one sentence for every other role."""
    secret = getattr(request, "session_secret_hash", None)
    who = access.who(secret) if secret else None
    if secret is None or who is None:
        raise Refused(_("You are signed out. Please sign in again."), reason="no session")
    if who.role != Role.PRIVACY_OFFICER:
        raise closed()
    actor = who.actor or _("Privacy office")
    vars(request)["signed_in_as"] = _("%(name)s, privacy officer") % {"name": actor}
    vars(request)["nav"] = navigation()
    return Office(secret=secret, actor=actor)


def navigation() -> tuple[NavItem, ...]:
    """Where an officer can go: six places, and beneath each of them what belongs there."""
    watch, agreements = "/privacy/watch/", "/privacy/agreements/"
    watched = (
        NavItem(_("Openings that stand out"), watch),
        NavItem(_("Who is near to our staff"), "/privacy/watch/staff/"),
        NavItem(_("Openings kept back"), "/privacy/unseen/"),
        NavItem(_("Why may it open?"), "/privacy/why/"),
    )
    agreed = (
        NavItem(_("Agreements"), agreements),
        NavItem(_("Contracts"), "/privacy/agreements/contracts/"),
        NavItem(_("Release under an agreement"), "/privacy/releases/"),
    )
    decided = (
        NavItem(_("Restrictions"), "/privacy/limits/"),
        NavItem(_("Papers of representatives"), "/desk/authorities/"),
        NavItem(_("Deaths"), "/desk/deaths/"),
    )
    promised = (NavItem(_("What was mended"), "/privacy/mended/"), NavItem(_("How we keep it"), "/how-we-keep-it/"))
    return (
        NavItem(_("Requests"), "/privacy/"),
        NavItem(_("To decide"), "/privacy/limits/", beneath=decided),
        NavItem(_("Watch"), watch, beneath=watched),
        NavItem(_("Agreements"), agreements, beneath=agreed),
        NavItem(_("Links"), "/privacy/links/"),
        NavItem(_("Promises"), "/privacy/mended/", beneath=promised),
    )


def framed(request: HttpRequest) -> dict[str, object]:
    """Frame a page about an officer's own account."""
    office(request)
    return {}


def closed() -> Refused:
    """The one answer to whoever is no privacy officer."""
    rules = serving.pack().rules
    clause = next((rule.clause for rule in rules if rule.role == Role.PRIVACY_OFFICER), "")
    sentence = _("Nothing is open here. Privacy requests open to the privacy officer alone.")
    return Refused(sentence, clause=clause, reason="not the office")
