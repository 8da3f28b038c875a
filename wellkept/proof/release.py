"""The result of the tries that need a browser or a fresh cluster: made before a release, signed, and shipped with it.

Serves B-01. It counts only for the very source it was made from, and only while its signature holds (Ed25519, RFC
8032).
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from wellkept.proof.ground import Try
from wellkept.proof.values import Standing

HERE: Final = Path(__file__).parent
RESULT: Final = "release.json"
SIGNATURE: Final = "release.sig"
KEY: Final = "release.pub"
SOURCE: Final = (
    ".py", ".sql", ".html", ".txt", ".typ", ".css", ".js", ".svg", ".toml", ".json", ".csv", ".md", ".po",
)  # fmt: skip
"""What the program is made of. Its translations count by their source, not by what is compiled from it."""

Row = tuple[str, str, str, bool, datetime]


@dataclass(frozen=True, slots=True)
class Release:
    """The shipped result: what it is worth, which version it is of, when it was made, and its tries by control."""

    standing: Standing
    version: str = ""
    made: datetime | None = None
    tries: Mapping[str, tuple[Try, ...]] = field(default_factory=dict)

    def counted(self, control: str) -> list[Row]:
        """The tries of a control that count; none unless the result is of this build and signed."""
        if self.standing != "good" or self.made is None:
            return []
        return [(one.name, one.sentence, one.outcome, one.held, self.made) for one in self.tries.get(control, ())]


@cache
def shipped() -> Release:
    """The result that came with this build, read once in a process: files of a build do not change under it."""
    return read(HERE)


def read(folder: Path, *, version: str | None = None, source: str | None = None) -> Release:
    """The result in ``folder``, judged against this program's version and the digest of its source."""
    if not (folder / RESULT).is_file():
        return Release("none")
    body = (folder / RESULT).read_bytes()
    standing = judged(folder, body)
    if standing in ("unsigned", "forged"):
        return Release(standing)
    told = json.loads(body)
    tries = {control: tuple(Try(**one) for one in several) for control, several in told["tries"].items()}
    ours = (version or metadata.version("wellkept"), source or digest())
    worth: Standing = "good" if (told["version"], told["source"]) == ours else "other build"
    return Release(worth, told["version"], datetime.fromisoformat(told["made"]), tries)


def judged(folder: Path, body: bytes) -> Standing:
    """Whether the key that ships with the program signed these bytes."""
    try:
        signature = base64.b64decode((folder / SIGNATURE).read_text(encoding="ascii"), validate=False)
        key = base64.b64decode((folder / KEY).read_text(encoding="ascii"), validate=False)
    except FileNotFoundError:
        return "unsigned"
    except ValueError:
        return "forged"
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, body)
    except (InvalidSignature, ValueError):
        return "forged"
    return "good"


def signed(folder: Path, pem: bytes, *, new_key: bool) -> str:
    """Sign the result in ``folder``; returns what was done. Raises ``ValueError`` with the reason not to.

    The public half ships beside it. Another key than the one that ships is refused, unless ``new_key`` says so.
    """
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("This is no Ed25519 key.")  # noqa: TRY004  (whoever signs reads a sentence)
    if not (folder / RESULT).is_file():
        raise ValueError("There is no result to sign: say `wellkept proof release` first.")
    body = (folder / RESULT).read_bytes()
    if json.loads(body)["source"] != digest():
        raise ValueError("The result is of other source than this: say `wellkept proof release` again.")
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode() + "\n"
    ships = folder / KEY
    if ships.is_file() and ships.read_text(encoding="ascii") != public and not new_key:
        raise ValueError("Another key ships with the program. Say --new-key to ship this one from now on.")
    ships.write_text(public, encoding="ascii")
    (folder / SIGNATURE).write_text(base64.b64encode(key.sign(body)).decode() + "\n", encoding="ascii")
    return f"Signed. The key that ships is {public.strip()}"


@cache
def digest(package: Path = HERE.parent) -> str:
    """SHA-256 over the path and the SHA-256 of every file the program is made of, in the order of their paths."""
    whole = hashlib.sha256()
    for path in sorted(package.rglob("*"), key=lambda one: one.relative_to(package).as_posix()):
        if path.suffix in SOURCE and path.name != RESULT and path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            whole.update(f"{path.relative_to(package).as_posix()} {content}\n".encode())
    return whole.hexdigest()


def written(tries: Mapping[str, list[Try]], *, made: datetime) -> str:
    """The result as it is kept: one JSON document, the same for the same tries."""
    told = {
        "version": metadata.version("wellkept"),
        "source": digest(),
        "made": made.isoformat(timespec="seconds"),
        "tries": {
            control: [
                {"name": one.name, "sentence": one.sentence, "outcome": one.outcome, "held": one.held}
                for one in several
            ]
            for control, several in sorted(tries.items())
        },
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"
