"""``wellkept book``: a believable book of business of any size, as the files others would send, and through intake.

Demonstrations, tests of size and benchmarks come from it. Nobody in it lives (see ``wellkept.demo``).
"""

import subprocess
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from wellkept.cli import cluster
from wellkept.cli.cluster import ClusterError
from wellkept.cli.serve import WELLKEPT

if TYPE_CHECKING:
    from wellkept.cli.bringing import Files


@click.command(name="book")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose book.")
@click.option("--members", required=True, type=click.IntRange(8, 2_000_000), help="How many people are covered.")
@click.option("--seed", default=None, type=click.IntRange(0, 10**6), help="The same seed gives the same book.")
@click.option("--claims", default=5.0, show_default=True, type=click.FloatRange(0, 100), help="Claims a member.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day it is told on; today without it.")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="Keep the files here.")
@click.option("--files-only", is_flag=True, help="Write the files, and bring nothing in.")
def command(  # every option is one thing a book can be
    operator: str, members: int, seed: int | None, claims: float, day: datetime | None, folder: Path | None, *,
    files_only: bool,
) -> None:  # fmt: skip
    """Write a made-up book of business: plans, families, coverage, claims and payments; and bring it in."""
    from wellkept.cli import bringing
    from wellkept.cli.db import migrate_operator
    from wellkept.policy import packs
    from wellkept.policy.shapes import PackError

    if files_only and folder is None:
        raise click.UsageError("Without --folder the files would be gone at once.")
    try:
        if not files_only and packs.named(operator).production:
            raise click.ClickException(
                f"The pack of {operator} is in production: nobody made up may be brought into it."
            )
        with TemporaryDirectory() if folder is None else nullcontext(folder) as at:
            Path(at).mkdir(parents=True, exist_ok=True)
            today = (day or datetime.now(UTC)).date()
            chosen = bringing.SEEDS.get(operator, 1) if seed is None else seed
            files = bringing.written(
                operator, Path(at), members=members, claims_a_member=claims, seed=chosen, today=today
            )
            click.echo(told(files))
            if not files_only:
                cluster.ensure_running(cluster.state_folder())
                migrate_operator(operator, state=cluster.state_folder())
                for words in bringing.commands(operator, files):
                    run(words)
    except (ClusterError, PackError) as error:
        raise click.ClickException(str(error)) from error


def told(files: "Files") -> str:
    """What was written."""
    book = files.book
    return (
        f"{book.members:,} people, {book.filings:,} claims filed, {book.decisions:,} decided,"
        f" {book.segments:,} segments, and {len(files.tables):,} tables."
    )


def run(words: Sequence[str]) -> None:
    """One import in a process of its own, as an operator would say it; what it says is shown."""
    done = subprocess.run([*WELLKEPT, *words], check=False)
    if done.returncode > 1:
        raise click.ClickException(f"`wellkept {' '.join(words[:2])}` could not be carried to its end.")
