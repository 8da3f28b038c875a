"""The standing family: made-up people of each operator whom the probes sign in as. Their record is full of canaries.

They come in as everybody does: an 834, 837 and 835 through intake, an access code, and the registration form.
"""

import json
import secrets
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from wellkept.proof.ground import Member

LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ"
PREFIX: Final = "QZXV"
"""How every canary begins, so that one pass over a file meets all of them."""
MEMBERS: Final = ("one", "other", "guest", "spouse", "grown", "young")
KIN: Final = {"spouse": "01", "grown": "19", "young": "19"}
"""Who is covered with ``one``, with the individual relationship code of an 834 (INS02): 01 spouse, 19 child."""
YOUNG: Final = 14
"""How old the young one is when the family is made. After ``GROWN_UP`` less that many years a new family is made."""
GROWN_UP: Final = 18
STAFF: Final = (
    "representative", "representative surge", "nurse", "privacy_officer", "privacy_officer other", "administrator",
    "access_administrator", "access_administrator other",
)  # fmt: skip
OFFICES: Final = ("provider", "provider other", "employer", "agent", "partner")
"""Organisations of the family, each of one who administers it. The first word is what it is."""
MORE: Final = ("provider colleague", *(f"{kind} newcomer" for kind in ("provider", "employer", "agent", "partner")))
"""Whom those invite: a colleague, and in each kind of organisation somebody who has agreed to nothing."""
SPONSOR: Final = "WELLKEPT STANDING PROBE"
GROUP: Final = "PROBE-1"
SENSITIVE: Final = {"spouse": "B20", "young": "F329"}
"""Diagnoses (ICD-10-CM) that are nobody else's business: HIV and a depression."""


@dataclass(frozen=True, slots=True)
class Family:
    """Members of three households, and staff, by what a probe calls them.

    Access codes are tried on the guest, whose plan knows no address: no letter is ever made for them. Spouse, grown and
    young are covered with ``one``; a claim of spouse and of young tells of sensitive care, which Illinois leaves to a
    child of twelve. The representative of the surge uses up a budget. The first word of a member of staff is their
    role; two privacy officers can review a link together, two access
    administrators can give a role.
    """

    members: dict[str, Member]
    staff: dict[str, Member]
    offices: dict[str, Member] = field(default_factory=dict)


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
            birth_date=f"{born(name, number)}-03-0{4 + number}", canaries=(first, last, street, card, claim),
            social=f"9{secrets.randbelow(100):02}{70 + secrets.randbelow(19)}{1 + secrets.randbelow(9999):04}",
        )  # fmt: skip
    for name in KIN:
        members[name] = replace(members[name], number=members["one"].number)
    staff = {
        role: Member(
            login=canary().lower(), password=secrets.token_urlsafe(24), person="", number="", birth_date="", canaries=()
        )
        for role in STAFF
    }
    return Family(members=members, staff=staff)


def born(name: str, number: int) -> int:
    """The year of a birth."""
    this_year = date.today().year  # noqa: DTZ011  (a birth in March is years away from any change of day)
    return {"grown": this_year - 25, "young": this_year - YOUNG}.get(name, 1970 + number)


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
    if set(whole.get("offices", ())) != {*OFFICES, *MORE}:
        return None
    if int(whole["members"]["young"]["birth_date"][:4]) + GROWN_UP <= date.today().year:  # noqa: DTZ011  (as above)
        return None
    return Family(
        members={name: member(one) for name, one in whole["members"].items()},
        staff={name: member(one) for name, one in whole["staff"].items()},
        offices={name: member(one) for name, one in whole["offices"].items()},
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
        first, last, street, _card, _claim = one.canaries
        address = [] if name == "guest" else [f"N3*{street} ST", "N4*SPRINGFIELD*IL*62701"]
        who = f"INS*N*{KIN[name]}*021*20*A" if name in KIN else "INS*Y*18*021*20*A***FT"
        body += [
            who, f"REF*0F*{one.number}", f"REF*1L*{GROUP}",
            f"REF*SY*{one.social}", f"NM1*IL*1*{last}*{first}****34*{one.social}",
            "PER*IP**HP*2025550199", *address, f"DMG*D8*{plain(one.birth_date)}*U",
            "HD*021**HLT*PROBE*EMP", "DTP*348*D8*20200101",
        ]  # fmt: skip
    return envelope("BE", "834", "005010X220A1", body)


def claims(family: Family) -> str:
    """One claim each; of ``young`` and ``spouse`` a sensitive one."""
    body = [
        "BHT*0019*00*PROBE*20260105*1200*CH", "NM1*41*2*PROBE CLINIC*****46*999999999", "PER*IC*PROBE*TE*2025550199",
        "NM1*40*2*PLAN*****46*999999998", "HL*1**20*1", "NM1*85*2*PROBE CLINIC*****XX*1999999984", "N3*1 PROBE ST",
        "N4*SPRINGFIELD*IL*62701", "REF*EI*999999999",
    ]  # fmt: skip
    level = 1
    for name, one in family.members.items():
        insured = family.members["one"] if name in KIN else one
        level += 1
        first, last = insured.canaries[:2]
        body += [
            f"HL*{level}*1*22*{int(name in KIN)}", f"SBR*P*{'' if name in KIN else '18'}*{GROUP}******CI",
            f"NM1*IL*1*{last}*{first}****MI*{one.number}", f"DMG*D8*{plain(insured.birth_date)}*U",
            "NM1*PR*2*PLAN*****PI*99999",
        ]  # fmt: skip
        if name in KIN:
            level += 1
            body += patient(one, KIN[name], level)
        body += [
            f"CLM*{one.canaries[4]}*100***11:B:1*Y*A*Y*Y", f"HI*ABK:{SENSITIVE.get(name, 'Z0000')}",
            "LX*1", "SV1*HC:99213*100*UN*1***1", "DTP*472*D8*20260102", "REF*6R*1",
        ]  # fmt: skip
    return envelope("HC", "837", "005010X222A1", body)


def patient(one: Member, code: str, level: int) -> list[str]:
    """The patient of a claim who is not the subscriber, beneath whom they stand."""
    first, last, street = one.canaries[:3]
    return [
        f"HL*{level}*{level - 1}*23*0", f"PAT*{code}", f"NM1*QC*1*{last}*{first}", f"N3*{street} ST",
        "N4*SPRINGFIELD*IL*62701", f"DMG*D8*{plain(one.birth_date)}*U",
    ]  # fmt: skip


def decisions(family: Family) -> str:
    """Each claim paid in part."""
    body = [
        f"BPR*I*{80 * len(family.members)}*C*NON************20260110", "TRN*1*PROBE*1999999998",
        "DTM*405*20260110", "N1*PR*PLAN",
        "N1*PE*PROBE CLINIC*XX*1999999984", "LX*1",
    ]  # fmt: skip
    for one in family.members.values():
        first, last, _street, _card, claim = one.canaries
        body += [
            f"CLP*{claim}*1*100*80*20*12*{claim}*11*1", f"NM1*QC*1*{last}*{first}****MI*{one.number}",
            "DTM*050*20260106", "SVC*HC:99213*100*80**1", "DTM*472*20260102", "CAS*PR*3*20", "REF*6R*1",
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
