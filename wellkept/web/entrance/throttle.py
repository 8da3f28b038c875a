"""Slows down whoever tries many times, without writing down who that is.

The address is hashed under a key that lives in this process's memory for an hour, counted, and forgotten with the key.
Each process of pages counts on its own: with two of them an address has twice the tries at most.
"""

import hashlib
import hmac
import ipaddress
import os
import secrets
import threading
from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

HOUR: Final = timedelta(hours=1)
SIX: Final = 64


class Throttle:
    """At most ``limit`` tries an hour from one network, in one process."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._lock = threading.Lock()
        self._began: datetime | None = None
        self._key = b""
        self._tries: Counter[bytes] = Counter()

    def allows(self, request: HttpRequest) -> bool:
        """Count one try; False when it is one too many."""
        network = network_of(caller(request))
        with self._lock:
            now = timezone.now()
            if self._began is None or now - self._began >= HOUR:
                self._began, self._key, self._tries = now, secrets.token_bytes(32), Counter()
            known = hmac.digest(self._key, network.encode(), hashlib.sha256)
            self._tries[known] += 1
            return self._tries[known] <= self.limit


def caller(request: HttpRequest) -> str:
    """The address that called us; behind a proxy that we trust, the last one it saw. What callers claim is ignored."""
    address: str = request.META.get("REMOTE_ADDR", "")
    if address and address == os.environ.get("WELLKEPT_TRUSTED_PROXY"):
        return str(request.META.get("HTTP_X_FORWARDED_FOR", address)).rpartition(",")[2].strip()
    return address


def network_of(address: str) -> str:
    """What one caller can call from: an address of version 4, the first 64 bits of one of version 6 (RFC 6177)."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    return str(found.ipv4_mapped or ipaddress.ip_network((found, SIX), strict=False))


def too_many(request: HttpRequest, template: str, form: Form) -> HttpResponse:
    """The same page once more, with what was typed, saying when to come back (RFC 6585, section 4)."""
    form.add_error(None, _("Too many tries came from your network. Please wait an hour, or call us."))
    response = render(request, template, {"form": form}, status=429)
    response.headers["Retry-After"] = str(int(HOUR.total_seconds()))
    return response


PASSWORDS: Final = Throttle(limit=200)
ASKS: Final = Throttle(limit=100)
CODES: Final = Throttle(limit=100)
INQUIRIES: Final = Throttle(limit=30)
SIGN_ONS: Final = Throttle(limit=200)
# The database counts these for each account and session; here only a flood is slowed.
WAYS: Final = Throttle(limit=1000)
