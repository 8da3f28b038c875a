"""How fast X12 is read and how much memory it takes: ``python bench/x12.py [megabytes]``.

Every guide is read from one file that holds a single transaction set of that size. Printed are segments a second of
tokenizing alone and of parsing, checking and mapping together, on one core, and the highest memory of the process
above what it took before the first file.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from wellkept.exchange.x12 import Refusal, SetEnded, Values, read
from wellkept.exchange.x12.letters import Oddities, texts
from wellkept.exchange.x12.tokens import tokens

MEMBER = (
    "INS*Y*18*021*28*A***FT~REF*0F*S{n}~REF*1L*G7~DTP*356*D8*20260401~NM1*IL*1*MUSTER*ERIKA{n}****34*000000000~"
    "PER*IP**HP*5550001111~N3*{n} MAIN ST~N4*SPRINGFIELD*IL*62701~DMG*D8*19800515*F~HD*021**HLT*GOLD*FAM~"
    "DTP*348*D8*20260401~"
)
CLAIM = (
    "HL*{h}*1*22*0~SBR*P*18*G7******CI~NM1*IL*1*MUSTER*ERIKA****MI*S{n}~N3*{n} MAIN ST~N4*SPRINGFIELD*IL*62701~"
    "DMG*D8*19800515*F~NM1*PR*2*EXAMPLE PLAN*****PI*P1~CLM*C{n}*{c}.50***11:B:1*Y*A*Y*Y~REF*D9*T{n}~"
    "HI*ABK:J069*ABF:R05~NM1*82*1*DOE*RENA****XX*1999999992~LX*1~SV1*HC:99213:25*{c}*UN*1***1:2~"
    "DTP*472*D8*20260210~REF*6R*L{n}~LX*2~SV1*HC:87880*.50*UN*1***1~DTP*472*D8*20260210~"
)
STAY = CLAIM.replace("11:B:1*Y*A*Y*Y~", "11:A:1**A*Y*Y~DTP*434*RD8*20260105-20260109~CL1*1*1*01~")
STAY = STAY.replace("SV1*HC:99213:25*{c}*UN*1***1:2", "SV2*0120*HC:99213*{c}*DA*4")
STAY = STAY.replace("SV1*HC:87880*.50*UN*1***1", "SV2*0300*HC:80053*.50*UN*1")
DECISION = (
    "CLP*C{n}*1*{c}.50*{c}*0.5*12*PAYER{n}*11*1~NM1*QC*1*MUSTER*ERIKA****MI*S{n}~DTM*232*20260210~DTM*050*20260301~"
    "SVC*HC:99213:25*{c}*{c}**1~DTM*472*20260210~REF*6R*L{n}~AMT*B6*{c}~SVC*HC:87880*.50*0**1~DTM*472*20260210~"
    "CAS*PR*1*.5~REF*6R*M{n}~AMT*B6*.5~"
)
FILING = "BHT*0019*00*B1*20260301*1200*CH~HL*1**20*1~NM1*85*2*EXAMPLE CLINIC*****XX*1234567893~REF*EI*333333333~"
PAYING = (
    "BPR*I*0*C*NON************20260320~TRN*1*T9*1512345678~N1*PR*EXAMPLE PLAN~N1*PE*EXAMPLE CLINIC*XX*1234567893~LX*1~"
)
GUIDES = {
    "834": ("834", "005010X220A1", "BGN*00*R1*20260401*1200****4~", MEMBER),
    "837P": ("837", "005010X222A1", FILING, CLAIM),
    "837I": ("837", "005010X223A2", FILING, STAY),
    "835": ("835", "005010X221A1", PAYING, DECISION),
}


def write(path: Path, guide: str, size: int) -> None:
    """One interchange with one transaction set of about ``size`` bytes."""
    identifier, version, head, value = GUIDES[guide]
    gap = " " * 10
    count = head.count("~") + 2
    with path.open("w", encoding="ascii") as file:
        file.write(f"ISA*00*{gap}*00*{gap}*ZZ*{'SENDER':15}*ZZ*{'RECEIVER':15}*260401*1200*^*00501*000000001*0*T*:~")
        file.write(f"GS*HC*SENDER*RECEIVER*20260401*1200*1*X*{version}~ST*{identifier}*0001*{version}~{head}")
        number = 0
        while file.tell() < size:
            for _ in range(1000):
                number += 1
                file.write(value.format(n=number, h=number + 1, c=100 + number % 900))
        count += number * value.count("~")
        file.write(f"SE*{count}*0001~GE*1*1~IEA*1*000000001~")


def peak() -> float:
    """The highest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tokenized(path: Path) -> tuple[int, float]:
    """How many segments, and processor seconds."""
    begun = time.process_time()
    with path.open("rb") as file:
        count = sum(len(token) for token in tokens(texts(file, 65_536, Oddities())) if isinstance(token, list))
    return count, time.process_time() - begun


def mapped(path: Path) -> tuple[int, float]:
    """How many values, and processor seconds."""
    begun, count = time.process_time(), 0
    for event in read(path):
        if isinstance(event, Values):
            count += len(event.values)
        elif isinstance(event, Refusal) or (isinstance(event, SetEnded) and not event.accepted):
            raise SystemExit(str(event))
    return count, time.process_time() - begun


def main() -> None:
    """Prints one line a guide."""
    size = int(sys.argv[1] if len(sys.argv) > 1 else 60) * 1_000_000
    print("guide   segments  tokens/s     all/s    values  memory MB (all, growth)")  # noqa: T201  (a report)
    before = peak()
    with tempfile.TemporaryDirectory() as folder:
        for guide in GUIDES:
            path = Path(folder) / guide
            write(path, guide, size)
            segments, alone = tokenized(path)
            values, together = mapped(path)
            speeds = f"{segments / alone:9,.0f} {segments / together:9,.0f}"
            print(f"{guide:5} {segments:10,} {speeds} {values:9,}  {peak():.0f}, {peak() - before:+.1f}")  # noqa: T201
            path.unlink()


if __name__ == "__main__":
    main()
