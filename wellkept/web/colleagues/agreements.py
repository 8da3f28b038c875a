"""What an organisation and the operator agreed: in force, ending soon, over. For everybody who comes in for it.

Serves U-11, P-08.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wellkept.organisations import agreements as room
from wellkept.organisations.agreements import Agreement
from wellkept.web.colleagues.frame import place
from wellkept.web.shell.agreed import KINDS, STATES, covers, until


def agreements(request: HttpRequest) -> HttpResponse:
    """Each agreement to which the organisation is a party; what holds now first."""
    here = place(request)
    now = timezone.now()
    found = room.mine(here.secret)
    now_ = [one for one in found if one.state in {"in force", "not begun"}]
    given = {
        "office": here.organisation,
        "home": here.home,
        "now": [line(one, soon=one.ends_soon(now)) for one in now_],
        "over": [line(one, soon=False) for one in found if one not in now_],
        "soon": any(one.ends_soon(now) for one in now_),
    }
    return render(request, "colleagues/agreements.html", given)


def line(one: Agreement, *, soon: bool) -> dict[str, object]:
    """One agreement with its words."""
    word, tone = STATES["soon" if soon else one.state]
    return {"one": one, "kind": KINDS[one.kind], "covers": covers(one), "until": until(one), "word": word, "tone": tone}
