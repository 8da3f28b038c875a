"""The words of a report of visits: titles, what each section counts, and what a counted value means to a reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.statistics.dimensions import LARGEST, SIZES, STAYS
from wellkept.statistics.values import Division

Words = Mapping[str, str | Promise]

_TITLES: Final[Words] = {
    "months": gettext_lazy("By month"),
    "days": gettext_lazy("By day and week"),
    "hours": gettext_lazy("By hour of the day"),
    "audiences": gettext_lazy("Who read"),
    "pages-public": gettext_lazy("What visitors read"),
    "pages-member": gettext_lazy("What members read"),
    "pages-desk": gettext_lazy("What customer service read"),
    "pages-privacy": gettext_lazy("What the privacy office read"),
    "pages-operations": gettext_lazy("What administration read"),
    "visits": gettext_lazy("New and returning"),
    "came": gettext_lazy("How readers came to a page"),
    "referrers": gettext_lazy("Where visitors came from"),
    "next": gettext_lazy("What they read next"),
    "left": gettext_lazy("Where they went from here"),
    "stays": gettext_lazy("How long a page was read"),
    "query": gettext_lazy("What was asked for"),
    "status": gettext_lazy("How we answered"),
    "bytes": gettext_lazy("How much we sent"),
    "agents": gettext_lazy("Which browser asked"),
    "cookie": gettext_lazy("With a cookie or without"),
}

_TEXTS: Final[Words] = {
    "months": gettext_lazy("A month is shown once it is over."),
    "days": gettext_lazy("Each day from midnight to midnight, where we work."),
    "hours": gettext_lazy("All days of the month together."),
    "audiences": gettext_lazy("By the part of the site, and never by person or group."),
    "visits": gettext_lazy(
        "As the browser's own cookie tells, where it keeps one. Who refuses cookies counts as new on each page."
    ),
    "came": gettext_lazy("From another page of ours, or from elsewhere."),
    "referrers": gettext_lazy(
        "A site is named after five visits from it within an hour. Before that it counts as other."
    ),
    "next": gettext_lazy("Two pages of ours, one asked for from the other."),
    "left": gettext_lazy("Through the page that names each site before you leave."),
    "stays": gettext_lazy("Browsers without scripts, or that ask for privacy, are not measured."),
    "query": gettext_lazy("The names that our own pages put after a question mark, and never what was typed."),
    "status": gettext_lazy(
        "The status of each answer. 200 is a page found, 304 one the browser still had, 404 one we do not have."
    ),
    "bytes": gettext_lazy("The size of each answer before it travels."),
    "agents": gettext_lazy(
        "Only its family, such as Firefox. What else a browser says of itself is forgotten at once."
    ),
    "cookie": gettext_lazy("Whether any cookie came with the request. Which one is not looked at."),
}

_COLUMNS: Final[Words] = {
    "audiences": gettext_lazy("Audience"),
    "referrers": gettext_lazy("Site"),
    "left": gettext_lazy("Site"),
    "next": gettext_lazy("From page to page"),
    "stays": gettext_lazy("Time"),
    "query": gettext_lazy("Name"),
    "status": gettext_lazy("Status"),
    "bytes": gettext_lazy("Size"),
    "agents": gettext_lazy("Browser"),
    "cookie": gettext_lazy("Cookie"),
    "visits": gettext_lazy("Visit"),
    "came": gettext_lazy("From"),
}

_VALUES: Final[Mapping[str, Words]] = {
    "audiences": {
        "public": gettext_lazy("Visitors of public pages"),
        "member": gettext_lazy("Members"),
        "desk": gettext_lazy("Customer service"),
        "privacy": gettext_lazy("Privacy office"),
        "operations": gettext_lazy("Administration"),
        "account": gettext_lazy("Everybody in their own account"),
        "provider": gettext_lazy("Doctors and clinics"),
        "employer": gettext_lazy("Employers"),
        "agent": gettext_lazy("Agents"),
        "partner": gettext_lazy("Business partners"),
        "colleagues": gettext_lazy("Organisations, about who may come in"),
        "staff": gettext_lazy("Access administration"),
    },
    "visits": {
        "first": gettext_lazy("First visit in the month"),
        "again": gettext_lazy("Back on a later day"),
        "unknown": gettext_lazy("Pages read by browsers that ask for privacy"),
    },
    "came": {"elsewhere": gettext_lazy("From elsewhere"), "ours": gettext_lazy("From another page of ours")},
    "referrers": {
        "none": gettext_lazy("No site named"),
        "other": gettext_lazy("Other sites"),
        "ours": gettext_lazy("Our own pages"),
    },
    "next": {"not known": gettext_lazy("Not known")},
    "stays": dict(
        zip(
            (*STAYS, "not measured"),
            (
                gettext_lazy("Under 5 seconds"),
                gettext_lazy("5 to 15 seconds"),
                gettext_lazy("15 to 30 seconds"),
                gettext_lazy("30 to 60 seconds"),
                gettext_lazy("1 to 3 minutes"),
                gettext_lazy("3 to 10 minutes"),
                gettext_lazy("10 to 30 minutes"),
                gettext_lazy("Over 30 minutes"),
                gettext_lazy("Not measured"),
            ),
            strict=True,
        )
    ),
    "query": {"none": gettext_lazy("Nothing after the address"), "other": gettext_lazy("Any other name")},
    "bytes": dict(
        zip(
            (*(name for _most, name in SIZES), LARGEST, "unknown"),
            (
                gettext_lazy("Nothing"),
                gettext_lazy("Under 1 kB"),
                gettext_lazy("1 to 10 kB"),
                gettext_lazy("10 to 100 kB"),
                gettext_lazy("100 kB to 1 MB"),
                gettext_lazy("Over 1 MB"),
                gettext_lazy("Sent piece by piece"),
            ),
            strict=True,
        )
    ),
    "agents": {
        "crawler": gettext_lazy("Search engines and other programs"),
        "our own tries": gettext_lazy("Our own tries"),
        "none": gettext_lazy("Names none"),
        "other": gettext_lazy("Another one"),
    },
    "cookie": {"present": gettext_lazy("With a cookie"), "absent": gettext_lazy("Without a cookie")},
}

_PAGES: Final[Words] = {
    "/": gettext_lazy("Welcome"),
    "/policy/": gettext_lazy("Privacy policy"),
    "/policy/<str:clause>/": gettext_lazy("One promise"),
    "/how-we-keep-it/": gettext_lazy("How we keep it"),
    "/how-long-we-keep-it/": gettext_lazy("How long we keep it"),
    "/what-we-hold/": gettext_lazy("What we hold"),
    "/statistics/": gettext_lazy("Visits, counted"),
    "/terms/": gettext_lazy("Terms of use"),
    "/help/": gettext_lazy("Help"),
    "/words/": gettext_lazy("Words on claims and cards"),
    "/contact/": gettext_lazy("Contact"),
    "/contact/write/": gettext_lazy("Ask us something"),
    "/contact/papers/": gettext_lazy("Papers by post"),
    "/accessibility/": gettext_lazy("Accessibility"),
    "/links/": gettext_lazy("Links to other sites"),
    "/register/": gettext_lazy("Register"),
    "/sign-in/": gettext_lazy("Sign in"),
    "/member/": gettext_lazy("A member's first page"),
    "/member/claims/": gettext_lazy("A member's claims"),
    "/member/privacy/": gettext_lazy("Your privacy"),
    "/how-we-keep-it/kept-back/": gettext_lazy("Openings kept back"),
    "/how-we-keep-it/requests/": gettext_lazy("How soon we answer"),
    "/how-to-register/": gettext_lazy("How to register"),
    "/programmes/": gettext_lazy("Health programmes"),
    "/search/": gettext_lazy("Search"),
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
        return str(_TITLES.get(key, gettext_lazy("Pages read")))
    return str(_TITLES[key])


def text(key: str) -> str:
    """What a section counts, in a sentence; "" where the title says it."""
    return str(_TEXTS.get(key, ""))


def column(key: str) -> str:
    """The head of the column that names the parts."""
    return str(_COLUMNS.get(key, gettext_lazy("Page")))


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
