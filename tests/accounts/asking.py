"""Asking for an access code, the job that answers, and the letter that it writes."""

import re
from pathlib import Path

from pypdf import PdfReader

from tests.cluster import Cluster
from tests.demo.imported import say
from tests.demo.roles import as_role
from wellkept.accounts import actions, registrations
from wellkept.cli import registering
from wellkept.demo.book import Named

CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}\b")


def forget(house: Cluster) -> None:
    """Let nobody wait for anything, and nobody have been written to."""
    with house.administer("wellkept_umr") as connection:
        for table in (
            "accounts_registration", "accounts_accesscode", "notices_letter", "notices_posted", "notices_reference",
            "notices_batch", "procrastinate_jobs",
        ):  # fmt: skip
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
            registering.answer(registration)


def printed(house: Cluster, folder: Path) -> list[str]:
    done = say(house, "letters", "print", "--operator", "umr", "--folder", str(folder))
    assert done.returncode == 0, done.stderr
    return texts(folder)


def texts(folder: Path) -> list[str]:
    """What the papers in the batches of a folder say, line by line."""
    return ["\n".join(lines(path)) for path in sorted(folder.glob("*/*.pdf"))]


def lines(path: Path) -> list[str]:
    return [line.strip() for page in PdfReader(path).pages for line in page.extract_text().splitlines()]


def code_of(letter: str) -> str:
    found = CODE.search(letter)
    assert found
    return found[0]
