"""My choices: whom I named, what I allowed, asked to restrict, or set, each with how it ends (U-19, R-04, R-05)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wellkept.consent import appointments, outside, restrictions, words
from wellkept.consent.outside import Signed
from wellkept.consent.restrictions import Limit, Sort
from wellkept.ledger.sentences import CATEGORIES, listed
from wellkept.notices import news
from wellkept.people import confidential
from wellkept.policy.words import Category, Purpose
from wellkept.web.member import appointing, sharing
from wellkept.web.member.door import opened, page
from wellkept.web.shell import serving

HERE: Final = "/member/privacy/choices/"

PURPOSES: Final[dict[Purpose, str | Promise]] = {
    Purpose.PATIENT_REQUEST: _("Because I want them to have it"),
    Purpose.TREATMENT: _("For my care"),
    Purpose.PAYMENT: _("So that somebody else pays for my care"),
    Purpose.LEGAL: _("For a legal matter of mine"),
    Purpose.RESEARCH: _("For research"),
}
"""For what somebody outside may have it, as the person says it."""

WHOM: Final[dict[Sort, str | Promise]] = {
    Sort.MEMBER: _("Those covered with me, also somebody I let see it"),
    Sort.REPRESENTATIVE: _("Customer service, also when I call"),
    Sort.RECIPIENT: _("Anybody outside you would send it to for payment or for running the plan"),
    Sort.PAID: _("Everybody, of one claim I paid for myself"),
}
"""For whom something is restricted."""

STATES: Final[dict[str, tuple[str | Promise, str]]] = {
    "asked": (_("Asked for"), "info"),
    "granted": (_("In force"), "good"),
    "declined": (_("Not granted"), "old"),
    "ended": (_("Ended"), "old"),
}


@dataclass(frozen=True, slots=True)
class ShownSigned:
    """An authorization as a page shows it: what may be sent, for what, its last day, and whether it holds."""

    signed: Signed
    what: str
    why: str
    last: date
    holds: bool


@dataclass(frozen=True, slots=True)
class ShownLimit:
    """A restriction as a page shows it; ``open`` while the person can end it."""

    limit: Limit
    what: str
    whom: str
    state: str
    tone: str
    open: bool


def choices(request: HttpRequest) -> HttpResponse:
    """All of them, what holds first."""
    with opened(request, Category.REQUESTS, Category.CONTACT) as (key, _who):
        signed = [shown(one) for one in outside.all_of(key)]
        limits = [limited(one) for one in restrictions.limits(key)]
        lent = [sharing.shown(one) for one in words.words(key)]
        acting = [appointing.shown(one) for one in appointments.appointed(key)]
        wish, told = confidential.wish(key), news.choices(key)
    given = {
        "signed": sorted(signed, key=lambda one: not one.holds),
        "limits": sorted(limits, key=lambda one: not one.open),
        "lent": [one for one in lent if one.holds],
        "acting": [one for one in acting if one.state != "ended"],
        "wish": wish,
        "told": set(told.values()) != {"portal"},
        "done": request.GET.get("done", ""),
    }
    return page(request, "choices", given)


def shown(signed: Signed) -> ShownSigned:
    """An authorization in words."""
    zone = ZoneInfo(serving.pack().time_zone)
    return ShownSigned(
        signed=signed,
        what=what(signed.opens),
        why=str(PURPOSES[signed.purpose]),
        last=(signed.expires - timedelta(seconds=1)).astimezone(zone).date(),
        holds=signed.holds(timezone.now()),
    )


def limited(limit: Limit) -> ShownLimit:
    """A restriction in words."""
    state, tone = STATES[limit.state]
    about = str(_("one claim")) if limit.about else what({limit.opens})
    return ShownLimit(
        limit=limit, what=about, whom=str(WHOM[limit.sort]), state=str(state), tone=tone,
        open=limit.state in ("asked", "granted"),
    )  # fmt: skip


def what(opens: frozenset[str] | set[str]) -> str:
    """The kinds of data, in words."""
    return listed(str(CATEGORIES[one]) for one in outside.OFFERED if one in opens)
