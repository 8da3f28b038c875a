"""``wellkept staff``: accounts of the people who work here. They do not register themselves."""

from pathlib import Path

import click

from wellkept.cli import cluster
from wellkept.cli.cluster import ClusterError
from wellkept.cli.process import become

ROLES = ("representative", "privacy_officer", "nurse", "administrator", "auditor")


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
    password = given(password_file)
    begin(operator)
    click.echo(made(role=role, login=login, password=password, actor=actor))


@command.command()
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="For whom they work.")
@click.option("--login", prompt="Sign-in name", help="Asked for when it is not given.")
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the password alone. Without it the password is asked for, and not shown.",
)
def renew(operator: str, login: str, password_file: Path | None) -> None:
    """Give a member of staff a new password. It opens an account that too many tries have closed; its sessions end."""
    password = given(password_file)
    begin(operator)
    click.echo(renewed(login=login, password=password))


def begin(operator: str) -> None:
    """Be the operator's pages, with the database running: they hold the entrance's secret."""
    try:
        cluster.ensure_running(cluster.state_folder())
    except ClusterError as error:
        raise click.ClickException(str(error)) from error
    become(operator=operator, role="web")


def given(password_file: Path | None) -> str:
    """The password from the file, or as it is typed."""
    return password_file.read_text(encoding="utf-8").rstrip("\r\n") if password_file else asked()


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


def renewed(*, login: str, password: str) -> str:
    """Renew the password; returns the sentence that says so, or raises with what to change."""
    from django.core.exceptions import ValidationError

    from wellkept.accounts import actions, passwords

    try:
        passwords.check(password, known=(login,))
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    if not actions.renew_staff(login=login.strip(), password=password):
        raise click.ClickException("Nobody who works here signs in with that name.")
    return f"{login.strip()} has a new password. Their sessions have ended."
