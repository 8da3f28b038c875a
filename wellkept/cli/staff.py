"""``wellkept staff``: accounts of the people who work here. They do not register themselves."""

from pathlib import Path

import click

from wellkept.cli import cluster
from wellkept.cli.cluster import ClusterError
from wellkept.cli.process import become

ROLES = ("representative", "privacy_officer", "nurse", "administrator")


@click.group(name="staff")
def command() -> None:
    """The people who work here."""


@command.command()
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="For whom they work.")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--name", "actor", required=True, help='What members read when this person opens a record: "Dana R."')
@click.option("--login", prompt="Sign-in name", help="Asked for when it is not given.")
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the password alone. Without it the password is asked for, and not shown.",
)
def add(operator: str, role: str, actor: str, login: str, password_file: Path | None) -> None:
    """Make an account for a member of staff."""
    password = password_file.read_text(encoding="utf-8").strip() if password_file else asked()
    try:
        cluster.ensure_running(cluster.state_folder())
    except ClusterError as error:
        raise click.ClickException(str(error)) from error
    become(operator=operator, role="web")
    click.echo(made(role=role, login=login, password=password, actor=actor))


def asked() -> str:
    """The password, typed twice."""
    return str(click.prompt("Password (at least 15 characters)", hide_input=True, confirmation_prompt=True))


def made(*, role: str, login: str, password: str, actor: str) -> str:
    """Make the account; returns the sentence that says so, or raises with what to change."""
    from django.core.exceptions import ValidationError
    from django.db import IntegrityError

    from wellkept.accounts import actions, passwords

    if not actor.strip() or not login.strip():
        raise click.ClickException("A member of staff needs a name that members read, and a sign-in name.")
    try:
        passwords.check(password, known=(login, actor))
        actions.add_staff(role=role, login=login.strip(), password=password, actor=actor.strip())
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise click.ClickException("Somebody signs in with that name already: choose another.") from error
    return f"{actor.strip()} can sign in as {login.strip()}."
