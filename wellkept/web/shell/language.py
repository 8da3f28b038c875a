"""The language of a page is said by its address, and by nothing else: ``/es/policy/`` is ``/policy/`` in Spanish.

Serves U-09, R-12. It is never guessed from the browser, the data or the person. Views and templates write addresses
without a language; on a page in Spanish this module leads every address of ours to its Spanish page, in one place.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import translation

from wellkept.web.shell import serving

Answer = Callable[[HttpRequest], HttpResponse]

ORIGINAL: Final = "en"
"""The language of an address that names none. The policy says that its text holds where two differ."""

NAMES: Final = {"en": "English", "es": "Español"}

# What has no language: files, and what programs look for at one fixed address.
_WITHOUT: Final = re.compile(r"/(?:static/|theme\.|mark\.|\.well-known/|robots\.txt|sitemap\.xml)")
_OURS: Final = re.compile(r"/(?![/\\])")
_LED: Final = {"href", "action", "formaction"}
_LEADS: Final = re.compile("href|action", re.IGNORECASE)
_SAYS: Final = re.compile("hreflang", re.IGNORECASE)
# A tag as HTML reads one (HTML Standard, 13.2.5.6 to 13.2.5.39); nothing in it is tried twice, however it is written.
_ATTRIBUTE: Final = r"""[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+"""
_TAG: Final = re.compile(rf"<!--.*?-->|<[A-Za-z][^\s/>]*+(?:[\s/]++|{_ATTRIBUTE})*+>", re.DOTALL)
_NAME_AND_VALUE: Final = re.compile(
    r"""([^\s/>=]++)(?:(\s*+=\s*+["']?)((?<=")[^"]*+|(?<=')[^']*+|[^\s>"'][^\s>]*+))?+"""
)


@dataclass(frozen=True, slots=True)
class Switch:
    """The way to this page in another language: its code, its name in itself, and the address."""

    code: str
    name: str
    href: str


class Language:
    """Middleware: takes the language off the address, and puts it back on every address of ours in the answer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer in the language of the address."""
        language, path = parted(request.path_info, offered())
        if not path:
            return HttpResponsePermanentRedirect(led("/", language))
        request.path = request.path.removesuffix(request.path_info) + path
        request.path_info = path
        with translation.override(language):
            response = self.get_response(request)
        return said(response, language)


def offered() -> tuple[str, ...]:
    """The languages of the operator this process serves."""
    return serving.original().languages


def parted(path: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """The language ``path`` names and the path without it: "" where nothing but the language is there."""
    first, slash, rest = path[1:].partition("/")
    if first == ORIGINAL or first not in languages:
        return ORIGINAL, path
    return first, slash + rest


def led(address: str, language: str) -> str:
    """``address`` in ``language``: an address of ours that has one is put under it, any other is left as it is."""
    if language == ORIGINAL or not _OURS.match(address) or _WITHOUT.match(address):
        return address
    if address == f"/{language}" or address.startswith(f"/{language}/"):
        return address
    return f"/{language}{address}"


def rewritten(text: str, language: str) -> str:
    """The page ``text`` with every ``href``, ``action`` and ``formaction`` of ours led to ``language``.

    An element that says ``hreflang`` names the language of its address itself and is left alone.
    """
    return _TAG.sub(lambda tag: _tag(tag[0], language), text)


def _tag(tag: str, language: str) -> str:
    if not _LEADS.search(tag) or tag.startswith("<!--"):
        return tag
    if _SAYS.search(tag) and any(one[1].lower() == "hreflang" for one in _NAME_AND_VALUE.finditer(tag)):
        return tag
    return _NAME_AND_VALUE.sub(lambda one: _attribute(one, language), tag)


def _attribute(one: re.Match[str], language: str) -> str:
    name, sign, value = one.groups()
    return f"{name}{sign}{led(value, language)}" if value and name.lower() in _LED else one[0]


def said(response: HttpResponse, language: str) -> HttpResponse:
    """The answer with its language named and its addresses led there. What is streamed passes as it is."""
    if "Location" in response.headers:
        response.headers["Location"] = led(response.headers["Location"], language)
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return response
    response.headers.setdefault("Content-Language", language)
    if language != ORIGINAL and response.content:
        response.content = rewritten(response.content.decode(response.charset), language)
        if "Content-Length" in response.headers:
            response.headers["Content-Length"] = str(len(response.content))
    return response


def switches(request: HttpRequest) -> tuple[Switch, ...]:
    """The same page in every other language. Where there is no page, the way leads to the first one."""
    now = serving.language()
    return tuple(Switch(code, NAMES[code], led(_here(request), code)) for code in offered() if code != now)


def _here(request: HttpRequest) -> str:
    """The address of the page, without what was asked of it: that may be a word somebody looks for.

    A page that shows nothing repeats no address: one that is not there reads like one that is somebody else's.
    """
    if request.resolver_match is None or getattr(request, "nothing_shown", False):
        return "/"
    return request.path
