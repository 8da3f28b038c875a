"""A device with passkeys, in software: it makes a key, signs what a page asks for, and can be told to misbehave.

Web Authentication Level 3, sections 6.1 and 6.5. ES256 over P-256, no attestation.
"""

import hashlib
import json
import os
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url, encode_cbor

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass(slots=True)
class Device:
    """One passkey. ``count`` is what it says of its signatures; it asks who holds it unless ``verifies`` is false."""

    host: str = "localhost"
    origin: str = "http://localhost"
    verifies: bool = True
    count: int = 0
    handle: str = ""
    id: bytes = field(default_factory=lambda: os.urandom(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def made(self, options: str) -> str:
        """What the browser sends back for the options of a new passkey."""
        asked = json.loads(options)
        self.handle = asked["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        cose = encode_cbor({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)})
        data = self._data(ATTESTED) + bytes(16) + len(self.id).to_bytes(2) + self.id + cose
        whole = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        response = {
            "clientDataJSON": bytes_to_base64url(self._said("webauthn.create", asked["challenge"])),
            "attestationObject": bytes_to_base64url(whole),
        }
        return json.dumps(self._named() | {"response": response, "clientExtensionResults": {"credProps": {"rk": True}}})

    def signed(self, options: str) -> str:
        """What the browser sends back for the options of a sign-in."""
        self.count += 1
        data = self._data(0)
        said = self._said("webauthn.get", json.loads(options)["challenge"])
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": bytes_to_base64url(said),
            "authenticatorData": bytes_to_base64url(data),
            "signature": bytes_to_base64url(signature),
            "userHandle": self.handle,
        }
        return json.dumps(self._named() | {"response": response, "clientExtensionResults": {}})

    def _data(self, more: int) -> bytes:
        flags = PRESENT | more | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _said(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _named(self) -> dict[str, object]:
        name = bytes_to_base64url(self.id)
        return {"id": name, "rawId": name, "type": "public-key"}
