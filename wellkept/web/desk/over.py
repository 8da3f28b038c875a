"""A call that ended while something was typed for it: nothing of it opens or is kept, and nothing typed is lost.

Serves R-11, P-19, B-10. The words come back to whoever typed them, in the answer to what they sent; they lie nowhere.
"""

from collections.abc import Callable
from functools import wraps
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wellkept.policy.words import Refused
from wellkept.service.queries import CallLine, my_calls
from wellkept.web.desk import words
from wellkept.web.desk.frame import seat
from wellkept.web.shell.forms import Form

View = Callable[[HttpRequest, UUID], HttpResponse]
NOT_KEPT: Final = 403


def gives_back(form: type[Form]) -> Callable[[View], View]:
    """Wraps a page of a call: what is sent once one's own call is over comes back in ``form``, with why.

    Whoever else is refused reads the refusal that the page raised.
    """

    def wrapped(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, call: UUID) -> HttpResponse:
            try:
                return view(request, call)
            except Refused as error:
                if request.method != "POST" or error.reason != "not on the call":
                    raise
                line = ended(seat(request).secret, call)
                if line is None:
                    raise
            return given_back(request, line, form(request.POST))

        return page

    return wrapped


def ended(secret: bytes, call: UUID) -> CallLine | None:
    """A call of one's own of the last twelve hours that does not go on any more."""
    return next((line for line in my_calls(secret) if line.id == call and not line.goes_on), None)


def given_back(request: HttpRequest, line: CallLine, form: Form) -> HttpResponse:
    """The page with what was typed, and with no word of the person. Nothing is to be mended: it cannot be sent here."""
    form.errors.clear()
    given = {
        "form": form, "call_in_words": words.call_in_words(line), "nav_here": "/desk/",
        "at": words.hour(line.ended) if line.ended else "",
    }  # fmt: skip
    return render(request, "desk/over.html", given, status=NOT_KEPT)
