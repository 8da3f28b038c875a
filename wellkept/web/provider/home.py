"""The first page of a doctor's office: which office, who may come in for it, and what we promise about it.

Serves U-29, U-30, U-41, P-01, P-13, P-14.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.policy.words import Role
from wellkept.web.shell import office

PROMISES: Final = ("U-12", "U-30", "U-41", "U-42", "P-01", "P-13", "P-14", "P-25")


def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    here = office.place(
        request,
        [Role.PROVIDER],
        sentence=_("Nothing is open here. These pages are for doctors' offices and clinics on our list."),
    )
    return render(request, "provider/home.html", office.home(here, promises=PROMISES))
