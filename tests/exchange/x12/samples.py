"""Files for the tests: small ones written here, with invented people, and those that others wrote."""

import csv
import io
import os
from pathlib import Path

import pytest

from wellkept.exchange.x12 import Event, Finding, Refusal, SetEnded, Values, read
from wellkept.exchange.x12.values import Value

SHARED = Path(os.environ.get("WELLKEPT_SHARED", Path(__file__).parents[4] / "shared")) / "data" / "x12"
needs_samples = pytest.mark.skipif(not SHARED.is_dir(), reason="the folder with other people's X12 files is not here")

ENROLMENT = """
BGN*00*R1*20260401*1200****4
REF*38*MASTER1
DTP*007*D8*20260401
N1*P5*EXAMPLE WORKS*FI*111111111
N1*IN*EXAMPLE PLAN*24*222222222
INS*Y*18*021*28*A*C**FT***D8*20260501
REF*0F*S100
REF*1L*G7
REF*17*DEPT 4
DTP*336*D8*20200115
DTP*356*D8*20260401
DTP*357*D8*20261231
NM1*IL*1*MUSTER*ERIKA*Q**JR*34*000000000
PER*IP**HP*5550001111*EM*erika@example.org
N3*1 MAIN ST*FLAT 2
N4*SPRINGFIELD*IL*62701**CY*1
DMG*D8*19800515*F
NM1*31*1
N3*PO BOX 9
N4*SPRINGFIELD*IL*62702
NM1*70*1*ALTE*ERIKA
HD*021**HLT*GOLD*FAM
DTP*348*D8*20260401
DTP*349*D8*20261231
REF*1L*POL9
LX*1
NM1*P3*1*DOCTOR*DEE****XX*1234567893
N4*ELSEWHERE*NY*10001
HD*021**DEN**EMP
DTP*348*D8*20260501
INS*N*01*021**A
REF*0F*S100
NM1*IL*1*MUSTER*OTTO
DMG*D8*19790101*M
"""

CLAIM = """
BHT*0019*00*B1*20260301*1200*CH
NM1*41*2*SENDING HOUSE*****46*999
PER*IC*HELP*TE*5550000000
NM1*40*2*EXAMPLE PLAN*****46*888
HL*1**20*1
PRV*BI*PXC*207Q00000X
NM1*85*2*EXAMPLE CLINIC*****XX*1234567893
N3*5 ELM ST
N4*SPRINGFIELD*IL*62701
REF*EI*333333333
HL*2*1*22*1
SBR*P**G7*GOLD PLAN*****CI
NM1*IL*1*MUSTER*ERIKA****MI*S100
N3*1 MAIN ST
N4*SPRINGFIELD*IL*62701
DMG*D8*19800515*F
NM1*PR*2*EXAMPLE PLAN*****PI*P1
HL*3*2*23*0
PAT*19
NM1*QC*1*MUSTER*ANNA
DMG*D8*20150607*F
CLM*C-1*300***11:B:7*Y*A*Y*Y
REF*F8*OLD-1
REF*D9*TRACE-1
HI*ABK:J069*ABF:R05
NM1*82*1*DOE*RENA****XX*1999999992
REF*0B*LIC1
SBR*S*18*OTHERGRP*OTHER PLAN*****CI
CAS*PR*1*20
AMT*D*80
OI***Y***Y
NM1*IL*1*MUSTER*OTTO****MI*O77
NM1*PR*2*OTHER PAYER*****PI*P2
REF*F8*OTHER-1
LX*1
SV1*HC:99213:25:59*200*UN*1*11**1:2
DTP*472*D8*20260210
REF*6R*L-1
SVD*P2*60*HC:99213**1
CAS*PR*2*140
LX*2
SV1*HC:87880*100*UN*2***1
DTP*472*RD8*20260211-20260212
NM1*82*1*ROE*RICK****XX*1888888886
CLM*C-2*50***22:B:1*Y*A*Y*Y
HI*ABK:Z00129
LX*1
SV1*HC:99393*50*UN*1***1
DTP*472*D8*20260213
"""

HOSPITAL = """
BHT*0019*00*B2*20260302*1200*CH
HL*1**20*1
NM1*85*2*EXAMPLE HOSPITAL*****XX*1234567893
REF*EI*444444444
HL*2*1*22*0
SBR*P*18*G7******CI
NM1*IL*1*MUSTER*ERIKA****MI*S100
DMG*D8*19800515*F
NM1*PR*2*EXAMPLE PLAN*****PI*P1
CLM*H-1*1200.5***11:A:1**A*Y*Y
DTP*434*RD8*20260105-20260109
DTP*435*DT*202601051330
DTP*096*TM*1100
CL1*1*1*01
HI*ABK:I214:::::::Y
HI*BBR:02703DZ:D8:20260105
HI*BG:09
NM1*71*1*DOE*RENA****XX*1999999992
LX*1
SV2*0120**1000*DA*4
LX*2
SV2*0300*HC:80053*200.5*UN*1
DTP*472*D8*20260106
"""

REMITTANCE = """
BPR*I*180*C*ACH*CCP*01*1*DA*1*1*1*01*1*DA*1*20260320
TRN*1*T-9*1512345678
DTM*405*20260319
N1*PR*EXAMPLE PLAN*XV*P1
N3*9 OAK ST
N4*SPRINGFIELD*IL*62701
REF*2U*P1
PER*BL*HELP*TE*5550002222
N1*PE*EXAMPLE CLINIC*XX*1234567893
REF*TJ*333333333
LX*1
CLP*C-1*1*300*200*40*12*PAYER-1*11*7
CAS*PR*1*20
NM1*QC*1*MUSTER*ANNA****MI*S100
NM1*IL*1*MUSTER*ERIKA****MI*S100
NM1*74*1*MUSTER*ANNE****C*S100A
NM1*82*1*DOE*RENA****XX*1999999992
MOA***MA01*N130
REF*1L*G7
DTM*232*20260210
DTM*233*20260212
DTM*050*20260301
AMT*AU*260
SVC*HC:99213:25*200*140**1
DTM*472*20260210
CAS*CO*45*20**253*20*1
CAS*PR*2*20
REF*6R*L-1
AMT*B6*180
LQ*HE*N20
SVC*HC:87880*100*80**2
DTM*150*20260211
DTM*151*20260212
CAS*CO*45*20
PLB*1234567893*20261231*WO:PAYER-0*20
"""


def segments(body: str) -> list[str]:
    """The segments of a body written one a line."""
    return [line for line in body.strip().splitlines() if line]


def transaction(body: str, guide: str, number: str = "0001") -> list[str]:
    """ST..SE around a body."""
    kinds = {"X220": "834", "X221": "835", "X270": "270", "X218": "820", "X306": "820", "X231": "999"}
    identifier = kinds.get(guide[6:10], "837")
    inner = segments(body)
    return [f"ST*{identifier}*{number}*{guide}", *inner, f"SE*{len(inner) + 2}*{number}"]


def interchange(*sets: list[str], guide: str, number: str = "000000001", signs: str = "*:^~") -> str:
    """ISA..IEA around sets, with the delimiters ``signs`` (element, component, repetition, terminator)."""
    element, component, repetition, terminator = tuple(signs)
    blank = " " * 10
    isa = f"ISA*00*{blank}*00*{blank}*ZZ*{'SENDER':15}*ZZ*{'RECEIVER':15}*260401*1200*^*00501*{number}*0*T*:"
    group = [f"GS*HC*SENDER*RECEIVER*20260401*1200*1*X*{guide}"]
    body = [segment for one in sets for segment in one]
    lines = [isa, *group, *body, f"GE*{len(sets)}*1", f"IEA*1*{number}"]
    table = str.maketrans("*:^", element + component + repetition)
    return "".join(line.translate(table) + terminator for line in lines)


def told(text: str | bytes, *, mode: str = "lenient", size: int = 65_536) -> list[Event]:
    """Everything that reading says."""
    data = text if isinstance(text, bytes) else text.encode()
    return list(read(io.BytesIO(data), mode=mode, name="file.x12", size=size))


def values(events: list[Event]) -> list[Value]:
    """The values of the sets that were accepted."""
    accepted = {event.transaction for event in events if isinstance(event, SetEnded) and event.accepted}
    batches = [event for event in events if isinstance(event, Values) and event.transaction in accepted]
    return [value for batch in batches for value in batch.values]


def findings(events: list[Event]) -> list[Finding]:
    """Every finding, of sets and outside them."""
    inside = [finding for event in events if isinstance(event, SetEnded) for finding in event.findings]
    return inside + [event for event in events if isinstance(event, Finding)]


def said(found: Finding) -> str:
    """Place, value and reason as one line."""
    return "".join(
        (f"{found.element}: " if found.element else "", f"'{found.value}': " if found.value else "", found.reason)
    )


def refusals(events: list[Event]) -> list[Refusal]:
    return [event for event in events if isinstance(event, Refusal)]


def ended(events: list[Event]) -> list[SetEnded]:
    return [event for event in events if isinstance(event, SetEnded)]


def inventory() -> list[dict[str, str]]:
    """What the collection's own list says of each file."""
    if not SHARED.is_dir():
        return []
    with (SHARED / "inventory.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))
