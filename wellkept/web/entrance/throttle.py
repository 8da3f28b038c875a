"""Slows down whoever tries many passwords, without writing down who that is.

The address is hashed under a key that lives in this process's memory for an hour, counted, and forgotten with the key.
"""

import hashlib
import hmac
import os
import secrets
import threading
from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

HOUR: Final = timedelta(hours=1)


class Throttle:
    """At most ``limit`` tries an hour from one address, in one process."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._lock = threading.Lock()
        self._began: datetime | None = None
        self._key = b""
        self._tries: Counter[bytes] = Counter()

    def allows(self, request: HttpRequest) -> bool:
        """Count one try; False when it is one too many."""
        address = caller(request)
        with self._lock:
            now = timezone.now()
            if self._began is None or now - self._began >= HOUR:
                self._began, self._key, self._tries = now, secrets.token_bytes(32), Counter()
            known = hmac.digest(self._key, address.encode(), hashlib.sha256)
            self._tries[known] += 1
            return self._tries[known] <= self.limit


def caller(request: HttpRequest) -> str:
    """The address that called us; behind a proxy that we trust, the last one it saw. What a caller claims is ignored."""
    address: str = request.META.get("REMOTE_ADDR", "")
    if address and address == os.environ.get("WELLKEPT_TRUSTED_PROXY"):
        return str(request.META.get("HTTP_X_FORWARDED_FOR", address)).rpartition(",")[2].strip()
    return address


PASSWORDS: Final = Throttle(limit=200)
