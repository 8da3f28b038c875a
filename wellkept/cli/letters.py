"""``wellkept letters``: what is too private for mail, on paper, by the mail room."""

from pathlib import Path
from uuid import uuid4

import click

from wellkept.cli import cluster
from wellkept.cli.cluster import ClusterError
from wellkept.cli.process import become

AT_ONCE = 500
MOST = 5000
ROLE = "mailroom"


@click.group(name="letters")
def command() -> None:
    """Letters that wait to be printed, and letters that came back."""


@command.command(name="print")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose letters.")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="Where to; default: the state folder.")
def print_letters(operator: str, folder: Path | None) -> None:
    """Write every waiting letter as a PDF that only you can read, batch by batch, and empty it in the database."""
    state = cluster.state_folder()
    target = (folder or state / operator / "letters").absolute()
    try:
        begin(operator)
        written = print_all(target)
    except ClusterError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{written} letters are in {target}. Print them, post them, and delete the files.")


@command.command(name="batch")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose letters.")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where to.")
@click.option("--most", type=click.IntRange(1, MOST), default=1000, show_default=True, help="How many at most.")
def batch_letters(operator: str, folder: Path, most: int) -> None:
    """Write one batch for a print house: a folder of PDFs with manifest.csv, which names nobody."""
    from wellkept.policy.words import Refused

    try:
        begin(operator)
        from wellkept.cli import posting

        made = posting.write_batch(posting.private(folder.absolute()), most=most)
    except (ClusterError, Refused) as error:
        raise click.ClickException(str(error)) from error
    if made is None or not made.letters:
        click.echo("No letter can be printed now.")
        return
    click.echo(f"Batch {made.batch}: {made.letters} letters, {made.pages} pages, in {made.path}")
    click.echo(f"SHA-256 of manifest.csv: {made.manifest}")


@command.command(name="batches")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose letters.")
def list_batches(operator: str) -> None:
    """List every batch that was written, newest first."""
    try:
        begin(operator)
    except ClusterError as error:
        raise click.ClickException(str(error)) from error
    from wellkept.notices import post

    for one in post.batches():
        state = f"{one.closed_at:%Y-%m-%d %H:%M} UTC" if one.closed_at else "not whole: say `wellkept letters batch`"
        click.echo(f"{one.id}  {one.letters} letters  {one.pages} pages  {one.size} bytes  {state}")
        if one.closed_at and one.letters:
            click.echo(f"            {one.manifest.hex()}")


@command.command(name="returned")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose letters.")
@click.argument("references", nargs=-1, required=True)
def returned(operator: str, references: tuple[str, ...]) -> None:
    """Note letters that came back, by the reference in their window. Ends with 1 where one is not known."""
    try:
        begin(operator)
    except ClusterError as error:
        raise click.ClickException(str(error)) from error
    from django.conf import settings

    from wellkept.access import queries as access
    from wellkept.notices import post
    from wellkept.notices.references import canonical
    from wellkept.service.reaching import back

    run, strange = uuid4(), 0
    access.begin(run, kind="job", label="letters")
    for typed in references:
        reference = canonical(typed)
        found = post.returned_here(reference, occasion=run, back=back(settings.PACK)) if reference else "unknown"
        strange += found == "unknown"
        click.echo(f"{reference or typed}: {found}")
    raise SystemExit(1 if strange else 0)


def begin(operator: str) -> None:
    """Become the mail room of that operator."""
    cluster.ensure_running(cluster.state_folder())
    become(operator=operator, role=ROLE)


def print_all(target: Path) -> int:
    """Write every letter that can go out, batch by batch; returns how many."""
    from wellkept.cli import posting
    from wellkept.policy.words import Refused

    folder, written = posting.private(target), 0
    try:
        while made := posting.write_batch(folder, most=AT_ONCE):
            written += made.letters
    except Refused as error:
        raise ClusterError(f"{error} {written} letters are in {target}; say it again later for the rest.") from error
    return written
