"""Who comes to the entrance: a session that is open, one that has ended, or nobody. What is typed is kept nowhere."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.access.queries import Who
from wellkept.accounts.actions import Begun
from wellkept.policy.words import Role
from wellkept.web.shell.context import public_nav
from wellkept.web.shell.visitor import remember

HOMES: Final = {
    Role.MEMBER: "/member/",
    Role.REPRESENTATIVE: "/desk/",
    Role.PRIVACY_OFFICER: "/privacy/",
    Role.ADMINISTRATOR: "/operations/",
    Role.AUDITOR: "/how-we-keep-it/",
    Role.ACCESS_ADMINISTRATOR: "/staff/",
    Role.NEWCOMER: "/sign-in/staff/second/",
    Role.PROVIDER: "/provider/",
    Role.EMPLOYER: "/employer/",
    Role.AGENT: "/agent/",
    Role.PARTNER: "/partner/",
}
DONE: Final = ("/register/", "/sign-in/")


@dataclass(frozen=True, slots=True)
class Arrival:
    """``secret`` is the hash of the session's secret, None without a cookie; ``who`` is None where none is open."""

    secret: bytes | None
    who: Who | None

    @property
    def ended(self) -> bool:
        """Whether this browser still has the cookie of a session that is open no more."""
        return self.secret is not None and self.who is None


def arrived(request: HttpRequest) -> Arrival:
    """Who asks. The answer is stored by no browser and no proxy, whatever it shows."""
    vars(request)["private"] = True
    secret: bytes | None = getattr(request, "session_secret_hash", None)
    return Arrival(secret, access.who(secret) if secret else None)


def entered(request: HttpRequest, begun: Begun) -> HttpResponse:
    """On, with the cookie of what began: to the second way that is owed, or to the account's own door."""
    response = HttpResponseRedirect("/sign-in/cookie/" if begun.complete else "/sign-in/second/")
    remember(request, response, begun.secret)
    return response


def greet(request: HttpRequest, who: Who) -> None:
    """Let the page say whose session it is, offer to end it, and not offer what is done."""
    vars(request)["signed_in_as"] = who.actor or _("a member")
    vars(request)["nav"] = tuple(item for item in public_nav() if item.href not in DONE)


def home(role: str) -> str:
    """Where somebody of that role begins."""
    return HOMES.get(Role(role), "/")
