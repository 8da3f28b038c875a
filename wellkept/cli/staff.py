"""``wellkept staff``: invitations of the people who work here. They do not register, and nobody sets their password."""

import click

from wellkept.cli import cluster
from wellkept.cli.cluster import ClusterError
from wellkept.cli.process import become

ROLES = ("representative", "privacy_officer", "nurse", "administrator", "auditor", "access_administrator")


@click.group(name="staff")
def command() -> None:
    """The people who work here."""


@command.command()
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="For whom they work.")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--name", "actor", required=True, help='What members read when this person opens a record: "Dana R."')
@click.option("--login", prompt="Sign-in name", help="Asked for when it is not given.")
def add(operator: str, role: str, actor: str, login: str) -> None:
    """Invite somebody to work here. The code is shown once; they choose their password and a second factor."""
    begin(operator)
    click.echo(invited(role=role, login=login, actor=actor))


@command.command()
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="For whom they work.")
@click.option("--login", prompt="Sign-in name", help="Asked for when it is not given.")
def renew(operator: str, login: str) -> None:
    """Invite somebody again who cannot come in any more. Their sessions end; they set up their ways in anew."""
    begin(operator)
    click.echo(renewed(login=login))


def begin(operator: str) -> None:
    """Be the operator's jobs, with the database running. No page has their secret: none can invite alone."""
    try:
        cluster.ensure_running(cluster.state_folder())
    except ClusterError as error:
        raise click.ClickException(str(error)) from error
    become(operator=operator, role="jobs")


def invited(*, role: str, login: str, actor: str) -> str:
    """Make the invitation; returns what to hand over, or raises with what to change."""
    from wellkept.accounts import staffing

    if not actor.strip() or not login.strip():
        raise click.ClickException("A member of staff needs a name that members read, and a sign-in name.")
    if len(actor.strip()) > staffing.LONGEST_NAME:
        raise click.ClickException(f"The name has at most {staffing.LONGEST_NAME} characters.")
    said, code = staffing.invite(role=role, login=login.strip(), actor=actor.strip())
    if said == "name taken":
        raise click.ClickException("Somebody signs in with that name already: choose another.")
    if said != "yes":
        raise click.ClickException("This invitation cannot be made.")
    return handed(code, login=login.strip(), to=actor.strip())


def renewed(*, login: str) -> str:
    """Make a new code; returns what to hand over, or raises with what to change."""
    from wellkept.accounts import staffing

    code = staffing.renew(login=login.strip())
    if code is None:
        raise click.ClickException("Nobody who works here signs in with that name.")
    return "Their sessions have ended.\n" + handed(code, login=login.strip(), to=login.strip())


def handed(code: str, *, login: str, to: str) -> str:
    """What to hand over, and how it is used."""
    from wellkept.accounts import staffing

    return (
        f"{to} uses this code at /sign-in/staff/, with the sign-in name {login}:\n\n    {code}\n\n"
        f"It works once, for {staffing.days()} days. It is shown here and kept nowhere. Hand over code and name apart."
    )
