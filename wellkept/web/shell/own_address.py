"""The full address of a page of ours, from the operator's own host name and never from what a request says.

Serves U-24, R-16. Source: web cache poisoning by Host and X-Forwarded-Host (OWASP ASVS 5.0, 4.1.4).
"""

from django.http import HttpRequest

from wellkept.web.shell import language, serving
from wellkept.web.shell.public import reason_of


def origin(request: HttpRequest) -> str:
    """Scheme and host of this operator; in a demonstration also the port this process listens on."""
    pack = serving.original()
    if pack.production:
        return f"https://{pack.hosts[0]}"
    port = str(request.META.get("SERVER_PORT", ""))
    return f"{request.scheme}://{pack.hosts[0]}" + (f":{port}" if port not in ("", "80", "443") else "")


def canonical(request: HttpRequest) -> str:
    """The one address of the public page asked for, in its language, without a query; "" for any other page."""
    if request.resolver_match is None or request.method != "GET" or not reason_of(request, "public_reason"):
        return ""
    return origin(request) + language.led(request.path, serving.language())
