"""The notice of a policy that whoever is signed in has not said they read: on each of their pages until they do.

Serves U-09, U-37. Public pages know nobody and do not ask; there the banner of ``context.policy_notice`` stands.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from wellkept.accounts import visits
from wellkept.policy import packs
from wellkept.policy.shapes import PolicyVersion
from wellkept.web.shell import serving
from wellkept.web.shell.public import View, reason_of

MOST: Final = 20_000
"""Sessions of which a process remembers that their holder has read the policy: about 3 MB."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The version to read. ``before`` is the posted version its reader read last, None where they read none."""

    version: PolicyVersion
    before: PolicyVersion | None


class Unread:
    """Middleware: ``request.policy_unread`` is a ``Notice`` or false, asked for only when a page prints it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: View, _args: list[object], _kwargs: dict[str, object]) -> None:
        """Put the question on the request, where the page is not open to everybody."""
        secret = getattr(request, "session_secret_hash", None)
        if secret is not None and not reason_of(request, "public_reason"):
            vars(request)["policy_unread"] = SimpleLazyObject(lambda: notice(secret))


def notice(secret: bytes) -> Notice | None:
    """The version in force, where the session's holder has not said they read it. None while nobody can know."""
    pack = serving.pack()
    version = packs.now_in_force(pack)
    if _known(secret, version.version):
        return None
    try:
        met = visits.met(secret)
    except Error:
        return None
    read = {one.version for one in met if one.read is not None}
    if version.version in read:
        _remember(secret, version.version)
        return None
    before = [one for one in pack.versions if one.version in read and one.effective < version.effective]
    return Notice(version, before[-1] if before else None)


_READ: Final[OrderedDict[bytes, str]] = OrderedDict()
_LOCK: Final = Lock()


def _known(secret: bytes, version: str) -> bool:
    with _LOCK:
        return _READ.get(secret) == version


def _remember(secret: bytes, version: str) -> None:
    with _LOCK:
        _READ[secret] = version
        _READ.move_to_end(secret)
        while len(_READ) > MOST:
            _READ.popitem(last=False)
