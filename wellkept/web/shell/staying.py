"""How long a page was looked at, as one of eight lengths, which a browser says on leaving it.

Serves U-22, R-16. The page is the one that asks (Referer); the body is one figure, and nothing else is read.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from wellkept.statistics import agents, counters, referrers
from wellkept.statistics.dimensions import PROOF, STAYS
from wellkept.web.shell import counting
from wellkept.web.shell.public import public


@public("A figure from nought to seven; what is counted is nobody's.")
def stay(request: HttpRequest) -> HttpResponse:
    """Count the stay and answer nothing. What is no stay on a public page is not counted."""
    if counters.counted() != "totals":
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    route, length = page(request), figure(request)
    crawls = agents.is_crawler(request.META.get("HTTP_USER_AGENT", ""))
    if route and length is not None and counting.measures(request) and not crawls:
        audience = PROOF if counting.is_proof(request) else counting.PUBLIC
        counters.ours().stay(audience, route, length, STAYS[length])
    return HttpResponse(status=204)


def page(request: HttpRequest) -> str:
    """The route of the public page that says it; "" where none of ours does."""
    _name, path = referrers.parted(request.META.get("HTTP_REFERER", ""), request.META.get("HTTP_HOST", "").lower())
    route = counting.route_of(path)
    return route if route and counting.door_of(route) == counting.PUBLIC else ""


def figure(request: HttpRequest) -> int | None:
    """The length as its place among the eight; None where it is none of them."""
    said = request.read(2)
    return int(said) if len(said) == 1 and said in b"01234567" else None
