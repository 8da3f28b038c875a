"""What the sign-on publishes of itself: its addresses and its keys, fetched within seconds and kept for an hour.

Sources: OpenID Connect Discovery 1.0, sections 3 and 4.3; RFC 7517. Nothing is followed that leads elsewhere.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import orjson
import requests
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from wellkept.exchange.openid.settings import SignOn, SignOnError, is_inside, permitted

SECONDS: Final = 5.0
BYTES: Final = 500_000
HOUR: Final = 3600.0
# A token with a key we do not know lets us look again, and not more often than this: strangers send tokens too.
AGAIN: Final = 60.0
# What signs with a secret that both sides know is no proof of who signed (RFC 8725, section 3.1).
KINDS: Final = ("RSA", "EC", "OKP")


@dataclass(frozen=True, slots=True)
class Published:
    """The addresses of a sign-on. ``names_itself``: its answers must say who answers (RFC 9207)."""

    authorize: str
    token: str
    keys: str
    algorithms: frozenset[str]
    names_itself: bool


@dataclass(slots=True)
class Kept:
    """What one process keeps of a sign-on, and since when by a clock that never goes back."""

    published: Published | None = None
    published_at: float = 0.0
    keys: KeySet | None = None
    keys_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


_KEPT: Final[dict[str, Kept]] = {}
_NEW: Final = threading.Lock()


def published(sign_on: SignOn) -> Published:
    """The addresses of the sign-on. Raises ``SignOnError`` where it cannot be reached or calls itself otherwise."""
    kept = kept_of(sign_on)
    with kept.lock:
        if kept.published is None or time.monotonic() - kept.published_at > HOUR:
            kept.published, kept.published_at = read(sign_on), time.monotonic()
        return kept.published


def keys(sign_on: SignOn, *, named: str) -> KeySet:
    """The keys it signs with; fetched anew when the one ``named`` is not among them. Raises ``SignOnError``."""
    address = published(sign_on).keys
    kept = kept_of(sign_on)
    with kept.lock:
        age = time.monotonic() - kept.keys_at
        known = kept.keys is not None and any(named in ("", one.kid) for one in kept.keys.keys)
        if kept.keys is None or age > HOUR or (not known and age > AGAIN):
            kept.keys, kept.keys_at = usable(fetched(address)), time.monotonic()
        return kept.keys


def kept_of(sign_on: SignOn) -> Kept:
    """What is kept of it."""
    with _NEW:
        return _KEPT.setdefault(sign_on.issuer, Kept())


def forget() -> None:
    """Keep nothing of any sign-on."""
    with _NEW:
        _KEPT.clear()


def read(sign_on: SignOn) -> Published:
    """Its document, checked."""
    found = fetched(sign_on.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != sign_on.issuer:
        raise SignOnError("another issuer")
    named = found.get("id_token_signing_alg_values_supported")
    return Published(
        authorize=outward(sign_on, found.get("authorization_endpoint")),
        token=outward(sign_on, found.get("token_endpoint")),
        keys=outward(sign_on, found.get("jwks_uri")),
        algorithms=frozenset(named) if isinstance(named, list) else frozenset({"RS256"}),
        names_itself=found.get("authorization_response_iss_parameter_supported") is True,
    )


def outward(sign_on: SignOn, address: object) -> str:
    """An address of the document, which leads no further in than the sign-on itself. Raises ``SignOnError``."""
    allowed = permitted(address)
    host = urlsplit(allowed).hostname or ""
    if host != urlsplit(sign_on.issuer).hostname and is_inside(host):
        raise SignOnError("leads inward")
    return allowed


def usable(found: Mapping[str, Any]) -> KeySet:
    """The keys that sign, without any that both sides would know."""
    named = found.get("keys")
    signing = [
        one
        for one in (named if isinstance(named, list) else [])
        if isinstance(one, dict) and one.get("kty") in KINDS and one.get("use", "sig") == "sig"
    ]
    try:
        return KeySet.import_key_set({"keys": signing})
    except (JoseError, ValueError, TypeError, KeyError):
        raise SignOnError("keys") from None


def fetched(address: str) -> Mapping[str, Any]:
    """A document of the sign-on: not followed elsewhere, within seconds, of a size it can have."""
    until = time.monotonic() + SECONDS
    try:
        with requests.Session() as session:
            session.trust_env = False
            with session.get(address, timeout=SECONDS, allow_redirects=False, stream=True) as answer:
                if answer.status_code != requests.codes.ok:
                    raise SignOnError("answer")
                body = b""
                for chunk in answer.iter_content(65536):
                    body += chunk
                    if len(body) > BYTES or time.monotonic() > until:
                        raise SignOnError("answer")
        found = orjson.loads(body)
    except (requests.RequestException, orjson.JSONDecodeError):
        raise SignOnError("unreachable") from None
    if not isinstance(found, dict):
        raise SignOnError("answer")
    return found
