"""How fast X12 files are read, and how fast durably entered, sealed and locked: `python bench/imports.py [MEMBERS]`.

Makes an 834, an 837P and an 835 of invented members with five claims each, imports them one after the other through the
command line into a private cluster in a temporary folder, and prints segments a second by the wall clock and by the
processor time of the Python process and of PostgreSQL, which other work on the machine does not distort.
"""

import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from wellkept.cli import cluster as server
from wellkept.cli.db import migrate_operator
from wellkept.exchange.x12 import SetEnded, read

CLAIMS: Final = 5
TICKS: Final = os.sysconf("SC_CLK_TCK")
IMPORT: Final = "from wellkept.cli import main; main(prog_name='wellkept')"


@dataclass(frozen=True, slots=True)
class Measured:
    """One file: its segments, and seconds of wall clock and of processor time in Python and in PostgreSQL."""

    name: str
    segments: int
    reading: float
    wall: float
    python: float
    postgres: float
    memory: int


def main() -> None:
    """Measure and print a table."""
    members = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    with cluster() as folder:
        found = [measured(path, folder) for path in written(folder, members)]
    say(f"{platform.node()}: {os.cpu_count()} x {processor()}, Python {platform.python_version()}")
    say(f"load average before: {LOAD[0]:.1f}; {members:,} members, {members * CLAIMS:,} claims\n")
    head = f"{'':6}{'segments':>10}{'read only':>12}{'entered':>12}{'by CPU':>12}"
    say(f"{head}{'wall s':>8}{'python s':>10}{'postgres s':>12}{'memory MB':>11}")
    for one in found:
        cpu = one.python + one.postgres
        say(
            f"{one.name:6}{one.segments:>10,}{one.segments / one.reading:>10,.0f}/s{one.segments / one.wall:>10,.0f}/s"
            f"{one.segments / cpu:>10,.0f}/s{one.wall:>8.1f}{one.python:>10.1f}{one.postgres:>12.1f}{one.memory:>11}"
        )


def say(line: str) -> None:
    """One line of the table."""
    sys.stdout.write(f"{line}\n")


def measured(path: Path, folder: Path) -> Measured:
    """Read a file alone, then import it."""
    began = time.process_time()
    segments = sum(event.segments for event in read(path) if isinstance(event, SetEnded))
    reading = time.process_time() - began
    own, postgres, wall = children(), server_seconds(folder), time.perf_counter()
    command = [sys.executable, "-c", IMPORT, "import", "x12", "--quiet", "--operator", "umr", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - wall
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return Measured(
        path.suffix[1:], segments, reading, wall, children() - own, server_seconds(folder) - postgres, memory
    )


def children() -> float:
    """Processor seconds of the child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def server_seconds(folder: Path) -> float:
    """Processor seconds of the server and all its processes, living and ended."""
    postmaster = int((folder / "state/postgres/data/postmaster.pid").read_text().split("\n", 1)[0])
    total = 0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(entry.parent.name) == postmaster:
            total += sum(map(int, fields[11:15]))
        elif int(fields[1]) == postmaster:
            total += sum(map(int, fields[11:13]))
    return total / TICKS


def processor() -> str:
    """The name of the processor."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


@contextmanager
def cluster() -> Iterator[Path]:
    """A migrated cluster in a temporary folder, stopped and removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="wellkept-"))
    folder.chmod(0o711)
    os.environ["WELLKEPT_STATE"] = str(folder / "state")
    os.environ.pop("DATABASE_URL", None)
    try:
        server.ensure_running(folder / "state")
        migrate_operator("umr", state=folder / "state")
        yield folder
    finally:
        server.stop(folder / "state")
        shutil.rmtree(folder)


def written(folder: Path, members: int) -> list[Path]:
    """The three files."""
    return [
        file(folder / "bench.834", "BE", "005010X220A1", enrolments(members)),
        file(folder / "bench.837", "HC", "005010X222A1", filings(members)),
        file(folder / "bench.835", "HP", "005010X221A1", decisions(members)),
    ]


def file(path: Path, group: str, guide: str, body: Iterator[str]) -> Path:
    """One interchange with one set."""
    blank = " " * 10
    with path.open("w", encoding="ascii") as out:
        out.write(f"ISA*00*{blank}*00*{blank}*ZZ*{'BENCH':15}*ZZ*{'BENCH':15}*261101*1200*^*00501*000000001*0*P*:~")
        out.write(f"GS*{group}*BENCH*BENCH*20261101*1200*1*X*{guide}~ST*{path.suffix[1:]}*0001*{guide}~")
        segments = 2
        for segment in body:
            out.write(f"{segment}~")
            segments += 1
        out.write(f"SE*{segments}*0001~GE*1*1~IEA*1*000000001~")
    return path


def number(member: int) -> str:
    """A member number."""
    return f"W{member:08}"


def named(member: int, entity: str) -> str:
    """The NM1 of a member."""
    return f"NM1*{entity}*1*LAST{member}*FIRST{member}****MI*{number(member)}"


def enrolments(members: int) -> Iterator[str]:
    """An 834: ten segments a member."""
    yield from ("BGN*00*1*20261101*1200****2", "N1*P5*EXAMPLE WORKS*FI*111111111", "N1*IN*EXAMPLE PLAN*FI*222222222")
    for member in range(members):
        yield from (
            "INS*Y*18*021*20*A***FT", f"REF*0F*{number(member)}", "REF*1L*76-410101", named(member, "IL"),
            f"PER*IP**HP*555555{member % 10_000:04}", f"N3*{member} MAIN ST", "N4*TOWN*WI*53001",
            f"DMG*D8*{1940 + member % 60}0101*F", "HD*021**HLT*GOLD*FAM", "DTP*348*D8*20240101",
        )  # fmt: skip


def filings(members: int) -> Iterator[str]:
    """An 837P: fifteen segments a claim, two lines each."""
    yield from ("BHT*0019*00*1*20261101*0932*CH", "NM1*41*2*EXAMPLE SENDER*****46*999999999", "PER*IC*X*TE*5555550100")
    yield from ("NM1*40*2*EXAMPLE PLAN*****46*111222333", "HL*1**20*1", "NM1*85*2*EXAMPLE CLINIC*****XX*1234567893")
    yield from ("N3*5 ELM ST", "N4*TOWN*WI*53001", "REF*EI*333333333")
    for claim in range(members * CLAIMS):
        member = claim % members
        day = date(2026, 1, 1) + timedelta(days=claim % 300)
        yield from (
            f"HL*{claim + 2}*1*22*0", "SBR*P*18*76-410101******CI", named(member, "IL"),
            f"DMG*D8*{1940 + member % 60}0101*F", "NM1*PR*2*EXAMPLE PLAN*****PI*11122",
            f"CLM*C{claim}*240***11:B:1*Y*A*Y*Y", "HI*ABK:E119", "LX*1", "SV1*HC:80053*140*UN*1***1",
            f"DTP*472*D8*{day:%Y%m%d}", f"REF*6R*{claim}1", "LX*2", "SV1*HC:82306*100*UN*1***1",
            f"DTP*472*D8*{day:%Y%m%d}", f"REF*6R*{claim}2",
        )  # fmt: skip


def decisions(members: int) -> Iterator[str]:
    """An 835: twelve segments a claim, two lines each."""
    total = members * CLAIMS * 496
    yield from (f"BPR*I*{total / 10:.2f}*C*ACH*CTX*01*1*DA*1*1512345678**01*1*DA*1*20261110", "TRN*1*12345*1512345678")
    yield from ("DTM*405*20261109", "N1*PR*EXAMPLE PLAN", "N1*PE*EXAMPLE CLINIC*XX*1234567893", "LX*1")
    for claim in range(members * CLAIMS):
        yield from (
            f"CLP*C{claim}*1*240*49.6*112.4*12*P{claim}*11*1", named(claim % members, "QC"), "DTM*050*20261102",
            "SVC*HC:80053*140*49.6**1", "DTM*472*20260101", "CAS*CO*45*78", "CAS*PR*3*12.4", f"REF*6R*{claim}1",
            "SVC*HC:82306*100*0**1", "DTM*472*20260101", "CAS*PR*96*100", f"REF*6R*{claim}2",
        )  # fmt: skip


LOAD: Final = os.getloadavg()

if __name__ == "__main__":
    main()
