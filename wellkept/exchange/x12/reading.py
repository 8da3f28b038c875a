"""The way in: one file, read to its end."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from wellkept.exchange.x12.envelope import Reading
from wellkept.exchange.x12.events import Event
from wellkept.exchange.x12.letters import Oddities, Stream, texts
from wellkept.exchange.x12.tokens import SEGMENT_LIMIT, Header, tokens

MODES = ("lenient", "strict")


def read(source: str | Path | Stream, *, mode: str = "lenient", name: str = "", size: int = 65_536) -> Iterator[Event]:
    """Everything a file says, in order, in constant memory; it never raises for what the file holds.

    ``source`` is a path or a binary stream; ``name`` is how findings call it (the file's own name when empty).
    ``mode`` "lenient" takes what breaks an envelope rule and reports it, "strict" refuses its interchange.
    ``size`` is how many bytes are read at a time. Raises ``ValueError`` for another mode or size at once, and
    ``OSError`` with the first events when the file cannot be opened or read.
    """
    if mode not in MODES or not 0 < size <= SEGMENT_LIMIT:
        raise ValueError(f"mode is one of {MODES}; size lies between 1 and {SEGMENT_LIMIT}")
    name = name or Path(str(source if isinstance(source, str | Path) else getattr(source, "name", ""))).name
    return _events(source, Reading(name, strict=mode == "strict"), size)


def _events(source: str | Path | Stream, reading: Reading, size: int) -> Iterator[Event]:
    oddities = Oddities()
    with Path(source).open("rb") if isinstance(source, str | Path) else nullcontext(source) as stream:
        for token in tokens(texts(stream, size, oddities)):
            if isinstance(token, list):
                yield from reading.batch(token)
            elif isinstance(token, Header):
                yield from reading.header(token)
            else:
                yield from reading.stray(token)
    yield from reading.end(oddities)
