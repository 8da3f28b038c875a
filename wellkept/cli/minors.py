"""``wellkept minors``: work out again from which day each minor's record is their own, after a change of the law."""

from uuid import UUID, uuid4

import click

from wellkept.cli import cluster
from wellkept.cli.process import become


@click.command(name="minors")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose minors, by whose states.toml.")
def command(operator: str) -> None:
    """Work out again when minors' records become their own: after a change of states.toml or of who is a parent."""
    try:
        cluster.ensure_running(cluster.state_folder())
    except cluster.ClusterError as error:
        raise click.ClickException(str(error)) from error
    become(operator=operator, role="intake")
    looked, changed = worked_out()
    click.echo(f"{operator}: {looked:,} looked at, {changed:,} changed")


def worked_out() -> tuple[int, int]:
    """Every child whom a file named, five hundred at a time; returns how many there are, and how many changed."""
    from wellkept.access import queries as access
    from wellkept.people import ages
    from wellkept.policy.words import Category, Purpose

    occasion, after, looked, changed = uuid4(), None, 0, 0
    access.begin(occasion, kind="command", label="minors")
    while some := children(after):
        with access.enter_as_machine(
            subjects=some, purpose=Purpose.MEMBER_ADMINISTRATION, categories=[Category.IDENTITY], occasion=occasion,
            relationship="file",
        ) as key:  # fmt: skip
            changed += ages.again(key)
        looked, after = looked + len(some), some[-1]
    return looked, changed


def children(after: UUID | None) -> list[UUID]:
    """The next of them in the order of their ids."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select * from wellkept.access_children(%s, 500)", [after])
        return [person for (person,) in cursor.fetchall()]
