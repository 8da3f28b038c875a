"""Which operator this process serves, what day it is there, and how its cookies are named."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from wellkept.policy import packs
from wellkept.policy.shapes import Pack


def original() -> Pack:
    """The pack of the one operator this process serves, in the language that holds."""
    return packs.named(settings.WELLKEPT_OPERATOR)


def pack() -> Pack:
    """The pack of the one operator this process serves, its texts in the language of the page."""
    found = original()
    return found.translations.get(language(), found)


def language() -> str:
    """The language of the page: "en" or "es". What is written outside a page is written in English."""
    return "es" if (translation.get_language() or "").startswith("es") else "en"


def today(of: Pack) -> date:
    """The day it is where the operator works."""
    return packs.today(of)


def cookie_name(which: str, *, secure: bool) -> str:
    """The name of a cookie of this operator, bound to the host over TLS. Plain HTTP is served on this machine alone."""
    name = f"{settings.WELLKEPT_OPERATOR}_{which}"
    return f"__Host-{name}" if secure else name


def signed_in(request: HttpRequest) -> bool:
    """Whether somebody signed in asks. The doors say so on the request; other requests lack both marks."""
    return bool(getattr(request, "person", None) or getattr(request, "signed_in_as", ""))
