"""The first page: on a desk the answer and what needs me, on a record the timeline of the person.

Serves U-29, P-01, B-03.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from wellkept.accounts import leaving
from wellkept.accounts.leaving import OwnEnd
from wellkept.benefits import queries as benefits
from wellkept.policy import practices
from wellkept.web.member import claims, contact, timeline
from wellkept.web.member.door import called, opened, page, secret
from wellkept.web.member.glance import SHOWN, glance
from wellkept.web.member.places import is_record
from wellkept.web.shell import serving

LATEST: Final = 4


def home(request: HttpRequest) -> HttpResponse:
    """The first page, or for a helper for whom they act; it asks whom no letter reached for their address."""
    if called(request):
        return HttpResponseRedirect("/member/helping/")
    vars(request)["letter_back"] = bool(contact.asked(request))
    return timeline.timeline(request) if is_record() else desk(request)


def desk(request: HttpRequest) -> HttpResponse:
    """Am I covered, what needs me, what was claimed lately, how far the year has come, who looked."""
    with opened(request, *SHOWN) as (key, who):
        seen = glance(key, who)
        latest = benefits.claims(key, size=LATEST)
        services = benefits.services(key, latest.lines)
    given = {
        "glance": seen,
        "answer": seen.answer,
        "latest": claims.table(latest.lines, services=services, brief=True) if latest.lines else None,
        "more": latest.total > len(latest.lines),
        "ending": ending(request),
    }
    return page(request, "home", given)


def ending(request: HttpRequest) -> OwnEnd | None:
    """When one's coverage ended and one's account closes; None where this operator closes nobody's for that."""
    pack = serving.pack()
    if not practices.number(pack, "run_out_months"):
        return None
    return leaving.own_end(secret(request), today=serving.today(pack))
