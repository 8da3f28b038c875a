"""Who can open what, to print: the organisation's own record that it looked; and the terms that bind its people.

Serves U-30, U-41, P-13, B-09.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wellkept.access.listing import opens
from wellkept.consent.documents import documents, said_in
from wellkept.web.colleagues.frame import place
from wellkept.web.shell import serving


def listing(request: HttpRequest) -> HttpResponse:
    """Each person, what their account may open, why and after what; for one who does not administer, their own."""
    here = place(request)
    pack = serving.pack()
    given = {
        "place": here,
        "office": here.organisation,
        "me": here.me,
        "people": here.people if here.me.administers else (here.me,),
        "opens": opens(pack, here.role),
        "today": serving.today(pack),
    }
    return render(request, "colleagues/list.html", given)


def terms(request: HttpRequest) -> HttpResponse:
    """The text that this role agreed to, as it is in force today."""
    here = place(request)
    today = serving.today(serving.pack())
    known = [one for one in documents(settings.PACK) if one.audience == here.role and one.day <= today]
    newest = {one.name: one for one in known}  # sorted by version: the last of a name is the newest
    texts = [said_in(serving.language(), settings.PACK, one) for one in newest.values()]
    return render(request, "colleagues/terms.html", {"texts": texts, "home": here.home})
