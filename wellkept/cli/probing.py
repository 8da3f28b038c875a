"""Makes the standing family of an operator, through the doors everybody uses."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from wellkept.cli import cluster, probe_offices
from wellkept.policy import packs
from wellkept.proof import family as made_up
from wellkept.proof.family import Family
from wellkept.proof.ground import Ground, Member, Said

LONG: Final = 20
Clerk = Callable[[dict[str, object]], dict[str, Any]]
"""Answers what a process of a role is asked."""

WELLKEPT = (sys.executable, "-c", "from wellkept.cli import main; main(prog_name='wellkept')")


def family(*, operator: str, base: str, trusted: Path | None = None, entrance: str = "") -> Family:
    """The standing family, made on the first call. Raises ``ClusterError`` with the reason when it cannot be made."""
    path = cluster.state_folder() / operator / "proof.json"
    known = made_up.kept(path)
    if known is None:
        known = made(operator=operator, base=base, trusted=trusted, entrance=entrance)
        made_up.keep(known, path)
    return known


def made(*, operator: str, base: str, trusted: Path | None, entrance: str = "") -> Family:
    """Import the family, register its members and staff, and have them agree to what everybody agrees to."""
    new = made_up.invent()
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, text in made_up.files(new).items():
            paths.append(Path(folder) / name)
            paths[-1].write_text(text, encoding="ascii")
        run("import", "x12", "--quiet", "--operator", operator, *map(str, paths))
    asked: dict[str, object] = {
        "members": [[m.number, m.birth_date] for m in new.members.values()],
        "named": [m.login for m in new.members.values()],
    }
    told = inside(operator=operator, role="jobs", asked=asked)
    door = Ground(
        pack=packs.named(operator),
        base=base,
        connect=never,
        connect_keys=never,
        other_operator=None,
        connect_across=never,
        members={},
        staff={},
        offices={},
        logs=(),
        state=cluster.state_folder(),
        issue_codes=never,
        rehearse=never,
        say=never,
        trusted=trusted,
        entrance=entrance,
    )
    members = {}
    for (name, one), (person, code), named in zip(new.members.items(), told["members"], told["named"], strict=True):
        register(door, one, code)
        members[name] = replace(one, person=person, named=named)
        door.sign_in(members[name])  # which agrees to what everybody agrees to
    staff = hired(operator=operator, staff=new.staff)
    for one in staff.values():
        door.sign_in(one)
    offices = probe_offices.opened(door, operator=operator, run=run, inside=inside, register=register)
    return Family(members=members, staff=staff, offices=offices)


def hired(*, operator: str, staff: Mapping[str, Member]) -> dict[str, Member]:
    """Invite the family's staff and let them begin to work, each with a second factor, whose secret it keeps."""
    asked: dict[str, object] = {"invited": [[name.partition(" ")[0], one.login] for name, one in staff.items()]}
    codes = inside(operator=operator, role="jobs", asked=asked)["invited"]
    given = [[code, one.login, one.password] for code, one in zip(codes, staff.values(), strict=True)]
    seeds = inside(operator=operator, role="web", asked={"begun": given})["begun"]
    return {name: replace(one, seed=seed) for (name, one), seed in zip(staff.items(), seeds, strict=True)}


def register(door: Ground, one: Member, code: str) -> None:
    """Use an access code by the form."""
    year, month, day = one.birth_date.split("-")
    born = {"birth_date_month": month, "birth_date_day": day, "birth_date_year": year}
    answer = door.ask("/register/code/", form={"code": code, **born, "login": one.login, "password": one.password})
    if answer.status != 200:
        raise cluster.ClusterError(f"A made-up member could not register at {door.base} ({answer.status}).")


def inside(*, operator: str, role: str, asked: dict[str, object]) -> dict[str, Any]:
    """Ask a process of that role once for what only it can make: codes, and what makes second factors."""
    with clerk(operator=operator, role=role) as told:
        return told(asked)


@contextlib.contextmanager
def clerk(*, operator: str, role: str) -> Iterator[Clerk]:
    """A process of that role, to be asked as often as one likes. Raises ``ClusterError`` with its last words."""
    environment = ours() | {"WELLKEPT_OPERATOR": operator, "WELLKEPT_ROLE": role}
    command = [sys.executable, "-m", "wellkept.cli.probe_accounts"]
    with (
        tempfile.TemporaryFile("w+") as heard,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=heard, text=True, env=environment
        ) as process,
    ):

        def told(asked: dict[str, object]) -> dict[str, Any]:
            with contextlib.suppress(BrokenPipeError):  # it ended: it has nothing to say
                print(json.dumps(asked), file=process.stdin, flush=True)
            said = process.stdout.readline() if process.stdout else ""
            if not said:
                process.wait()
                heard.seek(0)
                raise cluster.ClusterError(f"The standing family was refused: {heard.read().strip().splitlines()[-1:]}")
            answer: dict[str, Any] = json.loads(said)
            return answer

        yield told


def run(*words: str) -> None:
    """A command of ours in a process of its own."""
    done = subprocess.run([*WELLKEPT, *words], capture_output=True, text=True, env=ours(), check=False)
    if done.returncode:
        raise cluster.ClusterError(f"The standing family could not be imported: {done.stderr.strip()[-500:]}")


def ours() -> dict[str, str]:
    """Our environment without what makes us one role: the process that is started becomes another."""
    apart = ("WELLKEPT_ROLE", "WELLKEPT_SECRET")
    return {name: value for name, value in os.environ.items() if not name.startswith(apart)}


def wait_for(base: str) -> None:
    """Return when somebody listens there, or after a minute all the same."""
    parts, until = urlsplit(base), time.monotonic() + 3 * LONG
    where = (parts.hostname or "", parts.port or 443)
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(where, timeout=1):
            return
        time.sleep(0.5)


def never(*_words: object) -> Any:  # noqa: ANN401  (it gives nothing at all)
    """Nothing but the doors: the family is made through them alone."""
    raise cluster.ClusterError("The standing family is made through the doors alone.")


def say(words: tuple[str, ...], more: Mapping[str, str]) -> Said:
    """What a command of ours says and ends with; one that still runs after a while counts as begun, and is ended."""
    with tempfile.TemporaryFile() as heard:
        process = subprocess.Popen(
            [*WELLKEPT, *words],
            stdin=subprocess.DEVNULL,
            stdout=heard,
            stderr=heard,
            env=ours() | dict(more),
            start_new_session=True,
        )
        try:
            code = process.wait(timeout=LONG)
        except subprocess.TimeoutExpired:
            process.terminate()
            process.wait(timeout=LONG)
            code = 0
        heard.seek(0)
        return Said(code=code, text=heard.read().decode(errors="replace"))
