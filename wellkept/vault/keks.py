"""Where the key-encryption keys are: this process's environment, a systemd credential, or files of the state folder.

The first of the three that holds one says which is current. All that can be found are tried to open what is wrapped, so
that a rotation, or a move from one place to another, has the old and the new at hand. Files are read at each need: a
key that was replaced or taken away is so for every process at once.
"""

import base64
import binascii
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wellkept.vault.kek import KEY_BYTES, KekError, LocalKek, Provider

NAMES = ("kek", "kek-before")
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Keks:
    """The key-encryption keys of one operator. ``folder`` holds files named ``0001-<id>``, the last being current."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)

    def current(self) -> Provider:
        """The one that wraps new keys; raises ``KekError`` when there is none."""
        found = next(self._found(), None)
        if found is None:
            raise KekError(
                f"There is no key-encryption key in {self.folder}: `wellkept db migrate` makes the first one."
            )
        return found

    def named(self, kek: str) -> Provider:
        """The one with that id; raises ``KekError`` when it is nowhere."""
        for found in self._found():
            if found.id == kek:
                return found
        raise KekError(f"Key-encryption key {kek} is missing: put its file back into {self.folder}.")

    def exists(self) -> bool:
        """Whether there is any."""
        return next(self._found(), None) is not None

    def in_files(self) -> bool:
        """Whether the current one is a file of ours, so that the next can be one too."""
        return next(self._given(), None) is None

    def make(self) -> Provider:
        """A new file with a new key, current from now on."""
        key = os.urandom(KEY_BYTES)
        made = LocalKek.of(key)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = 1 + max((int(path.name[:4]) for path in self._files()), default=0)
        write_new(self.folder / f"{number:04d}-{made.id}", base64.b64encode(key) + b"\n")
        return made

    def discard(self, kek: str) -> bool:
        """Remove the file of a key-encryption key that nothing needs any more; says whether there was one."""
        gone = [path for path in self._files() if path.name.endswith(f"-{kek}")]
        for path in gone:
            path.unlink()
        return bool(gone)

    def _found(self) -> Iterator[LocalKek]:
        yield from self._given()
        for path in reversed(self._files()):
            yield self._of_file(path)

    def _given(self) -> Iterator[LocalKek]:
        for name in NAMES:
            text = self.environment.get("WELLKEPT_" + name.upper().replace("-", "_"))
            if text:
                yield LocalKek.of(decoded(text, where="WELLKEPT_KEK"))
        credentials = self.environment.get("CREDENTIALS_DIRECTORY")
        for name in NAMES if credentials else ():
            path = Path(str(credentials)) / name
            if path.exists():
                yield LocalKek.of(decoded(read_credential(path), where=str(path)))

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("[0-9][0-9][0-9][0-9]-*"))

    def _of_file(self, path: Path) -> LocalKek:
        found = LocalKek.of(decoded(read_private(path), where=str(path)))
        if found.id != path.name[5:]:
            raise KekError(f"The file {path} does not hold the key its name says: put the right copy back.")
        return found


def read_private(path: Path) -> str:
    """The text of a file; raises ``KekError`` when anybody but its owner may read it."""
    try:
        if path.stat().st_mode & OTHERS:
            raise KekError(
                f"Others can read {path}: say `chmod 600 {path}`, then replace it with `wellkept vault rotate`."
            )
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise KekError(f"The key-encryption key {path} cannot be read.") from error


def read_credential(path: Path) -> str:
    """The text of a systemd credential. Its mode is systemd's affair: with an access list it looks like 0440."""
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise KekError(f"The credential {path} cannot be read.") from error


def decoded(text: str, *, where: str) -> bytes:
    """The 32 bytes that 44 characters of base64 stand for; raises ``KekError`` naming the place, never the text."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise KekError(f"{where} holds no key-encryption key: 32 random bytes as 44 characters of base64.")
    return key


def write_new(path: Path, content: bytes) -> None:
    """Write a file that was not there, of mode 0600, and see it on disk: a lost key is lost data."""
    fresh = path.with_name(f".{path.name}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
