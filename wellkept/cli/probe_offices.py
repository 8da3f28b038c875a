"""Makes the organisations of the standing family: rosters, a first code for each, invitations by the page."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from wellkept.cli import cluster
from wellkept.proof import offices
from wellkept.proof.family import MORE
from wellkept.proof.ground import Ground, Member

CODE: Final = re.compile(r'class="handed">([0-9A-Z-]{14})<')
Register = Callable[[Ground, Member, str], None]
Inside = Callable[..., dict[str, Any]]
Run = Callable[..., None]


def opened(door: Ground, *, operator: str, run: Run, inside: Inside, register: Register) -> dict[str, Member]:
    """Bring the rosters, let one administer each, and let those invite the rest; newcomers agree to nothing."""
    listed, people = offices.invent()
    with tempfile.TemporaryDirectory() as folder:
        for kind, text in offices.rosters(listed):
            path = Path(folder) / f"{kind}.csv"
            path.write_text(text, encoding="ascii")
            run("import", "roster", "--operator", operator, "--kind", kind, str(path))
    asked = [
        [
            one.kind,
            one.name,
            offices.HEADS[one.kind],
            one.number,
            one.tax_number,
            people[name].birth_date,
            who(people[name]),
        ]
        for name, one in listed.items()
    ]
    codes = inside(operator=operator, role="jobs", asked={"offices": asked})["offices"]
    for name, code in zip(listed, codes, strict=True):
        register(door, people[name], code)
    cookies = {name: door.sign_in(people[name]) for name in listed}  # which agrees to what everybody agrees to
    for name in MORE:
        invited = invite(door, cookies[name.partition(" ")[0]], people[name])
        if not invited:
            raise cluster.ClusterError(f"A made-up colleague could not be invited at {door.base}.")
        register(door, people[name], invited)
    return people


def invite(door: Ground, cookie: str, one: Member) -> str:
    """Invite somebody by the form; returns the code, or "" where none was shown."""
    year, month, day = one.birth_date.split("-")
    form = {
        "token": door.token(door.ask("/colleagues/invite/", cookie=cookie).text),
        "name": who(one),
        "birth_date_month": month,
        "birth_date_day": day,
        "birth_date_year": year,
    }
    found = CODE.search(door.ask("/colleagues/invite/", form=form, cookie=cookie).text)
    return found[1] if found else ""


def who(one: Member) -> str:
    """The name they are known by."""
    return one.canaries[0]
