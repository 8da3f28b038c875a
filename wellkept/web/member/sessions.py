"""Where the list of one's sign-ins used to be: it is on the page of the account, for everybody who has one (U-30)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from wellkept.web.member.door import secret


def sessions(request: HttpRequest) -> HttpResponse:
    """Lead there whoever kept this address."""
    secret(request)
    return HttpResponseRedirect("/account/")
