"""An ID token counts only where that sign-on signed it, for us, for this browser, and for now (U-30, U-31)."""

import base64
import json
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from tests.exchange.openid.provider import CLIENT, CURVE, KEY, STRANGER, Provider, half_hash, running, signed, unsigned
from wellkept.exchange.openid import flow, provider, settings, tokens
from wellkept.exchange.openid.settings import SignOn, SignOnError

BACK = "http://localhost/sign-in/openid/back/"
SECRET = "a secret of one browser"


@pytest.fixture
def there() -> Iterator[Provider]:
    provider.forget()
    with running() as found:
        found.nonce = flow.made(SECRET, "nonce")
        yield found
    provider.forget()


def same(token: object, _claims: dict[str, Any]) -> object:
    return token


def ours(there: Provider, *second: str) -> SignOn:
    return SignOn(issuer=there.base, client=CLIENT, secret="s", name="There", second=frozenset(second))


def come_back(there: Provider, *second: str, **query: str) -> tokens.Said:
    whole = {"code": "a code", "state": flow.made(SECRET, "state")} | query
    return flow.returned(ours(there, *second), secret=SECRET, back=BACK, query=whole)


def why(there: Provider, **query: str) -> str:
    with pytest.raises(SignOnError) as caught:
        come_back(there, **query)
    return str(caught.value)


def test_an_honest_token_names_somebody(there: Provider) -> None:
    assert come_back(there) == tokens.Said(issuer=there.base, subject="somebody", second=False)
    sent = next(form for path, form in there.asked if path == "/token")
    assert sent["code_verifier"] == flow.made(SECRET, "verifier")
    assert sent["redirect_uri"] == BACK


def test_a_browser_is_sent_with_state_nonce_and_a_challenge_and_no_secret(there: Provider) -> None:
    address = flow.there(ours(there, "mfa", "urn:example:two"), secret=SECRET, back=BACK)
    assert address.startswith(f"{there.base}/authorize?")
    for word in ("response_type=code", "code_challenge_method=S256", "scope=openid", "acr_values=urn%3Aexample%3Atwo"):
        assert word in address
    assert f"state={flow.made(SECRET, 'state')}" in address
    assert f"nonce={there.nonce}" in address
    for hidden in (SECRET, flow.made(SECRET, "verifier"), "client_secret"):
        assert hidden not in address


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"iss": "https://elsewhere.example"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"aud": "another client"}, "audience"),
        ({"aud": None}, "audience"),
        ({"aud": [CLIENT, "another client"]}, "audience"),
        ({"aud": [CLIENT, "another client"], "azp": "another client"}, "audience"),
        ({"azp": "another client"}, "audience"),
        ({"exp": 1}, "time"),
        ({"exp": None}, "time"),
        ({"exp": "tomorrow"}, "time"),
        ({"iat": None}, "time"),
        ({"iat": 1}, "time"),
        ({"iat": 10**11}, "time"),
        ({"nbf": 10**11}, "time"),
        ({"nonce": None}, "nonce"),
        ({"nonce": "another nonce"}, "nonce"),
        ({"nonce": 7}, "nonce"),
        ({"at_hash": half_hash("another access token")}, "at_hash"),
        ({"sub": None}, "subject"),
        ({"sub": ""}, "subject"),
        ({"sub": "x" * 256}, "subject"),
        ({"sub": 7}, "subject"),
    ],
)
def test_a_token_with_one_claim_that_does_not_fit_names_nobody(
    there: Provider, changed: dict[str, Any], word: str
) -> None:
    there.token = lambda _claims: signed(there.claims(**changed))
    assert why(there) == word


def test_a_token_that_no_key_of_theirs_signed_names_nobody(there: Provider) -> None:
    public = json.dumps(KEY.as_dict(private=False)).encode()
    claims = there.claims()
    for token, word in (
        (signed(claims, key=STRANGER), "signature"),
        (unsigned({"alg": "none"}, claims), "algorithm"),
        (unsigned({"alg": "None", "kid": "ours"}, claims), "algorithm"),
        (unsigned({"alg": "HS256", "kid": "ours"}, claims, public), "algorithm"),
        (unsigned({"alg": "RS256", "kid": "ours"}, claims), "signature"),
        (unsigned({"alg": "RS256", "kid": ["ours"]}, claims), "algorithm"),
        (unsigned({"alg": "RS256", "kid": "ours", "crit": ["b64"], "b64": False}, claims), "algorithm"),
        (unsigned({"alg": "RS256", "jwk": STRANGER.as_dict(private=False)}, claims, b"x"), "signature"),
        (signed(claims, key=CURVE, algorithm="ES256", kid="ours"), "signature"),
        (signed(claims)[:-4] + "AAAA", "signature"),
        ("a.b", "token"),
        ("a.b.c", "token"),
        ("x" * 30_000, "token"),
        (None, "token"),
        (7, "token"),
    ):
        there.token = partial(same, token)
        assert why(there) == word, token


def test_a_shared_secret_among_the_keys_signs_nothing(there: Provider) -> None:
    shared = base64.urlsafe_b64encode(b"a secret both sides know, long enough").rstrip(b"=").decode()
    there.keys = {"keys": [{"kty": "oct", "kid": "ours", "k": shared}]}
    there.document["id_token_signing_alg_values_supported"] = ["HS256", "none", "RS256"]
    there.token = lambda claims: unsigned({"alg": "HS256", "kid": "ours"}, claims, b"x")
    assert why(there) == "algorithm"


def test_a_curve_signs_too_and_a_new_key_is_fetched_not_more_than_once_a_minute(
    there: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.token = lambda claims: signed(claims, key=CURVE, algorithm="ES256")
    assert come_back(there).subject == "somebody"
    new = RSAKey.generate_key(2048, parameters={"kid": "new"})
    there.keys["keys"].append(new.as_dict(private=False))
    there.token = lambda claims: signed(claims, key=new)
    assert why(there) == "signature"
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 2 * provider.AGAIN)
    assert come_back(there).subject == "somebody"
    assert [path for path, _sent in there.asked].count("/jwks") == 2


def test_a_second_factor_counts_only_where_it_is_one_the_operator_named(there: Provider) -> None:
    there.token = lambda _claims: signed(there.claims(amr=["pwd", "mfa"], acr="urn:example:two"))
    assert come_back(there, "mfa").second
    assert come_back(there, "urn:example:two").second
    assert not come_back(there, "hwk").second
    assert not come_back(there).second
    there.token = lambda _claims: signed(there.claims(amr="mfa"))
    assert not come_back(there, "mfa").second


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ({"state": "another"}, "state"),
        ({"state": ""}, "state"),
        ({"state": "é"}, "state"),
        ({"code": ""}, "refused there"),
        ({"code": "x" * 3000}, "refused there"),
        ({"error": "access_denied"}, "refused there"),
        ({"iss": "https://elsewhere.example"}, "another issuer"),
    ],
)
def test_a_return_that_does_not_fit_exchanges_nothing(there: Provider, query: dict[str, str], word: str) -> None:
    assert why(there, **query) == word
    assert "/token" not in [path for path, _sent in there.asked]


def test_a_sign_on_that_names_itself_in_its_answers_must_do_so(there: Provider) -> None:
    there.document["authorization_response_iss_parameter_supported"] = True
    assert why(there) == "another issuer"
    assert come_back(there, iss=there.base).subject == "somebody"


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"issuer": "https://elsewhere.example"}, "another issuer"),
        ({"token_endpoint": "http://elsewhere.example/token"}, "no TLS"),
        ({"jwks_uri": None}, "address"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "address"),
    ],
)
def test_a_document_that_does_not_fit_is_not_believed(there: Provider, changed: dict[str, str], word: str) -> None:
    there.document |= changed
    with pytest.raises(SignOnError, match=word):
        provider.published(ours(there))


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize(
    "inward", ["http://127.0.0.1:5432/", "http://localhost/", "https://169.254.169.254/latest/", "https://[::1]/"]
)
def test_a_document_of_a_sign_on_elsewhere_leads_nowhere_inside(
    monkeypatch: pytest.MonkeyPatch, name: str, inward: str
) -> None:
    elsewhere = SignOn("https://sign-on.example", "portal", "", "Sign-on", frozenset())
    said = {
        "issuer": elsewhere.issuer,
        "authorization_endpoint": "https://sign-on.example/authorize",
        "token_endpoint": "https://sign-on.example/token",
        "jwks_uri": "https://keys.sign-on.example/keys",
    }
    monkeypatch.setattr(provider, "fetched", lambda _address: said)
    assert provider.read(elsewhere).token == said["token_endpoint"]
    monkeypatch.setattr(provider, "fetched", lambda _address: said | {name: inward})
    with pytest.raises(SignOnError, match="leads inward"):
        provider.read(elsewhere)


def test_it_follows_nobody_reads_no_flood_and_waits_for_no_one(there: Provider) -> None:
    for path, word in (("/elsewhere", "answer"), ("/jwks", "answer")):
        there.keys = {"keys": ["x" * provider.BYTES]}
        with pytest.raises(SignOnError, match=word):
            provider.fetched(there.base + path)
    there.document = ["no object"]  # type: ignore[assignment]
    with pytest.raises(SignOnError, match="answer"):
        provider.published(ours(there))
    with pytest.raises(SignOnError, match="unreachable"):
        provider.fetched("http://127.0.0.1:1/")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://login.example.org/tenant", True),
        ("http://127.0.0.1:9000", True),
        ("http://localhost:9000", True),
        ("http://login.example.org", False),
        ("http://localhost.example.org", False),
        ("https://user@login.example.org", False),
        ("ftp://login.example.org", False),
        ("", False),
    ],
)
def test_a_sign_on_is_asked_over_tls_or_on_this_machine(address: str, allowed: bool) -> None:  # noqa: FBT001  (a case)
    if allowed:
        assert settings.permitted(address) == address
    else:
        with pytest.raises(SignOnError):
            settings.permitted(address)


def test_it_is_configured_by_the_environment_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.delenv("WELLKEPT_OIDC_ISSUER", raising=False)
    assert settings.configured() is None
    (tmp_path / "secret").write_text("quiet\n")
    for name, value in {
        "ISSUER": "https://login.example.org",
        "CLIENT_ID": "portal",
        "CLIENT_SECRET": str(tmp_path / "secret"),
        "SECOND": "mfa, urn:two",
    }.items():
        monkeypatch.setenv(f"WELLKEPT_OIDC_{name}", value)
    found = settings.configured()
    assert found == SignOn(
        "https://login.example.org", "portal", "quiet", "login.example.org", frozenset({"mfa", "urn:two"})
    )


def test_a_sign_out_is_one_message_of_theirs_and_no_id_token(there: Provider) -> None:
    event: dict[str, Any] = {"events": {tokens.LOGOUT: {}}, "jti": "1", "nonce": None, "exp": None}
    out = tokens.sign_out(ours(there), signed(there.claims(**event)), now=time.time())
    assert (out.issuer, out.subject) == (there.base, "somebody")
    others: tuple[dict[str, Any], ...] = (
        {"nonce": "n"},
        {"events": None},
        {"events": {"other": {}}},
        {"jti": None},
        {"sub": None},
        {"iat": 1},
    )
    for changed in others:
        with pytest.raises(SignOnError):
            tokens.sign_out(ours(there), signed(there.claims(**(event | changed))), now=time.time())
    with pytest.raises(SignOnError):
        tokens.sign_out(ours(there), signed(there.claims(**event), key=STRANGER), now=time.time())
