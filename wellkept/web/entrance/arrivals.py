"""Who comes to the entrance: a session that is open, one that has ended, or nobody. What is typed is kept nowhere."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.access.queries import Who


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


def greet(request: HttpRequest, who: Who) -> None:
    """Let the page say whose session it is and offer to end it."""
    vars(request)["signed_in_as"] = who.actor or _("a member")
