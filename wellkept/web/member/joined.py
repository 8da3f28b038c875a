"""The records joined with one's own: since when, by whom and why, and the word that ends it.

Serves U-43, P-19. Whoever was joined with somebody else's record says so here, and it ends at once.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from wellkept.people import joins
from wellkept.web.member.door import opened, page, secret

HERE = "/member/privacy/joined/"


def joined(request: HttpRequest) -> HttpResponse:
    """Show the joins that hold; with POST end one."""
    if request.method == "POST":
        if not joins.disown(secret(request), number(request)):
            raise Http404
        return HttpResponseRedirect(HERE)
    with opened(request) as (key, _who):
        (person,) = key.subjects
        found = [
            (one, joins.reason(key, person=person, number=one.id, sealed=one.sealed))
            for one in joins.mine(secret(request))
        ]
    return page(request, "joined", {"found": found})


def number(request: HttpRequest) -> UUID:
    """Which join is meant; raises ``Http404`` for what is no number."""
    try:
        return UUID(request.POST.get("join", ""))
    except ValueError:
        raise Http404 from None
