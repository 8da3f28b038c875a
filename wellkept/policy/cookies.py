"""Every cookie this portal may ask a browser to keep: what for, what it holds, how long, and what refusing it means.

Serves U-03, U-23, U-25, U-26, U-44, U-46, P-20, P-21, P-30. A probe asks for pages in every way and compares.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wellkept.policy import practices
from wellkept.policy.shapes import Pack


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie. ``bound`` says that over TLS its name begins with ``__Host-``; "{operator}" stands for the pack.

    ``practice`` names the flag of the pack that turns it on, and is empty where the cookie is always possible.
    """

    pattern: str
    bound: bool
    purpose: str | Promise
    holds: str | Promise
    lasts: str | Promise
    refused: str | Promise
    practice: str = ""

    def name(self, pack: Pack, *, secure: bool) -> str:
        """The name a browser sees at this operator, over TLS or on this machine alone."""
        plain = self.pattern.format(operator=pack.name)
        return f"__Host-{plain}" if self.bound and secure else plain


COOKIES: Final = (
    Cookie(
        "{operator}_session",
        bound=True,
        purpose=_("It lets you stay signed in while you look at your own pages."),
        holds=_("A random key. It says nothing about you, and it changes each time you sign in."),
        lasts=_("Until you sign out or close the browser."),
        refused=_("Public pages all work. The protected pages do not open, and we explain why."),
    ),
    Cookie(
        "closed_here",
        bound=False,
        purpose=_("It keeps registration closed after somebody too young has tried to register."),
        holds=_("The figure 1. It is the same for everybody."),
        lasts=_("Until the browser is closed."),
        refused=_("Nothing else changes. We keep nothing of what was typed."),
    ),
    Cookie(
        "{operator}_visits",
        bound=True,
        purpose=_("It lets us count how many people come back, without knowing who."),
        holds=_("Two days: your first visit of this month and your last visit. All who came then hold the same."),
        lasts=_("Until the end of the month."),
        refused=_("Everything works. You are then counted as a new visitor each time."),
        practice="return_visit_cookie",
    ),
    Cookie(
        "{operator}_preferences",
        bound=True,
        purpose=_("It remembers how you like to read our pages."),
        holds=_("Text size, contrast, and the date of the notice you have read. Nothing else."),
        lasts=_("One year."),
        refused=_("Everything works. The pages look as they do for everybody."),
        practice="preferences_cookie",
    ),
)
"""In the order in which a visitor is likely to meet them."""


def of(pack: Pack) -> tuple[Cookie, ...]:
    """The cookies this operator may set, as its practices say."""
    return tuple(cookie for cookie in COOKIES if not cookie.practice or practices.flag(pack, cookie.practice))
