"""One call: who calls, what to ask first, and what the call's reason opens. When it has ended nothing opens.

Serves U-12, U-31, P-01, P-12, P-19. The identity opens first; the rest once the caller is said to have answered.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from wellkept.benefits import queries as benefits
from wellkept.people import social
from wellkept.people.queries import identity, reach
from wellkept.policy.words import Category, Key, Refused
from wellkept.service.actions import ANSWERS, BY_CALLING_BACK, end_call, verify_caller
from wellkept.service.queries import CallLine
from wellkept.service.values import on_the_desk, shown
from wellkept.web.desk import tables, words
from wellkept.web.desk.frame import Seat, closed, on_call, opened, seat
from wellkept.web.shell import serving


def call(request: HttpRequest, call: UUID) -> HttpResponse:
    """The call: before the caller is verified what to ask, afterwards what the reason opens."""
    here = seat(request)
    line = on_call(here, call)
    given = {"call": line, "about": on_the_desk(line.about), "began": words.hour(line.began)}
    if line.verified is None:
        with opened(here, line, Category.IDENTITY) as key:
            given |= who(key)
        return render(request, "desk/letter.html" if line.about == "letter" else "desk/verify.html", given)
    return render(request, "desk/call.html", given | read(here, line, page=page(request)))


def read(here: Seat, line: CallLine, *, page: int) -> dict[str, object]:
    """What the reason opens. Where the person has had some of it restricted, who they are and that it is so."""
    try:
        with opened(here, line, *shown(line.about)) as key:
            return who(key) | record(key, line, page=page)
    except Refused as error:
        if error.reason != "restricted":
            raise
    with opened(here, line, Category.IDENTITY) as key:
        return who(key) | {"restricted": True}


def who(key: Key) -> dict[str, object]:
    """Who calls, in the words of the page."""
    person = identity(key)
    return {"person": person, "name": words.name(person), "facts": tables.identity(person)}


def record(key: Key, line: CallLine, *, page: int) -> dict[str, object]:
    """What is open besides the identity."""
    given: dict[str, object] = {}
    if line.about == "address":
        given |= {"reach": reach(key), "shows_reach": True}
    given["shows_list"] = Category.CONTACT in key.categories
    if Category.COVERAGE in key.categories:
        lines, day = benefits.coverage(key), serving.today(serving.pack())
        given |= {"coverage": tables.coverage(lines, on=day), "today": tables.today(benefits.covered(lines, on=day))}
    if Category.CLAIMS in key.categories:
        claims = benefits.claims(key, page=page)
        given |= {"claims": tables.claims(claims, call=line.id), "shows_claims": True}
        given |= {"pager": tables.pager(claims, number=page)}
    return given


def number(request: HttpRequest, call: UUID) -> HttpResponse:
    """The last four digits of the caller's social security number, to compare with what a verified caller says."""
    here = seat(request)
    line = on_call(here, call)
    if line.verified is None:
        raise closed()
    with opened(here, line, Category.IDENTITY, Category.SOCIAL) as key:
        given = who(key) | {"call": line, "digits": social.last_four(key)}
    return render(request, "desk/number.html", given)


def page(request: HttpRequest) -> int:
    """Which page of the claims is asked for; the first where the number makes no sense."""
    asked = request.GET.get("page", "")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1


def verified(request: HttpRequest, call: UUID) -> HttpResponse:
    """The representative says that the caller answered; on with the call."""
    here = seat(request)
    on_call(here, call)
    if request.method == "POST":
        verify_caller(here.secret, call, how=BY_CALLING_BACK if request.POST.get("how") == "called" else ANSWERS)
    return HttpResponseRedirect(f"/desk/calls/{call}/")


def end(request: HttpRequest, call: UUID) -> HttpResponse:
    """The call ends; back to the calls of today."""
    here = seat(request)
    on_call(here, call)
    if request.method != "POST":
        return HttpResponseRedirect(f"/desk/calls/{call}/")
    if not end_call(here.secret, call):
        raise closed()
    return HttpResponseRedirect("/desk/")
