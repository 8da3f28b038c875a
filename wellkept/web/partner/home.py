"""The first page of a business partner: which company and agreement, who may come in for it, and our promises.

Serves U-29, U-30, U-41, P-08, P-13, P-14.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.policy.words import Role
from wellkept.web.shell import office

PROMISES: Final = ("U-11", "U-19", "U-30", "U-41", "U-42", "P-06", "P-08", "P-13", "P-25")


def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    here = office.place(
        request,
        [Role.PARTNER],
        sentence=_("Nothing is open here. These pages are for companies that have an agreement with us."),
    )
    return render(request, "partner/home.html", office.home(here, promises=PROMISES))
