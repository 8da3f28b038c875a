"""``wellkept vault``: how many keys there are, replacing the key-encryption key, and trying a copy of it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import click
import psycopg

from wellkept.cli import cluster
from wellkept.cli.backup import head
from wellkept.vault import actions, store
from wellkept.vault.kek import KekError, LocalKek
from wellkept.vault.keks import Keks, decoded, read_private

OPERATOR = click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose keys.")


class Sentences(click.Group):
    """A group whose commands end with the sentence of what went wrong, and no traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (cluster.ClusterError, KekError) as error:
            raise click.ClickException(str(error)) from error


@click.group(name="vault", cls=Sentences)
def command() -> None:
    """Count the keys, replace the key-encryption key, and try the copy of it that is kept elsewhere."""


@command.command()
@OPERATOR
def status(operator: str) -> None:
    """Say how many keys there are in each retention class, and what wraps them. Shows no key and no person."""
    keks = keks_of(operator)
    with cluster.connect(operator=operator, role="jobs", database="keys", state=cluster.state_folder()) as connection:
        asked = "select retention, kek, living, destroyed, last_destroyed from wellkept.vault_status()"
        rows = store.ask(connection, asked)
    click.echo(f"Current key-encryption key: {keks.current().id}")
    for retention, kek, living, destroyed, last in rows:
        ended = f", {destroyed} destroyed, the last on {last:%Y-%m-%d}" if destroyed else ""
        click.echo(f"{retention:10} {living} keys under {kek}{ended}")
    if not rows:
        click.echo("No subject has a key yet.")


@command.command()
@OPERATOR
def rotate(operator: str) -> None:
    """Replace the key-encryption key, or finish a replacement that was interrupted; every page keeps working."""
    keks = keks_of(operator)
    with as_migrate(operator, reason="the key-encryption key was replaced") as connection:
        kek, changed = actions.rotate(connection=connection, keks=keks)
        gone = actions.discard(connection=connection, keks=keks)
        connection.execute("vacuum wellkept.vault_key")
    click.echo(f"{changed} keys are now wrapped under {kek}.")
    for old in gone:
        click.echo(f"Key-encryption key {old} was removed: no backup of the keys needs it any more.")
    if keks.in_files():
        click.echo(
            f"Copy {keks.folder} to where its backups are not, and try the copy with `wellkept vault export-check`."
        )


@command.command(name="export-check")
@OPERATOR
@click.option(
    "--kek", "copy", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The copy, a file of mode 0600."
)
def export_check(operator: str, copy: Path | None) -> None:
    """Try to open every wrapped key: with the copy of the key-encryption key alone, else with what this machine has.

    Without a copy that works, a lost disk is the end of every sealed value.
    """
    provider = LocalKek.of(decoded(read_private(copy), where=str(copy))) if copy else None
    with as_migrate(operator, reason="the wrapped keys were tried") as connection:
        opened, failed = actions.try_all(provider, connection=connection, keks=keks_of(operator))
    click.echo(f"{opened} keys open, {failed} do not.")
    if failed:
        raise click.ClickException(
            "Do not rely on this copy." if copy else "A key-encryption key is missing or damaged."
        )


def keks_of(operator: str) -> Keks:
    """The key-encryption keys of an operator on this machine."""
    return Keks(cluster.state_folder() / operator / "kek")


@contextlib.contextmanager
def as_migrate(operator: str, *, reason: str) -> Iterator[psycopg.Connection]:
    """The keys' database as the migrate role, in autocommit; the ledger says beforehand that it was used, and why."""
    state = cluster.state_folder()
    with cluster.for_command(operator, "migrate", state=state) as word:
        with cluster.connect(operator=operator, role="migrate", state=state, word=word) as records:
            head.note(records, reason)
        with cluster.connect(
            operator=operator, role="migrate", database="keys", state=state, word=word, autocommit=True
        ) as connection:
            yield connection
