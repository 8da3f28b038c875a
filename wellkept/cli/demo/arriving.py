"""The first run: tables, a book of people through the real intake, accounts by the actions everybody uses."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path

from wellkept.cli import bringing, cluster
from wellkept.cli.bringing import Files
from wellkept.cli.cluster.places import make_folder, read_private, write_private
from wellkept.cli.db import migrate_operator
from wellkept.cli.serve import DJANGO, WELLKEPT, child
from wellkept.cli.supervise import environment_of
from wellkept.demo import clerks
from wellkept.demo.accounts import Account, as_text, kept, made
from wellkept.demo.registrants import registrants
from wellkept.policy import packs

CLAIMS_A_MEMBER = 5.0
FURNISHED = "furnished"
FURNISH = (sys.executable, "-m", "wellkept.cli.demo.furnish")

Say = Callable[[str], None]


class StepError(Exception):
    """A step of the first run failed; the sentence says which and why."""


def arrive(operators: Sequence[str], *, state: Path, members: int, port: int, say: Say) -> list[str]:
    """Start the database, give every operator its tables and people; returns who can sign in, a line each."""
    for operator in operators:
        if packs.named(operator).production:
            raise StepError(f"The pack of {operator} is in production: no made-up people may be brought into it.")
    say("Starting the database ...")
    cluster.ensure_running(state)
    say("Making the tables ...")
    with ThreadPoolExecutor(len(operators)) as pool:
        list(pool.map(lambda operator: migrate_operator(operator, state=state), operators))
    path = state / "demo.json"
    accounts = kept(path)
    fresh = [operator for operator in operators if not (state / operator / FURNISHED).exists()]
    waiting: list[Future[list[Account]]] = []
    if fresh:
        say(f"Bringing {members} made-up people to each, with their claims ...")
        books = {operator: written(operator, state=state, members=members) for operator in fresh}
        accounts = {name: people(name, books[name]) for name in fresh} | accounts
        write_private(path, as_text(accounts))
        with ThreadPoolExecutor(len(fresh)) as pool:
            for name in fresh:
                at = port + 1 + operators.index(name)
                waiting.append(pool.submit(bring, name, books[name], accounts[name], state=state, port=at))
        for name, one in zip(fresh, waiting, strict=True):
            accounts[name] = one.result()
        write_private(path, as_text(accounts))
    return [line(operator, one) for operator in operators for one in accounts[operator] if one.login]


def people(operator: str, book: Files) -> list[Account]:
    """Everybody who can sign in, and who may be tried: members, staff, and people of organisations."""
    coming = registrants(operator, bringing.SCENES[operator])
    return [*made(operator, book.book.people), *coming, *clerks.invited(operator, coming)]


def line(operator: str, one: Account) -> str:
    """One account as the terminal shows it."""
    role = one.role.replace("_", " ")
    second = "  and a code: the first page shows it" if one.seed else ""
    return f"{packs.named(operator).short_name:<8}{one.name:<16}{role:<21}{one.login:<16}{one.password}{second}"


def written(operator: str, *, state: Path, members: int) -> Files:
    """Write the book of an operator, of the day on which that was first begun: birth dates are reckoned from it."""
    make_folder(folder := state / operator / "book")
    day = folder / "day"
    if not day.exists():
        write_private(day, datetime.now(UTC).date().isoformat())
    today = date.fromisoformat(read_private(day))
    seed = bringing.SEEDS[operator]
    return bringing.written(operator, folder, members=members, claims_a_member=CLAIMS_A_MEMBER, seed=seed, today=today)


def bring(operator: str, made_up: Files, accounts: list[Account], *, state: Path, port: int) -> list[Account]:
    """Bring a book in, let its members register by letter, and let a day begin. Safe to repeat when interrupted.

    Returns the accounts with what makes the staff's second factors.
    """
    letters = state / operator / "letters"
    pages = {"WELLKEPT_SECRET_ENTRANCE": cluster.secret(operator=operator, role="entrance")}
    address = {"WELLKEPT_ADDRESS": f"http://localhost:{port}"}
    for words in bringing.commands(operator, made_up):
        step(operator, "intake", (*WELLKEPT, *words))
    codes = json.loads(step(operator, "jobs", (*FURNISH, "invite"), told=written_out(accounts)))
    coming = [replace(one, code=codes.get(one.login, "")) for one in accounts]
    begun = json.loads(step(operator, "web", (*FURNISH, "ask"), more=pages, told=written_out(coming)))
    settled = []
    for one in accounts:
        seed, spare = begun.get(one.login, ("", ""))
        settled.append(replace(one, seed=seed, spare=spare))
    step(operator, "jobs", (*DJANGO, "procrastinate", "--skip-checks", "worker", "--one-shot"), more=address)
    step(operator, "mailroom", (*WELLKEPT, "letters", "print", "--operator", operator))
    step(operator, "web", (*FURNISH, "settle", str(letters)), more=pages, told=written_out(settled))
    write_private(state / operator / FURNISHED, "yes\n")
    return [replace(one, spare="") for one in settled]


def written_out(accounts: Sequence[Account]) -> str:
    """Accounts, for a step."""
    return json.dumps([asdict(one) for one in accounts])


def step(
    operator: str, role: str, command: Sequence[str], *, more: dict[str, str] | None = None, told: str = ""
) -> str:
    """What a command says as one role, with its secret alone; raises ``StepError`` with its last words if it fails."""
    environment = environment_of(child(operator=operator, role=role, command=tuple(command), more=more))
    done = subprocess.run(list(command), env=environment, input=told, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-12:]
        raise StepError(f"A step of the first run failed for {operator} as {role}:\n" + "\n".join(said))
    return done.stdout
