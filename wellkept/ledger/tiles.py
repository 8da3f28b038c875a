"""The tree cut into files that never change: C2SP tlog-tiles, tile height 8.

A tile at level L, index N holds up to 256 hashes of 32 bytes: at level 0 the leaf hashes, above it the roots of full
tiles of the level below.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from wellkept.ledger.merkle import Read, fold

HEIGHT = 8
WIDTH = 256
HASH = 32
ENTRY_LIMIT = 0xFFFF

ReadTile = Callable[[int, int], bytes]
"""``read(level, index)``: the tile's hashes, concatenated; raises ``LookupError`` when there is none."""


def numbered(index: int) -> str:
    """An index in path elements of three digits, all but the last with an x: 1234067 is ``x001/x234/067``."""
    if index < 0:
        raise ValueError("a tile's index is not negative")
    parts = [f"{index % 1000:03d}"]
    while index := index // 1000:
        parts.append(f"x{index % 1000:03d}")
    return "/".join(reversed(parts))


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """Where a tile is published below the log's address. ``level`` is 0 to 63, or ``"entries"`` for a bundle."""
    if isinstance(level, int) and not 0 <= level <= 63:
        raise ValueError("a tile's level is 0 to 63")
    if not 1 <= width <= WIDTH:
        raise ValueError("a tile holds 1 to 256 hashes")
    return f"tile/{level}/{numbered(index)}" + ("" if width == WIDTH else f".p/{width}")


def tiles_of(size: int, since: int = 0) -> Iterator[tuple[int, int, int]]:
    """Each (level, index, width) of a tree of ``size`` leaves that a tree of ``since`` leaves did not have."""
    level = 0
    while size:
        for index in range(since // WIDTH, -(-size // WIDTH)):
            width = min(WIDTH, size - index * WIDTH)
            if index * WIDTH + width > since:
                yield level, index, width
        size, since, level = size // WIDTH, since // WIDTH, level + 1


def hashes_of(tile: bytes) -> list[bytes]:
    """The hashes a tile holds, in order."""
    if not tile or len(tile) % HASH or len(tile) > WIDTH * HASH:
        raise ValueError("a tile is 1 to 256 hashes of 32 bytes")
    return [tile[i : i + HASH] for i in range(0, len(tile), HASH)]


def reader(read_tile: ReadTile) -> Read:
    """A reader of subtrees over a reader of tiles. Each tile is asked for once."""
    kept: dict[tuple[int, int], list[bytes]] = {}

    def read(height: int, index: int) -> bytes:
        level, within = divmod(height, HEIGHT)
        number, place = divmod(index << within, WIDTH)
        if (level, number) not in kept:
            kept[level, number] = hashes_of(read_tile(level, number))
        row = kept[level, number][place : place + (1 << within)]
        if len(row) != 1 << within:
            raise LookupError(f"tile {tile_path(level, number)} ends before hash {place + (1 << within)}")
        return fold(row)

    return read


def grow(size: int, leaves: Sequence[bytes], read_tile: ReadTile) -> dict[tuple[int, int], bytes]:
    """The tiles that change when leaf hashes are added to a tree of ``size`` leaves, by (level, index)."""
    changed: dict[tuple[int, int], bytes] = {}
    level, added = 0, list(leaves)
    while added:
        index, held = divmod(size, WIDTH)
        row = (hashes_of(read_tile(level, index))[:held] if held else []) + added
        cuts = [row[i : i + WIDTH] for i in range(0, len(row), WIDTH)]
        changed |= {(level, index + i): b"".join(cut) for i, cut in enumerate(cuts)}
        added = [fold(cut) for cut in cuts if len(cut) == WIDTH]
        level, size = level + 1, index
    return changed


def in_folder(folder: Path, size: int) -> ReadTile:
    """A reader of published tiles, as a tree of ``size`` leaves needs them: the partial tile, or the full one since."""

    def read(level: int, index: int) -> bytes:
        width = min(WIDTH, (size >> (HEIGHT * level)) - index * WIDTH)
        for path in (folder / tile_path(level, index, width), folder / tile_path(level, index)):
            if path.exists():
                return path.read_bytes()[: width * HASH]
        raise LookupError(f"the published {tile_path(level, index, width)} is gone")

    return read


def bundle(entries: Sequence[bytes]) -> bytes:
    """An entry bundle: each entry behind its length in two bytes, big end first."""
    if any(len(entry) > ENTRY_LIMIT for entry in entries):
        raise ValueError("an entry of a bundle is at most 65,535 bytes")
    return b"".join(len(entry).to_bytes(2) + entry for entry in entries)


def unbundle(data: bytes) -> list[bytes]:
    """The entries of a bundle; ``ValueError`` when it ends in the middle of one."""
    ends = [0]
    while ends[-1] < len(data):
        ends.append(ends[-1] + 2 + int.from_bytes(data[ends[-1] : ends[-1] + 2]))
    if ends[-1] != len(data):
        raise ValueError("the bundle ends in the middle of an entry")
    return [data[begin + 2 : end] for begin, end in pairwise(ends)]
