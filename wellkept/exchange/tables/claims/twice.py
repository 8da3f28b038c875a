"""Claims that stand in two places of one table: found without keeping the table in memory.

Lines of one claim have to stand together. Of each claim two keyed hashes and its place are kept, sorted in parts on
disk; the key is made for one reading and kept nowhere, so that what lies on the disk names nobody.
"""

import hashlib
import heapq
import hmac
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import groupby
from typing import IO, Final, Self

HELD: Final = 100_000
WIDTH: Final = 24


class Places:
    """Where claims stand. ``note`` each, then ask ``twice`` once."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._held: list[bytes] = []
        self._parts: list[IO[bytes]] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._stack.close()

    def note(self, number: str, key: str, *, place: int) -> None:
        """A claim number, what names the statement (empty where it cannot be read), and where it stands."""
        self._held.append(self._hash(number) + (self._hash(key) if key else bytes(8)) + place.to_bytes(8, "big"))
        if len(self._held) >= HELD:
            self._put()

    def twice(self) -> set[int]:
        """The places of claims that stand apart from others of the same number and name, or of a number unread."""
        self._held.sort()
        found: set[int] = set()
        parts = [_records(part) for part in self._parts]
        for _, same in groupby(heapq.merge(self._held, *parts), key=lambda record: record[:8]):
            found.update(_clashing(list(same)))
        return found

    def _hash(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode("utf-8", "surrogatepass"), hashlib.sha256)[:8]

    def _put(self) -> None:
        part = self._stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  (the stack closes it)
        part.write(b"".join(sorted(self._held)))
        part.seek(0)
        self._parts.append(part)
        self._held = []


def _clashing(same: list[bytes]) -> Iterator[int]:
    """The places of one number: all of them where one is unread, else those whose name another bears too."""
    names = [record[8:16] for record in same]
    every = len(same) > 1 and bytes(8) in names
    for record, name in zip(same, names, strict=True):
        if every or names.count(name) > 1:
            yield int.from_bytes(record[16:], "big")


def _records(part: IO[bytes]) -> Iterator[bytes]:
    while piece := part.read(WIDTH * 4_096):
        yield from (piece[at : at + WIDTH] for at in range(0, len(piece), WIDTH))
