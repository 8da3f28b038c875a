"""Files that programs look for at fixed addresses.

Sources: RFC 9116 (security.txt), Global Privacy Control (gpc.json), RFC 9309 (robots.txt).
"""

from datetime import UTC, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse

from wellkept.policy import packs
from wellkept.web.shell import own_address, serving
from wellkept.web.shell.public import public


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


@public("Global Privacy Control asks where anyone can see that a site honours it (R-16).")
def privacy_control(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (it is the same for every request)
    """That the signal is honoured, and since when this policy says so."""
    pack = serving.pack()
    since = packs.in_force(pack, serving.today(pack)).effective
    return JsonResponse({"gpc": True, "lastUpdate": since.isoformat()})


@public("Crawlers ask for it.")
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (it is the same for every request)
    """Public pages may be read by programs; doors may not."""
    return HttpResponse("User-agent: *\nDisallow: /register/\nDisallow: /sign-in/\n", content_type="text/plain")
