"""Where I am signed in, and ending it from here (U-30)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from wellkept.accounts import visits
from wellkept.web.member.door import opened, page, secret


def sessions(request: HttpRequest) -> HttpResponse:
    """Every sign-in of the account that has not ended."""
    with opened(request):
        found = visits.visits(secret(request))
    return page(request, "sessions", {"visits": found})


def end(request: HttpRequest, number: UUID) -> HttpResponse:
    """End one of them. One that is not the account's own, or has ended, changes nothing."""
    here = secret(request)
    if request.method == "POST":
        with opened(request):
            visits.end(here, occasion=number)
    return HttpResponseRedirect("/member/privacy/sessions/")
