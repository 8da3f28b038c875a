"""``wellkept outage``: the page that a proxy shows while the portal does not answer."""

import os

import click


@click.command(name="outage")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose page.")
def command(*, operator: str) -> None:
    """Print one HTML file that needs nothing else: `wellkept outage --operator NAME > outage.html`."""
    os.environ["WELLKEPT_OPERATOR"] = operator
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellkept.config.settings")
    import django

    django.setup()
    from wellkept.web.shell import outage

    click.echo(outage.page(), nl=False)
