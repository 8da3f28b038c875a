"""Keeps the text of every posted version as it was posted (U-09).

``policy/versions.lock`` holds a line for each part of each version: the version, the part (a clause id,
``introduction`` or ``days``) and the SHA-256 of its text. How a clause is kept is not its text: that may change while
the promise stands.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from wellkept.policy.sections import fault
from wellkept.policy.shapes import Pack, PolicyVersion

HEADING: Final = "# Version, part and SHA-256 of its text, written by `wellkept policy post`. No line ever changes.\n"

Digests = Mapping[str, Mapping[str, str]]


def lock_of(folder: Path) -> Path:
    """Where the pack in ``folder`` keeps its lock."""
    return folder / "policy" / "versions.lock"


def digests(version: PolicyVersion) -> Mapping[str, str]:
    """The SHA-256 in hex of each part of ``version``; the same words give the same digest however lines are ended."""
    parts = {
        "days": f"{version.posted} {version.effective}",
        "introduction": version.introduction_source,
    }
    parts |= {clause.id: f"{clause.heading}\n\n{clause.source}" for clause in version.clauses}
    return {part: sha256(text.encode()).hexdigest() for part, text in parts.items()}


def read(path: Path) -> Digests:
    """What the lock at ``path`` says, by version and part; nothing where there is none yet."""
    found: dict[str, dict[str, str]] = {}
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, start=1):
        if line.startswith("#") or not line.strip():
            continue
        words = line.split()
        if len(words) != 3 or len(words[2]) != 64:
            raise fault(path, number, "A line of the lock is a version, a part and a SHA-256.")
        if words[1] in found.setdefault(words[0], {}):
            raise fault(path, number, f"{words[1]} of version {words[0]} is here twice.")
        found[words[0]][words[1]] = words[2]
    return found


def problems(pack: Pack) -> list[str]:
    """What differs between the versions of ``pack`` and what was posted."""
    path = lock_of(pack.folder)
    locked = read(path)
    versions = {version.version: version for version in pack.versions}
    missing = [f"{path}: Version {name} was posted and its file is gone." for name in locked if name not in versions]
    return missing + [line for version in pack.versions for line in _differences(version, locked.get(version.version))]


def _differences(version: PolicyVersion, locked: Mapping[str, str] | None) -> list[str]:
    if locked is None:
        return [f"{version.path}:1: Version {version.version} is not posted yet; run `wellkept policy post`."]
    now = digests(version)
    lines = {clause.id: clause.line for clause in version.clauses}
    return [
        f"{version.path}:{lines.get(part, 1)}: {_difference(part, part in now)} after version {version.version} was "
        "posted; write a new version instead."
        for part in sorted(locked.keys() | now.keys())
        if locked.get(part) != now.get(part)
    ]


def _difference(part: str, there: bool) -> str:  # noqa: FBT001  (it is the answer to one question)
    return f"The text of {part} was changed" if there else f"{part} was taken out"


def post(pack: Pack) -> list[str]:
    """Records every version that was not recorded yet, and returns their names. What is recorded is left alone."""
    path = lock_of(pack.folder)
    locked = read(path)
    new = [version for version in pack.versions if version.version not in locked]
    lines = [f"{version.version} {part} {digest}\n" for version in new for part, digest in digests(version).items()]
    before = path.read_text(encoding="utf-8") if path.is_file() else HEADING
    if lines:
        path.write_text(before + "".join(lines), encoding="utf-8")
    return [version.version for version in new]
