"""The words of a report of visits: titles, what each section counts, and what a counted value means to a reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wellkept.statistics.dimensions import LARGEST, SIZES, STAYS
from wellkept.statistics.values import Division

Words = Mapping[str, str | Promise]

_TITLES: Final[Words] = {
    "months": lazy("By month"),
    "days": lazy("By day and week"),
    "hours": lazy("By hour of the day"),
    "audiences": lazy("Who read"),
    "pages-public": lazy("What visitors read"),
    "pages-member": lazy("What members read"),
    "pages-desk": lazy("What customer service read"),
    "pages-privacy": lazy("What the privacy office read"),
    "pages-operations": lazy("What administration read"),
    "visits": lazy("New and returning"),
    "came": lazy("How readers came to a page"),
    "referrers": lazy("Where visitors came from"),
    "next": lazy("What they read next"),
    "left": lazy("Where they went from here"),
    "stays": lazy("How long a page was read"),
    "query": lazy("What was asked for"),
    "status": lazy("How we answered"),
    "bytes": lazy("How much we sent"),
    "agents": lazy("Which browser asked"),
    "cookie": lazy("With a cookie or without"),
}

_TEXTS: Final[Words] = {
    "months": lazy("A month is shown once it is over."),
    "days": lazy("Each day from midnight to midnight, where we work."),
    "hours": lazy("All days of the month together."),
    "audiences": lazy("By the part of the site, and never by person or group."),
    "visits": lazy(
        "As the browser's own cookie tells, where it keeps one. Who refuses cookies counts as new on each page."
    ),
    "came": lazy("From another page of ours, or from elsewhere."),
    "referrers": lazy("A site is named after five visits from it within an hour. Before that it counts as other."),
    "next": lazy("Two pages of ours, one asked for from the other."),
    "left": lazy("Through the page that names each site before you leave."),
    "stays": lazy("Browsers without scripts, or that ask for privacy, are not measured."),
    "query": lazy("The names that our own pages put after a question mark, and never what was typed."),
    "status": lazy(
        "The status of each answer. 200 is a page found, 304 one the browser still had, 404 one we do not have."
    ),
    "bytes": lazy("The size of each answer before it travels."),
    "agents": lazy("The family alone. What a browser calls itself is forgotten at once."),
    "cookie": lazy("Whether any cookie came with the request. Which one is not looked at."),
}

_COLUMNS: Final[Words] = {
    "audiences": lazy("Audience"),
    "referrers": lazy("Site"),
    "left": lazy("Site"),
    "next": lazy("From page to page"),
    "stays": lazy("Time"),
    "query": lazy("Name"),
    "status": lazy("Status"),
    "bytes": lazy("Size"),
    "agents": lazy("Browser"),
    "cookie": lazy("Cookie"),
    "visits": lazy("Visit"),
    "came": lazy("From"),
}

_VALUES: Final[Mapping[str, Words]] = {
    "audiences": {
        "public": lazy("Visitors of public pages"),
        "member": lazy("Members"),
        "desk": lazy("Customer service"),
        "privacy": lazy("Privacy office"),
        "operations": lazy("Administration"),
    },
    "visits": {
        "first": lazy("First visit in the month"),
        "again": lazy("Back on a later day"),
        "unknown": lazy("Pages read by browsers that ask for privacy"),
    },
    "came": {"elsewhere": lazy("From elsewhere"), "ours": lazy("From another page of ours")},
    "referrers": {
        "none": lazy("No site named"),
        "other": lazy("Other sites"),
        "ours": lazy("Our own pages"),
    },
    "next": {"not known": lazy("Not known")},
    "stays": dict(
        zip(
            (*STAYS, "not measured"),
            (
                lazy("Under 5 seconds"),
                lazy("5 to 15 seconds"),
                lazy("15 to 30 seconds"),
                lazy("30 to 60 seconds"),
                lazy("1 to 3 minutes"),
                lazy("3 to 10 minutes"),
                lazy("10 to 30 minutes"),
                lazy("Over 30 minutes"),
                lazy("Not measured"),
            ),
            strict=True,
        )
    ),
    "query": {"none": lazy("Nothing after the address"), "other": lazy("Any other name")},
    "bytes": dict(
        zip(
            (*(name for _most, name in SIZES), LARGEST, "unknown"),
            (
                lazy("Nothing"),
                lazy("Under 1 kB"),
                lazy("1 to 10 kB"),
                lazy("10 to 100 kB"),
                lazy("100 kB to 1 MB"),
                lazy("Over 1 MB"),
                lazy("Sent piece by piece"),
            ),
            strict=True,
        )
    ),
    "agents": {
        "crawler": lazy("Programs that crawl"),
        "our own tries": lazy("Our own tries"),
        "none": lazy("Names none"),
        "other": lazy("Another one"),
    },
    "cookie": {"present": lazy("With a cookie"), "absent": lazy("Without a cookie")},
}

_PAGES: Final[Words] = {
    "/": lazy("Welcome"),
    "/policy/": lazy("Privacy policy"),
    "/policy/<str:clause>/": lazy("One promise"),
    "/how-we-keep-it/": lazy("How we keep it"),
    "/how-long-we-keep-it/": lazy("How long we keep it"),
    "/what-we-hold/": lazy("What we hold"),
    "/statistics/": lazy("Visits, counted"),
    "/terms/": lazy("Terms of use"),
    "/help/": lazy("Help"),
    "/words/": lazy("Words on claims and cards"),
    "/contact/": lazy("Contact"),
    "/accessibility/": lazy("Accessibility"),
    "/links/": lazy("Links to other sites"),
    "/register/": lazy("Register"),
    "/sign-in/": lazy("Sign in"),
    "/member/": lazy("A member's first page"),
    "/member/claims/": lazy("A member's claims"),
    "/member/privacy/": lazy("Your privacy"),
    "/how-we-keep-it/requests/": lazy("How soon we answer"),
    "/how-to-register/": lazy("How to register"),
    "/programmes/": lazy("Health programmes"),
    "/search/": lazy("Search"),
}


@dataclass(frozen=True, slots=True)
class Name:
    """A value as people read it, perhaps with an address of ours and a note."""

    text: str
    href: str = ""
    note: str = ""


def title(key: str) -> str:
    """The title of a section."""
    if key.startswith("pages-"):
        return str(_TITLES.get(key, lazy("Pages read")))
    return str(_TITLES[key])


def text(key: str) -> str:
    """What a section counts, in a sentence; "" where the title says it."""
    return str(_TEXTS.get(key, ""))


def column(key: str) -> str:
    """The head of the column that names the parts."""
    return str(_COLUMNS.get(key, lazy("Page")))


def value(key: str, counted: str) -> Name:
    """What a counted value means."""
    known = _VALUES.get(key, {}).get(counted)
    if known is not None:
        return Name(str(known))
    if key.startswith("pages-"):
        return page(counted)
    if key == "next":
        before, _arrow, after = counted.partition(" > ")
        return Name(_("%(before)s, then %(after)s") % {"before": page(before).text, "after": page(after).text})
    return Name(_("Other") if counted == "other" else counted)


def page(route: str) -> Name:
    """A page of ours by its route: its name with its address, or the address with a dash for what differs."""
    if route in _PAGES:
        public = "<" not in route and not route.startswith("/member/")
        return Name(str(_PAGES[route]), href=route if public else "", note=_address(route))
    return Name(_("Other") if route == "other" else _address(route))


def _address(route: str) -> str:
    return "/".join("…" if "<" in part else part for part in route.split("/"))


def empty(division: Division) -> str:
    """Why a section has nothing to draw."""
    if division.total == 0:
        return _("Nothing of this was counted.")
    if division.total is None:
        return _("Fewer than 11, so nothing more is shown.")
    return _("Every part is small, so none is shown by itself.")
