"""What every import needs: the house as the intake role, a bar on a terminal, and what can go wrong as a sentence."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from uuid import UUID

import click

from wellkept.cli.cluster import ClusterError

if TYPE_CHECKING:
    from wellkept.intake.applying import Applying

OPERATOR = click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Into whose records.")
DISK_FULL: Final = "53100"
AGAIN: Final = "Nothing is lost and nothing is half written: mend it, and say the same command again."


class Stopped(click.ClickException):
    """The command could not be carried to its end. Exit code 2; 1 says: it was, and something was put aside."""

    exit_code = 2


@contextmanager
def plainly() -> Iterator[None]:
    """What can go wrong outside the files, as a sentence: never the database's own, which could repeat a value."""
    import psycopg
    from django.db import Error

    from wellkept.intake.faults import AnotherReaderError
    from wellkept.policy.words import Refused

    try:
        yield
    except AnotherReaderError:
        raise Stopped("Another import is running. Wait until it has ended.") from None
    except ClusterError as error:
        raise Stopped(str(error)) from None
    except Refused as error:
        raise Stopped(f"{error.sentence} {AGAIN}") from None
    except (Error, psycopg.Error) as error:
        raise Stopped(f"{trouble(error)} {AGAIN}") from None
    except OSError as error:
        raise Stopped(f"{error.filename or 'A file'} cannot be read or written: {error.strerror}. {AGAIN}") from None
    except LookupError as error:
        raise Stopped(str(error)) from None


@contextmanager
def closing_connections() -> Iterator[None]:
    """Close what this process has open, whatever happens."""
    from django.db import connections

    try:
        yield
    finally:
        connections.close_all()


def trouble(error: Exception) -> str:
    """What the database suffers from."""
    import psycopg

    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    state = getattr(cause, "sqlstate", None)
    if state == DISK_FULL:
        return "The disk of the database is full."
    if isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError):
        return "The database does not answer any more."
    return f"The database refused to go on (SQLSTATE {state or 'unknown'})."


def house() -> "Applying":
    """What every step needs, of the operator this process serves."""
    from wellkept.intake.applying import Applying
    from wellkept.intake.naming import hashes
    from wellkept.intake.waiting import Key
    from wellkept.vault.queries import operator_key

    return Applying(hashes=hashes(), key=Key(operator_key("intake")), collected_under=version())


def version() -> str:
    """The policy version under which data is collected today."""
    from django.conf import settings

    from wellkept.policy import packs

    return packs.now_in_force(settings.PACK).version


@contextmanager
def progress(words: str, *, total: int, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda _steps: None
        return
    from rich.progress import Progress

    with Progress(transient=True) as bar:
        task = bar.add_task(words, total=total)
        yield lambda steps: bar.advance(task, steps)


def applied(*, quiet: bool) -> None:
    """Apply what waits and print how much."""
    from wellkept.intake.applying import apply_all
    from wellkept.intake.queries import kept_apart, waiting

    with progress("Applying", total=waiting(), quiet=quiet) as advance:
        done = apply_all(house(), progress=advance)
    apart = kept_apart()
    click.echo(f"{done:,} statements applied; {apart:,} kept apart, for nobody on an 834 is meant by them.")


def reckoned(files: Sequence[UUID]) -> bool:
    """Print every total of these files that does not come out; returns whether all of them do."""
    from wellkept.intake import reconciling

    differences = [one for file_id in files for one in reconciling.of(file_id).differences]
    if differences:
        click.echo("Totals do not come out:", err=True)
    for one in differences:
        click.echo(f"  {one.sentence}", err=True)
    return not differences
