"""Which sign-on an operator has, as its environment says it.

``WELLKEPT_OIDC_ISSUER``, ``_CLIENT_ID``, ``_CLIENT_SECRET`` (a file with the secret alone), ``_NAME`` (how pages call
it) and ``_SECOND`` (values of ``amr`` or ``acr`` that mean a second factor was shown there).
"""

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

# RFC 8176, section 2. Every other value of WELLKEPT_OIDC_SECOND is an ``acr``, which is asked for too.
AMR: Final = frozenset(
    "face fpt geo hwk iris kba mca mfa otp pin pwd rba retina sc sms swk tel user vbm wia".split()  # noqa: SIM905  (as the RFC lists them)
)


class SignOnError(Exception):
    """The sign-on did not say who somebody is. The word is for the log; it holds nothing of what was sent."""


@dataclass(frozen=True, slots=True)
class SignOn:
    """One sign-on: the ``issuer`` as it calls itself, our name and secret there, its name on our pages.

    ``second``: what it says where it saw a second factor.
    """

    issuer: str
    client: str
    secret: str
    name: str
    second: frozenset[str]

    @property
    def contexts(self) -> str:
        """The ``acr`` values to ask for, in the order of the alphabet; "" where there are none."""
        return " ".join(sorted(self.second - AMR))

    def vouches(self, *, amr: frozenset[str], acr: str) -> bool:
        """Whether what it said means that a second factor was shown there."""
        return bool((amr | {acr}) & self.second)


def configured() -> SignOn | None:
    """The sign-on of this operator; None where none is named. Raises ``SignOnError`` for one that must not be used."""
    issuer = os.environ.get("WELLKEPT_OIDC_ISSUER", "")
    client = os.environ.get("WELLKEPT_OIDC_CLIENT_ID", "")
    if not (issuer and client):
        return None
    path = os.environ.get("WELLKEPT_OIDC_CLIENT_SECRET", "")
    words = os.environ.get("WELLKEPT_OIDC_SECOND", "").replace(",", " ").split()
    return SignOn(
        issuer=permitted(issuer),
        client=client,
        secret=Path(path).read_text(encoding="utf-8").strip() if path else "",
        name=os.environ.get("WELLKEPT_OIDC_NAME") or urlsplit(issuer).hostname or "",
        second=frozenset(words),
    )


def permitted(address: object) -> str:
    """An address we may ask: over TLS, or without it on this machine alone. Raises ``SignOnError``."""
    parts = urlsplit(address) if isinstance(address, str) else urlsplit("")
    if not parts.hostname or parts.username or parts.fragment:
        raise SignOnError("address")
    if parts.scheme == "https" or (parts.scheme == "http" and is_here(parts.hostname)):
        return parts.geturl()
    raise SignOnError("no TLS")


def is_inside(host: str) -> bool:
    """Whether a host, by its number or as "localhost", is this machine or no public network (RFC 6890)."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_here(host: str) -> bool:
    """Whether the host is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
