"""The link by which a subscriber leaves the list: one click of their mail program is enough, or one button here.

Serves P-17. Source: RFC 8058. It asks for no session and no cookie. A GET changes nothing: programs that look at every
link of a mail do no harm. Everybody gets the same answer, whether a link was ours or not.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from wellkept.notices import publications
from wellkept.web.shell.public import from_anywhere, never_kept, public

ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""What a mail program sends (RFC 8058, section 3.1); our own button sends the same."""


@public("Whoever got a mail may leave its list without signing in (P-17, RFC 8058).")
@from_anywhere("A mail program posts here by itself when its reader leaves the list (RFC 8058).")
@never_kept("It ends a subscription.")
@never_cache
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """The page with one button; posted to, the list is left at once and for good."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    name, value = ONE_CLICK
    left = request.method == "POST" and request.POST.get(name) == value
    if left:
        publications.leave(token)
    return render(
        request, "shell/leaving_list.html", {"left": left}, status=200 if left or request.method != "POST" else 400
    )
