"""Passkeys (Web Authentication Level 3): what a device has to sign, and whether it did. As the entrance role.

Serves R-10. A number to sign works once, within five minutes, for what it was given out for. No attestation is asked
for: it would name the make of somebody's device.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID, uuid4

import webauthn
from webauthn.helpers import parse_authentication_credential_json, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from wellkept.accounts import hashes
from wellkept.accounts.actions import Begun, _run, begin_session
from wellkept.vault import envelope
from wellkept.vault.queries import operator_key

Purpose = Literal["sign-in", "second", "again"]

NUMBER: Final = 32
LONGEST: Final = 20_000
LABEL: Final = "account.passkey_label"
LONGEST_LABEL: Final = 60


@dataclass(frozen=True, slots=True)
class Site:
    """Where passkeys work: ``host`` without a port, ``origin`` as browsers write it, ``name`` as a device shows it."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A passkey signed: which, whose, and whether its device asked who holds it (a PIN, a finger, a face)."""

    passkey: UUID
    account: UUID
    verified: bool


def options(purpose: Purpose, *, secret: bytes | None, site: Site) -> str | None:
    """What a browser needs to let a passkey sign, as JSON; None where nothing is owed there.

    A passkey that signs in alone must ask who holds it. Beside a password the device may ask.
    """
    number = secrets.token_bytes(NUMBER)
    account, credentials = _begin(number, purpose, secret)
    if account is None and purpose != "sign-in":
        return None
    alone = purpose == "sign-in"
    made = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=number,
        allow_credentials=[PublicKeyCredentialDescriptor(id=bytes(one)) for one in credentials],
        user_verification=UserVerificationRequirement.REQUIRED if alone else UserVerificationRequirement.PREFERRED,
    )
    return webauthn.options_to_json(made)


def signed(purpose: Purpose, credential: str, *, secret: bytes | None, site: Site, browser: str = "") -> Signed | None:
    """Whose passkey signed what was asked; None for anything else: a number used before, another site, a copy."""
    found = _parsed(credential)
    if found is None:
        return None
    number, known, handle = found
    asked = "select passkey, account, public_key, sign_count from wellkept.accounts_passkey_try(%s, %s, %s::bytea, %s)"
    passkey, account, public_key, _count = _run(asked, [_hashed(number), purpose, secret, known])
    if passkey is None or (purpose == "sign-in" and handle != hashes.handle(account)):
        return None
    try:
        # The count is compared where it is kept, under a lock: nought here.
        right = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=number,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=bytes(public_key),
            credential_current_sign_count=0,
            require_user_verification=purpose == "sign-in",
        )
    except WebAuthnException:
        return None
    used = "select wellkept.accounts_passkey_used(%s, %s, %s)"
    if not _run(used, [passkey, right.new_sign_count, browser])[0]:
        return None
    return Signed(passkey, account, right.user_verified)


def sign_in(credential: str, *, before: bytes | None, site: Site, browser: str = "") -> Begun | None:
    """A session for a passkey alone; None where it did not sign."""
    found = signed("sign-in", credential, secret=None, site=site, browser=browser)
    if found is None:
        return None
    secret = begin_session(found.account, before=before, method="passkey", browser=browser)
    return Begun(secret, complete=True)


def new_options(secret: bytes, *, site: Site, name: str) -> str | None:
    """What a browser needs to make a passkey, as JSON; None for a session that did not show again who it is.

    ``name`` is what the device shows of the account: nothing of its holder.
    """
    number = secrets.token_bytes(NUMBER)
    account, credentials = _begin(number, "add", secret)
    if account is None:
        return None
    made = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_name=name,
        user_id=hashes.handle(account),
        challenge=number,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=bytes(one)) for one in credentials],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    whole = json.loads(webauthn.options_to_json(made)) | {"extensions": {"credProps": True}}
    return json.dumps(whole)


def add(secret: bytes, credential: str, *, label: str, site: Site) -> str:
    """Keep a new passkey: "yes", "known", "many", or "no" for what was not made for this session and this site."""
    try:
        told = json.loads(credential[:LONGEST])
        number = parse_client_data_json(webauthn.base64url_to_bytes(told["response"]["clientDataJSON"])).challenge
    except (WebAuthnException, ValueError, TypeError, KeyError):
        return "no"
    taken = _run("select wellkept.accounts_take_challenge(%s, 'add', %s)", [_hashed(number), secret])[0]
    account = _run("select account from wellkept.accounts_at_ways(%s)", [secret])[0]
    if not taken or account is None:
        return "no"
    try:
        made = webauthn.verify_registration_response(
            credential=told, expected_challenge=number, expected_rp_id=site.host, expected_origin=site.origin
        )
    except (WebAuthnException, ValueError, TypeError, KeyError):
        return "no"
    row = uuid4()
    arguments = [
        secret, row, made.credential_id, made.credential_public_key, made.sign_count,
        sealed_label(label, account=account, row=row), discoverable(told) and made.user_verified,
    ]  # fmt: skip
    return str(_run("select wellkept.accounts_add_passkey(%s, %s, %s, %s, %s, %s, %s)", arguments)[0])


def rename(secret: bytes, passkey: UUID, label: str) -> bool:
    """Call a passkey of the session's own account otherwise; False where it has none of that id."""
    account = _run("select account from wellkept.accounts_at_ways(%s)", [secret])[0]
    if account is None:
        return False
    arguments = [secret, passkey, sealed_label(label, account=account, row=passkey)]
    return bool(_run("select wellkept.accounts_rename_passkey(%s, %s, %s)", arguments)[0])


def remove(secret: bytes, passkey: UUID) -> str:
    """Forget a passkey: "yes", "no", or "password" where the password is too short to stand alone afterwards."""
    return str(_run("select wellkept.accounts_remove_passkey(%s, %s)", [secret, passkey])[0])


def sealed_label(label: str, *, account: UUID, row: UUID) -> bytes:
    """What somebody calls a passkey, as the database keeps it."""
    cut = label.strip()[:LONGEST_LABEL]
    return envelope.seal(data_key=operator_key("factors"), field=LABEL, subject=account, row=row, text=cut)


def label_of(sealed: bytes, *, account: UUID, row: UUID) -> str:
    """What somebody calls a passkey."""
    return envelope.unseal(data_key=operator_key("factors"), field=LABEL, subject=account, row=row, sealed=sealed)


def discoverable(told: object) -> bool:
    """Whether the browser says that the device can find the passkey without a name (extension credProps)."""
    results = told.get("clientExtensionResults") if isinstance(told, dict) else None
    properties = results.get("credProps") if isinstance(results, dict) else None
    return isinstance(properties, dict) and properties.get("rk") is True


def _begin(number: bytes, purpose: str, secret: bytes | None) -> tuple[UUID | None, list[bytes]]:
    asked = "select account, credentials from wellkept.accounts_challenge(%s, %s, %s::bytea)"
    account, credentials = _run(asked, [_hashed(number), purpose, secret])
    return account, credentials or []


def _parsed(credential: str) -> tuple[bytes, bytes, bytes | None] | None:
    """The number that was signed, the passkey and the account's handle, as the browser says; None for what is none."""
    try:
        found = parse_authentication_credential_json(credential[:LONGEST])
        return (
            parse_client_data_json(found.response.client_data_json).challenge,
            found.raw_id,
            found.response.user_handle,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError):
        return None


def _hashed(number: bytes) -> bytes:
    return hashlib.sha256(number).digest()
