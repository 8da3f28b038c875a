"""``wellkept import``: files of other machines into the house."""

import click

from wellkept.cli.imports.interchanges import x12


@click.group(name="import")
def command() -> None:
    """Bring files in."""


command.add_command(x12)
