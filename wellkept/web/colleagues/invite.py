"""Inviting one colleague: a code for that person alone, shown once, to be handed over on paper.

Serves U-08, U-14, U-30, P-13, P-15, R-13. No mail carries the code, and no page shows it again.
"""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wellkept.accounts import colleagues
from wellkept.policy import practices
from wellkept.web.colleagues.forms import Invite
from wellkept.web.colleagues.frame import administrator, no_longer
from wellkept.web.shell import own_address, proving, serving

ROOM: Final = 10
"""Minutes. Whoever begins to fill in the form has five more to send it."""


def invite(request: HttpRequest) -> HttpResponse:
    """The form; then the one page that shows the code."""
    here = administrator(request)
    vars(request)["private"] = True
    form = Invite(request.POST if request.method == "POST" else None)
    if request.method != "POST" and not proving.recently(request, minutes=ROOM):
        return proving.ask(request, "colleagues-invite")
    if not form.is_valid():
        return render(request, "colleagues/invite.html", {"form": form}, status=400 if form.errors else 200)
    pack = serving.pack()
    days = practices.number(pack, "access_code_days")
    told = form.cleaned_data
    made = colleagues.invite(here.secret, name=told["name"], born=told["birth_date"], days=days)
    if made.answer == "no":
        raise no_longer()
    if made.answer != "yes":
        form.say(made.answer)
        return render(request, "colleagues/invite.html", {"form": form}, status=400)
    given = {
        "office": here.organisation,
        "by": here.actor,
        "name": told["name"],
        "code": made.code,
        "until": (datetime.now(ZoneInfo(pack.time_zone)) + timedelta(days=days)).date(),
        "where": f"{own_address.origin(request)}/register/code/",
    }
    return render(request, "colleagues/code.html", given)
