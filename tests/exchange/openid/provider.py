"""A sign-on on this machine that signs whatever a test wants: honest unless told otherwise."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT = "wellkept"
KEY = RSAKey.generate_key(2048, parameters={"kid": "ours", "use": "sig"})
STRANGER = RSAKey.generate_key(2048, parameters={"kid": "ours", "use": "sig"})
CURVE = ECKey.generate_key("P-256", parameters={"kid": "curve", "use": "sig"})


def unsigned(head: dict[str, Any], claims: dict[str, Any], signature: bytes = b"") -> str:
    """A token put together by hand."""
    parts = [json.dumps(head).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def signed(claims: dict[str, Any], *, key: Any = KEY, algorithm: str = "RS256", **head: Any) -> str:
    """An ID token; ``head`` changes its header."""
    return jwt.encode({"alg": algorithm, "kid": key.kid} | head, claims, key, algorithms=[algorithm])


@dataclass
class Provider:
    """What it publishes and answers. ``token`` makes the ID token of an exchange from the claims that fit."""

    base: str = ""
    document: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, Any] = field(default_factory=dict)
    nonce: str = ""
    token: Callable[[dict[str, Any]], object] = signed
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def claims(self, **other: Any) -> dict[str, Any]:
        """The claims of an honest ID token."""
        now = int(time.time())
        fits = {"iss": self.base, "aud": CLIENT, "sub": "somebody", "iat": now, "exp": now + 300, "nonce": self.nonce}
        return {name: value for name, value in (fits | other).items() if value is not None}

    def answer(self, path: str, sent: dict[str, str]) -> object:
        """The body of one answer; None where there is none."""
        self.asked.append((path, sent))
        match path.partition("?")[0]:
            case "/.well-known/openid-configuration":
                return self.document
            case "/jwks":
                return self.keys
            case "/token":
                return {
                    "access_token": "an access token",
                    "token_type": "Bearer",
                    "expires_in": 300,
                    "id_token": self.token(self.claims()),
                }
        return None


def half_hash(text: str) -> str:
    """The at_hash of an access token."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:16]).rstrip(b"=").decode()


@contextmanager
def running() -> Iterator[Provider]:
    """It, on a port of its own."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            self.reply({name: values[0] for name, values in parse_qs(body).items()})

        def reply(self, sent: dict[str, str]) -> None:
            answer = provider.answer(self.path, sent)
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(200 if answer is not None else 302)
            if answer is None:
                self.send_header("Location", f"{provider.base}/.well-known/openid-configuration")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.base = f"http://127.0.0.1:{server.server_port}"
        provider.document = {
            "issuer": provider.base,
            "authorization_endpoint": f"{provider.base}/authorize",
            "token_endpoint": f"{provider.base}/token",
            "jwks_uri": f"{provider.base}/jwks",
            "id_token_signing_alg_values_supported": ["RS256", "ES256"],
        }
        provider.keys = {"keys": [KEY.as_dict(private=False), CURVE.as_dict(private=False)]}
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield provider
        finally:
            server.shutdown()
