"""``wellkept db``: start, stop, reach, migrate, back up and restore the database."""

import os
from pathlib import Path

import click

from wellkept.cli import cluster
from wellkept.cli.cluster import ClusterError

OPERATOR = click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose database.")


class Sentences(click.Group):
    """A group whose commands end with the sentence of what went wrong, and no traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ClusterError as error:
            raise click.ClickException(str(error)) from error


@click.group(name="db", cls=Sentences)
def command() -> None:
    """Start, stop, migrate, back up and restore the database."""


@command.command()
@click.option("--operator", envvar="WELLKEPT_OPERATOR", help="Prepare this operator's roles and databases too.")
def start(operator: str | None) -> None:
    """Start the database server unless it runs."""
    state = cluster.state_folder()
    cluster.ensure_running(state)
    for sentence in cluster.prepare(operator, state=state) if operator else ():
        click.echo(sentence, err=True)
    say_status(state)


@command.command()
def stop() -> None:
    """Stop the private database server."""
    ran = cluster.stop(cluster.state_folder())
    click.echo("The database has stopped." if ran else "No private database runs here.")


@command.command()
def status() -> None:
    """Say whether the database server runs, and where."""
    say_status(cluster.state_folder())


def say_status(state: Path) -> None:
    """One line about the server; ends with code 3 when it does not run."""
    found = cluster.status(state)
    if not found.running:
        click.echo(f"No database runs in {state}.")
        raise click.exceptions.Exit(3)
    kind = "A managed server" if found.managed else f"A private server (process {found.pid})"
    click.echo(f"{kind}, PostgreSQL {found.version}, at {found.host} port {found.port}.")


@command.command()
@OPERATOR
@click.option("--role", required=True, type=click.Choice(cluster.LOGIN_ROLES))
@click.option("--database", default="records", show_default=True, type=click.Choice(["records", "keys"]))
def url(operator: str, role: str, database: str) -> None:
    """Print the address of a database for a role, with its password: psql "$(wellkept db url --role watch)"."""
    click.echo(cluster.url(operator, role, database))


@command.command()
@OPERATOR
def migrate(operator: str) -> None:
    """Make or change the tables of both databases."""
    state = cluster.state_folder()
    cluster.ensure_running(state)
    for sentence in migrate_operator(operator, state=state):
        click.echo(sentence, err=True)
    click.echo(f"The tables of {operator} are up to date.")


def migrate_operator(operator: str, *, state: Path) -> tuple[str, ...]:
    """Prepare an operator, give it a key-encryption key if it has none, and bring its tables up to date.

    Returns one sentence for each thing that this server did not let us prepare.
    """
    from wellkept.cli import migrations
    from wellkept.vault.keks import Keks

    notes = cluster.prepare(operator, state=state)
    keks = Keks(state / operator / "kek")
    if not keks.exists():
        keks.make()
    migrations.run(operator)
    return notes


@command.command()
@OPERATOR
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def backup(operator: str, file: Path | None) -> None:
    """Write an encrypted backup to FILE, or into the state folder."""
    from wellkept.cli.backup.dump import backup as back_up

    written = back_up(operator=operator, state=cluster.state_folder(), file=file.absolute() if file else None)
    key = cluster.state_folder() / operator / "backup.key"
    click.echo(f"{written} is written and encrypted under {key}: keep a copy of that key in another place.")
    click.echo(f"{written}.keys holds the wrapped keys: delete it after 7 days, so that what is removed stays removed.")


@command.command()
@OPERATOR
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put databases that hold tables aside under another name.")
@click.option("--lost", type=click.IntRange(0), help="How many sealed entries did not come back. Default: counted.")
def restore(operator: str, file: Path, *, replace: bool, lost: int | None) -> None:
    """Restore the backup FILE, replay removals, and end every session."""
    from wellkept.cli.backup.restore import restore as restore_backup

    state = cluster.state_folder()
    cluster.ensure_running(state)
    done = restore_backup(operator=operator, state=state, file=file.absolute(), replace=replace, lost=lost)
    click.echo(f"{file} is restored; {done.removals} removals were done again and every session is ended.")
    if done.lost:
        click.echo(f"{done.lost} sealed entries of the ledger are lost; its new epoch says so.")
    for name in done.aside:
        click.echo(f"The database before is kept as {name}: drop it when you no longer need it.")


@command.command()
@OPERATOR
def reopen(operator: str) -> None:
    """Open the door again that the watcher closed on a surge of openings."""
    from wellkept.cli.backup import head

    with (
        cluster.for_command(operator, "migrate") as word,
        cluster.connect(operator=operator, role="migrate", word=word) as connection,
    ):
        head.note(connection, "the door was opened again")
        connection.execute("select wellkept.gate_reopen()")
    click.echo("The door is open.")


@command.command()
def watch() -> None:
    """End long transactions and close the door on a surge, until told to stop; runs under the watch role."""
    from wellkept.cli.watch import watch as keep_watch

    keep_watch(operator=os.environ["WELLKEPT_OPERATOR"], say=click.echo)
