"""A made-up device with a passkey, in software: it makes a key and signs what a page asks for.

Web Authentication Level 3, sections 6.1 and 6.5: ES256, no attestation. It never counts, as devices that keep a passkey
in more than one place do: only the number that it signs tells two of its answers apart.
"""

import hashlib
import json
import os
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import encode_cbor

PRESENT_AND_VERIFIED = 0x05
ATTESTED = 0x40


@dataclass(slots=True)
class Device:
    """One passkey for one site: ``host`` without a port, ``origin`` as a browser writes it."""

    host: str
    origin: str
    handle: str = ""
    id: bytes = field(default_factory=lambda: os.urandom(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def made(self, options: str) -> str:
        """What a browser sends back for the options of a new passkey."""
        asked = json.loads(options)
        self.handle = asked["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        public = encode_cbor({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)})
        data = self._data(ATTESTED) + bytes(16) + len(self.id).to_bytes(2) + self.id + public
        whole = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", asked["challenge"], self.origin)
        return self._whole({"clientDataJSON": plain(said), "attestationObject": plain(whole)})

    def signed(self, options: str, *, origin: str = "") -> str:
        """What a browser sends back for the options of a sign-in; perhaps for another site than its own."""
        data = self._data(0)
        said = self._said("webauthn.get", json.loads(options)["challenge"], origin or self.origin)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        named = {"clientDataJSON": said, "authenticatorData": data, "signature": signature}
        return self._whole({name: plain(value) for name, value in named.items()} | {"userHandle": self.handle})

    def _data(self, more: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([PRESENT_AND_VERIFIED | more]) + bytes(4)

    def _said(self, kind: str, challenge: str, origin: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()

    def _whole(self, response: dict[str, str]) -> str:
        name = plain(self.id)
        credential = {"id": name, "rawId": name, "type": "public-key", "response": response}
        return json.dumps(credential | {"clientExtensionResults": {"credProps": {"rk": True}}})


def plain(value: bytes) -> str:
    """Bytes as browsers write them: base64url without padding."""
    return urlsafe_b64encode(value).rstrip(b"=").decode()
