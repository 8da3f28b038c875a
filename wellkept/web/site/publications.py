"""What the operator brings out to read: a list, and a page for each. Anyone may read them; nobody is counted by name.

Serves U-15, P-17.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wellkept.policy import publications
from wellkept.web.shell import serving, subscribing
from wellkept.web.shell.public import public, steady


@steady("It shows the pack.")
@public("Anyone may read what we bring out, on the list or not (P-17).")
def listed(request: HttpRequest) -> HttpResponse:
    """Every publication that is out, newest first, and how to be told of the next."""
    pack = serving.pack()
    given = {"publications": publications.out(pack, serving.today(pack)), "by_mail": subscribing.offered(pack)}
    return render(request, "site/publications.html", given)


@steady("It shows the pack.")
@public("Anyone may read what we bring out, on the list or not (P-17).")
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One publication; not found before its day."""
    pack = serving.pack()
    found = next((each for each in publications.out(pack, serving.today(pack)) if each.key == key), None)
    if found is None:
        raise Http404
    return render(request, "site/publication.html", {"publication": found})
