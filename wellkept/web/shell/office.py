"""Whoever comes in for an organisation: who they are, for which organisation, and where they can go.

Serves U-29, U-30, U-41, P-01, P-13, P-25. A page of an organisation shows nothing before its terms are agreed to.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.access.plain import plain
from wellkept.accounts import colleagues, visits
from wellkept.accounts.colleagues import Colleague
from wellkept.consent.actions import owed
from wellkept.organisations import agreements
from wellkept.organisations import queries as organisations
from wellkept.organisations.queries import Organisation
from wellkept.policy import packs, practices
from wellkept.policy.words import Refused, Role
from wellkept.web.shell import serving
from wellkept.web.shell.values import NavItem

HOMES: Final[Mapping[Role, str]] = {
    Role.PROVIDER: "/provider/",
    Role.EMPLOYER: "/employer/",
    Role.AGENT: "/agent/",
    Role.PARTNER: "/partner/",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody at work for an organisation: the hash of the session's secret, and everyone of it they may see."""

    secret: bytes
    account: UUID
    role: Role
    actor: str
    organisation: Organisation
    people: tuple[Colleague, ...]

    @property
    def me(self) -> Colleague:
        """Their own line; raises ``Refused`` where their account may not act any more."""
        found = next((one for one in self.people if one.me), None)
        if found is None:
            raise Refused(_("You are signed out. Please sign in again."), reason="no session")
        return found

    @property
    def home(self) -> str:
        """The first page of their door."""
        return HOMES[self.role]


def place(request: HttpRequest, roles: Collection[Role], *, sentence: str) -> Place:
    """Who asks, where they hold one of ``roles``. Raises ``Refused``: ``no session``, ``needs terms``, or ``sentence``.

    Whoever is not meant and whoever belongs to no organisation of the roster read the same sentence.
    """
    secret: bytes | None = getattr(request, "session_secret_hash", None)
    who = access.who(secret) if secret else None
    if secret is None or who is None:
        raise Refused(_("You are signed out. Please sign in again."), reason="no session")
    if who.role not in roles or who.organisation is None:
        raise Refused(sentence, clause=clause(), reason="not this door")
    if owed(secret):
        raise Refused(_("There is something to agree to first."), reason="needs terms")
    organisation = organisations.mine(secret)
    if organisation is None:
        raise Refused(sentence, clause=clause(), reason="not this door")
    role = Role(who.role)
    found = Place(secret, who.account, role, who.actor or "", organisation, colleagues.colleagues(secret))
    greet(request, role, found.actor, organisation)
    return found


def framed(request: HttpRequest) -> Mapping[str, object]:
    """The frame of a page about one's own account, for somebody of an organisation; their terms are not asked for."""
    secret: bytes | None = getattr(request, "session_secret_hash", None)
    who = access.who(secret) if secret else None
    organisation = organisations.mine(secret) if secret else None
    if who is not None and who.role in HOMES:
        greet(request, Role(who.role), who.actor or "", organisation)
    return {}


def greet(request: HttpRequest, role: Role, name: str, organisation: Organisation | None) -> None:
    """Let the page say who is signed in and for whom, and lead through the door."""
    told = {"name": name, "office": organisation.name if organisation else plain(role)}
    vars(request)["signed_in_as"] = _("%(name)s, %(office)s") % told
    vars(request)["nav"] = (
        NavItem(_("Your organisation"), HOMES[role]),
        NavItem(_("Who can come in"), "/colleagues/"),
        NavItem(_("Who can open what"), "/colleagues/list/"),
        NavItem(_("Our agreements"), "/colleagues/agreements/"),
        NavItem(_("Papers"), "/colleagues/papers/"),
        NavItem(_("Promises"), "/how-we-keep-it/"),
    )


def clause() -> str:
    """The promise that an access code is for one person, or that a registration is checked, at this operator."""
    return "U-30" if "U" in serving.pack().promises else "P-15"


def home(here: Place, *, promises: Collection[str]) -> dict[str, object]:
    """What the first page of every door of an organisation shows. ``promises`` are clauses of whichever policy."""
    now = timezone.now()
    pack = serving.pack()
    version = packs.now_in_force(pack)
    open_now = visits.visits(here.secret)
    return {
        "place": here,
        "office": here.organisation,
        "me": here.me,
        "people": here.people,
        "asked": [one for one in here.people if one.administers and not one.me],
        "invitations": [one for one in colleagues.invitations(here.secret) if not one.spent],
        "soon": [one for one in here.people if one.lapsed or one.lapses_soon(now)],
        "ending": [one for one in agreements.mine(here.secret) if one.ends_soon(now)],
        "visits": len(open_now),
        "failed": sum(one.failed_before for one in open_now if one.this),
        "clauses": [one for one in version.clauses if one.id in promises],
        "lapse_days": practices.number(pack, "lapse_days"),
    }
