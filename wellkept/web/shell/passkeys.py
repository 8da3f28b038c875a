"""What a page with passkeys needs: its script, the browser's leave to use them, and what this site is to a device.

Serves R-10. A passkey works for one host. It is ours as the operator names it: a production pack serves those hosts
alone, and a demonstration the machine it runs on.
"""

import ipaddress

from django.http import HttpRequest

from wellkept.accounts.passkeys import Site
from wellkept.web.shell import serving


def with_passkeys(request: HttpRequest) -> None:
    """Let this page run our script, and let the script ask the browser for a passkey."""
    vars(request).update(scripts=True, passkeys=True)


def site(request: HttpRequest) -> Site:
    """This site as a browser sees it. The host was compared with the operator's own before any view runs."""
    pack = serving.original()
    with_port = request.get_host()
    host = with_port.rpartition(":")[0] if with_port.rpartition(":")[2].isdigit() and ":" in with_port else with_port
    scheme = "https" if pack.production else request.scheme
    return Site(host=host, origin=f"{scheme}://{with_port}", name=serving.pack().display_name)


def works_here(request: HttpRequest) -> bool:
    """Whether a passkey can be bound to the host: browsers bind none to a bare address (Web Authentication, 5.1.3)."""
    try:
        ipaddress.ip_address(site(request).host.strip("[]"))
    except ValueError:
        return True
    return False
