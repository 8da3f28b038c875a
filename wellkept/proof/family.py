"""The standing family: made-up people of each operator whom the probes sign in as. Their record is full of canaries.

They come in as everybody does: an 834, 837 and 835 through intake, an access code, and the registration form.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from wellkept.proof.ground import Member

LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ"
PREFIX: Final = "QZXV"
"""How every canary begins, so that one pass over a file meets all of them."""
MEMBERS: Final = ("one", "other", "guest")
STAFF: Final = ("representative", "representative surge", "nurse", "privacy_officer")
SPONSOR: Final = "WELLKEPT STANDING PROBE"
GROUP: Final = "PROBE-1"


@dataclass(frozen=True, slots=True)
class Family:
    """Members of different households, and staff, by what a probe calls them.

    Access codes are tried on the guest, whose plan knows no address: no letter is ever made for them. The
    representative of the surge uses up a budget. The first word of a member of staff is their role.
    """

    members: dict[str, Member]
    staff: dict[str, Member]


def canary(length: int = 14) -> str:
    """A word that occurs nowhere else: after the prefix random letters, about 43 bits of them."""
    return PREFIX + "".join(secrets.choice(LETTERS) for _ in range(length - len(PREFIX)))


def invent() -> Family:
    """A new family. Names, streets and numbers are canaries."""
    members = {}
    for number, name in enumerate(MEMBERS):
        first, last, street, card, claim = canary(), canary(), canary(), canary(), canary()
        members[name] = Member(
            login=canary().lower(), password=secrets.token_urlsafe(24), person="", number=card,
            birth_date=f"{1970 + number}-03-0{4 + number}", canaries=(first, last, street, card, claim),
            social=f"9{secrets.randbelow(10**8):08}",
        )  # fmt: skip
    staff = {
        role: Member(
            login=canary().lower(), password=secrets.token_urlsafe(24), person="", number="", birth_date="", canaries=()
        )
        for role in STAFF
    }
    return Family(members=members, staff=staff)


def keep(family: Family, path: Path) -> None:
    """Write the family down for the probes alone."""
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(family)), encoding="utf-8")


def kept(path: Path) -> Family | None:
    """The family that was written down, or None where there is none that is whole."""
    if not path.exists():
        return None
    whole = json.loads(path.read_text(encoding="utf-8"))
    if set(whole["members"]) != set(MEMBERS) or set(whole["staff"]) != set(STAFF):
        return None
    return Family(
        members={name: member(one) for name, one in whole["members"].items()},
        staff={name: member(one) for name, one in whole["staff"].items()},
    )


def member(one: dict[str, object]) -> Member:
    """One of them, as written down."""
    canaries = one["canaries"]
    texts = {name: str(value) for name, value in one.items() if name != "canaries"}
    return Member(**texts, canaries=tuple(canaries) if isinstance(canaries, list) else ())


def files(family: Family) -> dict[str, str]:
    """The family's 834, 837P and 835 as text, by file name."""
    return {"probe.834": enrolment(family), "probe.837": claims(family), "probe.835": decisions(family)}


def enrolment(family: Family) -> str:
    """Every member, each covered since 2020. The guest has no address."""
    body = ["BGN*00*PROBE*20260101*1200****2", f"N1*P5*{SPONSOR}*FI*999999999", "N1*IN*PLAN*FI*999999998"]
    for name, one in family.members.items():
        first, last, street, card, _claim = one.canaries
        address = [] if name == "guest" else [f"N3*{street} ST", "N4*SPRINGFIELD*IL*62701"]
        body += [
            "INS*Y*18*021*20*A***FT", f"REF*0F*{card}", f"REF*1L*{GROUP}",
            f"REF*SY*{one.social}", f"NM1*IL*1*{last}*{first}****34*{one.social}",
            "PER*IP**HP*2025550199", *address, f"DMG*D8*{plain(one.birth_date)}*U",
            "HD*021**HLT*PROBE*EMP", "DTP*348*D8*20200101",
        ]  # fmt: skip
    return envelope("BE", "834", "005010X220A1", body)


def claims(family: Family) -> str:
    """One claim each."""
    body = [
        "BHT*0019*00*PROBE*20260105*1200*CH", "NM1*41*2*PROBE CLINIC*****46*999999999", "PER*IC*PROBE*TE*2025550199",
        "NM1*40*2*PLAN*****46*999999998", "HL*1**20*1", "NM1*85*2*PROBE CLINIC*****XX*1999999984", "N3*1 PROBE ST",
        "N4*SPRINGFIELD*IL*62701", "REF*EI*999999999",
    ]  # fmt: skip
    for number, one in enumerate(family.members.values(), start=2):
        first, last, _street, card, claim = one.canaries
        body += [
            f"HL*{number}*1*22*0", f"SBR*P*18*{GROUP}******CI", f"NM1*IL*1*{last}*{first}****MI*{card}",
            f"DMG*D8*{plain(one.birth_date)}*U", "NM1*PR*2*PLAN*****PI*99999",
            f"CLM*{claim}*100***11:B:1*Y*A*Y*Y", "HI*ABK:Z0000",
            "LX*1", "SV1*HC:99213*100*UN*1***1", "DTP*472*D8*20260102", "REF*6R*1",
        ]  # fmt: skip
    return envelope("HC", "837", "005010X222A1", body)


def decisions(family: Family) -> str:
    """Each claim paid in part."""
    body = [
        f"BPR*I*{80 * len(family.members)}*C*NON************20260110", "TRN*1*PROBE*1999999998",
        "DTM*405*20260110", "N1*PR*PLAN",
        "N1*PE*PROBE CLINIC*XX*1999999984", "LX*1",
    ]  # fmt: skip
    for one in family.members.values():
        first, last, _street, card, claim = one.canaries
        body += [
            f"CLP*{claim}*1*100*80*20*12*{claim}*11*1", f"NM1*QC*1*{last}*{first}****MI*{card}", "DTM*050*20260106",
            "SVC*HC:99213*100*80**1", "DTM*472*20260102", "CAS*PR*3*20", "REF*6R*1",
        ]  # fmt: skip
    return envelope("HP", "835", "005010X221A1", body)


def envelope(code: str, kind: str, guide: str, body: list[str]) -> str:
    """One interchange with one set. The 837 and 834 name their guide in ST03."""
    head = f"ST*{kind}*0001" + ("" if kind == "835" else f"*{guide}")
    isa = f"ISA*00*{' ' * 10}*00*{' ' * 10}*ZZ*{'PROBE':<15}*ZZ*{'PLAN':<15}*260105*1200*^*00501*000000001*0*P*:"
    group = f"GS*{code}*PROBE*PLAN*20260105*1200*1*X*{guide}"
    tail = [f"SE*{len(body) + 2}*0001", "GE*1*1", "IEA*1*000000001"]
    return "~".join([isa, group, head, *body, *tail]) + "~"


def plain(day: str) -> str:
    """CCYYMMDD."""
    return day.replace("-", "")
