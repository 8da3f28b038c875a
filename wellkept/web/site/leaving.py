"""The page between: what site a link leads to, whose it is, until when it was reviewed; then the way out.

Serves U-35, P-03, P-04. The way out takes a key and nothing else, so it leads nowhere that was not reviewed.
"""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from wellkept.links import queries
from wellkept.links.addresses import host_of
from wellkept.links.queries import Link
from wellkept.policy import practices
from wellkept.statistics import counters
from wellkept.web.shell import headers, serving
from wellkept.web.shell.public import from_anywhere, never_kept, public

SILENT: Final = "no-referrer"


@public("Anyone may see which sites we link to, and until when each was reviewed (U-35, P-03).")
def listed(request: HttpRequest) -> HttpResponse:
    """Every link that stands, with its host and the days of its review."""
    clause = next((one for one in ("U-35", "P-03") if one[0] in serving.pack().promises), "")
    given = {"links": queries.standing(), "clause": clause, "rechecked": rechecked()}
    return render(request, "site/links.html", given)


@public("Before leaving, anyone reads where a link leads and whose policy counts there (U-35, P-03).")
@from_anywhere("Whoever is sent here from elsewhere reads the page first; the way out is for our own page alone.")
@never_kept("A link that was withdrawn must be gone at once.")
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: HttpRequest, key: str) -> HttpResponse:
    """Show the page; with POST from it, lead to the address of the register."""
    link = queries.named([key]).get(key)
    if link is None or not link.stands:
        raise Http404
    if request.method == "POST" and from_here(request):
        return out(link.policy_address if request.POST.get("to") == "policy" else link.address)
    response = render(request, "site/leaving.html", {"link": link, "rechecked": rechecked()})
    response.headers["Content-Security-Policy"] = headers.leading_to(request, *hosts(link))
    response.headers["Referrer-Policy"] = SILENT
    return response


def hosts(link: Link) -> list[str]:
    """Where the page may lead: the host of the page and that of its privacy policy."""
    return list(dict.fromkeys((host_of(link.address), host_of(link.policy_address))))


def out(address: str) -> HttpResponse:
    """The step that leaves, to an address of the register. The next site is told nothing of where the reader was."""
    counters.left(host_of(address))
    response = HttpResponseRedirect(address, status=303)
    response.headers["Referrer-Policy"] = SILENT
    response.headers["Cache-Control"] = "no-store"
    return response


def from_here(request: HttpRequest) -> bool:
    """Whether the form was on a page of ours. Where a browser does not say, nothing is lost: the address is reviewed.

    The page sends no referrer, so browsers that know no ``Sec-Fetch-Site`` say nothing of where a form came from.
    """
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def rechecked() -> bool:
    """Whether this operator has links looked at again by a program."""
    return practices.flag(serving.pack(), "links_rechecked")
