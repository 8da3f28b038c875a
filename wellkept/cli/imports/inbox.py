"""One round over a watched folder: every file that lies still is read to its end, and then bears that in its name.

``NAME`` becomes ``NAME.done`` when all of it was taken, and ``NAME.aside`` with ``NAME.aside.txt`` beside it where
something was not. A killed round is repeated: what was read to its end is known by its bytes.
"""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wellkept.cli.imports.running import house

if TYPE_CHECKING:
    from uuid import UUID

    from wellkept.exchange.fhir.directory import Directory

X12: Final = (".x12", ".edi", ".834", ".837", ".835", ".820")
FHIR: Final = (".ndjson", ".json")
TABLE: Final = ".csv"
MAPPING: Final = ".mapping"
STILL: Final = 2.0
LEFT: Final = 86_400.0
# As the page of operations names what it is still being handed.
HALF: Final = re.compile(r"\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.part", re.ASCII)
PIECE: Final = 1 << 20
DENIED: Final = "The file cannot be read: its permissions do not allow it."
NO_MAPPING: Final = "The table has no mapping beside it: a file of the same name that ends in .mapping."
MOVED: Final = "The file is a link or was put in the place of another, and is not followed."

Say = Callable[[str], None]
Look = tuple[int, int, int]  # inode, length and time of the last change


@dataclass(slots=True)
class Inbox:
    """A folder, and what was seen in it at the last look: a file is taken when two looks see it the same."""

    folder: Path
    say: Say
    seen: dict[str, Look] = field(default_factory=dict)
    told: set[tuple[str, Look]] = field(default_factory=set)

    def still(self) -> list[Path]:
        """The files that lie still, in the order of their names. Links and what is no plain file are passed over."""
        looks = dict(looked(self.folder))
        old = datetime.now(UTC).timestamp() - STILL
        found = [name for name, look in looks.items() if self.seen.get(name) == look or look[2] / 1e9 < old]
        self.seen = looks
        return [self.folder / name for name in sorted(found) if (name, looks[name]) not in self.told]


def swept(folder: Path) -> int:
    """Remove what a page left half handed in a day ago, for it was killed then; returns how many."""
    old, left = datetime.now(UTC).timestamp() - LEFT, 0
    with os.scandir(folder) as entries:
        for entry in entries:
            about = entry.stat(follow_symlinks=False)
            if HALF.fullmatch(entry.name) and stat.S_ISREG(about.st_mode) and about.st_mtime < old:
                (folder / entry.name).unlink(missing_ok=True)
                left += 1
    return left


def looked(folder: Path) -> Iterator[tuple[str, Look]]:
    """Each file of a folder that could be one of ours, by name."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.startswith(".") and Path(entry.name).suffix.lower() in (*X12, *FHIR, TABLE):
                about = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(about.st_mode):
                    yield entry.name, (about.st_ino, about.st_size, about.st_mtime_ns)


def taken(inbox: Inbox, files: Sequence[Path]) -> int:
    """Read these files, which lie still; returns how many were put under another name."""
    named: list[Directory] = []
    done = 0
    for path in files:
        try:
            file_id, lines = read(path, files, named)
        except PermissionError:
            file_id, lines = refused(path.name, DENIED)
        except ReplacedError:
            file_id, lines = refused(path.name, MOVED)
        except FileNotFoundError:  # somebody took it away again
            continue
        done += renamed(path, inbox, file_id, lines)
    return done


class ReplacedError(Exception):
    """What stands under a name is not what was seen there."""


def read(path: Path, files: Sequence[Path], named: "list[Directory]") -> "tuple[UUID, list[str]]":
    """Stage one file unless it was read before; its id and what to tell of it. Raises ``OSError``."""
    from wellkept.intake import arrivals

    same = arrivals.before(digest_of(path))
    ending = path.suffix.lower()
    if same is not None and ending != TABLE:
        if ending in X12 and not answer_of(path).exists():
            answered(path)
        return same.id, [f"The same bytes were read before, as {same.name}, at {same.at:%Y-%m-%d %H:%M} UTC."]
    if ending in X12:
        return interchange(path), []
    if ending in FHIR:
        return resources(path, files, named), []
    return table(path)


def digest_of(path: Path) -> bytes:
    """SHA-256 of a plain file; a link is not followed."""
    whole = hashlib.sha256()
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if isinstance(error, PermissionError | FileNotFoundError):
            raise
        raise ReplacedError from None
    with os.fdopen(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise ReplacedError
        while piece := file.read(PIECE):
            whole.update(piece)
    return whole.digest()


def interchange(path: Path) -> "UUID":
    """Stage an X12 file and write its 999 beside it."""
    from wellkept.cli.imports.interchanges import Answers
    from wellkept.exchange.x12.bring import bring

    here, part = house(), answer_of(path).with_suffix(".999.part")
    answers = Answers(part)
    file_id, _ = bring(path, mode="lenient", hashes=here.hashes, key=here.key, each=answers.take)
    if part.exists():
        part.replace(answer_of(path))
    return file_id


def answered(path: Path) -> None:
    """Write the 999 of a file whose reading was killed before it was there."""
    from wellkept.cli.imports.interchanges import Answers
    from wellkept.exchange.x12 import read as events

    part = answer_of(path).with_suffix(".999.part")
    answers = Answers(part)
    for event in events(path):
        answers.take(event)
    if part.exists():
        part.replace(answer_of(path))


def answer_of(path: Path) -> Path:
    """Where the 999 of a file stands."""
    return path.with_name(f"{path.name}.999")


def resources(path: Path, files: Sequence[Path], named: "list[Directory]") -> "UUID":
    """Stage a FHIR file. Patients and organisations of all FHIR files of this round are known to each."""
    from wellkept.exchange.fhir.bring import bring
    from wellkept.exchange.fhir.directory import directory

    if not named:
        named.append(directory(one for one in files if one.suffix.lower() in FHIR and os.access(one, os.R_OK)))
    here = house()
    return bring(path, named[0], hashes=here.hashes, key=here.key)[0]


def table(path: Path) -> "tuple[UUID, list[str]]":
    """Stage a claims table by the mapping beside it."""
    from wellkept.exchange.tables.claims.bring import bring
    from wellkept.exchange.tables.claims.mapping import MappingError, read
    from wellkept.exchange.tables.reading import HeadError

    mapping, here = path.with_suffix(MAPPING), house()
    try:
        digest_of(mapping)
        return bring(path, read(mapping), hashes=here.hashes, key=here.key)[0], []
    except FileNotFoundError:
        return refused(path.name, NO_MAPPING)
    except (MappingError, HeadError) as error:
        return refused(path.name, f"The table cannot be read with its mapping. {error}")


def refused(name: str, sentence: str) -> "tuple[UUID, list[str]]":
    """A file that could not be read at all, kept where whoever works on files sees it."""
    from wellkept.intake import arrivals

    return arrivals.not_read(name, sentence), []


def renamed(path: Path, inbox: Inbox, file_id: "UUID", lines: list[str]) -> bool:
    """Give a file its last name, the report first; says so, and once where the folder does not allow it."""
    from wellkept.intake import arrivals
    from wellkept.intake.actions import printable

    clean, name = arrivals.clean(file_id), printable(path.name)
    to = free(path.with_name(f"{path.name}{'.done' if clean else '.aside'}"))
    whole = [*lines, *arrivals.reasons(file_id)]
    try:
        if not clean:
            report = to.with_name(f"{to.name}.txt")
            part = report.with_name(f"{report.name}.part")
            part.unlink(missing_ok=True)  # a link that stands there is not followed
            with part.open("x", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in whole)
            part.replace(report)
        path.rename(to)
    except OSError as error:
        inbox.told.add((path.name, inbox.seen[path.name]))
        inbox.say(f"{name}: was read, and its folder does not let it be renamed: {error.strerror}.")
        return False
    told = "all of it was taken" if clean else "something was put aside"
    inbox.say(" ".join([f"{name}: {told}.", *lines]))
    return True


def free(path: Path) -> Path:
    """The name, with a number where a file bears it already."""
    place, found = 1, path
    while os.path.lexists(found):
        place += 1
        found = path.with_name(f"{path.stem}.{place}{path.suffix}")
    return found
