"""What one can ask us about, how we answer, and which papers we post, in words.

Serves P-16, U-03.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wellkept.policy import publications
from wellkept.policy.shapes import Pack

TOPICS: Final[Mapping[str, Promise]] = {
    "coverage": _("What a plan covers"),
    "claims": _("A claim or a bill"),
    "register": _("Registering or signing in"),
    "site": _("This site"),
    "privacy": _("Privacy"),
    "work": _("Working with us"),
    "other": _("Something else"),
}
REPLIES: Final[Mapping[str, Promise]] = {"phone": _("Call me"), "post": _("Write me a letter")}
ENDS: Final[Mapping[str, Promise]] = {
    "answered by phone": _("I answered by telephone"),
    "answered by post": _("My letter is in the post"),
    "papers posted": _("The papers are in the post"),
    "nobody reached": _("I tried, and nobody was reached"),
    "not a real question": _("It is no real question"),
}
_PAPERS: Final[Mapping[str, tuple[Promise, str]]] = {
    "policy": (_("Our privacy policy"), "/policy/"),
    "register": (_("How to register"), "/how-to-register/"),
    "terms": (_("Our terms"), "/terms/"),
}


def papers(pack: Pack, today: date) -> dict[str, tuple[str, str]]:
    """What we post: for the key of each paper its name and the address of its page, which is printed."""
    own = {key: (str(name), href) for key, (name, href) in _PAPERS.items()}
    return own | {one.key: (one.heading, one.href) for one in publications.out(pack, today)}
