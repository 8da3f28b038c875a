"""Invented families brought by a file of their own, each person in a set of their own, which tells them apart."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests.cast import claims
from tests.cluster import Cluster
from tests.web.member.world import World, sign_in
from wellkept.policy import packs

COMMAND = "import sys; from wellkept.cli import main; main(sys.argv[1:], prog_name='wellkept')"


@dataclass(frozen=True, slots=True)
class One:
    """Somebody: of which household, what to its subscriber, of which age in years, where, and covered until when."""

    name: str
    code: str
    years: int
    state: str = "WI"
    number: str = "FAM1"
    ends: int | None = None
    days: int = 40


PEOPLE = (
    One("ann", "18", 45),
    One("ben", "01", 44),
    One("exspouse", "01", 43, ends=-3),
    One("nina", "19", 9),
    One("adopted", "09", 5),
    One("teen_wi", "19", 17),
    One("teen_or", "19", 17, state="OR"),
    One("teen_sc", "19", 17, state="SC"),
    One("sixteen_ca", "19", 16, state="CA"),
    One("sixteen_nowhere", "19", 16, state=""),
    One("tonight", "19", 17, days=364),
    One("birthday", "19", 18, days=0),
    One("lucas", "19", 22),
    One("stepchild", "17", 12),
    One("foster", "10", 8),
    One("gone", "19", 10, ends=-30),
    One("stella", "18", 50, number="FAM2"),
    One("cora", "19", 8, number="FAM2"),
    One("bereft", "18", 40, number="FAM3", ends=-200),
    One("kid", "19", 7, number="FAM3", ends=-200),
)


def today(operator: str) -> date:
    return datetime.now(ZoneInfo(packs.named(operator).time_zone)).date()


def born(one: One, on: date) -> date:
    """Somebody who is so many years old, and was that many days ago."""
    day = on - timedelta(days=one.days)
    found = date(day.year - one.years, day.month, min(day.day, 28))
    if one.days in (0, 364):
        leap = (on.month, on.day) == (2, 29)  # nobody was born on that day eighteen years before
        found = on.replace(year=on.year - 18, day=28 if leap else on.day) + timedelta(days=0 if one.days == 0 else 1)
    return found


def segments(on: date, tag: str) -> Iterator[str]:
    """A change file that names everybody, each in a transaction set of their own, in households of that tag."""
    yield "ISA*00*          *00*          *ZZ*FAMILIES       *ZZ*RECEIVER       *261101*1200*^*00501*000000901*0*T*:"
    yield "GS*BE*FAMILIES*RECEIVER*20261101*1200*1*X*005010X220A1"
    for at, one in enumerate(PEOPLE, 1):
        body = [
            f"ST*834*{at:04}*005010X220A1",
            f"BGN*00*R{at}*20261101*1200****2",
            "N1*P5*FAMILY WORKS*FI*111111111",
            "N1*IN*EXAMPLE PLAN*FI*222222222",
            f"INS*{'Y' if one.code == '18' else 'N'}*{one.code}*001**A***FT",
            f"REF*0F*{one.number}{tag}",
            "REF*1L*FW-1",
            f"NM1*IL*1*FAMILY*{one.name.upper().replace('_', '')}****34*000000000",
            "N3*1 INVENTED STREET",
            f"N4*TOWN*{one.state}*00000" if one.state else "N4*TOWN**00000",
            f"DMG*D8*{born(one, on):%Y%m%d}*F",
            "HD*021**HLT**FAM",
            "DTP*348*D8*20240101",
        ]
        if one.ends is not None:
            body.append(f"DTP*349*D8*{on + timedelta(days=one.ends):%Y%m%d}")
        yield from body
        yield f"SE*{len(body) + 1}*{at:04}"
    yield f"GE*{len(PEOPLE)}*1"
    yield "IEA*1*000000901"


def settled(house: Cluster, operator: str, folder: Path) -> World:
    """Import the file, give everybody claims, an account and a session."""
    tag = uuid4().hex[:8].upper()
    file = folder / f"families-{tag}.834"
    file.write_text("~\n".join(segments(today(operator), tag)) + "~\n")
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "import", "x12", "--quiet", "--operator", operator, str(file)],
        env=os.environ | {"WELLKEPT_STATE": str(house.state), "WELLKEPT_ROLE": "intake"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    world = World(operator)
    with house.administer(f"wellkept_{operator}") as connection:
        connection.execute("set search_path = wellkept")
        rows = connection.execute(
            "select p.set_number, p.person_id, p.plan_id from people_person p join intake_file f on f.id = p.file_id"
            " where f.name = %s",
            [file.name],
        ).fetchall()
        found = {str(number): (person, plan) for number, person, plan in rows}
        for at, one in enumerate(PEOPLE, 1):
            person, plan = found[f"{at:04}"]
            world.people[one.name] = person
            claims(connection, person, plan, ordinary=2, sensitive=1)
            sign_in(connection, world, one.name)
        connection.commit()
    return world
