"""The pages that say who we are, on what terms, and how to reach us. They ask for nothing and know nobody.

Serves U-01, U-06, U-27, U-40, U-45, P-05, P-30.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wellkept.policy import packs, practices
from wellkept.web.shell import serving, theme
from wellkept.web.shell.public import public, steady
from wellkept.web.site import policy, popular
from wellkept.web.site.audiences import AUDIENCES
from wellkept.web.site.places import PLACES

PROGRAMMES: Final = ("U-16", "U-38")
"""The promises about health programmes, where the policy has them."""


@steady("It shows the pack and what the tries found.")
@public("Anyone may learn what this is (U-01, P-05).")
def welcome(request: HttpRequest) -> HttpResponse:
    """What this is, who may register, how to sign in, whom to call."""
    pack = serving.pack()
    given = {
        "audiences": AUDIENCES,
        "may_register": practices.names(pack, "audiences"),
        "places": popular.ordered(PLACES),
        "three": policy.leading(pack, request),
        "answered": policy.answered(pack),
    }
    return render(request, f"site/welcome_{theme.layout(pack)}.html", given)


@steady("It shows the pack and what the tries found.")
@public("Anyone may learn how to register before they do.")
def how_to_register(request: HttpRequest) -> HttpResponse:
    """The steps, what each asks and why, and how long the code takes (U-05, P-12)."""
    pack = serving.pack()
    given = {
        "audiences": AUDIENCES,
        "may_register": practices.names(pack, "audiences"),
        "days": practices.number(pack, "access_code_days"),
    }
    return render(request, "site/how_to_register.html", given)


@steady("It shows the pack and what the tries found.")
@public("Anyone may learn which programmes there are.")
def programmes(request: HttpRequest) -> HttpResponse:
    """What the policy says of health programmes; offered are those whose promise the policy does not call not kept."""
    pack = serving.pack()
    version = packs.now_in_force(pack)
    clauses = [one for one in version.clauses if one.id in PROGRAMMES]
    offered = bool(clauses) and all(one.not_kept is None for one in clauses)
    return render(request, "site/programmes.html", {"clauses": clauses, "offered": offered})


@steady("It shows the pack and what the tries found.")
@public("The terms are linked from every page (U-40).")
def terms(request: HttpRequest) -> HttpResponse:
    """What one may expect of us here, and we of them."""
    return render(request, "site/terms.html", {"law": list(serving.pack().law.values())})


@steady("It shows the pack and what the tries found.")
@public("Anyone may call or write.")
def contact(request: HttpRequest) -> HttpResponse:
    """The telephone first; mail with its warning beside it (U-27, P-30)."""
    pack = serving.pack()
    warning = next((one for one in ("U-27", "P-30") if one[0] in pack.promises), "")
    return render(request, "site/contact.html", {"warning_clause": warning, "answered": policy.answered(pack)})


@steady("It shows the pack and what the tries found.")
@public("Anyone may learn whether they can use this, and whom to tell where they cannot (R-12).")
def accessibility(request: HttpRequest) -> HttpResponse:
    """What holds for every page, and what to do where it does not."""
    return render(request, "site/accessibility.html")


@steady("It shows the pack and what the tries found.")
@public("Anyone may learn what the words on a claim mean (U-29).")
def words(request: HttpRequest) -> HttpResponse:
    """The words on claims and cards in plain English, each with an address of its own."""
    return render(request, "site/glossary.html")


@steady("It shows the pack and what the tries found.")
@public("Help is for those who cannot sign in, too.")
def help_(request: HttpRequest) -> HttpResponse:
    """What people ask most, and whom to call."""
    return render(request, "site/help.html")
