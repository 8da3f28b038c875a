"""Every counter of the house: what it counts, by what, which table or memory holds it, and how small counts are kept.

Serves U-02, U-21, U-22, U-44, U-46, P-22. No counter of visits names a person; those that do name one say so here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wellkept.policy import practices
from wellkept.policy.kinds import Words
from wellkept.policy.shapes import Pack

TITLES: Final[Mapping[str, Words]] = {
    "pages": pgettext_lazy("counter", "Pages"),
    "visits": pgettext_lazy("counter", "Visits"),
    "referrers": pgettext_lazy("counter", "Referrers"),
    "next": pgettext_lazy("counter", "Next"),
    "left": pgettext_lazy("counter", "Left"),
    "stays": pgettext_lazy("counter", "Stays"),
    "stays by page": pgettext_lazy("counter", "Stays by page"),
    "query": pgettext_lazy("counter", "Query"),
    "status": pgettext_lazy("counter", "Status"),
    "bytes": pgettext_lazy("counter", "Bytes"),
    "agents": pgettext_lazy("counter", "Agents"),
    "cookie": pgettext_lazy("counter", "Cookie"),
    "crawlers": pgettext_lazy("counter", "Crawlers"),
    "lost": pgettext_lazy("counter", "Lost"),
    "records opened in an hour": pgettext_lazy("counter", "Records opened in an hour"),
    "wrong passwords": pgettext_lazy("counter", "Wrong passwords"),
    "tries of one address": pgettext_lazy("counter", "Tries of one address"),
}
"""What a page calls each counter."""


@dataclass(frozen=True, slots=True)
class Counter:
    """One counter. ``table`` is its table, or "" where it lives in memory alone.

    ``at`` names the values of ``statistics`` under which it counts, none where it always does. ``person`` says that a
    count belongs to one person.
    """

    name: str
    table: str
    counts: Words
    by: Words
    small: Words
    lasts: Words
    at: tuple[str, ...] = ()
    person: bool = False

    @property
    def title(self) -> str:
        """What a page calls it."""
        return str(TITLES[self.name])


_FEW: Final = _("A count from 1 to 10 is withheld, and so is what would give it away.")
_ALL: Final = _("It is shown as it is: no person can be told from it.")
_NOT: Final = _("It is shown to no one.")
_WITHOUT_END: Final = _("Without end: nobody is in it.")
_VISITS: Final = "statistics_total"
_HOURS: Final = _("by hour and door")


def _visits(name: str, counts: Words, *at: str, small: Words = _FEW, by: Words = _HOURS) -> Counter:
    """A counter of visits: totals of a day, packed when it is over, and reckoned when the month is."""
    return Counter(name, _VISITS, counts=counts, by=by, small=small, lasts=_WITHOUT_END, at=at)


COUNTERS: Final = (
    _visits("pages", _("which pages are read"), "totals"),
    _visits("visits", _("how many come for the first time, come back, or do not say"), "totals"),
    _visits(
        "referrers",
        _("pages of others that visitors came from, from five in an hour on"),
        "totals",
        "hits",
        by=_("by day and door"),
    ),
    _visits("next", _("which page of ours is read after which"), "totals", by=_("by day and door")),
    _visits("left", _("to which sites our leaving pages led"), "totals"),
    _visits("stays", _("how long a page is looked at, in eight lengths"), "totals"),
    _visits("stays by page", _("which page is looked at for how long"), "totals", small=_NOT, by=_("by day and door")),
    _visits("query", _("which of our own parameters an address names"), "hits"),
    _visits("status", _("how an answer ended, such as 200 or 404"), "hits"),
    _visits("bytes", _("how large answers are, in six sizes"), "hits"),
    _visits("agents", _("families of browsers"), "hits"),
    _visits("cookie", _("whether a cookie came with a request"), "hits"),
    _visits("crawlers", _("requests of programs that crawl"), "totals"),
    _visits("lost", _("programs of ours that ended before adding their last seconds"), "totals", "hits", small=_ALL),
    Counter(
        "records opened in an hour",
        "access_spent_count",
        counts=_("how many people an account opened, so that nobody opens more than their work needs"),
        by=_("by account and hour"),
        small=_NOT,
        lasts=_("Two hours."),
        person=True,
    ),
    Counter(
        "wrong passwords",
        "accounts_account",
        counts=_("tries to sign in since the last that worked, so that nobody guesses"),
        by=_("by account"),
        small=_("You see your own."),
        lasts=_("Until you sign in."),
        person=True,
    ),
    Counter(
        "tries of one address",
        "",
        counts=_("forms sent from one internet address, so that no program tries them all"),
        by=_("by a fingerprint of the address, under a key that lives an hour"),
        small=_NOT,
        lasts=_("An hour, in memory alone. It is written nowhere."),
        person=True,
    ),
)
"""What counts visits stands first, then what guards the doors."""


def of(pack: Pack) -> tuple[Counter, ...]:
    """The counters that count at this operator, as its practices say."""
    chosen = practices.choice(pack, "statistics")
    return tuple(counter for counter in COUNTERS if not counter.at or chosen in counter.at)
