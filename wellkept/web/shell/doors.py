"""How each door frames a page about one's own account: its navigation, and the name it greets its people by.

Doors know nothing of each other. ``wellkept.web.urls``, which knows them all, introduces them; the account's door asks.
"""

from collections.abc import Callable, Mapping
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wellkept.access.queries import Who
from wellkept.policy.words import Role
from wellkept.web.shell.values import NavItem

Frame = Callable[[HttpRequest], Mapping[str, object]]
"""Sets ``request.nav`` and ``request.signed_in_as``; returns what else a template of its door is given."""

HERE: Final = "/account/"
_FRAMES: Final[dict[str, Frame]] = {}


def introduce(frames: Mapping[Role, Frame]) -> None:
    """Say how the people of these roles are framed."""
    _FRAMES.update({role.value: frame for role, frame in frames.items()})


def framed(request: HttpRequest, who: Who) -> Mapping[str, object]:
    """The frame of whoever asks, as their own door draws it; a plain one where no door was introduced for their role.

    ``base`` of what it returns is the template to stand in.
    """
    plain = {"base": "shell/page.html"}
    if frame := _FRAMES.get(who.role):
        return {**plain, **frame(request)}
    vars(request)["signed_in_as"] = who.actor or _("yourself")
    vars(request)["nav"] = (NavItem(_("Your pages"), "/sign-in/"), NavItem(_("Your account"), HERE))
    return plain
