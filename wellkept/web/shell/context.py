"""What every page is given: the operator, its policy in force, the navigation, and how many promises held.

Serves U-40, P-02, B-11. Nothing here is asked of the database, save the evidence and whether we can reach
whoever signed in, and those only when a page prints them.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from wellkept.policy import packs, practices
from wellkept.policy.shapes import Pack, PolicyVersion
from wellkept.web.shell import evidence, language, own_address, preferences, reached, serving, theme
from wellkept.web.shell.preferences import Choices
from wellkept.web.shell.values import NavItem


def frame(request: HttpRequest) -> dict[str, object]:
    """The context processor. A door may override ``nav``, ``nav_here``, ``side`` and ``signed_in``."""
    pack = serving.pack()
    version = packs.now_in_force(pack)
    choices: Choices = getattr(request, "preferences", Choices())
    nav: Sequence[NavItem] = getattr(request, "nav", None) or nav_of(request)
    part, place = lying(nav, request.path)
    return {
        "request": request,
        "pack": pack,
        "layout": theme.layout(pack),
        "theme_digest": theme.digest(pack),
        "policy_version": version,
        "reached": SimpleLazyObject(lambda: reached.notice(request)),
        "policy_notice": unread(policy_notice(pack), choices),
        "choices": choices,
        "canonical": own_address.canonical(request),
        "nav": nav,
        "switches": SimpleLazyObject(lambda: language.switches(request)),
        "nav_here": part.href if part else "",
        "side": part.beneath if part else (),
        "side_here": place,
        "side_label": part.label if part else "",
        "signed_in": getattr(request, "signed_in_as", ""),
        "promises": SimpleLazyObject(lambda: evidence.tally(pack, version, request)),
        "answer_days": practices.number(pack, "answers_in_business_days"),
        "preferences_kept": preferences.offered(),
        "statistics": practices.choice(pack, "statistics"),
        "return_visit_cookie": practices.flag(pack, "return_visit_cookie"),
    }


def nav_of(request: HttpRequest) -> Sequence[NavItem]:
    """The navigation of a page that stands open: to a browser with a session's cookie it offers the way back."""
    if getattr(request, "session_secret_hash", None) is None:
        return public_nav()
    return (*public_nav()[:-2], NavItem(_("Your pages"), "/sign-in/", act=True))


def public_nav() -> tuple[NavItem, ...]:
    """The navigation of somebody who has not signed in."""
    return (
        NavItem(_("Welcome"), "/"),
        NavItem(_("Privacy policy"), "/policy/"),
        NavItem(_("How we keep it"), "/how-we-keep-it/"),
        NavItem(_("Contact"), "/contact/"),
        NavItem(_("Register"), "/register/"),
        NavItem(_("Sign in"), "/sign-in/", act=True),
    )


def here(nav: Sequence[NavItem], path: str) -> str:
    """The address of the item under which ``path`` lies: the longest that begins it, "/" only for itself."""
    part, _place = lying(nav, path)
    return part.href if part else ""


def lying(nav: Sequence[NavItem], path: str) -> tuple[NavItem | None, str]:
    """The item under which ``path`` lies, by its own address or by one beneath it, and that address."""
    every = [(one.href, item) for item in nav for one in (item, *item.beneath)]
    found = [(href, item) for href, item in every if path == href or (href != "/" and path.startswith(href))]
    place, part = max(found, key=lambda one: len(one[0]), default=("", None))
    return part, place


def policy_notice(pack: Pack) -> PolicyVersion | None:
    """The version to announce on every page: posted and not yet in force, or in force for less than ``notice_days``.

    The first version revises nothing and is not announced.
    """
    today, days = serving.today(pack), timedelta(days=practices.number(pack, "notice_days"))
    news = [one for one in pack.versions[1:] if one.posted <= today < one.effective + days]
    return news[-1] if news else None


def unread(notice: PolicyVersion | None, choices: Choices) -> PolicyVersion | None:
    """The announcement, save for whoever put just this one away (U-09, U-44)."""
    return None if notice and choices.notice == notice.version else notice
