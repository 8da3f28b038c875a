"""Pages for what went wrong. They ask no database and tell no detail.

A refusal names its clause and who can help; a fault is ours, and bears a reference number that our log bears too.
"""

import logging
import secrets
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.policy.words import Refused
from wellkept.web.shell import serving, typed

_LOG: Final = logging.getLogger("wellkept.fault")
_ALPHABET: Final = "23456789BCDFGHJKMNPQRSTVWXYZ"


class Answers:
    """Middleware: what rooms raise becomes a page. Refused is 403, ValidationError 400, a lost database 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for ``error``, or None where it is a fault of ours."""
        match error:
            case Refused(reason="no session"):
                typed.keep(request)
                return HttpResponseRedirect("/sign-in/")
            case Refused() if error.reason.startswith("needs "):
                return HttpResponseRedirect("/sign-in/agree/")
            case Refused():
                return refusal(request, sentence=error.sentence, clause=error.clause)
            case ValidationError():
                return _page(request, 400, {"messages": error.messages})
            case OperationalError():
                return unavailable(request)
            case _:
                return None


def refusal(request: HttpRequest, *, sentence: str, clause: str = "") -> HttpResponse:
    """The page that says no: the sentence, the clause that refuses, and who can help."""
    known = clause if clause[:1] in serving.pack().promises else ""
    return _page(request, 403, {"sentence": sentence, "clause": known})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """We could not read what was sent. ``exception`` is never shown."""
    del exception
    return _page(request, 400, {"messages": []})


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A refusal that Django itself decided. ``exception`` is never shown."""
    del exception
    return refusal(request, sentence=_("This page is not open to you."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No page lies here. The address asked for is never repeated."""
    del exception
    return _page(request, 404, {})


def fault(request: HttpRequest) -> HttpResponse:
    """Our fault. The log gets the kind of error and where it arose, never its message, which may hold a value."""
    reference = "".join(secrets.choice(_ALPHABET) for _letter in range(8))
    kind, _error, trace = sys.exc_info()
    places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-4:]]
    _LOG.error("%s %s at %s", reference, kind.__name__ if kind else "unknown", " < ".join(reversed(places)))
    try:
        return _page(request, 500, {"reference": reference})
    except Exception:  # noqa: BLE001 (whatever broke the page must not break its apology)
        return HttpResponse(_("Something went wrong on our side. Reference: %s") % reference, "text/plain", status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """We are closed for the moment."""
    response = _page(request, 503, {})
    response.headers["Retry-After"] = "60"
    return response


def _page(request: HttpRequest, status: int, said: Mapping[str, object]) -> HttpResponse:
    """The page for ``status``. ``promises`` is None so that the foot asks for no evidence either."""
    vars(request)["nothing_shown"] = True
    return render(request, f"shell/{status}.html", {**said, "promises": None, "canonical": ""}, status=status)
