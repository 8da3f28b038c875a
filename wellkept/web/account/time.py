"""How long the sign-in goes on, for the script of a page; stretched where its reader says so (WCAG 2.2, 2.2.1)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from wellkept.accounts import visits
from wellkept.policy.words import Refused

JSON = "application/json"


def left(request: HttpRequest) -> HttpResponse:
    """The seconds left. Only a POST counts as use; without a script it leads back to the account's page.

    Raises ``Refused`` where the session has ended.
    """
    secret: bytes | None = getattr(request, "session_secret_hash", None)
    found = visits.left(secret, use=request.method == "POST") if secret is not None else None
    if found is None:
        raise Refused("", clause="U-30", reason="no session")
    if JSON not in request.headers.get("Accept", ""):
        return HttpResponseRedirect("/account/")
    return JsonResponse({"unused": found.unused, "whole": found.whole})
