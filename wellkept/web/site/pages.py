"""The pages that say who we are, on what terms, and how to reach us. They ask for nothing and know nobody.

Serves U-01, U-06, U-27, U-40, P-05, P-30.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wellkept.policy import practices
from wellkept.web.shell import serving, theme
from wellkept.web.shell.public import public


@public("Anyone may learn what this is (U-01, P-05).")
def welcome(request: HttpRequest) -> HttpResponse:
    """What this is, who may register, how to sign in, whom to call."""
    pack = serving.pack()
    return render(request, f"site/welcome_{theme.layout(pack)}.html", {"audiences": practices.names(pack, "audiences")})


@public("The terms are linked from every page (U-40).")
def terms(request: HttpRequest) -> HttpResponse:
    """What one may expect of us here, and we of them."""
    return render(request, "site/terms.html")


@public("Anyone may call or write.")
def contact(request: HttpRequest) -> HttpResponse:
    """The telephone first; mail with its warning beside it (U-27, P-30)."""
    pack = serving.pack()
    warning = next((one for one in ("U-27", "P-30") if one[0] in pack.promises), "")
    return render(request, "site/contact.html", {"warning_clause": warning})


@public("Anyone may learn whether they can use this, and whom to tell where they cannot (R-12).")
def accessibility(request: HttpRequest) -> HttpResponse:
    """What holds for every page, and what to do where it does not."""
    return render(request, "site/accessibility.html")
