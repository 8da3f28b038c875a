"""Where a member can go: a short first level, and beneath each of its places what belongs there (U-29, B-03).

A desk shows the second level as a row above the page, a record beneath the current item of its rail.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wellkept.web.shell import serving, theme
from wellkept.web.shell.values import NavItem

HOME = "/member/"


@dataclass(frozen=True, slots=True)
class Part:
    """A place of the first level with those beneath it, itself first; none where it stands alone."""

    item: NavItem
    beneath: tuple[NavItem, ...] = ()


def is_record() -> bool:
    """Whether this operator keeps personal records rather than a benefits desk."""
    return theme.layout(serving.pack()) == "record"


def navigation() -> tuple[NavItem, ...]:
    """The first level: six places at most."""
    return tuple(part.item for part in parts())


def frame(path: str) -> Mapping[str, object]:
    """What the shell needs to show where the page at ``path`` lies: the part it belongs to, and the place in it."""
    part, place = found(path)
    alone = path == HOME and not is_record()
    side = () if alone else part.beneath
    base = "shell/side.html" if side else "shell/page.html"
    return {"base": base, "side": side, "side_here": place, "side_label": part.item.label, "nav_here": part.item.href}


def found(path: str) -> tuple[Part, str]:
    """The part and the place in it whose address begins ``path``; of several the longest."""
    every = [(item.href, part) for part in parts() for item in (part.item, *part.beneath)]
    href, part = max((one for one in every if path.startswith(one[0])), key=lambda one: len(one[0]), default=every[0])
    return part, href


def parts() -> tuple[Part, ...]:
    """Every place, in order."""
    return record_parts() if is_record() else desk_parts()


def desk_parts() -> tuple[Part, ...]:
    """The places of a benefits desk."""
    home, coverage = NavItem(_("Home"), HOME), NavItem(_("Coverage"), "/member/coverage/")
    card, family = NavItem(_("ID card"), "/member/card/"), NavItem(_("Family"), "/member/family/")
    return (
        Part(home, (home, *told())),
        Part(NavItem(_("Claims"), "/member/claims/")),
        Part(coverage, (coverage, card, *plan())),
        Part(family, (NavItem(_("My family"), family.href), *lent())),
        telling(),
        privacy(),
    )


def record_parts() -> tuple[Part, ...]:
    """The places of a personal record. The card is the desk's to give."""
    mine = (
        NavItem(_("Timeline"), HOME),
        NavItem(_("Care and claims"), "/member/claims/"),
        NavItem(_("Coverage"), "/member/coverage/"),
        *plan(),
        NavItem(_("Family"), "/member/family/"),
        *lent(),
        *told(),
    )
    return (Part(NavItem(_("My record"), HOME), mine), telling(), privacy())


def helping() -> tuple[NavItem, ...]:
    """The places of somebody who is no member, and acts for one."""
    return NavItem(_("For whom I act"), "/member/helping/"), NavItem(_("My account"), "/account/")


def lent() -> tuple[NavItem, ...]:
    """Who sees what of the member's, and for whom the member acts."""
    return (
        NavItem(_("Who may see my record"), "/member/family/sharing/"),
        NavItem(_("Who may act for me"), "/member/helpers/"),
        NavItem(_("For whom I act"), "/member/helping/"),
    )


def plan() -> tuple[NavItem, ...]:
    """What a plan comes to."""
    return (
        NavItem(_("Your year so far"), "/member/totals/"),
        NavItem(_("Find care"), "/member/care/"),
        NavItem(_("Plan documents"), "/member/documents/"),
    )


def told() -> tuple[NavItem, ...]:
    """What we tell the member."""
    return (NavItem(_("What is new"), "/member/news/"), NavItem(_("How we tell you"), "/member/news/how/"))


def telling() -> Part:
    """What the member tells us."""
    receipt = NavItem(_("Send a receipt"), "/member/submit/")
    beneath = (
        receipt,
        NavItem(_("Questions and appeals"), "/member/appeals/"),
        NavItem(_("Changes in your life"), "/member/changes/"),
        NavItem(_("Other insurance"), "/member/other-insurance/"),
        NavItem(_("Where we write to you"), "/member/contact/"),
    )
    return Part(NavItem(_("Tell us"), receipt.href), beneath)


def privacy() -> Part:
    """Your privacy is a place, not a footer."""
    item = NavItem(_("Your privacy"), "/member/privacy/")
    beneath = (
        NavItem(_("Overview"), item.href),
        NavItem(_("Who opened my record"), "/member/privacy/openings/"),
        NavItem(_("My choices"), "/member/privacy/choices/"),
        NavItem(_("My requests"), "/member/privacy/requests/"),
        NavItem(_("Notes of my calls"), "/member/privacy/calls/"),
        NavItem(_("Joined records"), "/member/privacy/joined/"),
        NavItem(_("My account"), "/account/"),
    )
    return Part(item, beneath)
