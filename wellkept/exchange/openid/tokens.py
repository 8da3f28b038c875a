"""What the sign-on signed: whether it is its own, for us, for this browser, and for now.

Sources: OpenID Connect Core 1.0, sections 3.1.3.6 and 3.1.3.7; Back-Channel Logout 1.0, section 2.6; RFC 8725.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson
from joserfc import jwt
from joserfc.errors import JoseError

from wellkept.exchange.openid import provider
from wellkept.exchange.openid.settings import SignOn, SignOnError

# Public keys alone, with SHA-256, which at_hash is then made by. Neither "none" nor a shared secret is among them.
ALGORITHMS: Final = frozenset({"RS256", "PS256", "ES256"})
LONGEST: Final = 20_000
SKEW: Final = 60
FRESH: Final = 600
RECENT: Final = 300
SUBJECT: Final = 255
LOGOUT: Final = "http://schemas.openid.net/event/backchannel-logout"


@dataclass(frozen=True, slots=True)
class Said:
    """Whom the sign-on names, whether it saw a second factor, and whether they showed it within minutes."""

    issuer: str
    subject: str
    second: bool
    now: bool = False


@dataclass(frozen=True, slots=True)
class Out:
    """Whom it says to have signed out, and until when (seconds since 1970) the message counts."""

    issuer: str
    subject: str
    until: int


def identity(sign_on: SignOn, token: object, *, nonce: str, access: object, now: float) -> Said:
    """Whom an ID token names. ``access`` is the access token that came with it, ``now`` in seconds since 1970.

    Raises ``SignOnError``, which never holds a value of the token.
    """
    claims = verified(sign_on, token)
    meant(sign_on, claims, now=now)
    told = claims.get("nonce")
    if not isinstance(told, str) or not hmac.compare_digest(told.encode(), nonce.encode()):
        raise SignOnError("nonce")
    if (bound := claims.get("at_hash")) is not None and bound != at_hash(access):
        raise SignOnError("at_hash")
    amr, acr = claims.get("amr"), claims.get("acr")
    ways = frozenset(one for one in amr if isinstance(one, str)) if isinstance(amr, list) else frozenset()
    second = sign_on.vouches(amr=ways, acr=acr if isinstance(acr, str) and acr else "0")
    lately = "auth_time" in claims and 0 <= now + SKEW - moment(claims, "auth_time") <= RECENT + SKEW
    return Said(issuer=sign_on.issuer, subject=named(claims), second=second, now=lately)


def sign_out(sign_on: SignOn, token: object, *, now: float) -> Out:
    """Whom a logout token names. Raises ``SignOnError``; an ID token is none, for it has a nonce and no event."""
    claims = verified(sign_on, token)
    meant(sign_on, claims, now=now)
    events = claims.get("events")
    if "nonce" in claims or not isinstance(events, dict) or LOGOUT not in events or not claims.get("jti"):
        raise SignOnError("no sign-out")
    return Out(issuer=sign_on.issuer, subject=named(claims), until=int(now) + FRESH + 2 * SKEW)


def verified(sign_on: SignOn, token: object) -> Mapping[str, Any]:
    """The claims of a token that one of its keys signed."""
    if not isinstance(token, str) or len(token) > LONGEST or token.count(".") != 2:
        raise SignOnError("token")
    header = head(token)
    algorithm, key = header.get("alg"), header.get("kid", "")
    allowed = provider.published(sign_on).algorithms & ALGORITHMS
    if algorithm not in allowed or not isinstance(key, str) or "crit" in header:
        raise SignOnError("algorithm")
    try:
        found = jwt.decode(token, provider.keys(sign_on, named=key), algorithms=[algorithm])
    except (JoseError, ValueError, TypeError, KeyError):
        raise SignOnError("signature") from None
    return found.claims


def head(token: str) -> Mapping[str, Any]:
    """The header of a token, not yet believed."""
    part = token.partition(".")[0]
    try:
        found = orjson.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, TypeError):
        raise SignOnError("token") from None
    if not isinstance(found, dict):
        raise SignOnError("token")
    return found


def meant(sign_on: SignOn, claims: Mapping[str, Any], *, now: float) -> None:
    """Raise ``SignOnError`` unless it comes from that sign-on, is meant for us alone, and for now."""
    if claims.get("iss") != sign_on.issuer:
        raise SignOnError("issuer")
    audience = claims.get("aud")
    several = audience if isinstance(audience, list) else [audience]
    if sign_on.client not in several or (len(several) > 1 and "azp" not in claims):
        raise SignOnError("audience")
    if claims.get("azp", sign_on.client) != sign_on.client:
        raise SignOnError("audience")
    issued = moment(claims, "iat")
    if "exp" not in claims and "events" not in claims:
        raise SignOnError("time")
    if "exp" in claims and now >= moment(claims, "exp") + SKEW:
        raise SignOnError("time")
    if "nbf" in claims and moment(claims, "nbf") > now + SKEW:
        raise SignOnError("time")
    if not now - FRESH - SKEW <= issued <= now + SKEW:
        raise SignOnError("time")


def moment(claims: Mapping[str, Any], name: str) -> float:
    """A time of a token, in seconds since 1970."""
    found = claims.get(name)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise SignOnError("time")
    return float(found)


def named(claims: Mapping[str, Any]) -> str:
    """The subject of a token."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT:
        raise SignOnError("subject")
    return subject


def at_hash(access: object) -> str:
    """The first half of the access token's hash, as an ID token binds it (section 3.1.3.6)."""
    if not isinstance(access, str):
        return ""
    whole = hashlib.sha256(access.encode()).digest()
    return base64.urlsafe_b64encode(whole[: len(whole) // 2]).rstrip(b"=").decode()
