"""``wellkept agreements``: which organisation may receive or reach what, for what, until when."""

import click

from wellkept.cli.links import begin


@click.group(name="agreements")
def command() -> None:
    """Agreements with organisations."""


@command.command(name="list")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose agreements.")
@click.option("--all", "every", is_flag=True, help="Those that are over, too.")
def listed(operator: str, *, every: bool) -> None:
    """Print each agreement in force or to come: state, last moment, organisation, kind, number, what it covers."""
    begin(operator, role="proof")
    from wellkept.organisations import agreements

    for one in agreements.listed():
        if every or one.state in {"in force", "not begun"}:
            to = f" to {one.with_name}" if one.with_name else ""
            until = (one.ended_at or one.ends_at).isoformat(timespec="minutes")
            click.echo(f"{one.state:<9} {until} {one.name}{to}: {one.kind.replace('_', ' ')} {one.number}")
            click.echo(f"          {', '.join(one.categories)} for {', '.join(one.purposes)}")
