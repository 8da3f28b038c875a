"""Where I am signed in, which policy I met there, and ending it from here (U-30, U-37)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from wellkept.accounts import visits
from wellkept.web.member.door import opened, page, secret
from wellkept.web.shell import serving


def sessions(request: HttpRequest) -> HttpResponse:
    """Every sign-in of the account that has not ended, and every version of the policy it met, ended or not."""
    with opened(request):
        found, met = visits.visits(secret(request)), visits.met(secret(request))
    known = {one.version for one in serving.pack().versions}
    return page(request, "sessions", {"visits": found, "met": met, "known": known})


def end(request: HttpRequest, number: UUID) -> HttpResponse:
    """End one of them. One that is not the account's own, or has ended, changes nothing."""
    here = secret(request)
    if request.method == "POST":
        with opened(request):
            visits.end(here, occasion=number)
    return HttpResponseRedirect("/member/privacy/sessions/")
