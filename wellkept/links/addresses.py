"""Which addresses of other sites may stand in the register, and how one is read by a person.

Serves U-35, P-03. Sources: RFC 3986 (parts of an address), RFC 3490 and 3492 (names in other scripts), RFC 6761 and
2606 (names that lead nowhere public).
"""

import re
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST: Final = 500
_LABEL: Final = re.compile(r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")
# The last label of a public name is a word: one of figures alone would be an IP address in one of its spellings.
_LAST: Final = re.compile(r"^[a-z][a-z0-9-]*[a-z0-9]$")
_INSIDE: Final = frozenset(
    {"localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "onion", "invalid", "test"}
)
_PRINTED: Final = re.compile(r"^[!-~]+$")


def checked(text: str, *, own: Collection[str]) -> str:
    """The address in the form the register keeps; raises ``ValidationError`` with what to change.

    ``own`` are our own hosts. A name in another script is kept in its ASCII form.
    """
    if not text or len(text) > LONGEST or any(char.isspace() or char in '\\"<>`{}|^' for char in text):
        raise ValidationError(_("Write one address of at most 500 characters, without spaces."))
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ValidationError(_("We could not read this address.")) from None
    if parts.scheme != "https":
        raise ValidationError(_("The address must begin with https://."))
    if "@" in parts.netloc:
        raise ValidationError(_("An address with a name or password in it cannot be reviewed."))
    if port not in (None, 443) or parts.netloc.endswith(":"):
        raise ValidationError(_("Leave the port out: a page for everyone needs none."))
    host = _host(parts.hostname or "")
    if any(host == one or host.endswith(f".{one}") for one in own):
        raise ValidationError(_("This address is our own. Link to it as any other page of ours."))
    rest = urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))
    if not _PRINTED.match(rest):
        raise ValidationError(_("Copy the address as the browser writes it: letters, figures and signs alone."))
    if "//" in rest or "%2f%2f" in rest.lower() or "%5c" in rest.lower():
        raise ValidationError(_("An address that carries another address may lead anywhere. Give the last one."))
    return f"https://{host}{rest}"


def host_of(address: str) -> str:
    """The host of an address of the register, in ASCII."""
    return urlsplit(address).hostname or ""


def read(host: str) -> str:
    """A host as a person reads it: in its own script, where it has one, with its ASCII form behind it in brackets."""
    if "xn--" not in host:
        return host
    try:
        return f"{host.encode('ascii').decode('idna')} ({host})"
    except UnicodeError:
        return host


def _host(name: str) -> str:
    """A public host name in ASCII; raises ``ValidationError``."""
    wrong = ValidationError(_("Give the full public name of the site, such as guide.example.org."))
    try:
        host = name.encode("idna").decode("ascii").lower()
        if not name.isascii() and host.encode("ascii").decode("idna") != name:
            raise wrong  # two spellings of one name: write the one that comes back
    except UnicodeError:
        raise wrong from None
    labels = host.split(".")
    if len(labels) < 2 or len(host) > 253 or not all(_LABEL.match(label) for label in labels):
        raise wrong
    if not _LAST.match(labels[-1]) or labels[-1] in _INSIDE:
        raise wrong
    return host
