"""Files that programs look for at fixed addresses.

Sources: RFC 9116 (security.txt), Global Privacy Control (gpc.json), RFC 9309 (robots.txt), sitemaps.org 0.9.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from wellkept.policy import packs
from wellkept.policy.shapes import Pack
from wellkept.web.shell import own_address, serving
from wellkept.web.shell.language import ORIGINAL, led
from wellkept.web.shell.public import public, steady
from wellkept.web.site.addresses import public_pages

DOORS: Final = (
    "register",
    "sign-in",
    "member",
    "desk",
    "privacy",
    "operations",
    "preferences",
    "search",
    "publications/leave",
)


@steady("It shows the pack.")
@public("RFC 9116 asks that anyone can report a weakness.")
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness. It expires in 180 days, so that a copy elsewhere does not outlive its address."""
    pack = serving.pack()
    expires = datetime.combine(serving.today(pack) + timedelta(days=180), time(), tzinfo=UTC)
    ours = own_address.origin(request)
    lines = [
        f"Contact: mailto:{pack.mailboxes['security']}",
        f"Contact: tel:+{''.join(filter(str.isdigit, pack.phone))}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(pack.languages)}",
    ]
    # Web addresses in this file must begin with https (RFC 9116, section 2.5): a demonstration without it names none.
    if ours.startswith("https://"):
        lines += [f"Canonical: {ours}/.well-known/security.txt", f"Policy: {ours}/contact/#security"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@steady("It shows the pack.")
@public("Global Privacy Control asks where anyone can see that a site honours it (R-16).")
def privacy_control(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (it is the same for every request)
    """That the signal is honoured, and since when this policy says so."""
    pack = serving.pack()
    since = packs.now_in_force(pack).effective
    return JsonResponse({"gpc": True, "lastUpdate": since.isoformat()})


@steady("It shows the pack.")
@public("Crawlers ask for it.")
def robots(request: HttpRequest) -> HttpResponse:
    """Public pages may be read by programs; doors may not."""
    shut = "".join(f"Disallow: /{path}/\n" for path in DOORS)
    text = f"User-agent: *\n{shut}\nSitemap: {own_address.origin(request)}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@steady("It shows the pack.")
@public("Crawlers ask which pages there are.")
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in every language, each naming the others (sitemaps.org 0.9 with xhtml:link)."""
    pack = serving.original()
    given = {"pages": in_every_language(own_address.origin(request), pack), "original": ORIGINAL}
    return render(request, "site/sitemap.xml", given, content_type="application/xml")


def in_every_language(origin: str, pack: Pack) -> list[list[tuple[str, str]]]:
    """For each public page its languages with the address in each."""
    return [[(language, origin + led(path, language)) for language in pack.languages] for path in public_pages(pack)]


@steady("It shows the pack.")
@public("Browsers ask for it where a page names no mark.")
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (it is the same for every request)
    """The operator's mark."""
    return HttpResponse(serving.original().mark, content_type="image/svg+xml")
