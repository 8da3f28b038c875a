"""The sealed tree as files outside the database, laid out as C2SP tlog-tiles serves them.

``checkpoint``, ``key`` and ``tile/`` are the epoch of now; an epoch that ended lies in ``epoch-<number>/``. Files reach
their names whole or not at all, and no checkpoint before the tiles it stands on.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wellkept.ledger.checkpoint import Checkpoint, NoteError, Verifier, read_checkpoint, read_note, signers
from wellkept.ledger.tiles import HASH, WIDTH, bundle, tile_path, tiles_of


class Unpublished(Exception):  # noqa: N818  (an answer the sealer acts on)
    """The published checkpoint is not one of this log's keys; the message says what was found."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the bytes come from: tiles by (level, index), leaf data by (begin, end)."""

    tile: Callable[[int, int], bytes]
    leaves: Callable[[int, int], list[bytes]]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one process at a time seal and publish; raises ``BlockingIOError`` when another does."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def published(folder: Path, keys: Iterable[Verifier]) -> Checkpoint | None:
    """The checkpoint last published, or nothing; raises ``Unpublished`` when no key of ours signed."""
    path = folder / "checkpoint"
    if not path.exists():
        return None
    try:
        note = path.read_text(encoding="utf-8")
        if signers(note, list(keys)):
            return read_checkpoint(read_note(note)[0])
    except (NoteError, UnicodeDecodeError) as error:
        raise Unpublished(f"the published checkpoint cannot be read: {error}") from error
    raise Unpublished("the published checkpoint is not signed by a key of this ledger")


def publish(folder: Path, *, note: str, key: Verifier, since: int, sources: Sources) -> None:
    """Write the tiles that a tree of ``since`` leaves did not have, then the checkpoint ``note``."""
    size = read_checkpoint(read_note(note)[0]).size
    fresh = list(tiles_of(size, since))
    touched = {write(folder / path, data) for path, data in _files(fresh, sources)}
    for place in touched:
        _settle(place)
    write(folder / "key", key.vkey.encode() + b"\n")
    _settle(write(folder / "checkpoint", note.encode()))
    for path in _outgrown(folder, fresh):
        shutil.rmtree(path, ignore_errors=True)


def _files(fresh: Iterable[tuple[int, int, int]], sources: Sources) -> Iterator[tuple[str, bytes]]:
    for level, index, width in fresh:
        yield tile_path(level, index, width), sources.tile(level, index)[: width * HASH]
        if level == 0:
            begin = index * WIDTH
            yield tile_path("entries", index, width), bundle(sources.leaves(begin, begin + width))


def _outgrown(folder: Path, fresh: Iterable[tuple[int, int, int]]) -> Iterator[Path]:
    """The folders of partial tiles whose full tile is published now (tlog-tiles, "Partial Tiles")."""
    for level, index, width in fresh:
        if width == WIDTH:
            for kind in (level, "entries") if level == 0 else (level,):
                full = folder / tile_path(kind, index)
                yield full.with_name(full.name + ".p")


def write(path: Path, data: bytes) -> Path:
    """Write a file whole or not at all; returns the folder, which still has to be settled."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.fresh")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return path.parent


def _settle(folder: Path) -> None:
    """Make the names in a folder last through a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_aside(folder: Path, epoch: int) -> None:
    """Move what an ended epoch published to its own folder. The checkpoint stays until the next one replaces it."""
    aside = folder / f"epoch-{epoch}"
    aside.mkdir(parents=True, exist_ok=True)
    for name in ("checkpoint", "key"):
        if (folder / name).exists():
            _settle(write(aside / name, (folder / name).read_bytes()))
    if (folder / "tile").exists() and not (aside / "tile").exists():
        (folder / "tile").rename(aside / "tile")
    _settle(folder)
