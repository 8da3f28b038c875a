"""Your privacy: its five parts on one page, and what lies beneath each (B-03, U-33)."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.ledger import queries as ledger
from wellkept.policy.words import Category
from wellkept.rights import queries as rights
from wellkept.web.member import clock
from wellkept.web.member.door import opened
from wellkept.web.shell.values import NavItem

SHOWN: Final = (Category.OPENINGS, Category.REQUESTS)


def privacy(request: HttpRequest) -> HttpResponse:
    """Who opened my record; what left; my choices; my requests; take it with me."""
    with opened(request, *SHOWN) as (key, _who):
        counts = ledger.counts(key)
        asked = rights.requests(key)
    given = {"counts": counts, "requests": [clock.clocked(one) for one in asked]}
    return private_page(request, "privacy", given)


def private_page(
    request: HttpRequest, template: str, given: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """A page of the privacy part, with its places beside or above it."""
    side = (
        NavItem(_("Overview"), "/member/privacy/"),
        NavItem(_("Who opened my record"), "/member/privacy/openings/"),
        NavItem(_("My requests"), "/member/privacy/requests/"),
        NavItem(_("Where I am signed in"), "/member/privacy/sessions/"),
    )
    here = max((item.href for item in side if request.path.startswith(item.href)), key=len, default="")
    frame = {"base": "shell/side.html", "side": side, "side_here": here, "side_label": _("Your privacy")}
    return render(request, f"member/{template}.html", {**frame, **given}, status=status)
