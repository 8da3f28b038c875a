"""A page for each kind of visitor: what they can do here, what they need, which promises are about them, whom to call.

Serves U-01, U-29, P-05, P-13. Only whom the pack's practice names is invited; everyone else is told how to reach us.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wellkept.policy import packs, practices
from wellkept.policy.shapes import Clause, Pack
from wellkept.policy.words import Role
from wellkept.web.shell import serving, theme
from wellkept.web.shell.public import public, steady


@dataclass(frozen=True, slots=True)
class Audience:
    """One kind of visitor. ``title`` names them, ``who`` says who is meant, ``needs`` what to have at hand.

    ``clauses`` are the promises about them, of whichever policy has them.
    """

    role: Role
    slug: str
    title: str | Promise
    who: str | Promise
    needs: str | Promise
    clauses: tuple[str, ...]

    @property
    def href(self) -> str:
        """The address of their page."""
        return f"/for/{self.slug}/"


AUDIENCES: Final = (
    Audience(
        Role.MEMBER,
        "members",
        _("Members"),
        _("You, your spouse and your grown children, each with an account of their own."),
        _("Your ID card. Your member number and your group number are on it."),
        ("U-12", "U-31", "B-03", "U-07", "P-01", "P-06", "P-19"),
    ),
    Audience(
        Role.PROVIDER,
        "providers",
        _("Doctors and clinics"),
        _("Whoever gives care, and the office that files the claims."),
        _("Your NPI and your tax number."),
        ("U-12", "U-41", "U-42", "P-13", "P-14", "P-25"),
    ),
    Audience(
        Role.EMPLOYER,
        "employers",
        _("Employers"),
        _("The company whose plan it is, and whoever looks after it there."),
        _("Your group number and your tax number."),
        ("U-13", "U-16", "U-42", "P-13", "P-14", "P-25"),
    ),
    Audience(
        Role.AGENT,
        "agents",
        _("Agents"),
        _("Whoever brings us groups and looks after them."),
        _("Your producer number and your tax number."),
        ("U-11", "U-41", "U-42", "P-08", "P-14", "P-25"),
    ),
    Audience(
        Role.PARTNER,
        "partners",
        _("Business partners"),
        _("A company that works for us or with us."),
        _("Your agreement number and your tax number."),
        ("U-11", "U-19", "U-35", "P-08", "P-04", "P-25"),
    ),
)

BY_SLUG: Final[Mapping[str, Audience]] = {one.slug: one for one in AUDIENCES}


@steady("It shows the pack.")
@public("Anyone may learn what is here for them before they say who they are (U-01, P-05).")
def audience(request: HttpRequest, slug: str) -> HttpResponse:
    """What one kind of visitor can do here, what they need, and whom to call."""
    if slug not in BY_SLUG:
        raise Http404
    pack, one = serving.pack(), BY_SLUG[slug]
    given = {
        "one": one,
        "invited": invited(pack, one),
        "clauses": about(pack, one),
        "others": [other for other in AUDIENCES if other is not one],
        "does": f"site/does_{one.role.value}_{theme.layout(pack)}.html" if one.role is Role.MEMBER else "",
    }
    return render(request, "site/audience.html", given)


def invited(pack: Pack, one: Audience) -> bool:
    """Whether they may register here."""
    return one.role.value in practices.names(pack, "audiences")


def about(pack: Pack, one: Audience) -> Sequence[Clause]:
    """The promises about them that this policy makes."""
    version = packs.now_in_force(pack)
    return [clause for clause in version.clauses if clause.id in one.clauses]
