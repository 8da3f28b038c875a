"""There and back: the address a browser is sent to, and what its return is worth.

State, nonce and verifier are made of one secret that the browser's cookie holds and of which the database has a hash.
So a return counts in the browser that set out alone, and what lies in the database opens nothing.
Sources: OpenID Connect Core 1.0, section 3.1.2; RFC 7636 (PKCE); RFC 9207; RFC 9700.
"""

import hashlib
import hmac
import time
from collections.abc import Mapping
from typing import Final

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session

from wellkept.exchange.openid import provider, tokens
from wellkept.exchange.openid.settings import SignOn, SignOnError
from wellkept.exchange.openid.tokens import Said

SCOPE: Final = "openid"
LONGEST: Final = 2_000


def there(sign_on: SignOn, *, secret: str, back: str, again: bool = False) -> str:
    """Where to send a browser that holds ``secret``; ``back`` is our own address to return to.

    With ``again`` they must show there once more who they are.
    """
    asked = {"nonce": made(secret, "nonce"), "response_mode": "query"}
    if again:
        asked |= {"prompt": "login", "max_age": "0"}
    if sign_on.contexts:
        asked["acr_values"] = sign_on.contexts
    with session(sign_on, back) as client:
        address, _state = client.create_authorization_url(
            provider.published(sign_on).authorize,
            state=made(secret, "state"),
            code_verifier=made(secret, "verifier"),
            **asked,
        )
    return str(address)


def returned(sign_on: SignOn, *, secret: str, back: str, query: Mapping[str, str]) -> Said:
    """Whom the sign-on named to a browser that holds ``secret`` and came back with ``query``. Raises ``SignOnError``.

    The caller has seen to it that the browser set out, and that it returns for the first time.
    """
    if not hmac.compare_digest(query.get("state", "").encode(), made(secret, "state").encode()):
        raise SignOnError("state")
    if query.get("iss", None if provider.published(sign_on).names_itself else sign_on.issuer) != sign_on.issuer:
        raise SignOnError("another issuer")
    code = query.get("code", "")
    if "error" in query or not 0 < len(code) <= LONGEST:
        raise SignOnError("refused there")
    token = exchanged(sign_on, secret=secret, back=back, code=code)
    return tokens.identity(
        sign_on, token.get("id_token"), nonce=made(secret, "nonce"), access=token.get("access_token"), now=time.time()
    )


def exchanged(sign_on: SignOn, *, secret: str, back: str, code: str) -> Mapping[str, object]:
    """The tokens for a code. They are read once, here, and kept nowhere."""
    try:
        with session(sign_on, back) as client:
            found = client.fetch_token(
                provider.published(sign_on).token,
                code=code,
                code_verifier=made(secret, "verifier"),
                timeout=provider.SECONDS,
                allow_redirects=False,
            )
    except (AuthlibBaseError, requests.RequestException, ValueError):
        raise SignOnError("exchange") from None
    if not isinstance(found, dict):
        raise SignOnError("exchange")
    return found


def session(sign_on: SignOn, back: str) -> OAuth2Session:
    """Our side of one exchange, which takes nothing from the environment."""
    found = OAuth2Session(
        sign_on.client,
        sign_on.secret or None,
        scope=SCOPE,
        redirect_uri=back,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if sign_on.secret else "none",
    )
    found.trust_env = False
    return found


def made(secret: str, what: str) -> str:
    """One of the three values made of the secret: 64 hexadecimal figures that tell nothing of it, nor of each other."""
    return hmac.new(secret.encode(), f"wellkept.openid.{what}".encode(), hashlib.sha256).hexdigest()
