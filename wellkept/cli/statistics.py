"""``wellkept statistics``: counts of visits with nobody in them."""

import gzip
from pathlib import Path

import click


@click.group()
def command() -> None:
    """Count visits, with nobody in them."""


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--own", default="", help="The host of the site the log is of: what came from its own pages.")
def count(*, file: Path, own: str) -> None:
    """Count a web server's log (common or combined, gzip too) by each dimension on its own."""
    from wellkept.statistics import weblog

    try:
        total = weblog.count(weblog.lines(file), own.lower())
    except (OSError, EOFError, gzip.BadGzipFile) as error:
        raise click.ClickException(f"{file.name} cannot be read to its end: {error}.") from error
    click.echo(f"{total.read} requests, {total.crawlers} of them by crawlers; {total.unreadable} lines unreadable")
    tables = {"hour": total.hours, **total.by}
    for name, counted in tables.items():
        click.echo(f"\n{name}")
        for value, n in sorted(counted.items(), key=lambda one: one if name == "hour" else (-one[1], one[0])):
            click.echo(f"{n:10}  {value}")
        if not counted:
            click.echo("            the log does not say")
    click.echo("\ncookie\n            the log does not say")
