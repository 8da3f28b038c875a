"""``wellkept import``: files of other machines into the house."""

import click

from wellkept.cli.imports.care import documents, offices, places
from wellkept.cli.imports.claims import claims
from wellkept.cli.imports.codes import codes
from wellkept.cli.imports.fhir import fhir
from wellkept.cli.imports.folder import folder
from wellkept.cli.imports.interchanges import x12
from wellkept.cli.imports.plans import balances, plans
from wellkept.cli.imports.rosters import roster


@click.group(name="import")
def command() -> None:
    """Bring files in."""


command.add_command(x12)
command.add_command(fhir)
command.add_command(folder)
command.add_command(claims)
command.add_command(codes)
command.add_command(offices)
command.add_command(places)
command.add_command(documents)
command.add_command(plans)
command.add_command(balances)
command.add_command(roster)
