"""One X12 file while it is written: its envelope, and transaction sets one at a time, in constant memory."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

GROUPS = {"834": "BE", "837": "HC", "835": "HP"}


@dataclass(slots=True)
class Interchange:
    """A file that is open. ``segments`` counts all of them, the envelope too."""

    stream: TextIO
    kind: str
    guide: str
    sets: int = 0
    segments: int = 0


@contextmanager
def interchange(path: Path, *, guide: str, number: int, sender: str, today: date) -> Iterator[Interchange]:
    """Write ISA and GS, lend the file, end both. ``guide`` is for instance 005010X222A1; ``number`` is for ISA13."""
    kind = {"005010X220A1": "834", "005010X221A1": "835"}.get(guide, "837")
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        file = Interchange(stream, kind, guide)
        parties = f"ZZ*{sender:<15}*ZZ*{'WELLKEPT':<15}"
        stream.write(f"ISA*00*{'':10}*00*{'':10}*{parties}*{today:%y%m%d}*0600*^*00501*{number:09}*0*T*:~\n")
        stream.write(f"GS*{GROUPS[kind]}*{sender}*WELLKEPT*{today:%Y%m%d}*0600*{number}*X*{guide}~\n")
        yield file
        stream.write(f"GE*{file.sets}*{number}~\nIEA*1*{number:09}~\n")
        file.segments += 4


def put(file: Interchange, *bodies: Iterable[str]) -> None:
    """Write one transaction set: ST, the segments of all bodies without their terminators, SE."""
    file.sets += 1
    lines = [f"ST*{file.kind}*{file.sets:04}*{file.guide}" if file.kind != "835" else f"ST*835*{file.sets:04}"]
    for body in bodies:
        lines.extend(body)
    lines.append(f"SE*{len(lines) + 1}*{file.sets:04}")
    file.segments += len(lines)
    file.stream.write("~\n".join(lines))
    file.stream.write("~\n")


def money(cents: int) -> str:
    """Cents as X12 writes an amount (type R): no zeros at the end, "-" before what is taken back."""
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    whole, rest = divmod(cents, 100)
    return f"{sign}{whole}.{rest:02}".rstrip("0").rstrip(".") if rest else f"{sign}{whole}"


def stamp(day: date) -> str:
    """CCYYMMDD. ``strftime`` would take five times as long."""
    return f"{day.year}{day.month:02}{day.day:02}"
