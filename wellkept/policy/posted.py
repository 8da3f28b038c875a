"""Keeps the text of every posted version as it was posted (U-09).

``policy/versions.lock`` holds a line for each part of each version: the version, the part (a clause id,
``introduction`` or ``days``) and the SHA-256 of its text. A part of a translation bears its language, as ``es:U-01``.
How a clause is kept is not its text: that may change while the promise stands.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from wellkept.policy import clauses, languages, packs
from wellkept.policy.sections import fault
from wellkept.policy.shapes import Pack, PolicyVersion

HEADING: Final = "# Version, part and SHA-256 of its text, written by `wellkept policy post`. No line ever changes.\n"

Digests = Mapping[str, Mapping[str, str]]


def lock_of(folder: Path) -> Path:
    """Where the pack in ``folder`` keeps its lock."""
    return folder / "policy" / "versions.lock"


def digests(version: PolicyVersion, translations: Iterable[PolicyVersion] = ()) -> Mapping[str, str]:
    """The SHA-256 in hex of each part of ``version``; the same words give the same digest however lines are ended."""
    parts = {"days": f"{version.posted} {version.effective}", **_words(version, "")}
    for other in translations:
        parts |= _words(other, f"{other.language}:")
    return {part: sha256(text.encode()).hexdigest() for part, text in parts.items()}


def _words(version: PolicyVersion, before: str) -> dict[str, str]:
    said = {f"{before}{clause.id}": f"{clause.heading}\n\n{clause.source}" for clause in version.clauses}
    return {f"{before}introduction": version.introduction_source, **said}


def translations(pack: Pack, version: PolicyVersion) -> list[PolicyVersion]:
    """The words of ``version`` in each other language of ``pack`` that has them."""
    paths = [languages.translated(version.path, language) for language in pack.languages[1:]]
    return [clauses.read_words(path) for path in paths if path.is_file()]


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
    return missing + [
        line
        for version in pack.versions
        for line in _differences(version, translations(pack, version), locked.get(version.version, {}))
    ]


def _differences(version: PolicyVersion, others: list[PolicyVersion], locked: Mapping[str, str]) -> list[str]:
    found = []
    now = digests(version, others)
    lines = {clause.id: (version.path, clause.line) for clause in version.clauses}
    lines |= {f"{one.language}:{clause.id}": (one.path, clause.line) for one in others for clause in one.clauses}
    new = {_language(part) for part in now} - {_language(part) for part in locked}
    if new:
        path = next((one.path for one in others if new == {one.language}), version.path)
        found.append(f"{path}:1: Version {version.version} is not posted yet; run `wellkept policy post`.")
    for part in sorted(part for part in locked.keys() | now.keys() if locked.get(part) != now.get(part)):
        if _language(part) not in new:
            path, line = lines.get(part, (version.path, 1))
            found.append(
                f"{path}:{line}: {_difference(part, part in now)} after version {version.version} was posted; "
                "write a new version instead."
            )
    return found


def _language(part: str) -> str:
    """The language a part of the lock names; "" for the original."""
    return part.partition(":")[0] if ":" in part else ""


def _difference(part: str, there: bool) -> str:  # noqa: FBT001  (it is the answer to one question)
    return f"The text of {part} was changed" if there else f"{part} was taken out"


def post(pack: Pack, *, day: date | None = None) -> list[str]:
    """Records every version that was not recorded yet, and returns their names. What is recorded is left alone.

    Raises ``PackError`` for a new version that says it was posted before ``day``, which is today where the operator
    works: whoever dates it back has it take effect before anyone could read it. Versions of a first lock are history.

    So it is with each translation: one that came later is recorded later, as "2026-11-22 es".
    """
    path = lock_of(pack.folder)
    locked = read(path)
    _refuse_a_date_gone_by(pack, locked, day or packs.today(pack))
    names: list[str] = []
    lines: list[str] = []
    for version in pack.versions:
        known = {_language(part) for part in locked.get(version.version, {})}
        for part, digest in digests(version, translations(pack, version)).items():
            if _language(part) not in known:
                lines.append(f"{version.version} {part} {digest}\n")
                names.append(f"{version.version} {_language(part)}".strip())
    before = path.read_text(encoding="utf-8") if path.is_file() else HEADING
    if lines:
        path.write_text(before + "".join(lines), encoding="utf-8")
    return list(dict.fromkeys(names))


def _refuse_a_date_gone_by(pack: Pack, locked: Digests, day: date) -> None:
    for version in pack.versions:
        if locked and version.version not in locked and version.posted < day:
            sentence = f"This version says it was posted on {version.posted}; it is posted on {day}, and says that."
            raise fault(version.path, 1, sentence)
