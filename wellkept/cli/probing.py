"""Makes the standing family of an operator, through the doors everybody uses."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg

from wellkept.cli import cluster
from wellkept.policy import packs
from wellkept.proof import family as made_up
from wellkept.proof.family import Family
from wellkept.proof.ground import Ground, Member

WELLKEPT = (sys.executable, "-c", "from wellkept.cli import main; main(prog_name='wellkept')")


def family(*, operator: str, base: str) -> Family:
    """The standing family, made on the first call. Raises ``ClusterError`` with the reason when it cannot be made."""
    path = cluster.state_folder() / operator / "proof.json"
    known = made_up.kept(path)
    if known is None:
        known = made(operator=operator, base=base)
        made_up.keep(known, path)
    return known


def made(*, operator: str, base: str) -> Family:
    """Import the family, register its members and staff, and have them agree to what everybody agrees to."""
    new = made_up.invent()
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, text in made_up.files(new).items():
            paths.append(Path(folder) / name)
            paths[-1].write_text(text, encoding="ascii")
        run("import", "x12", "--quiet", "--operator", operator, *map(str, paths))
    told = inside(
        operator=operator, role="jobs", asked={"members": [[m.number, m.birth_date] for m in new.members.values()]}
    )
    door = Ground(
        pack=packs.named(operator), base=base, connect=never, connect_keys=never, other_operator=None,
        connect_across=never, members={}, staff={}, logs=(), state=cluster.state_folder(),
    )  # fmt: skip
    members = {}
    for (name, one), (person, code) in zip(new.members.items(), told["members"], strict=True):
        register(door, one, code)
        members[name] = Member(one.login, one.password, person, one.number, one.birth_date, one.canaries)
        agree(door, members[name])
    inside(
        operator=operator,
        role="web",
        asked={"staff": [[role, one.login, one.password] for role, one in new.staff.items()]},
    )
    for one in new.staff.values():
        agree(door, one)
    return Family(members=members, staff=new.staff)


def register(door: Ground, one: Member, code: str) -> None:
    """Use an access code by the form."""
    year, month, day = one.birth_date.split("-")
    born = {"birth_date_month": month, "birth_date_day": day, "birth_date_year": year}
    answer = door.ask("/register/code/", form={"code": code, **born, "login": one.login, "password": one.password})
    if answer.status != 200:
        raise cluster.ClusterError(f"A made-up member could not register at {door.base} ({answer.status}).")


def agree(door: Ground, one: Member) -> None:
    """Sign in and agree to every text that is asked for."""
    cookie = door.sign_in(one)
    for _ in range(5):
        page = door.ask("/sign-in/agree/", cookie=cookie)
        if page.status != 200:
            return
        door.ask("/sign-in/agree/", form={"agree": "on", "token": door.token(page.text)}, cookie=cookie)


def inside(*, operator: str, role: str, asked: dict[str, object]) -> dict[str, list[list[str]]]:
    """Ask a process of that role for what only it can make: access codes, staff accounts."""
    environment = os.environ | {"WELLKEPT_OPERATOR": operator, "WELLKEPT_ROLE": role}
    command = [sys.executable, "-m", "wellkept.cli.probe_accounts"]
    done = subprocess.run(
        command, input=json.dumps(asked), capture_output=True, text=True, env=environment, check=False
    )
    if done.returncode:
        raise cluster.ClusterError(f"The standing family could not be made: {done.stderr.strip().splitlines()[-1:]}")
    told: dict[str, list[list[str]]] = json.loads(done.stdout)
    return told


def run(*words: str) -> None:
    """A command of ours in a process of its own."""
    done = subprocess.run([*WELLKEPT, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise cluster.ClusterError(f"The standing family could not be imported: {done.stderr.strip()[-500:]}")


def never(*_words: str) -> psycopg.Connection[Any]:
    """No connection: making the family goes through the doors alone."""
    raise cluster.ClusterError("The standing family is made without the database.")
