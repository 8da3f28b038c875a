"""Whether a call shows a part of the record: its caller is verified, and its reason makes that part necessary.

Serves U-12, P-01, P-12, P-19; 45 CFR 164.502(b). What no call shows is refused in the one sentence for all.
"""

from uuid import UUID

from django.http import HttpRequest

from wellkept.policy.words import Category
from wellkept.service.queries import CallLine
from wellkept.service.values import shown
from wellkept.web.desk.frame import Seat, closed, on_call, seat


def showing(request: HttpRequest, call: UUID, *needed: Category) -> tuple[Seat, CallLine]:
    """The seat and the call, where the call shows all of these; raises the one refusal everywhere else."""
    here = seat(request)
    line = on_call(here, call)
    if line.verified is None or not set(needed) <= set(shown(line.about)):
        raise closed()
    return here, line
