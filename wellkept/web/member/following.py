"""A letter that follows our answer: one page to print, with a reference by which we track it as a request (U-34)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from wellkept.policy.words import Category
from wellkept.rights import escalations, queries
from wellkept.web.member import clock
from wellkept.web.member.door import opened, page, secret
from wellkept.web.shell import naming, serving


def letter(request: HttpRequest, number: UUID) -> HttpResponse:
    """The letter about a request of one's own that was answered; made with the button, and the same ever after."""
    secret(request)
    if request.method != "POST" and "made" not in request.GET:
        return HttpResponseRedirect(f"/member/privacy/requests/{number}/")
    with opened(request, Category.REQUESTS) as (key, who):
        asked = queries.request(key, number)
        reference = escalations.reference(key, number) if asked and asked.answered_at else ""
    if asked is None or not reference:
        raise Http404
    if request.method == "POST":
        return HttpResponseRedirect(f"/member/privacy/requests/{number}/letter/?made=yes")
    given = {
        "asked": clock.clocked(asked), "reference": reference, "name": naming.written(who.full) if who else "",
        "today": serving.today(serving.pack()),
    }  # fmt: skip
    return page(request, "letter_after", given)
