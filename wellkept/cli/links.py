"""``wellkept links``: look again at the pages our links lead to."""

import click

from wellkept.cli import cluster
from wellkept.cli.cluster import ClusterError
from wellkept.cli.process import become

OFF = "Switched off: links_rechecked = false in operator.toml. No program of ours asks another site."


@click.group(name="links")
def command() -> None:
    """The register of links to other sites."""


@command.command()
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose links.")
def check(operator: str) -> None:
    """Look at every page that was not looked at for 20 hours, and at its policy; print how often each finding came."""
    begin(operator, role="jobs")
    from wellkept.cli import rechecking

    if not rechecking.switched_on():
        raise click.ClickException(OFF)
    found = rechecking.recheck()
    for result, times in sorted(found.items()):
        click.echo(f"{times:>6,} {result}")
    click.echo(f"{found.total():,} addresses were looked at.")


@command.command(name="list")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose links.")
def listed(operator: str) -> None:
    """Print each link that stands: its key, until when, and where it leads."""
    begin(operator, role="web")
    from wellkept.links import queries

    for link in queries.standing():
        click.echo(f"{link.key:<24} {link.until} {link.address}")


def begin(operator: str, *, role: str) -> None:
    """Be that role of the operator, with the database running."""
    try:
        cluster.ensure_running(cluster.state_folder())
    except ClusterError as error:
        raise click.ClickException(str(error)) from error
    become(operator=operator, role=role)
