"""``wellkept people``: two records of one human, one record of two humans. What is decided is decided on the page."""

from uuid import UUID

import click

from wellkept.cli import cluster
from wellkept.cli.imports.running import OPERATOR, closing_connections, house, plainly
from wellkept.cli.process import become


@click.group(name="people")
def command() -> None:
    """Records that are one person's, and one that is two people's."""


@command.command()
@OPERATOR
def candidates(operator: str) -> None:
    """Compare names and birth dates under keyed hashes; administrators decide about what is found."""
    with plainly():
        begin(operator, role="jobs")
        from wellkept.people import joins

        with closing_connections():
            click.echo(f"{joins.find_pairs():,} new pairs stand on the page of joined records.")


@command.command()
@OPERATOR
@click.argument("first", type=click.UUID)
@click.argument("second", type=click.UUID)
def join(operator: str, first: UUID, second: UUID) -> None:
    """Let two records be looked at. Two administrators join them on the page; no command does."""
    with plainly():
        begin(operator, role="jobs")
        from wellkept.people import joins

        with closing_connections():
            if first == second or joins.name_pair(first, second) is None:
                raise click.ClickException("These are not two records that files have brought.")
            click.echo("The pair stands on the page of joined records, for two administrators.")


@command.command()
@OPERATOR
@click.argument("number", type=click.UUID)
def unjoin(operator: str, number: UUID) -> None:
    """End a join at once. Both people read it."""
    with plainly():
        begin(operator, role="jobs")
        from wellkept.people import joins

        with closing_connections():
            if not joins.stop(number):
                raise click.ClickException("No join of this number holds or waits.")
            click.echo("The records are joined no more.")


@command.command()
@OPERATOR
def split(operator: str) -> None:
    """Carry out the splits that administrators asked for. What was begun before goes on where it stopped."""
    with plainly():
        begin(operator, role="intake")
        from wellkept.intake.actions import reading
        from wellkept.intake.splitting import split_all

        with closing_connections(), reading():
            here = house()
            click.echo(f"{split_all(hashes=here.hashes, collected_under=here.collected_under):,} records were split.")


def begin(operator: str, *, role: str) -> None:
    """Be that role of the operator, with the database running."""
    cluster.ensure_running(cluster.state_folder())
    become(operator=operator, role=role)
