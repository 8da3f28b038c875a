"""The first page: on a desk the answer and what needs me, on a record the timeline of the person.

Serves U-29, P-01, B-03.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse

from wellkept.benefits import queries as benefits
from wellkept.web.member import claims, timeline
from wellkept.web.member.door import opened, page
from wellkept.web.member.glance import SHOWN, glance
from wellkept.web.member.places import is_record

LATEST: Final = 4


def home(request: HttpRequest) -> HttpResponse:
    """The first page of this operator."""
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
    }
    return page(request, "home", given)
