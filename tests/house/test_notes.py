"""The security notes say the figures that the packs, the settings and the code hold (R-11)."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password

from wellkept.accounts import codes, passwords
from wellkept.accounts.actions import FAILURES
from wellkept.policy.words import Retention
from wellkept.vault.actions import OPERATOR_KEYS
from wellkept.web.entrance.throttle import PASSWORDS

ROOT = Path(__file__).parents[2]
NOTES = (ROOT / "docs/security/notes.md").read_text()
SECURITY = (ROOT / "SECURITY.md").read_text()
OPERATORS = ("umr", "pwer")
# What is taken from each library that can encrypt, sign or hash, and the row that speaks of it.
PRIMITIVES = {
    "AESGCM": "AES-256-GCM",
    "Ed25519PrivateKey": "Ed25519",
    "Ed25519PublicKey": "Ed25519",
    "sha256": "SHA-256",
    "SHA256": "SHA-256",
    "file_digest": "SHA-256",
    "HKDF": "HKDF-SHA-256",
    "hmac": "HMAC-SHA-256",
    "PasswordHasher": "argon2id",
    "Argon2PasswordHasher": "argon2id",
    "ec": "ECDSA P-256",
    "x509": "ECDSA P-256",
    "ssl": "TLS 1.2 and 1.3",
}
LIBRARIES = ("cryptography", "hashlib", "hmac", "argon2", "ssl", "django.contrib.auth.hashers")
# These make no key material and choose no algorithm: encodings, errors, random bytes, comparison.
PLAIN = {
    "InvalidTag",
    "InvalidSignature",
    "Encoding",
    "PublicFormat",
    "PrivateFormat",
    "NameOID",
    "NoEncryption",
    "check_password",
    "hashes",
    "hashlib",
    "make_password",
    "serialization",
}


def table(heading: str) -> dict[str, str]:
    """The rows of the first table under a heading: first cell to second."""
    part = NOTES.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return {row[0].strip(): row[1].strip() for row in rows[2:]}


def pack(operator: str, file: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "operators" / operator / file).read_text())


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_limits_are_those_of_the_pack(operator: str) -> None:
    budgets = pack(operator, "access.toml")["budgets"]
    assert table("Limits") == {role: str(people) for role, people in budgets.items()}


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_times_of_sessions_are_those_of_the_pack(operator: str) -> None:
    practices = pack(operator, "operator.toml")["practices"]
    assert table("Sessions") == {name: str(practices[name]) for name in table("Sessions")}


def test_a_request_is_as_long_as_the_notes_say() -> None:
    length, fields = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert f"A request may be {length:,} bytes long and have {fields} fields." in NOTES


def test_the_ways_in_are_as_strong_as_the_notes_say() -> None:
    way = table("Ways in")
    assert f"{passwords.SHORTEST} to {passwords.LONGEST} characters" in way["sign-in name and password"]
    assert passwords.GUESSES == 10**8
    assert f"{codes.LENGTH * 5} random bits" in way["access code with birth date"]
    assert len(codes.ALPHABET) == 2**5
    assert f"{PASSWORDS.limit} tries an hour" in NOTES
    assert f"after {FAILURES} failures" in NOTES


def test_a_password_is_kept_as_a_slow_hash_of_its_own_salt() -> None:
    first, second = make_password("seventeen plain letters"), make_password("seventeen plain letters")
    assert first.startswith("argon2$argon2id$v=19$m=65536,t=2,p=1$")
    assert first != second
    assert "argon2id (64 MiB, 2 passes)" in NOTES


def test_every_key_is_in_the_list_of_keys() -> None:
    named = {
        name
        for kind in ("data key", "operator key")
        for name in re.findall(rf"^\| {kind}: (\w+) ", NOTES, re.MULTILINE)
    }
    assert named == {*(str(one) for one in Retention), *OPERATOR_KEYS}


def test_every_algorithm_that_code_uses_is_in_the_list_of_algorithms() -> None:
    used = {name for path in (ROOT / "wellkept").rglob("*.py") for name in taken(path)}
    assert {name for name in used if PRIMITIVES.get(name, "") not in table("Algorithms")} == set()


def taken(path: Path) -> set[str]:
    """The names that a file takes from libraries that encrypt, sign or hash."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name in LIBRARIES}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(LIBRARIES):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "hashlib":
            found.add(node.attr)
    return found - PLAIN


def test_every_log_of_a_process_is_in_the_list_of_logs() -> None:
    handlers = settings.LOGGING["handlers"]
    assert isinstance(handlers, dict)
    assert handlers.keys() <= table("Logs").keys()


def test_no_statement_or_value_goes_into_the_log_of_the_database() -> None:
    text = (ROOT / "wellkept/cli/cluster/configuration.py").read_text()
    wanted = {"log_min_error_statement": "panic", "log_statement": "none", "log_parameter_max_length": "0"}
    assert [name for name, value in wanted.items() if f'"{name}": "{value}"' not in text] == []


def test_the_security_page_gives_a_time_for_each_severity() -> None:
    rows = re.findall(r"^\| (critical|high|medium|low)[^|]*\| ([^|]+?) \|$", SECURITY, re.MULTILINE)
    assert [severity for severity, _ in rows] == ["critical", "high", "medium", "low"]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_every_package_is_locked_with_its_hashes(name: str) -> None:
    text = (ROOT / name).read_text()
    entries = re.split(r"\n(?=[a-z0-9][\w.-]*==)", f"\n{text}")[1:]
    assert len(entries) > 10
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
