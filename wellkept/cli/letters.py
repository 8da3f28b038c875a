"""``wellkept letters``: what is too private for mail, on paper."""

from pathlib import Path
from uuid import UUID, uuid4

import click

from wellkept.cli import cluster
from wellkept.cli.cluster import ClusterError
from wellkept.cli.cluster.places import make_folder, write_private
from wellkept.cli.process import become


@click.group(name="letters")
def command() -> None:
    """Letters that wait to be printed."""


@command.command(name="print")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose letters.")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="Where to; default: the state folder.")
def print_letters(operator: str, folder: Path | None) -> None:
    """Write each waiting letter into a file that only you can read, and empty it in the database."""
    state = cluster.state_folder()
    target = (folder or state / operator / "letters").absolute()
    try:
        cluster.ensure_running(state)
        make_folder(target)
        become(operator=operator, role="jobs")
        written = print_all(target)
    except ClusterError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{written} letters are in {target}. Print them, post them, and delete the files.")


def print_all(target: Path) -> int:
    """Print every letter that waits; returns how many. Each person is opened for it, with an entry."""
    from wellkept.access import queries as access
    from wellkept.notices import queries

    run = uuid4()
    access.begin(run, kind="job", label="letters")
    written = 0
    while letters := queries.waiting():
        done = sum(print_one(waiting.person, waiting.letter, run=run, target=target) for waiting in letters)
        written += done
        if done < len(letters):
            break  # another print run has the rest
    return written


def print_one(person: UUID, letter: UUID, *, run: UUID, target: Path) -> bool:
    """Print one letter, unless another run has. The file is whole before the row is emptied.

    It has its name from the row: a run that is killed between the two writes the same file again.
    """
    from wellkept.access import queries as access
    from wellkept.notices import actions, queries
    from wellkept.policy.words import Category, Purpose

    with access.enter_as_machine(
        subjects=[person],
        purpose=Purpose.MEMBER_ADMINISTRATION,
        categories=[Category.CONTACT],
        occasion=run,
        relationship="registration",
    ) as key:
        page = queries.page(key, person=person, letter=letter)
        if page is None:
            return False
        write_private(target / f"{page.made_at:%Y-%m-%d}-{letter}.txt", page.text)
        actions.printed(key, person=person, letter=letter)
        return True
