"""Asking for an access code, the job that answers, and the letter that it writes."""

from pathlib import Path

from tests.cluster import Cluster
from tests.demo.imported import say
from tests.demo.roles import as_role
from wellkept.accounts import actions, registrations
from wellkept.cli import jobs
from wellkept.demo.book import Named


def forget(house: Cluster) -> None:
    """Let nobody wait for anything, and nobody have been written to."""
    with house.administer("wellkept_umr") as connection:
        for table in ("accounts_registration", "accounts_accesscode", "notices_letter", "procrastinate_jobs"):
            connection.execute(f"delete from wellkept.{table}")


def rows(house: Cluster, statement: str, *given: object) -> list[tuple[object, ...]]:
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        return connection.execute(statement, given).fetchall()


def ask(who: Named, *, last: str = "") -> None:
    actions.ask_for_code(member=who.number, group=who.group, name=f"{who.first} {last or who.last}", born=who.born)


def answer_all(house: Cluster) -> None:
    with as_role(house, "jobs"):
        for registration in registrations.waiting():
            jobs.answer(registration)


def printed(house: Cluster, folder: Path) -> list[str]:
    done = say(house, "letters", "print", "--operator", "umr", "--folder", str(folder))
    assert done.returncode == 0, done.stderr
    return [path.read_text() for path in sorted(folder.glob("*.txt"))]


def code_of(letter: str) -> str:
    return next(line.strip() for line in letter.splitlines() if line.startswith("    "))
